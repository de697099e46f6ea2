//! Everything about a point: INTERFACE's `sharpness`.

use serde::Serialize;

use super::taylor::TaylorTerms;
use super::{
    Certificate, Limits, Stochastic, Taylor, alignment, ascent_direction, ascent_rise, average_gradient, average_rise,
    is_on_gamma, stochastic_sharpness, worst_direction,
};
use crate::calculus::{Eigen, Landscape, VecN};

/// The sharpness at a point, as `samscope sharpness` prints it. What is undefined is null, and so are numbers that are
/// not finite.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SharpnessReport {
    /// The point.
    pub x: Vec<f64>,
    /// ρ.
    pub rho: f64,
    /// L(x).
    pub value: f64,
    /// g.
    pub gradient: Vec<f64>,
    /// H, by rows.
    pub hessian: Vec<Vec<f64>>,
    /// λ1 ≥ … ≥ λD.
    pub eigenvalues: Vec<f64>,
    /// v1 … vD, one row each.
    pub eigenvectors: Vec<Vec<f64>>,
    /// How many |λ| > 1e-6 max|λ|; null where one is not finite.
    pub rank: Option<usize>,
    /// Whether ‖g‖ ≤ 1e-8 and H ⪰ 0 within tolerance.
    pub on_gamma: bool,
    /// |⟨ĝ,v1⟩|; null where g = 0 or an eigenvalue is not finite.
    pub alignment: Option<f64>,
    /// R^Max.
    pub r_max: f64,
    /// Every maximizer x + ρv that was found.
    pub r_max_at: Vec<Vec<f64>>,
    /// How far R^Max can be trusted.
    pub certificate: Certificate,
    /// R^Asc; null where g = 0.
    pub r_asc: Option<f64>,
    /// R^Avg.
    pub r_avg: f64,
    /// A bound for R^Avg's error.
    pub r_avg_error: f64,
    /// Def. 4.1's limits.
    #[serde(flatten)]
    pub limits: Limits,
    /// ∇L^Max.
    pub grad_l_max: Vec<f64>,
    /// ∇L^Asc; null where g = 0.
    pub grad_l_asc: Option<Vec<f64>>,
    /// ∇L^Avg.
    pub grad_l_avg: Vec<f64>,
    /// ∇L(x + ρĝ), with the chosen direction where g = 0.
    pub sam_gradient: Vec<f64>,
    /// What SAM drops of ∇L^Asc; null where g = 0.
    pub dropped_term: Option<Vec<f64>>,
    /// SAM's gradient, expanded.
    pub taylor: TaylorTerms,
    /// Angles between gradients.
    pub angles: Angles,
    /// The stochastic twins; null for a loss that is its own single sample.
    pub stochastic: Option<Stochastic>,
}

/// Angles between gradients in radians; null where one of the two is 0 or undefined.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Angles {
    /// Between SAM's gradient and ∇L^Asc.
    pub sam_asc: Option<f64>,
    /// Between SAM's gradient and ∇L^Max.
    pub sam_max: Option<f64>,
}

impl SharpnessReport {
    /// Measures the point x, of the loss's dimension, for ρ ≥ 0.
    #[must_use]
    pub fn at(loss: &dyn Landscape, x: &[f64], rho: f64) -> Self {
        let x = VecN::from_slice(x);
        let hessian = loss.hessian(&x);
        let eigen = Eigen::new(&hessian);
        let ascent = ascent_direction(loss, &x);
        let worst = worst_direction(loss, &x, rho);
        let average = average_rise(loss, &x, rho);
        let sam_gradient = ascent.sam_gradient(loss, &x, rho);
        let dropped_term = ascent.dropped_term(loss, &x, rho);
        let grad_l_asc = dropped_term.map(|dropped| sam_gradient + dropped);
        let grad_l_max = loss.gradient(worst.chosen());
        let list = |v: &VecN| v.to_vec();
        Self {
            x: list(&x),
            rho,
            value: loss.value(&x),
            gradient: list(&ascent.gradient),
            hessian: (0..hessian.dim()).map(|r| hessian.row(r).to_vec()).collect(),
            eigenvalues: list(&eigen.values),
            eigenvectors: eigen.vectors().iter().map(list).collect(),
            rank: eigen.is_finite().then(|| eigen.rank()),
            on_gamma: is_on_gamma(&ascent.gradient, &eigen),
            alignment: alignment(&ascent.gradient, &eigen),
            r_max: worst.r_max,
            r_max_at: worst.at.iter().map(list).collect(),
            certificate: worst.certificate,
            r_asc: ascent_rise(loss, &x, rho),
            r_avg: average.value,
            r_avg_error: average.error,
            limits: Limits::new(&hessian, &eigen),
            grad_l_max: list(&grad_l_max),
            grad_l_asc: grad_l_asc.as_ref().map(list),
            grad_l_avg: list(&average_gradient(loss, &x, rho).value),
            sam_gradient: list(&sam_gradient),
            dropped_term: dropped_term.as_ref().map(list),
            taylor: Taylor::new(loss, &x, &ascent, rho).into(),
            angles: Angles {
                sam_asc: grad_l_asc.and_then(|asc| sam_gradient.angle(&asc)),
                sam_max: sam_gradient.angle(&grad_l_max),
            },
            stochastic: stochastic_sharpness(loss, &x, rho),
        }
    }
}
