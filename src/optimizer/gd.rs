//! Gradient descent: x ← x − η ∇L(x).

use super::requirement::STABLE;
use super::{Events, MethodInfo, Number, Objective, Rule, Setup, Update};
use crate::calculus::{Gradients, Vector};

pub(super) const INFO: MethodInfo =
    MethodInfo { requirements: &[STABLE], ..MethodInfo::new("gd", "GD", r"x \leftarrow x - \eta \nabla L(x)") };

pub(super) fn rule(_: Setup) -> Gd {
    Gd
}

pub(super) type Together = Gd;

/// u = ∇L(x).
#[derive(Clone, Copy, Debug)]
pub struct Gd;

impl Update for Gd {
    #[inline(always)]
    fn u<T: Number, O: Objective<T, D>, const D: usize>(
        loss: &O,
        x: &[T; D],
        _rho: T,
        _rare: &mut T::Rare,
    ) -> Option<[T; D]> {
        Some(loss.gradient(x))
    }
}

impl Rule for Gd {
    #[inline(always)]
    fn update<G: Gradients<f64, D> + ?Sized, const D: usize>(
        &mut self,
        loss: &G,
        x: &Vector<D>,
        _events: &mut Events,
    ) -> Vector<D> {
        loss.gradient(None, &x.data.0[0]).into()
    }
}
