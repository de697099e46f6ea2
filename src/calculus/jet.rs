//! Second-order jets along one direction.

use std::ops::{Add, Div, Mul, Neg, Sub};

use crate::loss::{Scalar, Work};

/// f(t) = f + f′t + ½f″t² + …: a number with its first and second derivative along a direction.
///
/// Feeding x + tv into a gradient gives ∇L, Hv (first derivatives) and ∇³L[v,v,·] (second ones), exactly.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Jet<T = f64> {
    /// f.
    pub value: T,
    /// f′.
    pub first: T,
    /// f″.
    pub second: T,
}

impl<T: Scalar> Jet<T> {
    /// The coordinate x + tv.
    #[inline(always)]
    #[must_use]
    pub fn along(x: T, v: T) -> Self {
        Self { value: x, first: v, second: T::constant(0.0) }
    }

    /// g(f) from g, g′ and g″ at f.
    #[inline(always)]
    fn compose(self, g: T, g_first: T, g_second: T) -> Self {
        Self {
            value: g,
            first: g_first * self.first,
            second: g_first * self.second + g_second * self.first * self.first,
        }
    }
}

impl<T: Scalar> Add for Jet<T> {
    type Output = Self;
    #[inline(always)]
    fn add(self, o: Self) -> Self {
        Self { value: self.value + o.value, first: self.first + o.first, second: self.second + o.second }
    }
}

impl<T: Scalar> Sub for Jet<T> {
    type Output = Self;
    #[inline(always)]
    fn sub(self, o: Self) -> Self {
        Self { value: self.value - o.value, first: self.first - o.first, second: self.second - o.second }
    }
}

impl<T: Scalar> Mul for Jet<T> {
    type Output = Self;
    #[inline(always)]
    fn mul(self, o: Self) -> Self {
        Self {
            value: self.value * o.value,
            first: self.first * o.value + self.value * o.first,
            second: self.second * o.value + self.first * 2.0 * o.first + self.value * o.second,
        }
    }
}

impl<T: Scalar> Div for Jet<T> {
    type Output = Self;
    #[inline(always)]
    fn div(self, o: Self) -> Self {
        let value = self.value / o.value;
        let first = (self.first - value * o.first) / o.value;
        let second = (self.second - first * 2.0 * o.first - value * o.second) / o.value;
        Self { value, first, second }
    }
}

impl<T: Scalar> Neg for Jet<T> {
    type Output = Self;
    #[inline(always)]
    fn neg(self) -> Self {
        Self { value: -self.value, first: -self.first, second: -self.second }
    }
}

impl<T: Scalar> Add<f64> for Jet<T> {
    type Output = Self;
    #[inline(always)]
    fn add(self, o: f64) -> Self {
        Self { value: self.value + o, ..self }
    }
}

impl<T: Scalar> Sub<f64> for Jet<T> {
    type Output = Self;
    #[inline(always)]
    fn sub(self, o: f64) -> Self {
        Self { value: self.value - o, ..self }
    }
}

impl<T: Scalar> Mul<f64> for Jet<T> {
    type Output = Self;
    #[inline(always)]
    fn mul(self, o: f64) -> Self {
        Self { value: self.value * o, first: self.first * o, second: self.second * o }
    }
}

impl<T: Scalar> Scalar for Jet<T> {
    type Truth = T::Truth;

    #[inline(always)]
    fn vectorized<W: Work>(work: W) -> W::Output {
        T::vectorized(work)
    }

    #[inline(always)]
    fn constant(value: f64) -> Self {
        Self::along(T::constant(value), T::constant(0.0))
    }

    #[inline(always)]
    fn is_below(self, other: Self) -> T::Truth {
        self.value.is_below(other.value)
    }

    #[inline(always)]
    fn equals(self, other: Self) -> T::Truth {
        self.value.equals(other.value)
    }

    #[inline(always)]
    fn choose(truth: T::Truth, then: Self, otherwise: Self) -> Self {
        Self {
            value: T::choose(truth, then.value, otherwise.value),
            first: T::choose(truth, then.first, otherwise.first),
            second: T::choose(truth, then.second, otherwise.second),
        }
    }

    #[inline]
    fn exp(self) -> Self {
        let e = self.value.exp();
        self.compose(e, e, e)
    }

    #[inline]
    fn ln(self) -> Self {
        let slope = T::constant(1.0) / self.value;
        self.compose(self.value.ln(), slope, -slope * slope)
    }

    #[inline]
    fn sin(self) -> Self {
        let (s, c) = (self.value.sin(), self.value.cos());
        self.compose(s, c, -s)
    }

    #[inline]
    fn cos(self) -> Self {
        let (s, c) = (self.value.sin(), self.value.cos());
        self.compose(c, -s, -c)
    }

    #[inline]
    fn tan(self) -> Self {
        let t = self.value.tan();
        let slope = t * t + 1.0;
        self.compose(t, slope, t * 2.0 * slope)
    }

    #[inline]
    fn sinh(self) -> Self {
        let (s, c) = (self.value.sinh(), self.value.cosh());
        self.compose(s, c, s)
    }

    #[inline]
    fn cosh(self) -> Self {
        let (s, c) = (self.value.sinh(), self.value.cosh());
        self.compose(c, s, c)
    }

    /// The slope is 1/cosh², which keeps its digits where 1 − tanh² has lost them.
    #[inline]
    fn tanh(self) -> Self {
        let (t, c) = (self.value.tanh(), self.value.cosh());
        let slope = T::constant(1.0) / (c * c);
        self.compose(t, slope, t * -2.0 * slope)
    }

    /// Before cosh²u overflows, 1/cosh²u = 4e^(−2|u|) takes its place in the derivatives; the value is that of the number.
    fn over_squared_cosh(self, u: Self) -> Self {
        const STEEP: f64 = 300.0;
        let cosh = u.cosh();
        let usual = self / (cosh * cosh);
        let tail = (u.value.abs() * -2.0).exp() * 4.0;
        let inverse = u.compose(tail, u.value.sign() * -2.0 * tail, tail * 4.0);
        let steep = Self { value: usual.value, ..self * inverse };
        Self::choose(u.value.abs().is_below(T::constant(STEEP)), usual, steep)
    }

    #[inline]
    fn sqrt(self) -> Self {
        let root = self.value.sqrt();
        let slope = T::constant(0.5) / root;
        self.compose(root, slope, slope * -0.5 / self.value)
    }

    #[inline]
    fn powf(self, p: f64) -> Self {
        let x = self.value;
        self.compose(x.powf(p), x.powf(p - 1.0) * p, x.powf(p - 2.0) * (p * (p - 1.0)))
    }

    /// With y = x^p: y = exp(u), u = p ln x, where p varies; without ln x where it does not, so that x may be ≤ 0.
    fn pow(self, p: Self) -> Self {
        let (x, y) = (self.value, self.value.pow(p.value));
        let [slope, curvature] = [p.value - 1.0, p.value - 2.0].map(|exponent| x.pow(exponent));
        let fixed = self.compose(y, p.value * slope, p.value * (p.value - 1.0) * curvature);
        let u = p * self.ln();
        let varying = Self { value: y, first: y * u.first, second: y * (u.second + u.first * u.first) };
        let zero = T::constant(0.0);
        let still = Self::choose(p.second.equals(zero), fixed, varying);
        Self::choose(p.first.equals(zero), still, varying)
    }

    #[inline]
    fn abs(self) -> Self {
        self.compose(self.value.abs(), self.value.sign(), T::constant(0.0))
    }

    #[inline]
    fn sign(self) -> Self {
        Self::along(self.value.sign(), T::constant(0.0))
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
