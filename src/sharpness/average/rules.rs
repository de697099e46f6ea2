//! Means over the sphere by rules of growing degree, until two agree.

use std::ops::{Add, Mul, Sub};

use super::Mean;
use super::designs::{Rule, TURNS, count, rule};
use crate::calculus::VecN;

/// Two rules agree when they differ by this, relative to the largest term.
const AGREEMENT: f64 = 1e-13;

/// What can be averaged.
pub(super) trait Term: Copy + Add<Output = Self> + Sub<Output = Self> + Mul<f64, Output = Self> {
    /// Its length.
    fn size(self) -> f64;
}

impl Term for f64 {
    fn size(self) -> f64 {
        self.abs()
    }
}

impl Term for VecN {
    fn size(self) -> f64 {
        self.norm()
    }
}

/// The mean of `f` over the unit sphere of R^n.
///
/// Up to four dimensions the rules converge, for smooth functions faster than any power: the error of the finer of two
/// is far below their difference, which is the bound. Above that it is the scatter of turned copies of a rule of
/// degree 5. No finer rule is tried where two differ by no more than `noise`, the rounding that f itself carries.
pub(super) fn sphere_mean<T: Term>(n: usize, noise: f64, mut f: impl FnMut(&VecN) -> T) -> Mean<T> {
    let rounding = |largest: f64| 4.0 * f64::EPSILON * largest;
    let (mut value, mut largest) = apply(rule(n, 0), &mut f);
    if n == 1 {
        return Mean { value, error: rounding(largest) };
    }
    if n > 4 {
        return scattered(n, value, &mut f);
    }
    let mut error = f64::INFINITY;
    for k in 1..count(n) {
        let (finer, size) = apply(rule(n, k), &mut f);
        largest = largest.max(size);
        error = (finer - value).size();
        value = finer;
        #[expect(clippy::neg_cmp_op_on_partial_ord, reason = "NaN ends the search too")]
        if !(error > AGREEMENT * largest + noise) {
            break;
        }
    }
    Mean { value, error: error + rounding(largest) }
}

/// The mean of the turned copies; the error is three times the standard error of that mean.
fn scattered<T: Term>(n: usize, first: T, f: &mut impl FnMut(&VecN) -> T) -> Mean<T> {
    let mut means = [first; TURNS];
    let mut largest = 0.0_f64;
    for (k, mean) in means.iter_mut().enumerate() {
        let (value, size) = apply(rule(n, k), f);
        largest = largest.max(size);
        *mean = value;
    }
    let turns = TURNS as f64;
    let mut value = means[0];
    for mean in &means[1..] {
        value = value + *mean;
    }
    let value = value * (1.0 / turns);
    let squares = means.iter().fold(0.0, |sum, mean| sum + (*mean - value).size() * (*mean - value).size());
    // Weights of both signs: rounding grows with the dimension.
    let rounding = 4.0 * n as f64 * f64::EPSILON * largest;
    Mean { value, error: 3.0 * (squares / (turns * (turns - 1.0))).sqrt() + rounding }
}

/// The rule's mean and its largest term.
fn apply<T: Term>(rule: &Rule, f: &mut impl FnMut(&VecN) -> T) -> (T, f64) {
    let mut terms = rule.points.iter().zip(&rule.weights).map(|(point, weight)| (f(point), *weight));
    let Some((first, weight)) = terms.next() else { unreachable!("a rule has points") };
    let (mut sum, mut largest) = (first * weight, first.size());
    for (term, weight) in terms {
        sum = sum + term * weight;
        largest = largest.max(term.size());
    }
    (sum, largest)
}
