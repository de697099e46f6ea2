//! The number type that a loss is written over.

use std::ops::{Add, Div, Mul, Neg, Sub};

/// A number that a loss can be evaluated with: `f64` for values and gradients, a
/// [`Jet`](crate::calculus::Jet) for exact directional derivatives of the same formula, lanes for many points at once.
///
/// It cannot be asked for its value: many numbers have many, so that where a formula has a case, both are computed and
/// one is [chosen](Self::choose).
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
    /// What a comparison says: of one number, or of each of many.
    type Truth: Copy;
    /// A number without derivative.
    fn constant(value: f64) -> Self;
    /// Whether it is less than another; derivatives are not looked at.
    fn is_below(self, other: Self) -> Self::Truth;
    /// Whether it is another, and no NaN; derivatives are not looked at.
    fn equals(self, other: Self) -> Self::Truth;
    /// `then` where `truth` holds, elsewhere `otherwise`.
    #[must_use]
    fn choose(truth: Self::Truth, then: Self, otherwise: Self) -> Self;
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
    /// 1 above 0, −1 below, and itself where it is neither: 0, and NaN. Its derivative is 0 everywhere.
    #[must_use]
    fn sign(self) -> Self;
    /// Does work with the instructions that such numbers are made for.
    #[inline(always)]
    fn vectorized<W: Work>(work: W) -> W::Output {
        work.run()
    }
    /// x².
    #[must_use]
    #[inline(always)]
    fn square(self) -> Self {
        self * self
    }
}

/// Work that is compiled with a number's own instructions: [`Scalar::vectorized`] inlines it where they may be used, so that
/// `run` and what it calls must be inlined always.
pub trait Work {
    /// What it gives back.
    type Output;
    /// Does it.
    fn run(self) -> Self::Output;
}

/// The array f(0), f(1), …, as `std::array::from_fn` makes it, but in a loop that is inlined always, as [`Work`] must be.
#[inline(always)]
pub fn array<T: Scalar, const N: usize>(mut f: impl FnMut(usize) -> T) -> [T; N] {
    let mut all = [T::constant(0.0); N];
    for (i, number) in all.iter_mut().enumerate() {
        *number = f(i);
    }
    all
}

/// All from `libm`, since std's functions have other last bits natively than in wasm; √ and |x| are exact in both.
impl Scalar for f64 {
    type Truth = bool;

    #[inline(always)]
    fn constant(value: f64) -> Self {
        value
    }

    #[inline(always)]
    fn is_below(self, other: Self) -> bool {
        self < other
    }

    #[inline(always)]
    fn equals(self, other: Self) -> bool {
        self == other
    }

    #[inline(always)]
    fn choose(truth: bool, then: Self, otherwise: Self) -> Self {
        if truth { then } else { otherwise }
    }

    #[inline]
    fn sign(self) -> Self {
        if self > 0.0 {
            1.0
        } else if self < 0.0 {
            -1.0
        } else {
            self
        }
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
