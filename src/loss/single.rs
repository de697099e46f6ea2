//! Numbers as graphics cards have them: f32, with functions made of sums, products, quotients and roots.
//!
//! Each function is the twin of the one in functions.wgsl, so that what a card gives can be held against what it should give.

use std::ops::{Add, Div, Mul, Neg, Sub};

use super::Scalar;

/// An f32.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Single(pub f32);

macro_rules! operators {
    ($($trait:ident $name:ident;)+) => {
        $(impl $trait for Single {
            type Output = Self;
            fn $name(self, other: Self) -> Self {
                Self($trait::$name(self.0, other.0))
            }
        }
        impl $trait<f64> for Single {
            type Output = Self;
            fn $name(self, other: f64) -> Self {
                Self($trait::$name(self.0, other as f32))
            }
        })+
    };
}

operators! { Add add; Sub sub; Mul mul; Div div; }

impl Neg for Single {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

macro_rules! functions {
    ($($name:ident)+) => {
        $(fn $name(self) -> Self {
            Self($name(self.0))
        })+
    };
}

impl Scalar for Single {
    type Truth = bool;

    fn constant(value: f64) -> Self {
        Self(value as f32)
    }

    fn is_below(self, other: Self) -> bool {
        self.0 < other.0
    }

    fn equals(self, other: Self) -> bool {
        self.0 == other.0
    }

    fn choose(truth: bool, then: Self, otherwise: Self) -> Self {
        if truth { then } else { otherwise }
    }

    functions! { exp ln sin cos tan sinh cosh tanh logistic softplus }

    fn over_squared_cosh(self, u: Self) -> Self {
        let e = exp(-u.0.abs());
        let inverse = 2.0 * e / (1.0 + e * e);
        Self(self.0 * inverse * inverse)
    }

    fn sqrt(self) -> Self {
        Self(self.0.sqrt())
    }

    fn powf(self, p: f64) -> Self {
        self.pow(Self::constant(p))
    }

    fn pow(self, p: Self) -> Self {
        Self(pow(self.0, p.0))
    }

    fn abs(self) -> Self {
        Self(self.0.abs())
    }

