//! Descent on L^Avg: x ← x − η · mean of ∇L(x + ρu) over the unit sphere.

use super::on_landscape::OnLandscape;
use super::requirement::STABLE;
use super::{Drift, Events, Goal, MethodInfo, Notion, Setup};
use crate::calculus::{Landscape, VecN};
use crate::loss::Reduction;
use crate::sharpness::average_gradient;

pub(super) const INFO: MethodInfo = MethodInfo {
    uses_rho: true,
    is_slow: true,
    goal: Goal::Proven(Notion::Trace),
    drift: Some(Drift { rate, law: None }),
    requirements: &[STABLE],
    ..MethodInfo::new(
        "avg-descent",
        "L^Avg descent",
        r"x \leftarrow x - \eta \cdot \text{mean of } \nabla L(x + \rho u) \quad \|u\| = 1",
    )
};

pub(super) fn rule(setup: Setup) -> OnLandscape {
    OnLandscape::new(avg_descent, setup)
}

pub(super) type Together = super::update::Alone;

/// L^Avg's gradient on Γ is ½ρ²∇Tr H/D, and the flow's functional is the trace of the samples' mean.
fn rate(loss: &dyn Landscape) -> f64 {
    let samples = if loss.reduction() == Reduction::Sum { loss.samples() } else { 1 };
    samples as f64 / loss.dim() as f64
}

/// u = ∇L^Avg(x).
fn avg_descent(loss: &dyn Landscape, x: &VecN, rho: f64, _events: &mut Events) -> VecN {
    average_gradient(loss, x, rho).value
}
