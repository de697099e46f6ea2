//! What is read off a point: loss, gradient norm, eigenvalues, alignment, SAM's edge of stability.

mod edge;
mod point;

pub use edge::lambda_edge;
pub use point::Point;

use crate::calculus::{Eigen, Vector, dot, norm};

/// Alignment: the norm of ĝ projected on the top eigenspace, |⟨ĝ,v1⟩| where λ1 is simple; `None` where
/// every component of the gradient is 0.
#[must_use]
pub fn alignment<const D: usize>(gradient: &Vector<D>, eigen: &Eigen<D>) -> Option<f64> {
    let length = norm(gradient);
    (length > 0.0).then(|| norm(&eigen.project_on_top(&(gradient / length))).min(1.0))
}

/// Rayleigh quotient ĝᵀHĝ from the eigenpairs of H; `None` where the gradient is 0.
#[must_use]
pub fn rayleigh<const D: usize>(gradient: &Vector<D>, eigen: &Eigen<D>) -> Option<f64> {
    let length = norm(gradient);
    (length > 0.0).then(|| {
        let unit = gradient / length;
        eigen.values.iter().zip(&eigen.vectors).fold(0.0, |sum, (value, v)| {
            let part = dot(v, &unit);
            sum + value * part * part
        })
    })
}
