//! Four numbers in one register, on processors that have AVX2.
//!
//! Only what runs inside [`vectorized`](crate::loss::Scalar::vectorized) is made of these: there the processor is known to have
//! the instructions, and they are inlined.
#![expect(unsafe_code, reason = "the instructions are there wherever these numbers are: `is_there` is asked before")]

use std::arch::x86_64::{
    __m256d, _CMP_EQ_OQ, _CMP_LT_OQ, _mm256_add_pd, _mm256_andnot_pd, _mm256_blendv_pd, _mm256_cmp_pd, _mm256_div_pd,
    _mm256_loadu_pd, _mm256_movemask_pd, _mm256_mul_pd, _mm256_set1_pd, _mm256_sqrt_pd, _mm256_storeu_pd,
    _mm256_sub_pd, _mm256_xor_pd,
};

use super::pack::{PACKED, Pack, pack};
use crate::loss::{Scalar, Work};

/// Four numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Avx2(__m256d);

/// Whether this processor has them.
pub(super) fn is_there() -> bool {
    std::arch::is_x86_feature_detected!("avx2")
}

#[target_feature(enable = "avx2")]
fn with_avx2<W: Work>(work: W) -> W::Output {
    work.run()
}

pack!(
    Avx2,
    // SAFETY, here and below: the processor has AVX2.
    |x| unsafe { Avx2(_mm256_set1_pd(x)) },
    |a: Self, b: Self| unsafe { Avx2(_mm256_add_pd(a.0, b.0)) },
    |a: Self, b: Self| unsafe { Avx2(_mm256_sub_pd(a.0, b.0)) },
    |a: Self, b: Self| unsafe { Avx2(_mm256_mul_pd(a.0, b.0)) },
    |a: Self, b: Self| unsafe { Avx2(_mm256_div_pd(a.0, b.0)) },
    |a: Self| unsafe { Avx2(_mm256_xor_pd(a.0, _mm256_set1_pd(-0.0))) },
    |a: Self| unsafe { Avx2(_mm256_sqrt_pd(a.0)) },
    |a: Self| unsafe { Avx2(_mm256_andnot_pd(_mm256_set1_pd(-0.0), a.0)) },
    |a: Self, b: Self| unsafe { Avx2(_mm256_cmp_pd::<_CMP_LT_OQ>(a.0, b.0)) },
    |a: Self, b: Self| unsafe { Avx2(_mm256_cmp_pd::<_CMP_EQ_OQ>(a.0, b.0)) },
    |truth: Self, a: Self, b: Self| unsafe { Avx2(_mm256_blendv_pd(b.0, a.0, truth.0)) },
    #[inline(always)]
    fn vectorized<W: Work>(work: W) -> W::Output {
        debug_assert!(is_there(), "asked before");
        // SAFETY: the processor has AVX2.
        unsafe { with_avx2(work) }
    }
);

impl Pack for Avx2 {
    #[inline(always)]
    fn of(numbers: [f64; PACKED]) -> Self {
        // SAFETY: there are four numbers, and the processor has AVX2.
        Self(unsafe { _mm256_loadu_pd(numbers.as_ptr()) })
    }

    #[inline(always)]
    fn numbers(self) -> [f64; PACKED] {
        let mut numbers = [0.0; PACKED];
        // SAFETY: there is room for four numbers, and the processor has AVX2.
        unsafe { _mm256_storeu_pd(numbers.as_mut_ptr(), self.0) };
        numbers
    }

    #[inline(always)]
    fn bits(truth: Self) -> u32 {
        // SAFETY: the processor has AVX2.
        unsafe { _mm256_movemask_pd(truth.0) as u32 }
    }
}
