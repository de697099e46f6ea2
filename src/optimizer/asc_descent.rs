//! Descent on L^Asc: x ← x − η ∇L^Asc(x), ∇L^Asc = g̃ + (ρ/‖g‖) H (I − ĝĝᵀ) g̃, g̃ = ∇L(x + ρĝ).
//!
//! Near Γ its second term grows like 1/‖g‖: it is stiff, and ends at its own edge of stability (fact 15).

use super::sam::tiny_direction;
use super::update::{Number, Update, dot, moved, update_or};
use super::{Approximation, Edge, Events, Goal, Method, MethodInfo, Notion, Objective, Part, Requirement, Rule, Setup};
use crate::calculus::{self, Gradients, Vector, norm};
use crate::loss::array;
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
    ..MethodInfo::new("asc-descent", "L^Asc descent", r"x \leftarrow x - \eta \nabla[L(x + \rho \tfrac{g}{\|g\|})]")
};

pub(super) fn rule(Setup { rho, .. }: Setup) -> AscDescent {
    AscDescent { rho }
}

#[cfg(not(target_arch = "wasm32"))]
pub(super) type Together = AscDescent;
/// On the page jets of many numbers for each loss would weigh more than this method is asked for.
#[cfg(target_arch = "wasm32")]
pub(super) type Together = super::update::Alone;

/// u = ∇L^Asc(x): SAM's gradient and the term that SAM drops.
#[derive(Clone, Copy, Debug)]
pub struct AscDescent {
    /// The perturbation radius ρ ≥ 0; 0 is gradient descent, to the last bit.
    pub rho: f64,
}

impl Update for AscDescent {
    const NEEDS_CURVATURE: bool = true;

    #[inline(always)]
    fn u<T: Number, O: Objective<T, D>, const D: usize>(
        loss: &O,
        x: &[T; D],
        rho: T,
        rare: &mut T::Rare,
    ) -> Option<[T; D]> {
        let g = loss.gradient(x);
        if rho.is_zero() {
            return Some(g);
        }
        let inverse = T::constant(1.0) / T::length(&g, rare)?;
        let direction = array(|i| g[i] * inverse);
        let perturbed = loss.gradient(&moved(x, rho, &direction));
        let across = moved(&perturbed, -dot(&direction, &perturbed), &direction);
        // Divided first: ρ/‖g‖ alone may overflow.
        let dropped = loss.hessian_times(x, &array(|i| across[i] * inverse));
        Some(moved(&perturbed, rho, &dropped))
    }
}

impl Rule for AscDescent {
    #[inline(always)]
    fn update<G: Gradients<f64, D> + ?Sized, const D: usize>(
        &mut self,
        loss: &G,
        x: &Vector<D>,
        events: &mut Events,
    ) -> Vector<D> {
        let whole = Part { loss, batch: None };
        update_or::<Self, _, D>(&whole, x, self.rho, || tiny_update(&whole, *x, self.rho, events))
    }
}

/// The rare branch: a subnormal gradient, whose reciprocal overflows, or a zero one, whose direction is chosen and
/// counted and where L^Asc has no derivative: SAM's gradient alone.
#[cold]
#[inline(never)]
fn tiny_update<G: Gradients<f64, D> + ?Sized, const D: usize>(
    whole: &Part<G>,
    x: Vector<D>,
    rho: f64,
    events: &mut Events,
) -> Vector<D> {
    let g: Vector<D> = whole.gradient(&x.into()).into();
    let direction = tiny_direction(whole, x, g, events);
    let perturbed: Vector<D> = whole.gradient(&(x + rho * direction).into()).into();
    let length = norm(&g);
    if length == 0.0 {
        return perturbed;
    }
    let across = perturbed - calculus::dot(&direction, &perturbed) * direction;
    let dropped: Vector<D> = whole.hessian_times(&x.into(), &(across / length).into()).into();
    perturbed + rho * dropped
}
