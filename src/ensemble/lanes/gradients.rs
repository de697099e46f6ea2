//! A loss's gradients for as many points as step together.

use super::number::{Lanes, PACKS};
use super::pack::Pack;
use crate::calculus::Jet;
use crate::loss::{Batch, Loss, Scalar, Work, array};
use crate::optimizer::Objective;

/// A loss behind a pointer: so updates are compiled once for each dimension, and not for each loss. A call for many points costs
/// little for each of them.
pub(super) trait Gradients<P, const D: usize> {
    /// ∇L(x), or that of a batch of samples.
    fn gradient(&self, batch: Option<&[usize]>, x: &[Lanes<P>; D]) -> [Lanes<P>; D];

    /// H(x)v, or that of a batch of samples.
    fn hessian_times(&self, batch: Option<&[usize]>, x: &[Lanes<P>; D], v: &[Lanes<P>; D]) -> [Lanes<P>; D];
}

/// A concrete loss on R^D, with coordinates behind it on which it does not depend.
pub(super) struct Whole<'a, L, const D: usize>(pub &'a L);

impl<P: Pack, L: Loss<D>, const D: usize, const E: usize> Gradients<P, E> for Whole<'_, L, D> {
    fn gradient(&self, batch: Option<&[usize]>, x: &[Lanes<P>; E]) -> [Lanes<P>; E] {
        P::vectorized(Gradient { loss: self.0, batch, x })
    }

    fn hessian_times(&self, batch: Option<&[usize]>, x: &[Lanes<P>; E], v: &[Lanes<P>; E]) -> [Lanes<P>; E] {
        if cfg!(target_arch = "wasm32") {
            unreachable!("what needs it steps alone on the page");
        }
        P::vectorized(Product { loss: self.0, batch, x, v })
    }
}

struct Gradient<'a, L, P, const D: usize, const E: usize> {
    loss: &'a L,
    batch: Option<&'a [usize]>,
    x: &'a [Lanes<P>; E],
}

impl<P: Pack, L: Loss<D>, const D: usize, const E: usize> Work for Gradient<'_, L, P, D, E> {
    type Output = [Lanes<P>; E];

    #[inline(always)]
    fn run(self) -> [Lanes<P>; E] {
        each_pack(|c| {
            let x: [P; D] = array(|i| self.x[i].0[c]);
            part_gradient(self.loss, self.batch, &x)
        })
    }
}

struct Product<'a, L, P, const D: usize, const E: usize> {
    loss: &'a L,
    batch: Option<&'a [usize]>,
    x: &'a [Lanes<P>; E],
    v: &'a [Lanes<P>; E],
}

impl<P: Pack, L: Loss<D>, const D: usize, const E: usize> Work for Product<'_, L, P, D, E> {
    type Output = [Lanes<P>; E];

    #[inline(always)]
    fn run(self) -> [Lanes<P>; E] {
        each_pack(|c| {
            let jets: [Jet<P>; D] = array(|i| Jet::along(self.x[i].0[c], self.v[i].0[c]));
            let products = part_gradient(self.loss, self.batch, &jets);
            let product: [P; D] = array(|i| products[i].first);
            product
        })
    }
}

/// A batch is asked for only where there are several samples: a loss without has no code for one.
#[inline(always)]
fn part_gradient<T: Scalar, L: Loss<D>, const D: usize>(loss: &L, batch: Option<&[usize]>, x: &[T; D]) -> [T; D] {
    match batch {
        Some(members) if loss.samples() > 1 => Loss::gradient(&Batch::new(loss, members), x),
        _ => Loss::gradient(loss, x),
    }
}

/// One register after the other, so that a formula's intermediate results need few of them.
#[inline(always)]
fn each_pack<P: Pack, const D: usize, const E: usize>(of: impl Fn(usize) -> [P; D]) -> [Lanes<P>; E] {
    let mut all = [Lanes::constant(0.0); E];
    for c in 0..PACKS {
        for (lanes, pack) in all.iter_mut().zip(of(c)) {
            lanes.0[c] = pack;
        }
    }
    all
}

/// The whole loss, or a batch of its samples.
pub(super) struct Part<'a, P, const D: usize> {
    pub loss: &'a dyn Gradients<P, D>,
    pub batch: Option<&'a [usize]>,
}

impl<P: Pack, const D: usize> Objective<Lanes<P>, D> for Part<'_, P, D> {
    #[inline(always)]
    fn gradient(&self, x: &[Lanes<P>; D]) -> [Lanes<P>; D] {
        self.loss.gradient(self.batch, x)
    }

    #[inline(always)]
    fn hessian_times(&self, x: &[Lanes<P>; D], v: &[Lanes<P>; D]) -> [Lanes<P>; D] {
        self.loss.hessian_times(self.batch, x, v)
    }
}
