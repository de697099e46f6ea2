//! Second-order jets along one direction.

use std::ops::{Add, Div, Mul, Neg, Sub};

use crate::loss::Scalar;

/// f(t) = f + f′t + ½f″t² + …: a number with its first and second derivative along a direction.
///
/// Feeding x + tv into a gradient gives ∇L, Hv (first derivatives) and ∇³L[v,v,·] (second ones), exactly.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Jet {
    /// f.
    pub value: f64,
    /// f′.
    pub first: f64,
    /// f″.
    pub second: f64,
}

impl Jet {
    /// The coordinate x + tv.
    #[inline]
    #[must_use]
    pub fn along(x: f64, v: f64) -> Self {
        Self { value: x, first: v, second: 0.0 }
    }

    /// g(f) from g, g′ and g″ at f.
    #[inline]
    fn compose(self, g: f64, g_first: f64, g_second: f64) -> Self {
        Self {
            value: g,
            first: g_first * self.first,
            second: g_first * self.second + g_second * self.first * self.first,
        }
    }
}

impl Add for Jet {
    type Output = Self;
    #[inline]
    fn add(self, o: Self) -> Self {
        Self { value: self.value + o.value, first: self.first + o.first, second: self.second + o.second }
    }
}

impl Sub for Jet {
    type Output = Self;
    #[inline]
    fn sub(self, o: Self) -> Self {
        Self { value: self.value - o.value, first: self.first - o.first, second: self.second - o.second }
    }
}

impl Mul for Jet {
    type Output = Self;
    #[inline]
    fn mul(self, o: Self) -> Self {
        Self {
            value: self.value * o.value,
            first: self.first * o.value + self.value * o.first,
            second: self.second * o.value + 2.0 * self.first * o.first + self.value * o.second,
        }
    }
}

impl Div for Jet {
    type Output = Self;
    #[inline]
    fn div(self, o: Self) -> Self {
        let value = self.value / o.value;
        let first = (self.first - value * o.first) / o.value;
        let second = (self.second - 2.0 * first * o.first - value * o.second) / o.value;
        Self { value, first, second }
    }
}

impl Neg for Jet {
    type Output = Self;
    #[inline]
    fn neg(self) -> Self {
        Self { value: -self.value, first: -self.first, second: -self.second }
    }
}

impl Add<f64> for Jet {
    type Output = Self;
    #[inline]
    fn add(self, o: f64) -> Self {
        Self { value: self.value + o, ..self }
    }
}

impl Sub<f64> for Jet {
    type Output = Self;
    #[inline]
    fn sub(self, o: f64) -> Self {
        Self { value: self.value - o, ..self }
    }
}

impl Mul<f64> for Jet {
    type Output = Self;
    #[inline]
    fn mul(self, o: f64) -> Self {
        Self { value: self.value * o, first: self.first * o, second: self.second * o }
    }
}

impl Scalar for Jet {
    #[inline]
    fn constant(value: f64) -> Self {
        Self { value, first: 0.0, second: 0.0 }
    }

    #[inline]
    fn exp(self) -> Self {
        let e = libm::exp(self.value);
        self.compose(e, e, e)
    }
}
