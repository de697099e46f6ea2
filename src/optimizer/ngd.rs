//! Normalized gradient descent: x ← x − η ĝ. Its own overshooting lowers λ1 too: its flow is that of ln λ1 (fact 14).

use super::on_landscape::{OnLandscape, counted_direction, update_of};
use super::update::{Number, Update};
use super::{Events, Goal, MethodInfo, Notion, Objective, Setup};
use crate::calculus::{Landscape, VecN};

pub(super) const INFO: MethodInfo = MethodInfo {
    goal: Goal::Seen(Notion::Lambda1),
    ..MethodInfo::new("ngd", "Normalized GD", r"x \leftarrow x - \eta \tfrac{g}{\|g\|}")
};

pub(super) fn rule(setup: Setup) -> OnLandscape {
    OnLandscape::new(ngd, setup)
}

pub(super) type Together = Ngd;

pub(super) struct Ngd;

/// u = ĝ.
impl Update for Ngd {
    #[inline(always)]
    fn u<T: Number, O: Objective<T, D>, const D: usize>(
        loss: &O,
        x: &[T; D],
        _rho: T,
        rare: &mut T::Rare,
    ) -> Option<[T; D]> {
        T::unit(&loss.gradient(x), rare)
    }
}

/// u = ĝ, or the chosen direction where g = 0.
fn ngd(loss: &dyn Landscape, x: &VecN, rho: f64, events: &mut Events) -> VecN {
    update_of::<Ngd>(loss, x, rho).unwrap_or_else(|| counted_direction(loss, x, events).direction)
}