    fn sign(self) -> Self {
        Self(if self.0 > 0.0 {
            1.0
        } else if self.0 < 0.0 {
            -1.0
        } else {
            self.0
        })
    }
}

/// Σ c_k zᵏ, the last coefficient first into the sum.
fn polynomial(coefficients: &[f32], z: f32) -> f32 {
    coefficients.iter().rev().fold(0.0, |sum, coefficient| coefficient + z * sum)
}

/// 2ⁿ for a whole n, the nearest one that there is.
fn two_to(n: f32) -> f32 {
    f32::from_bits(((n.clamp(-126.0, 127.0) as i32 + 127) as u32) << 23)
}

/// ln 2, to be multiplied by whole numbers without rounding, and the rest of it.
const LN_2: [f32; 2] = [0.693_359_4, -2.121_944_4e-4];

fn exp(x: f32) -> f32 {
    const TAYLOR: [f32; 8] = [1.0, 1.0, 0.5, 0.166_666_67, 0.041_666_668, 0.008_333_334, 0.001_388_888_9, 1.984_127e-4];
    let n = (x * std::f32::consts::LOG2_E + 0.5).floor();
    let r = (x - n * LN_2[0]) - n * LN_2[1];
    let half = (n * 0.5).floor();
    polynomial(&TAYLOR, r) * two_to(half) * two_to(n - half)
}

/// 2/(2k + 1), the coefficients of 2 artanh(s)/s.
const ARTANH: [f32; 8] = [2.0, 0.666_666_7, 0.4, 0.285_714_3, 0.222_222_22, 0.181_818_19, 0.153_846_16, 0.133_333_34];

fn ln(x: f32) -> f32 {
    let bits = x.to_bits();
    // Not above 0, subnormal, or not finite.
    if !(0x0080_0000..0x7f80_0000).contains(&bits) {
        return f32::NAN;
    }
    let mut e = (bits >> 23) as f32 - 127.0;
    let mut m = f32::from_bits(bits & 0x007f_ffff | 0x3f80_0000);
    if m > std::f32::consts::SQRT_2 {
        m *= 0.5;
        e += 1.0;
    }
    let s = (m - 1.0) / (m + 1.0);
    e * LN_2[0] + (s * polynomial(&ARTANH[..5], s * s) + e * LN_2[1])
}

/// log(1 + t) for t from 0 to 1.
fn ln_one_plus(t: f32) -> f32 {
    let s = t / (2.0 + t);
    s * polynomial(&ARTANH, s * s)
}

/// sin(x + quarter·π/2); beyond 4096 it has too few digits.
fn turned(x: f32, quarter: i32) -> f32 {
    const SINE: [f32; 5] = [1.0, -0.166_666_67, 0.008_333_334, -1.984_127e-4, 2.755_731_9e-6];
    const COSINE: [f32; 6] = [1.0, -0.5, 0.041_666_668, -0.001_388_888_9, 2.480_158_7e-5, -2.755_732e-7];
    // π/2 in three parts, of which the first two can be multiplied by whole numbers without rounding.
    const HALF_PI: [f32; 3] = [1.570_312_5, 4.837_513e-4, 7.549_79e-8];
    #[expect(clippy::neg_cmp_op_on_partial_ord, reason = "NaN too")]
    if !(x.abs() <= 4096.0) {
        return f32::NAN;
    }
    let n = (x * std::f32::consts::FRAC_2_PI + 0.5).floor();
    let r = ((x - n * HALF_PI[0]) - n * HALF_PI[1]) - n * HALF_PI[2];
    let q = (n as i32 + quarter) & 3;
    let one = if q & 1 == 1 { polynomial(&COSINE, r * r) } else { r * polynomial(&SINE, r * r) };
    if q >= 2 { -one } else { one }
}

fn sin(x: f32) -> f32 {
    turned(x, 0)
}

fn cos(x: f32) -> f32 {
    turned(x, 1)
}

fn tan(x: f32) -> f32 {
    turned(x, 0) / turned(x, 1)
}

/// sinh x for |x| up to 1.
fn small_sinh(x: f32) -> f32 {
    x * polynomial(&[1.0, 0.166_666_67, 0.008_333_334, 1.984_127e-4, 2.755_731_9e-6], x * x)
}

fn sinh(x: f32) -> f32 {
    if x.abs() < 1.0 {
        return small_sinh(x);
    }
    let e = exp(x.abs());
    (0.5 * (e - 1.0 / e)).copysign(x)
}

fn cosh(x: f32) -> f32 {
    let e = exp(x.abs());
    0.5 * (e + 1.0 / e)
}

fn tanh(x: f32) -> f32 {
    if x.abs() < 1.0 {
        return small_sinh(x) / cosh(x);
    }
    (1.0 - 2.0 / (exp(2.0 * x.abs().min(20.0)) + 1.0)).copysign(x)
}

fn logistic(x: f32) -> f32 {
    let e = exp(-x.abs());
    if x < 0.0 { e / (1.0 + e) } else { 1.0 / (1.0 + e) }
}

fn softplus(x: f32) -> f32 {
    x.max(0.0) + ln_one_plus(exp(-x.abs()))
}

fn pow(x: f32, p: f32) -> f32 {
    if p == 0.0 {
        return 1.0;
    }
    if x == 0.0 {
        return if p < 0.0 { f32::NAN } else { 0.0 };
    }
    let size = exp(p * ln(x.abs()));
    if x > 0.0 {
        size
    } else if p.floor() != p {
        f32::NAN
    } else if p - 2.0 * (0.5 * p).floor() == 1.0 {
        -size
    } else {
        size
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each against the f64 of `libm`, with the rounding of the argument in the tolerance where it is magnified.
    #[test]
    fn functions_have_the_precision_of_f32() {
        type Both = (&'static str, fn(f32) -> f32, fn(f64) -> f64, [f32; 2]);
        let all: [Both; 10] = [
            ("exp", exp, libm::exp, [-80.0, 80.0]),
            ("ln", ln, libm::log, [1e-6, 1e6]),
            ("sin", sin, libm::sin, [-100.0, 100.0]),
            ("cos", cos, libm::cos, [-100.0, 100.0]),
            ("tan", tan, libm::tan, [-1.5, 1.5]),
            ("sinh", sinh, libm::sinh, [-80.0, 80.0]),
            ("cosh", cosh, libm::cosh, [-80.0, 80.0]),
            ("tanh", tanh, libm::tanh, [-30.0, 30.0]),
            ("logistic", logistic, Scalar::logistic, [-80.0, 80.0]),
            ("softplus", softplus, Scalar::softplus, [-80.0, 80.0]),
        ];
        for (name, single, double, [from, to]) in all {
            for k in 0..=20_000 {
                // Small ones, too.
                let t = (k as f32 / 10_000.0 - 1.0).powi(3);
                let x = if from < 0.0 { t * to } else { from + (to - from) * (k as f32 / 20_000.0) };
                let (got, want) = (f64::from(single(x)), double(f64::from(x)));
                // ln, sin and cos cross 0.
                let scale = if matches!(name, "ln" | "sin" | "cos") { want.abs().max(0.1) } else { want.abs() };
                assert!(
                    (got - want).abs() <= 16.0 * f64::from(f32::EPSILON) * scale,
                    "{name}({x}) = {got}, not {want}"
                );
            }
        }
    }

    #[test]
    fn powers_have_signs_and_zeros() {
        assert_eq!(pow(-2.0, 3.0).round(), -8.0);
        assert_eq!(pow(-2.0, 4.0).round(), 16.0);
        assert_eq!((pow(0.0, 2.5), pow(3.0, 0.0)), (0.0, 1.0));
        assert!(pow(-2.0, 0.5).is_nan() && pow(0.0, -1.0).is_nan() && (pow(2.0, 0.5) - 2.0_f32.sqrt()).abs() < 1e-6);
    }
}
