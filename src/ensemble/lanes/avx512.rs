//! Eight numbers in one register, on processors that have AVX-512: twice as wide as AVX2's, and twice as many of them, so that a step
//! on a loss of four dimensions stays in registers.
//!
//! Only what runs inside [`vectorized`](crate::loss::Scalar::vectorized) is made of these: there the processor is known to have
//! the instructions, and they are inlined.
#![expect(unsafe_code, reason = "the instructions are there wherever these numbers are: `is_there` is asked before")]

use std::arch::x86_64::{
    __m512d, __mmask8, _CMP_EQ_OQ, _CMP_LE_OQ, _CMP_LT_OQ, _CMP_NLT_UQ, _mm512_abs_pd, _mm512_add_pd, _mm512_and_pd,
    _mm512_cmp_pd_mask, _mm512_div_pd, _mm512_loadu_pd, _mm512_mask_blend_pd, _mm512_min_pd, _mm512_mul_pd,
    _mm512_or_pd, _mm512_set1_pd, _mm512_sqrt_pd, _mm512_storeu_pd, _mm512_sub_pd, _mm512_xor_pd,
};

use super::pack::{ALL, PACKED, Pack, pack};
use crate::calculus::Entry;
use crate::loss::{Scalar, Work};

/// Eight numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Avx512(__m512d);

/// Whether this processor has them.
pub(super) fn is_there() -> bool {
    std::arch::is_x86_feature_detected!("avx512f") && std::arch::is_x86_feature_detected!("avx512dq")
}

#[target_feature(enable = "avx512f,avx512dq")]
fn with_avx512<W: Work>(work: W) -> W::Output {
    work.run()
}

/// What an instruction makes of registers.
macro_rules! on {
    ($f:path, $($a:expr),+) => {
        // SAFETY: the processor has AVX-512.
        unsafe { $f($($a),+) }
    };
}

/// −0 eight times: the signs.
#[inline(always)]
fn signs() -> __m512d {
    on!(_mm512_set1_pd, -0.0)
}

pack!(
    Avx512,
    __mmask8,
    |x| Avx512(on!(_mm512_set1_pd, x)),
    |a: Self, b: Self| Avx512(on!(_mm512_add_pd, a.0, b.0)),
    |a: Self, b: Self| Avx512(on!(_mm512_sub_pd, a.0, b.0)),
    |a: Self, b: Self| Avx512(on!(_mm512_mul_pd, a.0, b.0)),
    |a: Self, b: Self| Avx512(on!(_mm512_div_pd, a.0, b.0)),
    |a: Self| Avx512(on!(_mm512_xor_pd, signs(), a.0)),
    |a: Self| Avx512(on!(_mm512_sqrt_pd, a.0)),
    |a: Self| Avx512(on!(_mm512_abs_pd, a.0)),
    |a: Self, b: Self| on!(_mm512_cmp_pd_mask::<_CMP_LT_OQ>, a.0, b.0),
    |a: Self, b: Self| on!(_mm512_cmp_pd_mask::<_CMP_EQ_OQ>, a.0, b.0),
    |truth: __mmask8, a: Self, b: Self| Avx512(on!(_mm512_mask_blend_pd, truth, b.0, a.0)),
    #[inline(always)]
    fn vectorized<W: Work>(work: W) -> W::Output {
        debug_assert!(is_there(), "asked before");
        // SAFETY: the processor has AVX-512.
        unsafe { with_avx512(work) }
    }
);

impl Entry for Avx512 {
    #[inline(always)]
    fn is_at_most(self, other: Self) -> __mmask8 {
        on!(_mm512_cmp_pd_mask::<_CMP_LE_OQ>, self.0, other.0)
    }

    #[inline(always)]
    fn larger(self, other: Self) -> Self {
        Self::choose(self.is_below(other), other, self)
    }

    #[inline(always)]
    fn signed_as(self, other: Self) -> Self {
        let sign = on!(_mm512_and_pd, signs(), other.0);
        Self(on!(_mm512_or_pd, self.abs().0, sign))
    }

    #[inline(always)]
    fn or(truth: __mmask8, other: __mmask8) -> __mmask8 {
        truth | other
    }

    #[inline(always)]
    fn and(truth: __mmask8, other: __mmask8) -> __mmask8 {
        truth & other
    }

    #[inline(always)]
    fn and_not(truth: __mmask8, other: __mmask8) -> __mmask8 {
        truth & !other
    }

    #[inline(always)]
    fn is_any(truth: __mmask8) -> bool {
        Self::bits(truth) != 0
    }

    #[inline(always)]
    fn is_all(truth: __mmask8) -> bool {
        Self::bits(truth) == ALL
    }
}

impl Pack for Avx512 {
    const NEVER: __mmask8 = 0;

    #[inline(always)]
    fn of(numbers: [f64; PACKED]) -> Self {
        Self(on!(_mm512_loadu_pd, numbers.as_ptr()))
    }

    #[inline(always)]
    fn numbers(self) -> [f64; PACKED] {
        let mut numbers = [0.0; PACKED];
        on!(_mm512_storeu_pd, numbers.as_mut_ptr(), self.0);
        numbers
    }

    #[inline(always)]
    fn bits(truth: __mmask8) -> u32 {
        truth.into()
    }

    #[inline(always)]
    fn is_not_below(self, other: Self) -> __mmask8 {
        on!(_mm512_cmp_pd_mask::<_CMP_NLT_UQ>, self.0, other.0)
    }

    #[inline(always)]
    fn lower(self, other: Self) -> Self {
        Self(on!(_mm512_min_pd, self.0, other.0))
    }
}
