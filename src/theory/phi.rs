//! Φ(x), where gradient flow from x ends.

use super::gamma::{newton_step, to_gamma};
use super::integrator::Controller;
use crate::calculus::{Eigen, Landscape, RANK, VecN};

/// The allowed error of one step, relative to 1 + ‖x‖.
const TOLERANCE: f64 = 1e-13;
/// Newton's method takes over at this distance from Γ relative to 1 + ‖x‖. It errs along Γ by its square.
const NEAR: f64 = 1e-7;
/// The gradient along Γ that is left at that distance, beside the largest eigenvalue.
const TANGENTIAL: f64 = 1e-11;
/// Nearer to a saddle than this, relative to 1 + ‖x‖, the steps' errors decide where the flow leaves it.
const UNDECIDED: f64 = 10.0 * TOLERANCE;
/// ‖x‖ where gradient flow counts as gone.
const GONE: f64 = 1e8;
/// The most steps.
const STEPS_MAX: u32 = 200_000;
/// How often it is looked whether Γ is near: an eigendecomposition costs as much as a few steps.
const LOOK_EVERY: u32 = 4;

/// Why a flow has no answer.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum PhiError {
    /// The gradient vanishes where the Hessian has a negative eigenvalue.
    #[error("gradient flow from here stops at a saddle or a maximum, not at a minimum")]
    NotAMinimum,
    /// It leaves every bounded region.
    #[error("gradient flow from here runs away and reaches no minimum")]
    Diverges,
    /// The loss is not a number here.
    #[error("the loss or its gradient is not finite here")]
    NotFinite,
    /// Too many steps.
    #[error("the flow from here is too slow or too stiff to be followed to its end")]
    TooStiff,
    /// The finite-η law has no meaning.
    #[error("with this η, ηλ1 is 2 or more, where SAM has no 2-cycle and the finite-η law no meaning")]
    NoCycle,
    /// A number of the request is out of its range.
    #[error("τ must be finite and from 0 up, and η finite and above 0")]
    OutOfRange,
}

/// Φ(x), the limit of gradient flow dx/dt = −∇L(x), for `x` of the loss's dimension.
///
/// Precise to 1e-10 and better (relative to 1 + ‖x‖) where the non-zero eigenvalues of H at the limit are above 1e-6 λ1.
///
/// # Errors
/// Gradient flow ends at a saddle or maximum, diverges, or doesn't arrive within 200 000 steps.
pub fn phi(loss: &dyn Landscape, x: &[f64]) -> Result<Vec<f64>, PhiError> {
    landing(loss, x).map(|(x, _)| x.to_vec())
}

/// Φ(x) and the rank of H there.
pub(super) fn landing(loss: &dyn Landscape, x: &[f64]) -> Result<(VecN, usize), PhiError> {
    let mut x = VecN::from_slice(x);
    if !(x.is_finite() && loss.gradient(&x).is_finite()) {
        return Err(PhiError::NotFinite);
    }
    let slope = |x: &VecN| -loss.gradient(x);
    let mut control = Controller::new(&slope, &x, TOLERANCE);
    for step in 0..STEPS_MAX {
        if x.norm() > GONE {
            return Err(PhiError::Diverges);
        }
        if step % LOOK_EVERY == 0
            && let Some(found) = minimum_near(loss, &x)?
        {
            return Ok(found);
        }
        x = control.advance(&slope, &x, f64::INFINITY).ok_or(PhiError::TooStiff)?.1;
    }
    Err(PhiError::TooStiff)
}

/// The point of Γ beside x with its rank, once gradient flow has come near enough.
fn minimum_near(loss: &dyn Landscape, x: &VecN) -> Result<Option<(VecN, usize)>, PhiError> {
    let gradient = loss.gradient(x);
    let eigen = Eigen::new(&loss.hessian(x));
    let scale = eigen.scale();
    if eigen.values[x.len() - 1] < -RANK * scale {
        // Only a start on the stable manifold comes this near to a saddle.
        let is_on_saddle = gradient.norm() <= UNDECIDED * scale * (1.0 + x.norm());
        return if is_on_saddle { Err(PhiError::NotAMinimum) } else { Ok(None) };
    }
    let rank = eigen.rank();
    let is_near = newton_step(&eigen, &gradient, rank).norm() <= NEAR * (1.0 + x.norm());
    if !is_near || eigen.project_on_null(&gradient).norm() > TANGENTIAL * scale {
        return Ok(None);
    }
    Ok(to_gamma(loss, x, rank).map(|x| (x, rank)))
}
