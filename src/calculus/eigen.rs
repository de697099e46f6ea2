//! Symmetric eigenpairs by cyclic Jacobi rotations.
//!
//! Own code where nalgebra has an eigensolver, for three reasons: the bits are the same on every target
//! and in every dimension, tiny eigenvalues next to large ones (Γ's zeros next to λ1) keep their
//! relative precision, and it works on stack matrices of any D. The tests hold it against nalgebra's.

use super::{Matrix, Vector, dot};

/// Two eigenvalues are tied when they differ by at most this much times max|λ|.
pub const TIE: f64 = 1e-9;

/// A sweep converges quadratically; the limit only guards against non-finite input.
const MAX_SWEEPS: usize = 30;

/// The eigenpairs of a symmetric matrix.
#[derive(Clone, Copy, Debug)]
pub struct Eigen<const D: usize> {
    /// λ1 ≥ … ≥ λD.
    pub values: [f64; D],
    /// Unit eigenvectors in the same order; the component at the lowest index among those within 1e-9
    /// of the largest is positive.
    pub vectors: [Vector<D>; D],
}

impl<const D: usize> Eigen<D> {
    /// Decomposes a symmetric matrix. Non-finite input gives NaN values.
    #[must_use]
    pub fn new(matrix: &Matrix<D>) -> Self {
        let mut a = *matrix;
        let mut v = Matrix::identity();
        for _ in 0..MAX_SWEEPS {
            if is_diagonal(&a) {
                break;
            }
            for p in 0..D {
                for q in p + 1..D {
                    rotate(&mut a, &mut v, p, q);
                }
            }
        }
        let mut order: [usize; D] = std::array::from_fn(|i| i);
        order.sort_by(|&i, &j| a[(j, j)].total_cmp(&a[(i, i)]));
        Self { values: order.map(|i| a[(i, i)]), vectors: order.map(|i| with_fixed_sign(v.column(i).into_owned())) }
    }

    /// max|λ|.
    #[must_use]
    pub fn scale(&self) -> f64 {
        self.values[0].abs().max(self.values[D - 1].abs())
    }

    /// How many eigenvalues are tied with λ1, itself included.
    #[must_use]
    pub fn top_multiplicity(&self) -> usize {
        let tolerance = TIE * self.scale();
        self.values.iter().take_while(|&&value| self.values[0] - value <= tolerance).count().max(1)
    }

    /// The projection of `u` on the top eigenspace.
    #[must_use]
    pub fn project_on_top(&self, u: &Vector<D>) -> Vector<D> {
        let top = &self.vectors[..self.top_multiplicity()];
        top.iter().fold(Vector::zeros(), |sum, v| sum + v * dot(v, u))
    }
}

/// Whether every off-diagonal entry is negligible beside the two diagonal entries that it couples.
fn is_diagonal<const D: usize>(a: &Matrix<D>) -> bool {
    let mut diagonal = true;
    for p in 0..D {
        for q in p + 1..D {
            diagonal &= is_negligible(a, p, q);
        }
    }
    diagonal
}

#[inline]
fn is_negligible<const D: usize>(a: &Matrix<D>, p: usize, q: usize) -> bool {
    let off = a[(p, q)].abs();
    let (app, aqq) = (a[(p, p)].abs(), a[(q, q)].abs());
    // √(app·aqq) is the criterion that keeps small eigenvalues precise; the second one ends the
    // sweeps where one of the two is zero up to rounding of the other.
    off <= f64::EPSILON * 0.25 * app.sqrt() * aqq.sqrt() || off <= 1e-30 * app.max(aqq) || off < f64::MIN_POSITIVE
}

/// One Jacobi rotation that annihilates a[p][q], accumulated in v.
#[inline]
fn rotate<const D: usize>(a: &mut Matrix<D>, v: &mut Matrix<D>, p: usize, q: usize) {
    if is_negligible(a, p, q) {
        return;
    }
    let apq = a[(p, q)];
    let theta = (a[(q, q)] - a[(p, p)]) / (2.0 * apq);
    let t = 1.0_f64.copysign(theta) / (theta.abs() + (theta * theta + 1.0).sqrt());
    let c = 1.0 / (t * t + 1.0).sqrt();
    let s = t * c;
    a[(p, p)] -= t * apq;
    a[(q, q)] += t * apq;
    a[(p, q)] = 0.0;
    a[(q, p)] = 0.0;
    for k in 0..D {
        if k != p && k != q {
            let (akp, akq) = (a[(k, p)], a[(k, q)]);
            a[(k, p)] = c * akp - s * akq;
            a[(p, k)] = a[(k, p)];
            a[(k, q)] = s * akp + c * akq;
            a[(q, k)] = a[(k, q)];
        }
        let (vkp, vkq) = (v[(k, p)], v[(k, q)]);
        v[(k, p)] = c * vkp - s * vkq;
        v[(k, q)] = s * vkp + c * vkq;
    }
}

fn with_fixed_sign<const D: usize>(v: Vector<D>) -> Vector<D> {
    let largest = v.amax();
    let lead = v.iter().copied().find(|component| component.abs() >= largest - TIE).unwrap_or(1.0);
    if lead < 0.0 { -v } else { v }
}
