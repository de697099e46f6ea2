//! What is read off a point: loss, gradient norm, eigenvalues, alignment, SAM's edge of stability; the three notions of
//! sharpness with their gradients and limits; one SAM step taken apart.
//!
//! All of it is a function of (loss, x, ρ) alone: nothing is remembered from one point to the next.

mod anatomy;
mod ascent;
mod at;
mod average;
mod curve;
mod edge;
mod entry;
mod limits;
mod measured;
mod quantities;
mod report;
mod taylor;
mod worst;

pub use anatomy::{Anatomy, Part, Split, TangentSpace, Term};
pub use ascent::{Ascent, ascent_direction, ascent_rise};
pub use at::{At, Neighbours, alignment_at};
pub use average::{Mean, average_gradient, average_rise, sphere_points};
pub use curve::{CurveGroup, CurveInfo, Dash, Effort, Look, MapInfo};
pub use edge::{ascent_edge, lambda_edge, usam_edge};
pub use entry::{Entry, PAPER};
pub use limits::{Limits, Stochastic, is_on_gamma, stochastic_sharpness};
pub use quantities::{Columns, Curve, MEASURED, MapQuantity, Point};
pub use report::{Angles, SharpnessReport};
pub use taylor::{Taylor, TaylorTerms};
pub use worst::{Certificate, Worst, worst_direction};

use crate::calculus::{Eigen, VecN};

/// Alignment: the norm of ĝ projected on the top eigenspace, |⟨ĝ,v1⟩| where λ1 is simple; `None` where
/// every component of the gradient is 0 or at the underflow floor or an eigenvalue is not finite.
#[must_use]
pub fn alignment(gradient: &VecN, eigen: &Eigen) -> Option<f64> {
    ascent_in(gradient, eigen).map(|unit| eigen.project_on_top(&unit).norm().min(1.0))
}

/// Rayleigh quotient ĝᵀHĝ from the eigenpairs of H; `None` where the gradient is 0 or at the underflow floor or an
/// eigenvalue is not finite.
#[must_use]
pub fn rayleigh(gradient: &VecN, eigen: &Eigen) -> Option<f64> {
    ascent_in(gradient, eigen).map(|unit| {
        eigen.values.iter().zip(eigen.vectors()).fold(0.0, |sum, (value, v)| {
            let part = v.dot(&unit);
            sum + value * part * part
        })
    })
}

/// A gradient all of whose components are below this is what the underflow hold makes of one: its coordinates are at the
/// smallest normal number, 2.2e-308, times eigenvalues of up to 10^7. It has no meaning as a direction.
const UNDERFLOW_FLOOR: f64 = 1e-300;

/// ĝ; `None` where g is 0 or at the underflow floor.
fn seen_direction(gradient: &VecN) -> Option<VecN> {
    gradient.unit().filter(|_| gradient.iter().any(|component| component.abs() >= UNDERFLOW_FLOOR))
}

/// ĝ, where it can be seen in the eigenvectors.
fn ascent_in(gradient: &VecN, eigen: &Eigen) -> Option<VecN> {
    seen_direction(gradient).filter(|_| eigen.is_finite())
}
