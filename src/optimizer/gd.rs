//! Gradient descent: x ← x − η ∇L(x).

use super::requirement::STABLE;
use super::{Events, MethodInfo, Rule, Setup};
use crate::calculus::{Vector, gradient};
use crate::loss::Loss;

pub(super) const INFO: MethodInfo =
    MethodInfo { requirements: &[STABLE], ..MethodInfo::new("gd", "GD", "x ← x − η ∇L(x)") };

pub(super) fn rule(_: Setup) -> Gd {
    Gd
}

/// u = ∇L(x).
#[derive(Clone, Copy, Debug)]
pub struct Gd;

impl Rule for Gd {
    #[inline(always)]
    fn update<L: Loss<D>, const D: usize>(&mut self, loss: &L, x: &Vector<D>, _events: &mut Events) -> Vector<D> {
        gradient(loss, x)
    }
}
