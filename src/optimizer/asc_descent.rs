//! Descent on L^Asc: x ← x − η ∇L^Asc(x), ∇L^Asc = g̃ + (ρ/‖g‖) H (I − ĝĝᵀ) g̃, g̃ = ∇L(x + ρĝ).
//!
//! Near Γ its second term grows like 1/‖g‖: it is stiff, and ends at its own edge of stability (fact 15).

use super::sam::tiny_direction;
use super::{Approximation, Edge, Events, Goal, Method, MethodInfo, Notion, Requirement, Rule, Setup};
use crate::calculus::{Vector, dot, gradient, hessian_times, norm};
use crate::loss::Loss;
use crate::sharpness::ascent_edge;

/// “√η small”: on toy4d it stays 2.9√η and 69√η away from where it goes.
const ROOT_SMALL: f64 = 1e-3;

pub(super) const INFO: MethodInfo = MethodInfo {
    uses_rho: true,
    goal: Goal::Proven(Notion::LambdaM),
    approximates: Some(Approximation {
        of: Method::MaxDescent,
        how: "1: the worst direction is taken to be the gradient's",
    }),
    edge: Some(Edge {
        symbol: "λ_{M}(1+s/ρ)²",
        value: |at| ascent_edge(at.eta, at.lambda_1, at.lambda_m),
        is_least_at_rest: true,
    }),
    eta_share: 0.01,
    requirements: &[Requirement {
        name: "√η",
        value: |at| at.eta.sqrt(),
        holds: |value| value < ROOT_SMALL,
        meaning: |_| "min λM is reached only as √η → 0: before, L^Asc's own edge of stability holds it",
    }],
    ..MethodInfo::new("asc-descent", "L^Asc descent", "x ← x − η ∇[L(x + ρ g/‖g‖)]")
};

pub(super) fn rule(Setup { rho, .. }: Setup) -> AscDescent {
    AscDescent { rho }
}

/// u = ∇L^Asc(x): SAM's gradient and the term that SAM drops.
#[derive(Clone, Copy, Debug)]
pub struct AscDescent {
    /// The perturbation radius ρ ≥ 0; 0 is gradient descent, to the last bit.
    pub rho: f64,
}

impl Rule for AscDescent {
    #[inline(always)]
    fn update<L: Loss<D>, const D: usize>(&mut self, loss: &L, x: &Vector<D>, events: &mut Events) -> Vector<D> {
        let g = gradient(loss, x);
        if self.rho == 0.0 {
            return g;
        }
        let length = norm(&g);
        if length < f64::MIN_POSITIVE {
            return tiny_update(loss, *x, g, self.rho, events);
        }
        let direction = g * (1.0 / length);
        let perturbed = gradient(loss, &(x + self.rho * direction));
        let across = perturbed - dot(&direction, &perturbed) * direction;
        // Divided first: ρ/‖g‖ alone may overflow.
        perturbed + self.rho * hessian_times(loss, x, &(across * (1.0 / length)))
    }
}

/// The rare branch: a subnormal gradient, whose reciprocal overflows, or a zero one, whose direction is chosen and
/// counted and where L^Asc has no derivative: SAM's gradient alone.
#[cold]
#[inline(never)]
fn tiny_update<L: Loss<D>, const D: usize>(
    loss: &L,
    x: Vector<D>,
    g: Vector<D>,
    rho: f64,
    events: &mut Events,
) -> Vector<D> {
    let direction = tiny_direction(loss, x, g, events);
    let perturbed = gradient(loss, &(x + rho * direction));
    let length = norm(&g);
    if length == 0.0 {
        return perturbed;
    }
    let across = perturbed - dot(&direction, &perturbed) * direction;
    perturbed + rho * hessian_times(loss, &x, &(across / length))
}
