//! The average direction: L^Avg(x) = mean of L(x + ρu) over the unit sphere, and its gradient, the mean of ∇L(x + ρu).

mod designs;
mod rules;

use crate::calculus::{Landscape, VecN};
pub use designs::sphere_points;
use rules::sphere_mean;

/// A mean over the sphere with a bound for its error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mean<T> {
    /// The mean.
    pub value: T,
    /// How far it may be off: the difference between two rules where they converge, the scatter of several rules where
    /// they don't, and rounding.
    pub error: f64,
}

/// R^Avg(x) = L^Avg(x) − L(x) for ρ ≥ 0. The mean is taken of the differences L(x + ρu) − L(x).
#[must_use]
pub fn average_rise(loss: &dyn Landscape, x: &VecN, rho: f64) -> Mean<f64> {
    if rho == 0.0 {
        return Mean { value: 0.0, error: 0.0 };
    }
    let here = loss.value(x);
    let mut largest = here.abs();
    let mean = sphere_mean(x.len(), 4.0 * f64::EPSILON * largest, |u: &VecN| {
        let value = loss.value(&x.moved(u, rho));
        largest = largest.max(value.abs());
        value - here
    });
    Mean { value: mean.value, error: mean.error + 4.0 * f64::EPSILON * largest }
}

/// ∇L^Avg(x) for ρ ≥ 0; for ρ = 0 ∇L(x) itself, to the last bit.
#[must_use]
pub fn average_gradient(loss: &dyn Landscape, x: &VecN, rho: f64) -> Mean<VecN> {
    if rho == 0.0 {
        return Mean { value: loss.gradient(x), error: 0.0 };
    }
    sphere_mean(x.len(), 0.0, |u: &VecN| loss.gradient(&x.moved(u, rho)))
}
