//! m-SAM: x ← x − η ∇L_B(x + ρ ∇L_B/‖∇L_B‖), B a random batch of m. Between one and all samples the paper leaves open
//! where it goes.

use super::{BatchSampler, Events, Goal, MethodInfo, Notion, Rule, Sam, Setup, one_sam};
use crate::calculus::{Gradients, Vector};

pub(super) const INFO: MethodInfo = MethodInfo {
    uses_rho: true,
    uses_batch: true,
    stochastic: true,
    goal: Goal::Seen(Notion::Trace),
    requirements: one_sam::INFO.requirements,
    ..MethodInfo::new(
        "m-sam",
        "m-SAM",
        r"x \leftarrow x - \eta \nabla L_B\left(x + \rho \tfrac{\nabla L_B}{\|\nabla L_B\|}\right) \quad B \text{ a random batch of } m",
    )
};

pub(super) fn rule(Setup { rho, sampler, .. }: Setup) -> MSam {
    MSam { sam: Sam { rho }, sampler }
}

pub(super) use super::sam::Together;

/// u = SAM's update of a random batch's loss.
#[derive(Debug)]
pub(super) struct MSam<'a> {
    sam: Sam,
    sampler: &'a mut BatchSampler,
}

impl Rule for MSam<'_> {
    #[inline(always)]
    fn update<G: Gradients<f64, D> + ?Sized, const D: usize>(
        &mut self,
        loss: &G,
        x: &Vector<D>,
        events: &mut Events,
    ) -> Vector<D> {
        self.sam.update_of(&self.sampler.part(loss), x, events)
    }
}
