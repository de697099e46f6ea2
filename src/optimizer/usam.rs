//! USAM, SAM without normalization: x ← x − η ∇L(x + ρ g).

use super::Events;
use crate::calculus::{Landscape, VecN};

/// u = ∇L(x + ρg).
pub fn usam(loss: &dyn Landscape, x: &VecN, rho: f64, _events: &mut Events) -> VecN {
    let g = loss.gradient(x);
    if rho == 0.0 { g } else { loss.gradient(&(*x + g * rho)) }
}
