//! A loss's gradients at as many points as a pack has numbers.

use super::CURVATURE;
use super::pack::Pack;
use crate::calculus::{Concrete, Gradients, Jet};
use crate::loss::{Loss, Scalar, Work, array};

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
impl<T: Scalar, L: Loss<D>, const D: usize> Gradients<T, D> for Inlined<'_, L, D> {
    fn dim(&self) -> usize {
        self.0.dim()
    }

    fn samples(&self) -> usize {
        self.0.samples()
    }

    #[inline(always)]
    fn gradient(&self, batch: Option<&[usize]>, x: &[T; D]) -> [T; D] {
        Gradient { loss: &Concrete(self.0), batch, x }.run()
    }

    #[inline(always)]
    fn hessian_times(&self, batch: Option<&[usize]>, x: &[T; D], v: &[T; D]) -> [T; D] {
        Product { loss: &Concrete(self.0), batch, x, v }.run()
    }
}

struct Gradient<'a, L, T, const D: usize, const E: usize> {
    loss: &'a Concrete<'a, L, D>,
    batch: Option<&'a [usize]>,
    x: &'a [T; E],
}

impl<T: Scalar, L: Loss<D>, const D: usize, const E: usize> Work for Gradient<'_, L, T, D, E> {
    type Output = [T; E];

    #[inline(always)]
    fn run(self) -> [T; E] {
        let own: [T; D] = array(|i| self.x[i]);
        padded(self.loss.at(self.batch, &own))
    }
}

struct Product<'a, L, T, const D: usize, const E: usize> {
    loss: &'a Concrete<'a, L, D>,
    batch: Option<&'a [usize]>,
    x: &'a [T; E],
    v: &'a [T; E],
}

impl<T: Scalar, L: Loss<D>, const D: usize, const E: usize> Work for Product<'_, L, T, D, E> {
    type Output = [T; E];

    #[inline(always)]
    fn run(self) -> [T; E] {
        let jets: [Jet<T>; D] = array(|i| Jet::along(self.x[i], self.v[i]));
        let products = self.loss.at(self.batch, &jets);
        padded::<T, D, E>(array(|i| products[i].first))
    }
}

/// With zeros behind it.
#[inline(always)]
fn padded<T: Scalar, const D: usize, const E: usize>(own: [T; D]) -> [T; E] {
    let mut all = [T::constant(0.0); E];
    all[..D].copy_from_slice(&own);
    all
}
