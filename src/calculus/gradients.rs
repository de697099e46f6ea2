//! What steps are made of: a loss's gradients, whatever its type and its numbers.

use super::Jet;
use crate::loss::{Batch, DIM_MAX, Loss, Scalar, array};

/// A loss on R^D at points of such numbers: the whole one, or where samples are given, the batch of these.
pub trait Gradients<T, const D: usize> {
    /// The number of coordinates in use, at most D; the others are padding, with zero derivatives.
    fn dim(&self) -> usize;

    /// The number n of samples; 1 where the loss has none.
    fn samples(&self) -> usize;

    /// ∇L(x).
    fn gradient(&self, batch: Option<&[usize]>, x: &[T; D]) -> [T; D];

    /// H(x)v.
    fn hessian_times(&self, batch: Option<&[usize]>, x: &[T; D], v: &[T; D]) -> [T; D];
}

/// A concrete loss on R^D, with room for coordinates behind it on which it does not depend.
#[derive(Debug)]
pub struct Concrete<'a, L, const D: usize>(pub &'a L);

impl<L: Loss<D>, const D: usize> Concrete<'_, L, D> {
    /// ∇L(x). A batch is asked for only where there are several samples: a loss without has no code for one.
    // On the page a formula is there once for each kind of numbers.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub fn at<T: Scalar>(&self, batch: Option<&[usize]>, x: &[T; D]) -> [T; D] {
        match batch {
            Some(members) if self.0.samples() > 1 => Batch::new(self.0, members).gradient(x),
            _ => self.0.gradient(x),
        }
    }

    /// Has `visitor` work with it behind a pointer, in the smallest of four dimensions that has room: what it does is
    /// compiled four times, and not for each loss.
    #[inline]
    pub fn behind_pointer<T, V: PointerVisitor<T>>(&self, visitor: V) -> V::Output
    where
        Self: Gradients<T, 2> + Gradients<T, 4> + Gradients<T, 8> + Gradients<T, DIM_MAX>,
    {
        if const { D <= 2 } {
            visitor.visit::<2>(self)
        } else if const { D <= 4 } {
            visitor.visit::<4>(self)
        } else if const { D <= 8 } {
            visitor.visit::<8>(self)
        } else {
            visitor.visit::<DIM_MAX>(self)
        }
    }
}

/// What is done with a loss behind a pointer.
pub trait PointerVisitor<T> {
    /// What it gives back.
    type Output;
    /// Does it.
    fn visit<const D: usize>(self, loss: &dyn Gradients<T, D>) -> Self::Output;
}

impl<L: Loss<D>, const D: usize, const E: usize> Gradients<f64, E> for Concrete<'_, L, D> {
    #[inline(always)]
    fn dim(&self) -> usize {
        self.0.dim()
    }

    #[inline(always)]
    fn samples(&self) -> usize {
        self.0.samples()
    }

    #[inline(always)]
    fn gradient(&self, batch: Option<&[usize]>, x: &[f64; E]) -> [f64; E] {
        padded(self.at(batch, &array::<f64, D>(|i| x[i])))
    }

    #[inline(always)]
    fn hessian_times(&self, batch: Option<&[usize]>, x: &[f64; E], v: &[f64; E]) -> [f64; E] {
        let jets = self.at(batch, &array::<Jet, D>(|i| Jet::along(x[i], v[i])));
        padded(array::<f64, D>(|i| jets[i].first))
    }
}

#[inline(always)]
fn padded<const D: usize, const E: usize>(own: [f64; D]) -> [f64; E] {
    array(|i| if i < D { own[i] } else { 0.0 })
}
