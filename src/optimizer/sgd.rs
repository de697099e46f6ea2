//! SGD with batches of m: x ← x − η ∇L_B(x), B a random batch.

use super::{BatchSampler, Events, Rule};
use crate::calculus::{Vector, gradient};
use crate::loss::{Batch, Loss};

/// u = ∇L_B(x).
#[derive(Clone, Debug)]
pub struct Sgd {
    /// Where the batches come from.
    pub sampler: BatchSampler,
}

impl Rule for Sgd {
    #[inline(always)]
    fn update<L: Loss<D>, const D: usize>(&mut self, loss: &L, x: &Vector<D>, _events: &mut Events) -> Vector<D> {
        if self.sampler.is_full() {
            return gradient(loss, x);
        }
        gradient(&Batch::new(loss, self.sampler.draw()), x)
    }
}
