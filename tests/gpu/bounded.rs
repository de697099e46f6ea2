//! A number with a bound for what f32 makes of it: running error analysis, from which every tolerance of these tests comes.
//!
//! u = 2⁻²⁴. By the language of graphics cards sums and products are rounded once (u), a quotient is off by 2.5 units in the last
//! place (5u), a root by two and a quotient (10u); functions.wgsl's functions by what `loss/single.rs` tests (32u). Numbers below 2⁻¹²⁶
//! may be taken for 0.

use std::ops::{Add, Div, Mul, Neg, Sub};

use samscope::loss::Scalar;

const U: f64 = 1.0 / (1 << 24) as f64;
const LEAST: f64 = f32::MIN_POSITIVE as f64;
const QUOTIENT: f64 = 5.0 * U;
const ROOT: f64 = 10.0 * U;
const FUNCTION: f64 = 32.0 * U;

/// What it is, computed in f64, and how far f32's may be off.
#[derive(Clone, Copy, Debug)]
pub struct Bounded {
    pub value: f64,
    pub error: f64,
}

/// What a comparison says, and whether f32 must say the same.
#[derive(Clone, Copy, Debug)]
pub struct Truth {
    holds: bool,
    is_certain: bool,
}

impl Bounded {
    /// A number that f32 has.
    pub fn exact(value: f64) -> Self {
        Self { value, error: 0.0 }
    }

    /// A number that is rounded to f32.
    pub fn rounded(value: f64) -> Self {
        Self { value, error: U * value.abs() + LEAST }
    }

    fn of(value: f64, inherited: f64, own: f64) -> Self {
        let error = inherited + own * (value.abs() + inherited) + LEAST;
        Self { value, error: if error.is_nan() { f64::INFINITY } else { error } }
    }

    /// A function of it with this derivative, which is no more than twice as large within its error: nothing is claimed where that is
    /// large.
    fn function(self, value: f64, slope: f64, own: f64) -> Self {
        let inherited = if self.error > 0.1 { f64::INFINITY } else { 2.0 * slope.abs() * self.error };
        Self::of(value, if self.error == 0.0 { 0.0 } else { inherited }, own)
    }

    fn truth(self, other: Self, holds: bool) -> Truth {
        Truth { holds, is_certain: (self.value - other.value).abs() > self.error + other.error || self.is_same(other) }
    }

    /// Whether both are numbers that f32 has.
    fn is_same(self, other: Self) -> bool {
        self.error == 0.0 && other.error == 0.0
    }
}

impl Add for Bounded {
    type Output = Self;
    fn add(self, o: Self) -> Self {
        Self::of(self.value + o.value, self.error + o.error, U)
    }
}

impl Sub for Bounded {
    type Output = Self;
    fn sub(self, o: Self) -> Self {
        Self::of(self.value - o.value, self.error + o.error, U)
    }
}

impl Mul for Bounded {
    type Output = Self;
    fn mul(self, o: Self) -> Self {
        let inherited = self.value.abs() * o.error + o.value.abs() * self.error + self.error * o.error;
        Self::of(self.value * o.value, inherited, U)
    }
}

impl Div for Bounded {
    type Output = Self;
    fn div(self, o: Self) -> Self {
        let value = self.value / o.value;
        let room = o.value.abs() - o.error;
        let inherited = if room > 0.0 { (self.error + value.abs() * o.error) / room } else { f64::INFINITY };
        Self::of(value, inherited, QUOTIENT)
    }
}

impl Neg for Bounded {
    type Output = Self;
    fn neg(self) -> Self {
        Self { value: -self.value, ..self }
    }
}

macro_rules! with_constants {
    ($($trait:ident $name:ident;)+) => {
        $(impl $trait<f64> for Bounded {
            type Output = Self;
            fn $name(self, other: f64) -> Self {
                $trait::$name(self, Self::constant(other))
            }
        })+
    };
}

with_constants! { Add add; Sub sub; Mul mul; }

impl Scalar for Bounded {
    type Truth = Truth;

    fn constant(value: f64) -> Self {
        if f64::from(value as f32) == value { Self::exact(value) } else { Self::rounded(value) }
    }

    fn is_below(self, other: Self) -> Truth {
        self.truth(other, self.value < other.value)
    }

    fn equals(self, other: Self) -> Truth {
        self.truth(other, self.value == other.value)
    }

    fn choose(truth: Truth, then: Self, otherwise: Self) -> Self {
        let (own, other) = if truth.holds { (then, otherwise) } else { (otherwise, then) };
        if truth.is_certain {
            return own;
        }
        let apart = (own.value - other.value).abs();
        let apart = if apart.is_nan() { f64::INFINITY } else { apart };
        Self { value: own.value, error: own.error.max(other.error + apart) }
    }

    fn exp(self) -> Self {
        let value = libm::exp(self.value);
        self.function(value, value, FUNCTION)
    }

    fn logistic(self) -> Self {
        let value = self.value.logistic();
        self.function(value, value * (-self.value).logistic(), FUNCTION)
    }

    fn softplus(self) -> Self {
        self.function(self.value.softplus(), self.value.logistic(), FUNCTION)
    }

    /// It crosses 0, where its own error stays.
    fn ln(self) -> Self {
        if self.value <= self.error {
            return Self { value: libm::log(self.value), error: f64::INFINITY };
        }
        let value = libm::log(self.value);
        Self::of(value, self.error / (self.value - self.error) + 0.1 * FUNCTION, FUNCTION)
    }

    fn sin(self) -> Self {
        let value = libm::sin(self.value);
        Self::of(value, self.error + 0.1 * FUNCTION, FUNCTION)
    }

    fn cos(self) -> Self {
        let value = libm::cos(self.value);
        Self::of(value, self.error + 0.1 * FUNCTION, FUNCTION)
    }

    fn tan(self) -> Self {
        self.sin() / self.cos()
    }

    fn sinh(self) -> Self {
        self.function(libm::sinh(self.value), libm::cosh(self.value), FUNCTION)
    }

    fn cosh(self) -> Self {
        let value = libm::cosh(self.value);
        self.function(value, value, FUNCTION)
    }

    fn tanh(self) -> Self {
        self.function(libm::tanh(self.value), 1.0, FUNCTION)
    }

    fn over_squared_cosh(self, u: Self) -> Self {
        // 1/cosh²u is no steeper than itself, twice.
        let inverse = 1.0_f64.over_squared_cosh(u.value);
        self * u.function(inverse, 2.0 * inverse, 4.0 * FUNCTION)
    }

    fn sqrt(self) -> Self {
        let value = self.value.sqrt();
        let inherited =
            if self.value > self.error { self.error / value } else { (self.value.max(0.0) + self.error).sqrt() };
        Self::of(value, inherited, ROOT)
    }

    fn powf(self, p: f64) -> Self {
        self.pow(Self::constant(p))
    }

    /// exp(p ln|x|), whose exponent has an error of its own.
    fn pow(self, p: Self) -> Self {
        let value = libm::pow(self.value, p.value);
        let size = Self { value: self.value.abs(), ..self };
        let exponent = p * size.ln();
        let sized = exponent.exp();
        Self { value, error: if self.value == 0.0 && self.error == 0.0 { 0.0 } else { sized.error } }
    }

    fn abs(self) -> Self {
        Self { value: self.value.abs(), ..self }
    }

    fn sign(self) -> Self {
        let is_certain = self.value.abs() > self.error || self.error == 0.0;
        Self { value: self.value.sign(), error: if is_certain { 0.0 } else { 2.0 } }
    }
}
