//! The number type that a loss is written over.

use std::ops::{Add, Div, Mul, Neg, Sub};

/// A number that a loss can be evaluated with: `f64` for values and gradients, a
/// [`Jet`](crate::calculus::Jet) for exact directional derivatives of the same formula.
pub trait Scalar:
    Copy
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
    + Add<f64, Output = Self>
    + Sub<f64, Output = Self>
    + Mul<f64, Output = Self>
{
    /// A number without derivative.
    fn constant(value: f64) -> Self;
    /// The number itself, without derivatives: what comparisons look at.
    fn value(self) -> f64;
    /// eˣ.
    #[must_use]
    fn exp(self) -> Self;
    /// 1/(1 + e⁻ˣ), to full relative precision and for every x.
    #[must_use]
    fn logistic(self) -> Self;
    /// log(1 + eˣ), to full relative precision and for every x.
    #[must_use]
    fn softplus(self) -> Self;
    /// The natural logarithm; NaN below 0.
    #[must_use]
    fn ln(self) -> Self;
    /// sin x.
    #[must_use]
    fn sin(self) -> Self;
    /// cos x.
    #[must_use]
    fn cos(self) -> Self;
    /// tan x.
    #[must_use]
    fn tan(self) -> Self;
    /// sinh x.
    #[must_use]
    fn sinh(self) -> Self;
    /// cosh x.
    #[must_use]
    fn cosh(self) -> Self;
    /// tanh x.
    #[must_use]
    fn tanh(self) -> Self;
    /// x/cosh²u, the slope of tanh: it keeps its digits where 1 − tanh² has lost them.
    #[must_use]
    fn over_squared_cosh(self, u: Self) -> Self {
        let cosh = u.cosh();
        self / (cosh * cosh)
    }
    /// √x; NaN below 0.
    #[must_use]
    fn sqrt(self) -> Self;
    /// x^p for a constant p; NaN below 0 where p is no integer.
    #[must_use]
    fn powf(self, p: f64) -> Self;
    /// x^p = exp(p ln x).
    #[must_use]
    fn pow(self, p: Self) -> Self;
    /// |x|, with derivative [`sign`](Self::sign).
    #[must_use]
    fn abs(self) -> Self;
    /// 1 above 0, −1 below, 0 at 0, with derivative 0 everywhere.
    #[must_use]
    fn sign(self) -> Self {
        let x = self.value();
        // What is neither above nor below 0 is its own sign: 0, and NaN.
        Self::constant(if x > 0.0 {
            1.0
        } else if x < 0.0 {
            -1.0
        } else {
            x
        })
    }
    /// x².
    #[must_use]
    fn square(self) -> Self {
        self * self
    }
}

/// All from `libm`, since std's functions have other last bits natively than in wasm; √ and |x| are exact in both.
impl Scalar for f64 {
    #[inline]
    fn constant(value: f64) -> Self {
        value
    }

    #[inline]
    fn value(self) -> f64 {
        self
    }

    #[inline]
    fn exp(self) -> Self {
        libm::exp(self)
    }

    #[inline]
    fn ln(self) -> Self {
        libm::log(self)
    }

    #[inline]
    fn sin(self) -> Self {
        libm::sin(self)
    }

    #[inline]
    fn cos(self) -> Self {
        libm::cos(self)
    }

    #[inline]
    fn tan(self) -> Self {
        libm::tan(self)
    }

    #[inline]
    fn sinh(self) -> Self {
        libm::sinh(self)
    }

    #[inline]
    fn cosh(self) -> Self {
        libm::cosh(self)
    }

    #[inline]
    fn tanh(self) -> Self {
        libm::tanh(self)
    }

    #[inline]
    fn sqrt(self) -> Self {
        self.sqrt()
    }

    #[inline]
    fn powf(self, p: f64) -> Self {
        libm::pow(self, p)
    }

    #[inline]
    fn pow(self, p: Self) -> Self {
        libm::pow(self, p)
    }

    #[inline]
    fn abs(self) -> Self {
        self.abs()
    }

    #[inline]
    fn logistic(self) -> Self {
        // Neither branch overflows.
        if self >= 0.0 {
            1.0 / (1.0 + libm::exp(-self))
        } else {
            let e = libm::exp(self);
            e / (1.0 + e)
        }
    }

    #[inline]
    fn softplus(self) -> Self {
        let tail = libm::log1p(libm::exp(-self.abs()));
        if self > 0.0 { self + tail } else { tail }
    }
}
