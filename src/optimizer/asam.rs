//! ASAM (Kwon et al. 2021), SAM whose ball is measured coordinate by coordinate: x ← x − η ∇L(x + ρ T²g/‖Tg‖), T = diag |x|.
//!
//! Where Tg = 0 there is no perturbation: each coordinate with a gradient is itself 0, so that the ball has no extent in it.
//! On the hyperbola d ln|x²−y²|/dτ = −2ηc², c = 2/(2−ηλ1), where SAM has −2c²: no drift as η → 0 (fact 22).

use super::on_landscape::{OnLandscape, counted_direction};
use super::{Events, Goal, MethodInfo, Notion, Setup};
use crate::calculus::{Landscape, VecN};

pub(super) const INFO: MethodInfo = MethodInfo {
    uses_rho: true,
    goal: Goal::Seen(Notion::Lambda1),
    ..MethodInfo::new(
        "asam",
        "ASAM",
        r"x \leftarrow x - \eta \nabla L\left(x + \rho \tfrac{T^2g}{\|Tg\|}\right) \quad T = \diag|x|",
    )
};

pub(super) fn rule(setup: Setup) -> OnLandscape {
    OnLandscape::new(asam, setup)
}

pub(super) type Together = super::update::Alone;

/// u = ∇L(x + ρT²g/‖Tg‖); where g = 0 the chosen direction stands for it, where Tg = 0 u = g.
fn asam(loss: &dyn Landscape, x: &VecN, rho: f64, events: &mut Events) -> VecN {
    if rho == 0.0 {
        return loss.gradient(x);
    }
    let ascent = counted_direction(loss, x, events);
    let scaled = |v: &VecN| VecN::from_fn(x.len(), |i| x[i].abs() * v[i]);
    match scaled(&ascent.direction).unit() {
        Some(direction) => loss.gradient(&(*x + scaled(&direction) * rho)),
        None => ascent.gradient,
    }
}
