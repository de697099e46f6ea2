//! Descent on L^Max: x ← x − η ∇L(x + ρv*), v* the worst direction (envelope theorem).

use super::Events;
use crate::calculus::{Landscape, VecN};
use crate::sharpness::worst_direction;

/// u = ∇L^Max(x). Where several maximizers tie, L^Max has a kink; the step takes the one whose coordinates come
/// first (the largest first coordinate, then the second): at a quadratic's minimum +v1.
pub fn max_descent(loss: &dyn Landscape, x: &VecN, rho: f64, _events: &mut Events) -> VecN {
    if rho == 0.0 { loss.gradient(x) } else { loss.gradient(worst_direction(loss, x, rho).chosen()) }
}
