//! Normalized gradient descent: x ← x − η ĝ. Its own overshooting lowers λ1 too: its flow is that of ln λ1 (fact 14).

use super::on_landscape::{OnLandscape, counted_direction};
use super::{Events, Goal, MethodInfo, Notion, Setup};
use crate::calculus::{Landscape, VecN};

pub(super) const INFO: MethodInfo = MethodInfo {
    goal: Goal::Seen(Notion::Lambda1),
    ..MethodInfo::new("ngd", "Normalized GD", "x ← x − η g/‖g‖")
};

pub(super) fn rule(setup: Setup) -> OnLandscape {
    OnLandscape::new(ngd, setup)
}

/// u = ĝ, or the chosen direction where g = 0.
fn ngd(loss: &dyn Landscape, x: &VecN, _rho: f64, events: &mut Events) -> VecN {
    counted_direction(loss, x, events).direction
}
