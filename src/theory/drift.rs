//! The vector fields on Γ that SAM follows: −½ P⊥∇λ1 (Thm 4.5), −½ P⊥∇Tr (Thm 5.4), and both with the factor of
//! the finite-η law.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::gamma::tangential;
use crate::calculus::{Eigen, Landscape, TIE, VecN};

/// What a limiting flow makes smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Functional {
    /// λ1(H): full-batch SAM (Thm 4.5).
    Lambda1,
    /// (1/n) Tr Σ ∇²L_k, the trace of the mean's Hessian whatever the loss's own reduction: 1-SAM (Thm 5.4).
    Trace,
}

/// The constants of the laws, in one place, so that a test can spoil them and see the claims fail.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Constants {
    /// The ½ in −½ P⊥∇S.
    pub half: f64,
    /// Which eigenvalue is followed, counted from the largest.
    pub eigenvalue: usize,
    /// The 2 in (2/(2 − ηλ))².
    pub two: f64,
    /// The exponent of that factor.
    pub power: f64,
    /// The 1/4 in normalized gradient descent's −¼ P⊥∇ln λ1.
    pub quarter: f64,
}

impl Default for Constants {
    fn default() -> Self {
        Self { half: 0.5, eigenvalue: 0, two: 2.0, power: 2.0, quarter: 0.25 }
    }
}

/// A functional on a loss with its constants: everything that a vector field on Γ is made of.
pub(super) struct Drift<'a> {
    pub loss: &'a dyn Landscape,
    samples: Vec<Arc<dyn Landscape>>,
    pub of: Functional,
    pub speed: Speed,
    /// rank H on Γ.
    pub rank: usize,
    pub constants: Constants,
}

/// The factor in front of −½ P⊥∇S.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Speed {
    /// 1: the theorems.
    Limit,
    /// (2/(2−ηλ))²: the finite-η law.
    Finite(f64),
    /// 1/(2λ1): normalized gradient descent, −¼ P⊥∇ln λ1 in time η²t.
    Normalized,
}

impl<'a> Drift<'a> {
    pub(super) fn new(
        loss: &'a dyn Landscape,
        of: Functional,
        speed: Speed,
        rank: usize,
        constants: Constants,
    ) -> Self {
        let samples = match of {
            Functional::Lambda1 => Vec::new(),
            Functional::Trace => (0..loss.samples()).map(|k| loss.sample(k)).collect(),
        };
        Self { loss, samples, of, speed, rank, constants }
    }

    /// S(x).
    pub(super) fn value(&self, x: &VecN) -> f64 {
        match self.of {
            Functional::Lambda1 => Eigen::new(&self.loss.hessian(x)).values[self.constants.eigenvalue],
            Functional::Trace => self.mean(|sample| sample.hessian(x).trace()),
        }
    }

    fn mean(&self, f: impl Fn(&dyn Landscape) -> f64) -> f64 {
        self.samples.iter().fold(0.0, |sum, sample| sum + f(sample.as_ref())) / self.samples.len() as f64
    }

    /// The slope where λ1 is simple. `reference` says which eigenvector is meant where two eigenvalues are close: the
    /// field is continued along that branch, so that it stays smooth within a step that runs across a tie.
    pub(super) fn along_branch(&self, x: &VecN, reference: &VecN) -> VecN {
        let eigen = Eigen::new(&self.loss.hessian(x));
        match self.of {
            Functional::Lambda1 => {
                let (k, v) = branch(&eigen, self.candidates(), reference);
                let push = self.loss.along(x, &v).second;
                tangential(&eigen, self.rank, &push) * self.rate(eigen.values[k])
            }
            Functional::Trace => {
                let pull = self.pulls(x).into_iter().fold(VecN::zeros(x.len()), |sum, pull| sum + pull);
                tangential(&eigen, self.rank, &pull) * (1.0 / self.samples.len() as f64)
            }
        }
    }

    /// The drift by each sample of the trace's flow, not yet projected on the tangent space.
    pub(super) fn pulls(&self, x: &VecN) -> Vec<VecN> {
        let pull =
            |sample: &Arc<dyn Landscape>| trace_gradient(sample.as_ref(), x) * self.sample_rate(sample.as_ref(), x);
        self.samples.iter().map(pull).collect()
    }

    /// How many of the largest eigenvalues a branch may be among: the non-zero ones, and the one that is followed.
    pub(super) fn candidates(&self) -> usize {
        self.rank.max(self.constants.eigenvalue + 1).min(self.loss.dim())
    }

    /// −½ times the law's factor for eigenvalue `lambda`; NaN where the law ends.
    pub(super) fn rate(&self, lambda: f64) -> f64 {
        let c = &self.constants;
        match self.speed {
            Speed::Limit => -c.half,
            Speed::Finite(eta) if eta * lambda < c.two => -c.half * libm::pow(c.two / (c.two - eta * lambda), c.power),
            Speed::Finite(_) => f64::NAN,
            Speed::Normalized => -c.quarter / lambda,
        }
    }

    fn sample_rate(&self, sample: &dyn Landscape, x: &VecN) -> f64 {
        match self.speed {
            Speed::Limit => -self.constants.half,
            _ => self.rate(Eigen::new(&sample.hessian(x)).values[0]),
        }
    }
}

/// The place and the vector of the eigenpair that continues `reference`, among the `candidates` largest.
pub(super) fn branch(eigen: &Eigen, candidates: usize, reference: &VecN) -> (usize, VecN) {
    let overlap = |k: usize| eigen.vectors()[k].dot(reference).abs();
    let best = (0..candidates).max_by(|&a, &b| overlap(a).total_cmp(&overlap(b))).unwrap_or(0);
    // Tied eigenvectors are a choice of the solver: the part of the reference in their span is meant.
    let lambda = eigen.values[best];
    let tied = (0..candidates).filter(|&k| (eigen.values[k] - lambda).abs() <= TIE * eigen.scale());
    let projected = tied.fold(VecN::zeros(reference.len()), |sum, k| {
        let v = eigen.vectors()[k];
        sum + v * v.dot(reference)
    });
    (best, projected.unit().unwrap_or(eigen.vectors()[best]))
}

/// ∇Tr H = Σ_i ∇³L[e_i,e_i,·].
fn trace_gradient(loss: &dyn Landscape, x: &VecN) -> VecN {
    let n = x.len();
    (0..n).fold(VecN::zeros(n), |sum, i| sum + loss.along(x, &VecN::axis(n, i)).second)
}
