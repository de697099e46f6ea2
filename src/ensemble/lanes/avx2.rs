//! Eight numbers in two registers, on processors that have AVX2.
//!
//! Only what runs inside [`vectorized`](crate::loss::Scalar::vectorized) is made of these: there the processor is known to have
//! the instructions, and they are inlined.
#![expect(unsafe_code, reason = "the instructions are there wherever these numbers are: `is_there` is asked before")]

use std::arch::x86_64::{
    __m256d, _CMP_EQ_OQ, _CMP_LE_OQ, _CMP_LT_OQ, _CMP_NLT_UQ, _mm256_add_pd, _mm256_and_pd, _mm256_andnot_pd,
    _mm256_blendv_pd, _mm256_cmp_pd, _mm256_div_pd, _mm256_loadu_pd, _mm256_min_pd, _mm256_movemask_pd, _mm256_mul_pd,
    _mm256_or_pd, _mm256_set1_pd, _mm256_sqrt_pd, _mm256_storeu_pd, _mm256_sub_pd, _mm256_xor_pd,
};

use super::pack::{ALL, PACKED, Pack, pack};
use crate::calculus::Entry;
use crate::loss::{Scalar, Work};

/// Eight numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Avx2([__m256d; 2]);

/// Whether this processor has them.
pub(super) fn is_there() -> bool {
    std::arch::is_x86_feature_detected!("avx2")
}

#[target_feature(enable = "avx2")]
fn with_avx2<W: Work>(work: W) -> W::Output {
    work.run()
}

/// The same of both registers, with −0 as the first argument of what works on signs.
macro_rules! both {
    ($f:path, $($a:expr),+) => {
        // SAFETY: the processor has AVX2.
        unsafe { [$f($($a[0]),+), $f($($a[1]),+)] }
    };
    (signs $f:path, $a:expr) => {
        // SAFETY: the processor has AVX2.
        unsafe { [$f(_mm256_set1_pd(-0.0), $a[0]), $f(_mm256_set1_pd(-0.0), $a[1])] }
    };
}

pack!(
    Avx2,
    Self,
    // SAFETY: the processor has AVX2.
    |x| unsafe { Avx2([_mm256_set1_pd(x); 2]) },
    |a: Self, b: Self| Avx2(both!(_mm256_add_pd, a.0, b.0)),
    |a: Self, b: Self| Avx2(both!(_mm256_sub_pd, a.0, b.0)),
    |a: Self, b: Self| Avx2(both!(_mm256_mul_pd, a.0, b.0)),
    |a: Self, b: Self| Avx2(both!(_mm256_div_pd, a.0, b.0)),
    |a: Self| Avx2(both!(signs _mm256_xor_pd, a.0)),
    |a: Self| Avx2(both!(_mm256_sqrt_pd, a.0)),
    |a: Self| Avx2(both!(signs _mm256_andnot_pd, a.0)),
    |a: Self, b: Self| Avx2(both!(_mm256_cmp_pd::<_CMP_LT_OQ>, a.0, b.0)),
    |a: Self, b: Self| Avx2(both!(_mm256_cmp_pd::<_CMP_EQ_OQ>, a.0, b.0)),
    |truth: Self, a: Self, b: Self| Avx2(both!(_mm256_blendv_pd, b.0, a.0, truth.0)),
    #[inline(always)]
    fn vectorized<W: Work>(work: W) -> W::Output {
        debug_assert!(is_there(), "asked before");
        // SAFETY: the processor has AVX2.
        unsafe { with_avx2(work) }
    }
);

impl Entry for Avx2 {
    #[inline(always)]
    fn is_at_most(self, other: Self) -> Self {
        Self(both!(_mm256_cmp_pd::<_CMP_LE_OQ>, self.0, other.0))
    }

    #[inline(always)]
    fn larger(self, other: Self) -> Self {
        Self::choose(self.is_below(other), other, self)
    }

    #[inline(always)]
    fn signed_as(self, other: Self) -> Self {
        let (own, sign) = (self.abs(), both!(signs _mm256_and_pd, other.0));
        Self(both!(_mm256_or_pd, own.0, sign))
    }

    #[inline(always)]
    fn or(truth: Self, other: Self) -> Self {
        Self(both!(_mm256_or_pd, truth.0, other.0))
    }

    #[inline(always)]
    fn and(truth: Self, other: Self) -> Self {
        Self(both!(_mm256_and_pd, truth.0, other.0))
    }

    #[inline(always)]
    fn and_not(truth: Self, other: Self) -> Self {
        Self(both!(_mm256_andnot_pd, other.0, truth.0))
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

impl Pack for Avx2 {
    // SAFETY: all zeros are four numbers.
    const NEVER: Self = Self([unsafe { std::mem::zeroed() }; 2]);

    #[inline(always)]
    fn of(numbers: [f64; PACKED]) -> Self {
        let first = numbers.as_ptr();
        // SAFETY: there are eight numbers, and the processor has AVX2.
        Self(unsafe { [_mm256_loadu_pd(first), _mm256_loadu_pd(first.add(4))] })
    }

    #[inline(always)]
    fn numbers(self) -> [f64; PACKED] {
        let mut numbers = [0.0; PACKED];
        let first = numbers.as_mut_ptr();
        // SAFETY: there is room for eight numbers, and the processor has AVX2.
        unsafe {
            _mm256_storeu_pd(first, self.0[0]);
            _mm256_storeu_pd(first.add(4), self.0[1]);
        }
        numbers
    }

    #[inline(always)]
    fn bits(truth: Self) -> u32 {
        let [low, high] = both!(_mm256_movemask_pd, truth.0);
        (high as u32) << 4 | low as u32
    }

    #[inline(always)]
    fn is_not_below(self, other: Self) -> Self {
        Self(both!(_mm256_cmp_pd::<_CMP_NLT_UQ>, self.0, other.0))
    }

    #[inline(always)]
    fn lower(self, other: Self) -> Self {
        Self(both!(_mm256_min_pd, self.0, other.0))
    }
}
