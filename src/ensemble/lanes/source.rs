//! Where the updates of runs that step together come from.

use super::both::Both;
use super::herd::Vectors;
use super::numbers::PACKS;
use super::pack::Pack;
use crate::calculus::Gradients;
use crate::loss::array;
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

/// All packs with the first one. A program that is gone through instruction by instruction takes longer to do so than to compute:
/// then one way through it serves all runs.
#[cfg(target_arch = "x86_64")]
pub(super) struct AtOnce<'a, G>(pub &'a G);

#[cfg(target_arch = "x86_64")]
impl<P: Pack, G: Gradients<Both<P>, D>, const D: usize> Source<P, D> for AtOnce<'_, G> {
    type Ahead = ([Both<P>; D], [P::Truth; PACKS]);

    #[inline(always)]
    fn u<U: Update>(
        &self,
        batch: Option<&[usize]>,
        x: &Vectors<P, D>,
        rho: &[P; PACKS],
        c: usize,
        ahead: &mut Option<Self::Ahead>,
    ) -> ([P; D], P::Truth) {
        let all = || {
            let mut rare = [P::NEVER; PACKS];
            let x = array(|i| Both([x[0][i], x[1][i]]));
            let u = U::u(&Part { loss: self.0, batch }, &x, Both(*rho), &mut rare);
            (marked(u), rare)
        };
        let (u, rare) = ahead.get_or_insert_with(all);
        (array(|i| u[i].0[c]), rare[c])
    }
}

#[inline(always)]
fn marked<T>(u: Option<T>) -> T {
    match u {
        Some(u) => u,
        None => unreachable!("many numbers mark what is rare"),
    }
}
