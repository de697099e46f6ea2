//! Full-batch SAM (Eq. 3): x ← x − η ∇L(x + ρ ĝ), ĝ = g/‖g‖.
//!
//! Thm 4.5: it minimizes λ1.

use super::requirement::{SMALL, SMALL_STEP};
use super::update::{Number, Objective, Update, moved};
use super::{Approximation, Drift, Events, Goal, Law, Method, MethodInfo, Notion, Requirement, Rule, Setup, Side};
use crate::calculus::{Eigen, Vector, gradient, hessian, norm};
use crate::loss::Loss;

/// λ1 is well separated from λ2 where 1 − λ2/λ1 is above this.
const GAP: f64 = 0.1;

pub(super) const INFO: MethodInfo = MethodInfo {
    uses_rho: true,
    goal: Goal::Proven(Notion::Lambda1),
    drift: Some(Drift::of_sam(Some(Law::Cycle(Side::Uphill)))),
    approximates: Some(Approximation {
        of: Method::AscDescent,
        how: "2: the perturbation's own derivative is dropped",
    }),
    requirements: &[
        Requirement {
            name: "η ln(1/ρ)",
            value: |at| at.eta * (1.0 / at.rho).ln(),
            holds: |value| value < SMALL,
            meaning: |_| "too large for Thm 4.5's error bound to say much",
        },
        Requirement {
            name: "ρ/η",
            value: |at| at.rho / at.eta,
            holds: |value| value < SMALL,
            meaning: |_| "Thm 4.5 wants it small; where third derivatives along v1 vanish, as on toy4d, its picture still holds",
        },
        SMALL_STEP,
        Requirement {
            name: "1 − λ2/λ1",
            value: |at| at.eigengap,
            holds: |value| value > GAP,
            meaning: |_| "λ1 is not well separated, so the gradient has no single direction to align with",
        },
    ],
    ..MethodInfo::new("sam", "SAM", r"x \leftarrow x - \eta \nabla L\left(x + \rho \tfrac{g}{\|g\|}\right)")
};

pub(super) fn rule(Setup { rho, .. }: Setup) -> Sam {
    Sam { rho }
}

pub(super) type Together = Sam;

/// u = ∇L(x + ρĝ).
#[derive(Clone, Copy, Debug)]
pub struct Sam {
    /// The perturbation radius ρ ≥ 0; 0 is gradient descent, to the last bit.
    pub rho: f64,
}

impl Update for Sam {
    // Always inlined, or the iterate would go through memory twice per step (measured: 1.5 × slower).
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
        let length = T::length(&g, rare)?;
        Some(loss.gradient(&moved(x, rho / length, &g)))
    }
}

impl Rule for Sam {
    #[inline(always)]
    fn update<L: Loss<D>, const D: usize>(&mut self, loss: &L, x: &Vector<D>, events: &mut Events) -> Vector<D> {
        match Self::u(loss, &x.data.0[0], self.rho, &mut ()) {
            Some(u) => u.into(),
            None => tiny_update(loss, *x, self.rho, events),
        }
    }
}

/// The rare branch: SAM's update where the gradient is tiny.
#[cold]
#[inline(never)]
fn tiny_update<L: Loss<D>, const D: usize>(loss: &L, x: Vector<D>, rho: f64, events: &mut Events) -> Vector<D> {
    let direction = tiny_direction(loss, x, gradient(loss, &x), events);
    gradient(loss, &(x + rho * direction))
}

/// The direction of a tiny gradient: a subnormal one is scaled up before it is normalized (ρ/‖g‖ would overflow), or
/// a zero one is counted and replaced by a direction in the top eigenspace.
/// Takes its vectors by value, so that they need no address, and so no memory, on the usual path.
#[cold]
#[inline(never)]
pub(super) fn tiny_direction<L: Loss<D>, const D: usize>(
    loss: &L,
    x: Vector<D>,
    g: Vector<D>,
    events: &mut Events,
) -> Vector<D> {
    let largest = g.amax();
    if largest > 0.0 {
        let scaled = g.map(|component| component / largest);
        return scaled / norm(&scaled);
    }
    events.zero_gradient_steps += 1;
    let top = Eigen::new(&hessian(loss, &x)).top_direction();
    Vector::from_fn(|i, _| top.get(i).copied().unwrap_or(0.0))
}
