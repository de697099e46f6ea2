//! Eigen-SAM: SAM whose perturbation is turned towards the top eigenvector.

use super::on_landscape::{OnLandscape, counted_direction};
use super::requirement::SMALL_STEP;
use super::{Drift, Events, Goal, Law, MethodInfo, Notion, Setup, Side};
use crate::calculus::{Eigen, Landscape, VecN};

/// The weight of the top eigenvector.
const ALPHA: f64 = 0.2;

pub(super) const INFO: MethodInfo = MethodInfo {
    uses_rho: true,
    is_slow: true,
    goal: Goal::Proven(Notion::Lambda1),
    // Once aligned it perturbs along ±v1 as SAM does, so that its cycle and its law are SAM's.
    drift: Some(Drift::of_sam(Some(Law::Cycle(Side::Uphill)))),
    requirements: &[SMALL_STEP],
    ..MethodInfo::new(
        "eigen-sam",
        "Eigen-SAM",
        r"x \leftarrow x - \eta \nabla L(x + \rho (\hat g \pm 0.2 (v_1 - \langle\hat g, v_1\rangle \hat g)))",
    )
};

pub(super) fn rule(setup: Setup) -> OnLandscape {
    OnLandscape::new(eigen_sam, setup)
}

pub(super) type Together = super::update::Alone;

/// u = ∇L(x + ρ[ĝ + α sign(gᵀv1)(v1 − (ĝᵀv1)ĝ)]), α = 0.2, the perturbation not normalized again; sign(0) = +1.
///
/// v1 has the fixed sign of the eigenpairs; it cancels but where gᵀv1 = 0.
fn eigen_sam(loss: &dyn Landscape, x: &VecN, rho: f64, events: &mut Events) -> VecN {
    if rho == 0.0 {
        return loss.gradient(x);
    }
    let ascent = counted_direction(loss, x, events);
    let v1 = Eigen::new(&loss.hessian(x)).vectors()[0];
    let along = ascent.direction.dot(&v1);
    let sign = if along < 0.0 { -1.0 } else { 1.0 };
    let across = v1 - ascent.direction * along;
    loss.gradient(&(*x + (ascent.direction + across * (ALPHA * sign)) * rho))
}
