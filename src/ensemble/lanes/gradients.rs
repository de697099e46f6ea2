//! A loss's gradients at as many points as a pack has numbers.

use super::CURVATURE;
use super::pack::Pack;
use crate::calculus::{Concrete, Gradients, Jet};
use crate::loss::{Loss, Work, array};

/// Behind a pointer, where the caller's instructions are not known.
impl<P: Pack, L: Loss<D>, const D: usize, const E: usize> Gradients<P, E> for Concrete<'_, L, D> {
    fn dim(&self) -> usize {
        self.0.dim()
    }

    fn samples(&self) -> usize {
        self.0.samples()
    }

    fn gradient(&self, batch: Option<&[usize]>, x: &[P; E]) -> [P; E] {
        P::vectorized(Gradient { loss: self, batch, x })
    }

    fn hessian_times(&self, batch: Option<&[usize]>, x: &[P; E], v: &[P; E]) -> [P; E] {
        if !CURVATURE {
            unreachable!("asked before");
        }
        P::vectorized(Product { loss: self, batch, x, v })
    }
}

/// A loss inside code that is [vectorized](crate::loss::Scalar::vectorized) itself.
#[cfg(target_arch = "x86_64")]
pub(super) struct Inlined<'a, L, const D: usize>(pub &'a L);

#[cfg(target_arch = "x86_64")]
impl<P: Pack, L: Loss<D>, const D: usize> Gradients<P, D> for Inlined<'_, L, D> {
    fn dim(&self) -> usize {
        self.0.dim()
    }

    fn samples(&self) -> usize {
        self.0.samples()
    }

    #[inline(always)]
    fn gradient(&self, batch: Option<&[usize]>, x: &[P; D]) -> [P; D] {
        Gradient { loss: &Concrete(self.0), batch, x }.run()
    }

    #[inline(always)]
    fn hessian_times(&self, batch: Option<&[usize]>, x: &[P; D], v: &[P; D]) -> [P; D] {
        Product { loss: &Concrete(self.0), batch, x, v }.run()
    }
}

struct Gradient<'a, L, P, const D: usize, const E: usize> {
    loss: &'a Concrete<'a, L, D>,
    batch: Option<&'a [usize]>,
    x: &'a [P; E],
}

impl<P: Pack, L: Loss<D>, const D: usize, const E: usize> Work for Gradient<'_, L, P, D, E> {
    type Output = [P; E];

    #[inline(always)]
    fn run(self) -> [P; E] {
        let own: [P; D] = array(|i| self.x[i]);
        padded(self.loss.at(self.batch, &own))
    }
}

struct Product<'a, L, P, const D: usize, const E: usize> {
    loss: &'a Concrete<'a, L, D>,
    batch: Option<&'a [usize]>,
    x: &'a [P; E],
    v: &'a [P; E],
}

impl<P: Pack, L: Loss<D>, const D: usize, const E: usize> Work for Product<'_, L, P, D, E> {
    type Output = [P; E];

    #[inline(always)]
    fn run(self) -> [P; E] {
        let jets: [Jet<P>; D] = array(|i| Jet::along(self.x[i], self.v[i]));
        let products = self.loss.at(self.batch, &jets);
        padded::<P, D, E>(array(|i| products[i].first))
    }
}

/// With zeros behind it.
#[inline(always)]
fn padded<P: Pack, const D: usize, const E: usize>(own: [P; D]) -> [P; E] {
    let mut all = [P::constant(0.0); E];
    all[..D].copy_from_slice(&own);
    all
}
