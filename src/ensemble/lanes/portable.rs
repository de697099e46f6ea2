//! Eight numbers on any machine: in four registers of SSE2 or of the browser's SIMD, else one by one.

use wide::f64x8;

use super::pack::{ALL, PACKED, Pack, pack};
use crate::calculus::Entry;
use crate::loss::Scalar;

/// Eight numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Portable(f64x8);

pack!(
    Portable,
    Self,
    |x| Portable(f64x8::splat(x)),
    |a: Self, b: Self| Portable(a.0 + b.0),
    |a: Self, b: Self| Portable(a.0 - b.0),
    |a: Self, b: Self| Portable(a.0 * b.0),
    |a: Self, b: Self| Portable(a.0 / b.0),
    |a: Self| Portable(-a.0),
    |a: Self| Portable(a.0.sqrt()),
    |a: Self| Portable(a.0.abs()),
    |a: Self, b: Self| Portable(a.0.simd_lt(b.0)),
    |a: Self, b: Self| Portable(a.0.simd_eq(b.0)),
    |truth: Self, a: Self, b: Self| Portable(truth.0.bitselect(a.0, b.0)),
    #[inline(always)]
    fn vectorized<W: crate::loss::Work>(work: W) -> W::Output {
        work.run()
    }
);

impl Entry for Portable {
    #[inline(always)]
    fn is_at_most(self, other: Self) -> Self {
        Self(self.0.simd_le(other.0))
    }

    #[inline(always)]
    fn larger(self, other: Self) -> Self {
        Self::choose(self.is_below(other), other, self)
    }

    #[inline(always)]
    fn signed_as(self, other: Self) -> Self {
        let sign = Self::constant(-0.0);
        Self(self.0.abs() | other.0 & sign.0)
    }

    #[inline(always)]
    fn or(truth: Self, other: Self) -> Self {
        Self(truth.0 | other.0)
    }

    #[inline(always)]
    fn and(truth: Self, other: Self) -> Self {
        Self(truth.0 & other.0)
    }

    #[inline(always)]
    fn and_not(truth: Self, other: Self) -> Self {
        Self(truth.0 & !other.0)
    }

    #[inline(always)]
    fn is_any(truth: Self) -> bool {
        Self::bits(truth) != 0
    }

    #[inline(always)]
    fn is_all(truth: Self) -> bool {
        Self::bits(truth) == ALL
    }
}

impl Pack for Portable {
    const NEVER: Self = Self(f64x8::ZERO);

    #[inline(always)]
    fn of(numbers: [f64; PACKED]) -> Self {
        Self(f64x8::new(numbers))
    }

    #[inline(always)]
    fn numbers(self) -> [f64; PACKED] {
        self.0.to_array()
    }

    #[inline(always)]
    fn bits(truth: Self) -> u32 {
        truth.0.to_bitmask()
    }

    #[inline(always)]
    fn is_not_below(self, other: Self) -> Self {
        Self(!self.0.simd_lt(other.0))
    }

    #[inline(always)]
    fn lower(self, other: Self) -> Self {
        Self::choose(self.is_below(other), self, other)
    }
}
