//! Descent on L^Avg: x ← x − η · mean of ∇L(x + ρu) over the unit sphere.

use super::Events;
use crate::calculus::{Landscape, VecN};
use crate::sharpness::average_gradient;

/// u = ∇L^Avg(x).
pub fn avg_descent(loss: &dyn Landscape, x: &VecN, rho: f64, _events: &mut Events) -> VecN {
    average_gradient(loss, x, rho).value
}
