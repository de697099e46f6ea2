//! Gradient descent: x ← x − η ∇L(x).

use super::{Events, Rule};
use crate::calculus::{Vector, gradient};
use crate::loss::Loss;

/// u = ∇L(x).
#[derive(Clone, Copy, Debug)]
pub struct Gd;

impl Rule for Gd {
    #[inline(always)]
    fn update<L: Loss<D>, const D: usize>(&mut self, loss: &L, x: &Vector<D>, _events: &mut Events) -> Vector<D> {
        gradient(loss, x)
    }
}
