//! Both packs as one number, and the losses that take them so.

use std::ops::{Add, Div, Mul, Neg, Sub};

use super::herd::Vectors;
use super::numbers::PACKS;
use super::pack::Pack;
use super::source::{Source, marked};
use crate::calculus::Gradients;
use crate::loss::{Scalar, Work, array};
use crate::optimizer::{Number, Part, Update};

/// The numbers of all runs that step together.
#[derive(Clone, Copy, Debug)]
pub(super) struct Both<P>(pub [P; PACKS]);

macro_rules! operator {
    ($trait:ident $name:ident) => {
        impl<P: Pack> $trait for Both<P> {
            type Output = Self;
            #[inline(always)]
            fn $name(self, other: Self) -> Self {
                Self([self.0[0].$name(other.0[0]), self.0[1].$name(other.0[1])])
            }
        }
    };
    (f64 $trait:ident $name:ident) => {
        operator!($trait $name);

        impl<P: Pack> $trait<f64> for Both<P> {
            type Output = Self;
            #[inline(always)]
            fn $name(self, other: f64) -> Self {
                Self([self.0[0].$name(other), self.0[1].$name(other)])
            }
        }
    };
}

operator!(f64 Add add);
operator!(f64 Sub sub);
operator!(f64 Mul mul);
operator!(Div div);

impl<P: Pack> Neg for Both<P> {
    type Output = Self;
    #[inline(always)]
    fn neg(self) -> Self {
        Self([-self.0[0], -self.0[1]])
    }
}

macro_rules! functions {
    ($($name:ident)+) => {
        $(#[inline(always)]
        fn $name(self) -> Self {
            Self([self.0[0].$name(), self.0[1].$name()])
        })+
    };
}

impl<P: Pack> Scalar for Both<P> {
    type Truth = [P::Truth; PACKS];

    #[inline(always)]
    fn vectorized<W: Work>(work: W) -> W::Output {
        P::vectorized(work)
    }

    #[inline(always)]
    fn constant(value: f64) -> Self {
        Self([P::constant(value); PACKS])
    }

    #[inline(always)]
    fn is_below(self, other: Self) -> Self::Truth {
        [self.0[0].is_below(other.0[0]), self.0[1].is_below(other.0[1])]
    }

    #[inline(always)]
    fn equals(self, other: Self) -> Self::Truth {
        [self.0[0].equals(other.0[0]), self.0[1].equals(other.0[1])]
    }

    #[inline(always)]
    fn choose(truth: Self::Truth, then: Self, otherwise: Self) -> Self {
        Self([P::choose(truth[0], then.0[0], otherwise.0[0]), P::choose(truth[1], then.0[1], otherwise.0[1])])
    }

    functions!(exp logistic softplus ln sin cos tan sinh cosh tanh sqrt abs sign);

    #[inline(always)]
    fn powf(self, p: f64) -> Self {
        Self([self.0[0].powf(p), self.0[1].powf(p)])
    }

    #[inline(always)]
    fn pow(self, p: Self) -> Self {
        Self([Scalar::pow(self.0[0], p.0[0]), Scalar::pow(self.0[1], p.0[1])])
    }
}

impl<P: Pack> Number for Both<P> {
    type Rare = [P::Truth; PACKS];

    #[inline(always)]
    fn length<const D: usize>(v: &[Self; D], [first, second]: &mut Self::Rare) -> Option<Self> {
        Some(Self([P::length(&half(v, 0), first)?, P::length(&half(v, 1), second)?]))
    }

    #[inline(always)]
    fn unit<const D: usize>(v: &[Self; D], [first, second]: &mut Self::Rare) -> Option<[Self; D]> {
        let (first, second) = (P::unit(&half(v, 0), first)?, P::unit(&half(v, 1), second)?);
        Some(array(|i| Self([first[i], second[i]])))
    }

    #[inline(always)]
    fn is_zero(self) -> bool {
        self.0[0].is_zero() && self.0[1].is_zero()
    }
}

/// The numbers of pack `c`.
#[inline(always)]
fn half<P: Pack, const D: usize>(v: &[Both<P>; D], c: usize) -> [P; D] {
    array(|i| v[i].0[c])
}

/// All packs with the first one. A program that is gone through instruction by instruction takes longer to do so than to compute:
/// then one way through it serves all runs.
pub(super) struct AtOnce<'a, G>(pub &'a G);

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
