//! Vectors and symmetric matrices of R^n on the stack, where n is known only at run time.
//!
//! Analysis is written with these, so that it is compiled once for all losses and dimensions; stepping,
//! which has to be fast, uses [`Vector`](super::Vector). Sums run in the order of the coordinates, so
//! that the bits are the same on every target.

use std::ops::{Add, AddAssign, Deref, DerefMut, Mul, Neg, Sub};

use super::vector::norm_of;
use crate::loss::DIM_MAX;

/// A vector of R^n, 1 ≤ n ≤ 16. Operations on two vectors need the same n.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VecN {
    n: usize,
    /// Zero from n on.
    c: [f64; DIM_MAX],
}

impl VecN {
    /// The zero vector.
    #[must_use]
    pub fn zeros(n: usize) -> Self {
        debug_assert!((1..=DIM_MAX).contains(&n), "dimension {n}");
        Self { n, c: [0.0; DIM_MAX] }
    }

    /// The unit vector along coordinate `i`, counted from 0.
    #[must_use]
    pub fn axis(n: usize, i: usize) -> Self {
        let mut axis = Self::zeros(n);
        axis[i] = 1.0;
        axis
    }

    /// The vector with these coordinates.
    #[must_use]
    pub fn from_slice(coordinates: &[f64]) -> Self {
        let mut v = Self::zeros(coordinates.len());
        v.copy_from_slice(coordinates);
        v
    }

    /// The vector whose coordinate i is f(i).
    #[must_use]
    pub fn from_fn(n: usize, f: impl FnMut(usize) -> f64) -> Self {
        let mut v = Self::zeros(n);
        for (c, value) in v.iter_mut().zip((0..n).map(f)) {
            *c = value;
        }
        v
    }

    /// self + t·direction, in one pass.
    #[inline]
    #[must_use]
    pub fn moved(&self, direction: &Self, t: f64) -> Self {
        let mut to = *self;
        to.move_by(direction, t);
        to
    }

    /// Adds t·direction: in place, since copying room for the largest dimension takes longer than to add a small vector.
    #[inline]
    pub fn move_by(&mut self, direction: &Self, t: f64) {
        debug_assert_eq!(self.n, direction.n, "dimensions");
        for (a, b) in self.iter_mut().zip(direction.iter()) {
            *a += t * b;
        }
    }

    /// aᵀb.
    #[must_use]
    pub fn dot(&self, other: &Self) -> f64 {
        let mut sum = 0.0;
        for (a, b) in self.iter().zip(other.iter()) {
            sum += a * b;
        }
        sum
    }

    /// ‖v‖, to full precision also where the squares of the components under- or overflow.
    #[must_use]
    pub fn norm(&self) -> f64 {
        norm_of(self)
    }

    /// v/‖v‖; `None` where every component is 0, or one is not finite.
    #[must_use]
    pub fn unit(&self) -> Option<Self> {
        let largest = self.iter().fold(0.0_f64, |largest, c| largest.max(c.abs()));
        if largest == 0.0 || !self.is_finite() {
            return None;
        }
        // Scaled first: the reciprocal of a subnormal length overflows.
        let scaled = Self::from_fn(self.n, |i| self[i] / largest);
        Some(scaled * (1.0 / scaled.norm()))
    }

    /// Whether every component is finite.
    #[must_use]
    pub fn is_finite(&self) -> bool {
        self.iter().all(|c| c.is_finite())
    }

    /// The angle to another vector in radians, 0 … π, precise also where it is tiny; `None` where one of them is zero.
    #[must_use]
    pub fn angle(&self, other: &Self) -> Option<f64> {
        let (a, b) = (self.unit()?, other.unit()?);
        Some(2.0 * libm::atan2((a - b).norm(), (a + b).norm()))
    }
}

impl Deref for VecN {
    type Target = [f64];
    fn deref(&self) -> &[f64] {
        &self.c[..self.n]
    }
}

impl DerefMut for VecN {
    fn deref_mut(&mut self) -> &mut [f64] {
        &mut self.c[..self.n]
    }
}

impl Add for VecN {
    type Output = Self;
    fn add(mut self, other: Self) -> Self {
        self += other;
        self
    }
}

impl AddAssign for VecN {
    fn add_assign(&mut self, other: Self) {
        debug_assert_eq!(self.n, other.n, "dimensions");
        for (a, b) in self.iter_mut().zip(other.iter()) {
            *a += b;
        }
    }
}

impl Sub for VecN {
    type Output = Self;
    fn sub(mut self, other: Self) -> Self {
        debug_assert_eq!(self.n, other.n, "dimensions");
        for (a, b) in self.iter_mut().zip(other.iter()) {
            *a -= b;
        }
        self
    }
}

impl Mul<f64> for VecN {
    type Output = Self;
    fn mul(mut self, factor: f64) -> Self {
        for c in self.iter_mut() {
            *c *= factor;
        }
        self
    }
}

impl Neg for VecN {
    type Output = Self;
    fn neg(self) -> Self {
        self * -1.0
    }
}

/// A symmetric n×n matrix, 1 ≤ n ≤ 16.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MatN {
    n: usize,
    a: [[f64; DIM_MAX]; DIM_MAX],
}

impl MatN {
    /// The matrix whose entry (r, c) is f(r, c), made symmetric to the last bit by the mean of both triangles.
    #[must_use]
    pub fn symmetric(n: usize, mut f: impl FnMut(usize, usize) -> f64) -> Self {
        let mut matrix = Self { n, a: [[0.0; DIM_MAX]; DIM_MAX] };
        for r in 0..n {
            for c in 0..r {
                let mean = 0.5 * (f(r, c) + f(c, r));
                matrix.a[r][c] = mean;
                matrix.a[c][r] = mean;
            }
            matrix.a[r][r] = f(r, r);
        }
        matrix
    }

    /// n.
    #[must_use]
    pub fn dim(&self) -> usize {
        self.n
    }

    /// Entry (r, c).
    #[must_use]
    pub fn at(&self, r: usize, c: usize) -> f64 {
        self.a[r][c]
    }

    /// Row r.
    #[must_use]
    pub fn row(&self, r: usize) -> &[f64] {
        &self.a[r][..self.n]
    }

    /// Av.
    #[must_use]
    pub fn times(&self, v: &VecN) -> VecN {
        VecN::from_fn(self.n, |r| {
            let mut sum = 0.0;
            for (a, b) in self.row(r).iter().zip(v.iter()) {
                sum += a * b;
            }
            sum
        })
    }

    /// The sum of the diagonal.
    #[must_use]
    pub fn trace(&self) -> f64 {
        (0..self.n).fold(0.0, |sum, i| sum + self.a[i][i])
    }
}
