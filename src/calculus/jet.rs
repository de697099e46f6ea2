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
    fn value(self) -> f64 {
        self.value
    }

    #[inline]
    fn exp(self) -> Self {
        let e = libm::exp(self.value);
        self.compose(e, e, e)
    }

    #[inline]
    fn ln(self) -> Self {
        let slope = 1.0 / self.value;
        self.compose(libm::log(self.value), slope, -slope * slope)
    }

    #[inline]
    fn sin(self) -> Self {
        let (s, c) = (libm::sin(self.value), libm::cos(self.value));
        self.compose(s, c, -s)
    }

    #[inline]
    fn cos(self) -> Self {
        let (s, c) = (libm::sin(self.value), libm::cos(self.value));
        self.compose(c, -s, -c)
    }

    #[inline]
    fn tan(self) -> Self {
        let t = libm::tan(self.value);
        let slope = 1.0 + t * t;
        self.compose(t, slope, 2.0 * t * slope)
    }

    #[inline]
    fn sinh(self) -> Self {
        let (s, c) = (libm::sinh(self.value), libm::cosh(self.value));
        self.compose(s, c, s)
    }

    #[inline]
    fn cosh(self) -> Self {
        let (s, c) = (libm::sinh(self.value), libm::cosh(self.value));
        self.compose(c, s, c)
    }

    /// The slope is 1/cosh², which keeps its digits where 1 − tanh² has lost them.
    #[inline]
    fn tanh(self) -> Self {
        let (t, c) = (libm::tanh(self.value), libm::cosh(self.value));
        let slope = 1.0 / (c * c);
        self.compose(t, slope, -2.0 * t * slope)
    }

    /// Before cosh²u overflows, 1/cosh²u = 4e^(−2|u|) takes its place in the derivatives; the value is that of `f64`.
    fn over_squared_cosh(self, u: Self) -> Self {
        const STEEP: f64 = 300.0;
        let cosh = u.cosh();
        if u.value.abs() < STEEP {
            return self / (cosh * cosh);
        }
        let tail = 4.0 * libm::exp(-2.0 * u.value.abs());
        let inverse = u.compose(tail, -2.0 * u.value.sign() * tail, 4.0 * tail);
        Self { value: self.value / (cosh.value * cosh.value), ..self * inverse }
    }

    #[inline]
    fn sqrt(self) -> Self {
        let root = self.value.sqrt();
        let slope = 0.5 / root;
        self.compose(root, slope, -0.5 * slope / self.value)
    }

    #[inline]
    fn powf(self, p: f64) -> Self {
        let x = self.value;
        self.compose(libm::pow(x, p), p * libm::pow(x, p - 1.0), p * (p - 1.0) * libm::pow(x, p - 2.0))
    }

    /// With y = x^p: y = exp(u), u = p ln x, where p varies; without ln x where it does not, so that x may be ≤ 0.
    fn pow(self, p: Self) -> Self {
        if p.first == 0.0 && p.second == 0.0 {
            return self.powf(p.value);
        }
        let y = libm::pow(self.value, p.value);
        let u = p * self.ln();
        Self { value: y, first: y * u.first, second: y * (u.second + u.first * u.first) }
    }

    #[inline]
    fn abs(self) -> Self {
        self.compose(self.value.abs(), self.value.sign(), 0.0)
    }

    /// s′ = s(x) s(−x), s″ = s′ (s(−x) − s(x)): no cancellation in either tail.
    #[inline]
    fn logistic(self) -> Self {
        let (s, rest) = (self.value.logistic(), (-self.value).logistic());
        self.compose(s, s * rest, s * rest * (rest - s))
    }

    #[inline]
    fn softplus(self) -> Self {
        let (s, rest) = (self.value.logistic(), (-self.value).logistic());
        self.compose(self.value.softplus(), s, s * rest)
    }
}
