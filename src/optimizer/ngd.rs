//! Normalized gradient descent: x ← x − η ĝ.

use super::Events;
use super::on_landscape::counted_direction;
use crate::calculus::{Landscape, VecN};

/// u = ĝ, or the chosen direction where g = 0.
pub fn ngd(loss: &dyn Landscape, x: &VecN, _rho: f64, events: &mut Events) -> VecN {
    counted_direction(loss, x, events).direction
}
