//! Full-batch SAM (Eq. 3): x ← x − η ∇L(x + ρ ĝ), ĝ = g/‖g‖.
//!
//! Thm 4.5: it minimizes λ1.

use super::requirement::{SMALL, SMALL_STEP};
use super::update::{Number, Update, moved, update_or};
use super::{
    Approximation, Drift, Events, Goal, Law, Method, MethodInfo, Notion, Objective, Part, Requirement, Rule, Setup,
    Side,
};
use crate::calculus::{Eigen, Gradients, MatN, Vector, norm};

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
            meaning: |_| "Thm 4.5 wants it small; where third derivatives along v1 vanish its picture still holds",
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

impl Sam {
    #[inline(always)]
    pub(super) fn update_of<G: Gradients<f64, D> + ?Sized, const D: usize>(
        self,
        part: &Part<G>,
        x: &Vector<D>,
        events: &mut Events,
    ) -> Vector<D> {
        update_or::<Self, _, D>(part, x, self.rho, || tiny_update(part, *x, self.rho, events))
    }
}

impl Rule for Sam {
    #[inline(always)]
    fn update<G: Gradients<f64, D> + ?Sized, const D: usize>(
        &mut self,
        loss: &G,
        x: &Vector<D>,
        events: &mut Events,
    ) -> Vector<D> {
        self.update_of(&Part { loss, batch: None }, x, events)
    }
}

/// The rare branch: SAM's update where the gradient is tiny.
#[cold]
#[inline(never)]
fn tiny_update<G: Gradients<f64, D> + ?Sized, const D: usize>(
    part: &Part<G>,
    x: Vector<D>,
    rho: f64,
    events: &mut Events,
) -> Vector<D> {
    let direction = tiny_direction(part, x, part.gradient(&x.into()).into(), events);
    part.gradient(&(x + rho * direction).into()).into()
}

/// The direction of a tiny gradient: a subnormal one is scaled up before it is normalized (ρ/‖g‖ would overflow), or
/// a zero one is counted and replaced by a direction in the top eigenspace.
/// Takes its vectors by value, so that they need no address, and so no memory, on the usual path.
#[cold]
#[inline(never)]
pub(super) fn tiny_direction<G: Gradients<f64, D> + ?Sized, const D: usize>(
    part: &Part<G>,
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
    let top = Eigen::new(&hessian(part, &x.into())).top_direction();
    Vector::from_fn(|i, _| top.get(i).copied().unwrap_or(0.0))
}

/// H in the coordinates that are in use.
fn hessian<G: Gradients<f64, D> + ?Sized, const D: usize>(part: &Part<G>, x: &[f64; D]) -> MatN {
    let axis = |c: usize| std::array::from_fn(|i| if i == c { 1.0 } else { 0.0 });
    let columns: Vec<[f64; D]> = (0..part.loss.dim()).map(|c| part.hessian_times(x, &axis(c))).collect();
    MatN::symmetric(columns.len(), |r, c| columns[c][r])
}
