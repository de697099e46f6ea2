//! A loss's gradients for as many points as step together.

use super::CURVATURE;
use super::number::{Lanes, PACKS};
use super::pack::Pack;
use crate::calculus::{Concrete, Gradients, Jet};
use crate::loss::{Loss, Scalar, Work, array};

/// A call for many points costs little for each of them, also behind a pointer.
impl<P: Pack, L: Loss<D>, const D: usize, const E: usize> Gradients<Lanes<P>, E> for Concrete<'_, L, D> {
    fn dim(&self) -> usize {
        self.0.dim()
    }

    fn samples(&self) -> usize {
        self.0.samples()
    }

    fn gradient(&self, batch: Option<&[usize]>, x: &[Lanes<P>; E]) -> [Lanes<P>; E] {
        P::vectorized(Gradient { loss: self, batch, x })
    }

    fn hessian_times(&self, batch: Option<&[usize]>, x: &[Lanes<P>; E], v: &[Lanes<P>; E]) -> [Lanes<P>; E] {
        if !CURVATURE {
            unreachable!("asked before");
        }
        P::vectorized(Product { loss: self, batch, x, v })
    }
}

struct Gradient<'a, L, P, const D: usize, const E: usize> {
    loss: &'a Concrete<'a, L, D>,
    batch: Option<&'a [usize]>,
    x: &'a [Lanes<P>; E],
}

impl<P: Pack, L: Loss<D>, const D: usize, const E: usize> Work for Gradient<'_, L, P, D, E> {
    type Output = [Lanes<P>; E];

    #[inline(always)]
    fn run(self) -> [Lanes<P>; E] {
        each_pack(|c| {
            let x: [P; D] = array(|i| self.x[i].0[c]);
            self.loss.at(self.batch, &x)
        })
    }
}

struct Product<'a, L, P, const D: usize, const E: usize> {
    loss: &'a Concrete<'a, L, D>,
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
            let products = self.loss.at(self.batch, &jets);
            let product: [P; D] = array(|i| products[i].first);
            product
        })
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
