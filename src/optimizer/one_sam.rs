//! 1-SAM (Eq. 17) and m-SAM: x ← x − η ∇L_B(x + ρ ∇L_B/‖∇L_B‖), B a random batch of m; m = 1 for 1-SAM.

use super::{BatchSampler, Events, Rule, Sam};
use crate::calculus::Vector;
use crate::loss::{Batch, Loss};

/// u = SAM's update of a random batch's loss.
#[derive(Clone, Debug)]
pub struct MSam {
    /// SAM on the batch.
    pub sam: Sam,
    /// Where the batches come from.
    pub sampler: BatchSampler,
}

impl Rule for MSam {
    #[inline(always)]
    fn update<L: Loss<D>, const D: usize>(&mut self, loss: &L, x: &Vector<D>, events: &mut Events) -> Vector<D> {
        if self.sampler.is_full() {
            return self.sam.update(loss, x, events);
        }
        self.sam.update(&Batch::new(loss, self.sampler.draw()), x, events)
    }
}
