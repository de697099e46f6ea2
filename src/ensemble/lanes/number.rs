//! As many numbers as step together.

use std::ops::{Add, Div, Mul, Neg, Sub};

use super::pack::{PACKED, Pack};
use crate::calculus::PRECISE_SQUARES;
use crate::loss::{Scalar, Work, array};
use crate::optimizer::Number;

/// The registers: enough that their operations, each of which waits for the one before it, overlap.
pub(super) const PACKS: usize = 4;
/// How many runs step together.
pub(in crate::ensemble) const WIDTH: usize = PACKS * PACKED;

/// A number of each of [`WIDTH`] runs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lanes<P>(pub [P; PACKS]);

impl<P: Pack> Lanes<P> {
    #[inline(always)]
    pub fn of(numbers: &[f64; WIDTH]) -> Self {
        Self(array(|c| {
            let own = &numbers[PACKED * c..];
            P::of([own[0], own[1], own[2], own[3]])
        }))
    }

    #[inline(always)]
    pub fn numbers(self) -> [f64; WIDTH] {
        let mut all = [0.0; WIDTH];
        for (own, pack) in all.chunks_exact_mut(PACKED).zip(self.0) {
            own.copy_from_slice(&pack.numbers());
        }
        all
    }

    /// With another number in one place.
    pub fn put(&mut self, lane: usize, number: f64) {
        let mut numbers = self.numbers();
        numbers[lane] = number;
        *self = Self::of(&numbers);
    }

    /// A truth as bits, the first run's lowest.
    #[inline(always)]
    pub fn bits(truth: [P; PACKS]) -> u32 {
        let mut bits = 0;
        for pack in truth.into_iter().rev() {
            bits = bits << PACKED | P::bits(pack);
        }
        bits
    }

    /// Whether it is true of any run.
    #[inline(always)]
    pub fn is_any(truth: [P; PACKS]) -> bool {
        let mut any = truth[0];
        for &pack in &truth[1..] {
            any = P::choose(any, any, pack);
        }
        P::bits(any) != 0
    }

    #[inline(always)]
    fn each(self, f: impl Fn(P) -> P) -> Self {
        Self(array(|c| f(self.0[c])))
    }

    #[inline(always)]
    fn with(self, other: Self, f: impl Fn(P, P) -> P) -> Self {
        Self(array(|c| f(self.0[c], other.0[c])))
    }
}

macro_rules! operators {
    ($($trait:ident $name:ident;)+) => {
        $(impl<P: Pack> $trait for Lanes<P> {
            type Output = Self;
            #[inline(always)]
            fn $name(self, other: Self) -> Self {
                self.with(other, P::$name)
            }
        })+
    };
    (f64: $($trait:ident $name:ident;)+) => {
        $(impl<P: Pack> $trait<f64> for Lanes<P> {
            type Output = Self;
            #[inline(always)]
            fn $name(self, other: f64) -> Self {
                self.each(|pack| pack.$name(other))
            }
        })+
    };
}

operators! { Add add; Sub sub; Mul mul; Div div; }
operators! { f64: Add add; Sub sub; Mul mul; }

impl<P: Pack> Neg for Lanes<P> {
    type Output = Self;
    #[inline(always)]
    fn neg(self) -> Self {
        self.each(P::neg)
    }
}

macro_rules! each {
    ($($function:ident)+) => {
        $(#[inline(always)]
        fn $function(self) -> Self {
            self.each(P::$function)
        })+
    };
}

impl<P: Pack> Scalar for Lanes<P> {
    type Truth = [P; PACKS];

    #[inline(always)]
    fn vectorized<W: Work>(work: W) -> W::Output {
        P::vectorized(work)
    }

    #[inline(always)]
    fn constant(value: f64) -> Self {
        Self([P::constant(value); PACKS])
    }

    #[inline(always)]
    fn is_below(self, other: Self) -> [P; PACKS] {
        self.with(other, P::is_below).0
    }

    #[inline(always)]
    fn equals(self, other: Self) -> [P; PACKS] {
        self.with(other, P::equals).0
    }

    #[inline(always)]
    fn choose(truth: [P; PACKS], then: Self, otherwise: Self) -> Self {
        Self(array(|c| P::choose(truth[c], then.0[c], otherwise.0[c])))
    }

    #[inline(always)]
    fn powf(self, p: f64) -> Self {
        self.each(|pack| pack.powf(p))
    }

    #[inline(always)]
    fn pow(self, p: Self) -> Self {
        self.with(p, P::pow)
    }

    each!(exp logistic softplus ln sin cos tan sinh cosh tanh sqrt abs sign);
}

impl<P: Pack> Number for Lanes<P> {
    /// Bits, the first run's lowest.
    type Rare = u32;

    #[inline(always)]
    fn length<const D: usize>(v: &[Self; D], rare: &mut u32) -> Option<Self> {
        let mut squared = v[0] * v[0];
        for component in &v[1..] {
            squared = squared + *component * *component;
        }
        let (least, most) = (Self::constant(PRECISE_SQUARES[0]), Self::constant(PRECISE_SQUARES[1]));
        *rare |= !(Self::bits(least.is_below(squared)) & Self::bits(squared.is_below(most)));
        Some(squared.sqrt())
    }

    #[inline(always)]
    fn unit<const D: usize>(v: &[Self; D], rare: &mut u32) -> Option<[Self; D]> {
        let (zero, infinite) = (Self::constant(0.0), Self::constant(f64::INFINITY));
        let mut largest = zero;
        for component in v {
            let length = component.abs();
            *rare |= !Self::bits(length.is_below(infinite));
            largest = Self::choose(largest.is_below(length), length, largest);
        }
        *rare |= !Self::bits(zero.is_below(largest));
        // Its square is at least 1.
        let scaled: [Self; D] = array(|i| v[i] / largest);
        let mut squared = scaled[0] * scaled[0];
        for component in &scaled[1..] {
            squared = squared + *component * *component;
        }
        let inverse = Self::constant(1.0) / squared.sqrt();
        Some(array(|i| scaled[i] * inverse))
    }

    #[inline(always)]
    fn is_zero(self) -> bool {
        Self::bits(self.equals(Self::constant(0.0))) == (1 << WIDTH) - 1
    }
}
