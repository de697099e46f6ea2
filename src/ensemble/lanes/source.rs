//! Where the updates of runs that step together come from.

use super::herd::Vectors;
use super::numbers::PACKS;
use super::pack::Pack;
use crate::calculus::Gradients;
use crate::optimizer::{Part, Update};

/// A loss, and how its gradients are asked for.
pub(super) trait Source<P: Pack, const D: usize> {
    /// What is known of a step ahead of the pack that it is for.
    type Ahead;

    /// u at the runs of pack `c`, and which of these meet something rare. `ahead` is what has been found out in this step.
    fn u<U: Update>(
        &self,
        batch: Option<&[usize]>,
        x: &Vectors<P, D>,
        rho: &[P; PACKS],
        c: usize,
        ahead: &mut Option<Self::Ahead>,
    ) -> ([P; D], P::Truth);
}

/// Pack by pack: each has the registers for itself.
pub(super) struct Apart<'a, G: ?Sized>(pub &'a G);

impl<P: Pack, G: Gradients<P, D> + ?Sized, const D: usize> Source<P, D> for Apart<'_, G> {
    type Ahead = ();

    #[inline(always)]
    fn u<U: Update>(
        &self,
        batch: Option<&[usize]>,
        x: &Vectors<P, D>,
        rho: &[P; PACKS],
        c: usize,
        _ahead: &mut Option<()>,
    ) -> ([P; D], P::Truth) {
        let mut rare = P::NEVER;
        let u = U::u(&Part { loss: self.0, batch }, &x[c], rho[c], &mut rare);
        (marked(u), rare)
    }
}

#[inline(always)]
pub(super) fn marked<T>(u: Option<T>) -> T {
    match u {
        Some(u) => u,
        None => unreachable!("many numbers mark what is rare"),
    }
}
