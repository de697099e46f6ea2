//! The ascent direction ĝ = g/‖g‖ and what stands in for it where the gradient is zero; SAM's gradient, L^Asc and
//! what SAM drops of its gradient.

use crate::calculus::{Eigen, Landscape, VecN};

/// The gradient at a point and the direction that SAM perturbs along.
#[derive(Clone, Copy, Debug)]
pub struct Ascent {
    /// g.
    pub gradient: VecN,
    /// ĝ, or where every component of g is exactly 0 a unit vector of the top eigenspace.
    pub direction: VecN,
    /// Whether g is exactly 0, so that the direction was chosen.
    pub is_chosen: bool,
}

/// g and ĝ at x. A non-finite gradient gives a non-finite direction.
#[must_use]
pub fn ascent_direction(loss: &dyn Landscape, x: &VecN) -> Ascent {
    let gradient = loss.gradient(x);
    match gradient.unit() {
        Some(direction) => Ascent { gradient, direction, is_chosen: false },
        None if gradient.is_finite() => {
            let direction = Eigen::new(&loss.hessian(x)).top_direction();
            Ascent { gradient, direction, is_chosen: true }
        }
        None => Ascent { gradient, direction: gradient, is_chosen: false },
    }
}

impl Ascent {
    /// SAM's gradient ∇L(x + ρĝ) (Eq. 3); for ρ = 0 g itself, to the last bit.
    #[must_use]
    pub fn sam_gradient(&self, loss: &dyn Landscape, x: &VecN, rho: f64) -> VecN {
        if rho == 0.0 { self.gradient } else { loss.gradient(&(*x + self.direction * rho)) }
    }

    /// What SAM drops of ∇L^Asc: (ρ/‖g‖) H (I − ĝĝᵀ) g̃ with g̃ = SAM's gradient; `None` where g = 0.
    #[must_use]
    pub fn dropped_term(&self, loss: &dyn Landscape, x: &VecN, rho: f64) -> Option<VecN> {
        if self.is_chosen {
            return None;
        }
        let perturbed = self.sam_gradient(loss, x, rho);
        let across = perturbed - self.direction * self.direction.dot(&perturbed);
        // Divided first: ρ/‖g‖ alone may overflow.
        let length = self.gradient.norm();
        let scaled = VecN::from_fn(across.len(), |i| across[i] / length);
        Some(loss.along(x, &scaled).first * rho)
    }
}

/// R^Asc(x) = L(x + ρĝ) − L(x) for ρ ≥ 0; `None` where g = 0 (the paper sets it to ∞ there) or is at the underflow floor.
#[must_use]
pub fn ascent_rise(loss: &dyn Landscape, x: &VecN, rho: f64) -> Option<f64> {
    let direction = super::seen_direction(&loss.gradient(x))?;
    Some(loss.value(&(*x + direction * rho)) - loss.value(x))
}
