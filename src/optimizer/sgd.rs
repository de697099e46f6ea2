//! SGD with batches of m: x ← x − η ∇L_B(x), B a random batch.

use super::requirement::STABLE;
use super::{BatchSampler, Events, MethodInfo, Objective, Rule, Setup};
use crate::calculus::{Gradients, Vector};

pub(super) const INFO: MethodInfo = MethodInfo {
    uses_batch: true,
    stochastic: true,
    requirements: &[STABLE],
    ..MethodInfo::new("sgd", "SGD", r"x \leftarrow x - \eta \nabla L_B(x) \quad B \text{ a random batch}")
};

pub(super) fn rule(Setup { sampler, .. }: Setup) -> Sgd {
    Sgd { sampler }
}

pub(super) use super::gd::Together;

/// u = ∇L_B(x).
#[derive(Debug)]
pub struct Sgd<'a> {
    /// Where the batches come from.
    pub sampler: &'a mut BatchSampler,
}

impl Rule for Sgd<'_> {
    #[inline(always)]
    fn update<G: Gradients<f64, D> + ?Sized, const D: usize>(
        &mut self,
        loss: &G,
        x: &Vector<D>,
        _events: &mut Events,
    ) -> Vector<D> {
        self.sampler.part(loss).gradient(&x.data.0[0]).into()
    }
}
