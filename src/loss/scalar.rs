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
    /// eˣ.
    #[must_use]
    fn exp(self) -> Self;
    /// x².
    #[must_use]
    fn square(self) -> Self {
        self * self
    }
}

impl Scalar for f64 {
    #[inline]
    fn constant(value: f64) -> Self {
        value
    }

    /// From `libm`, since std's exponential has other last bits natively than in wasm.
    #[inline]
    fn exp(self) -> Self {
        libm::exp(self)
    }
}
