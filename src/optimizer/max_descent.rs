//! Descent on L^Max: x ← x − η ∇L(x + ρv*), v* the worst direction (envelope theorem).

use super::on_landscape::OnLandscape;
use super::requirement::SMALL_STEP;
use super::{Drift, Events, Goal, Law, MethodInfo, Notion, Setup, Side};
use crate::calculus::{Landscape, VecN};
use crate::sharpness::worst_direction;

pub(super) const INFO: MethodInfo = MethodInfo {
    uses_rho: true,
    is_slow: true,
    goal: Goal::Proven(Notion::Lambda1),
    // L^Max's gradient on Γ is ½ρ²∇λ1; beside it v* = ±v1, so that its cycle and its law are SAM's (fact 17).
    drift: Some(Drift::of_sam(Some(Law::Cycle(Side::Higher)))),
    requirements: &[SMALL_STEP],
    ..MethodInfo::new(
        "max-descent",
        "L^Max descent",
        r"x \leftarrow x - \eta \nabla L(x + \rho v^*) \quad v^* \text{ the worst direction}",
    )
};

pub(super) fn rule(setup: Setup) -> OnLandscape {
    OnLandscape::new(max_descent, setup)
}

pub(super) type Together = super::update::Alone;

/// u = ∇L^Max(x). Where several maximizers tie, L^Max has a kink; the step takes the one whose coordinates come
/// first (the largest first coordinate, then the second): at a quadratic's minimum +v1.
fn max_descent(loss: &dyn Landscape, x: &VecN, rho: f64, _events: &mut Events) -> VecN {
    if rho == 0.0 { loss.gradient(x) } else { loss.gradient(worst_direction(loss, x, rho).chosen()) }
}
