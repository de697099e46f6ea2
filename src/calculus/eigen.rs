//! Symmetric eigenpairs by cyclic Jacobi rotations.
//!
//! Own code where nalgebra has an eigensolver, for three reasons: the bits are the same on every target
//! and in every dimension, tiny eigenvalues next to large ones (Γ's zeros next to λ1) keep their
//! relative precision, and small matrices take no more room than they need. The tests hold it against nalgebra's.

use super::dense::{MatN, VecN};
use crate::loss::{DIM_MAX, Scalar, array};

/// Two eigenvalues are tied when they differ by at most this much times max|λ|.
pub const TIE: f64 = 1e-9;

/// An eigenvalue counts as non-zero above this times max|λ|.
pub const RANK: f64 = 1e-6;

/// A sweep converges quadratically; the limit only guards against non-finite input.
const MAX_SWEEPS: usize = 30;

/// The eigenpairs of a symmetric n×n matrix.
#[derive(Clone, Debug)]
pub struct Eigen {
    /// λ1 ≥ … ≥ λn.
    pub values: VecN,
    /// On the heap: room for the largest dimension takes longer to copy than a small matrix to decompose.
    vectors: Vec<VecN>,
}

impl Eigen {
    /// Decomposes a symmetric matrix. Non-finite input gives NaN values.
    #[must_use]
    pub fn new(matrix: &MatN) -> Self {
        Self::of(matrix, true)
    }

    /// The eigenvalues alone, with the same bits.
    #[must_use]
    pub fn values_of(matrix: &MatN) -> VecN {
        Self::of(matrix, false).values
    }

    #[inline]
    fn of(matrix: &MatN, with_vectors: bool) -> Self {
        // In arrays no larger than it needs: the largest ones take longer to copy than a small matrix to decompose.
        match matrix.dim() {
            ..=2 => Rotated::<f64, 2>::of(matrix, with_vectors).eigen(with_vectors),
            3 => Rotated::<f64, 3>::of(matrix, with_vectors).eigen(with_vectors),
            4 => Rotated::<f64, 4>::of(matrix, with_vectors).eigen(with_vectors),
            _ => Rotated::<f64, DIM_MAX>::of(matrix, with_vectors).eigen(with_vectors),
        }
    }

    /// Unit eigenvectors in the order of the values; the component at the lowest index among those
    /// within 1e-9 of the largest is positive.
    #[must_use]
    pub fn vectors(&self) -> &[VecN] {
        &self.vectors
    }

    /// Whether every eigenvalue is finite, as it is where H is: nothing else that is said of them holds otherwise.
    #[must_use]
    pub fn is_finite(&self) -> bool {
        self.values.is_finite()
    }

    /// max|λ|.
    #[must_use]
    pub fn scale(&self) -> f64 {
        self.values[0].abs().max(self.values[self.values.len() - 1].abs())
    }

    /// How many eigenvalues are tied with λ1, itself included.
    #[must_use]
    pub fn top_multiplicity(&self) -> usize {
        let tolerance = TIE * self.scale();
        self.values.iter().take_while(|&&value| self.values[0] - value <= tolerance).count().max(1)
    }

    /// The projection of `u` on the top eigenspace.
    #[must_use]
    pub fn project_on_top(&self, u: &VecN) -> VecN {
        projection(&self.vectors()[..self.top_multiplicity()], u)
    }

    /// The coordinate axis with the longest projection on the top eigenspace (the lowest index among those within 1e-9
    /// of it), projected and normalized: v1 where λ1 is simple, a definite choice where it is not.
    #[must_use]
    pub fn top_direction(&self) -> VecN {
        let n = self.values.len();
        let projected: Vec<VecN> = (0..n).map(|axis| self.project_on_top(&VecN::axis(n, axis))).collect();
        let lengths: Vec<f64> = projected.iter().map(VecN::norm).collect();
        let longest = lengths.iter().copied().fold(0.0, f64::max);
        let axis = lengths.iter().position(|&length| length >= longest - TIE).unwrap_or(0);
        projected[axis].unit().unwrap_or(self.vectors[0])
    }

    /// Whether eigenvalue k counts as non-zero.
    #[must_use]
    pub fn is_nonzero(&self, k: usize) -> bool {
        self.values[k].abs() > RANK * self.scale()
    }

    /// The number of eigenvalues that count as non-zero: |λ| > 1e-6 max|λ|.
    #[must_use]
    pub fn rank(&self) -> usize {
        (0..self.values.len()).filter(|&k| self.is_nonzero(k)).count()
    }

    /// λM, the smallest eigenvalue that counts as non-zero; 0 for a zero matrix, NaN where one is not finite.
    #[must_use]
    pub fn lambda_m(&self) -> f64 {
        lambda_m(&self.values)
    }

    /// The projection of `u` on the null space, P⊥u: the tangent space of Γ.
    #[must_use]
    pub fn project_on_null(&self, u: &VecN) -> VecN {
        projection((0..self.values.len()).filter(|&k| !self.is_nonzero(k)).map(|k| &self.vectors[k]), u)
    }
}

/// The projection of `u` on the span of orthonormal vectors.
fn projection<'a>(onto: impl IntoIterator<Item = &'a VecN>, u: &VecN) -> VecN {
    let mut sum = VecN::zeros(u.len());
    onto.into_iter().for_each(|v| sum.move_by(v, v.dot(u)));
    sum
}

/// λM of eigenvalues that descend: the last with |λ| > 1e-6 max|λ|; 0 where all are 0, NaN where one is not finite.
#[must_use]
pub fn lambda_m(values: &[f64]) -> f64 {
    if !values.iter().all(|value| value.is_finite()) {
        return f64::NAN;
    }
    let scale = values.iter().fold(0.0_f64, |scale, value| scale.max(value.abs()));
    values.iter().rev().copied().find(|value| value.abs() > RANK * scale).unwrap_or(0.0)
}

/// Entries of matrices that are decomposed: of one matrix, or of many at once, each with the bits that it has alone. What is asked of
/// them is inlined always, as [`Work`](crate::loss::Work) must be.
pub trait Entry: Scalar {
    /// Whether it is no greater than another; not where one is NaN.
    fn is_at_most(self, other: Self) -> Self::Truth;
    /// The greater one. Neither is NaN, where it is many.
    #[must_use]
    fn larger(self, other: Self) -> Self;
    /// |self| with the sign of another, also that of a zero.
    #[must_use]
    fn signed_as(self, other: Self) -> Self;
    /// Where one of two truths holds.
    fn or(truth: Self::Truth, other: Self::Truth) -> Self::Truth;
    /// Where both hold.
    fn and(truth: Self::Truth, other: Self::Truth) -> Self::Truth;
    /// Where the first holds and the other does not.
    fn and_not(truth: Self::Truth, other: Self::Truth) -> Self::Truth;
    /// Whether it holds for any of them.
    fn is_any(truth: Self::Truth) -> bool;
    /// Whether it holds for all of them.
    fn is_all(truth: Self::Truth) -> bool;
}

impl Entry for f64 {
    #[inline(always)]
    fn is_at_most(self, other: Self) -> bool {
        self <= other
    }

    #[inline(always)]
    fn larger(self, other: Self) -> Self {
        self.max(other)
    }

    #[inline(always)]
    fn signed_as(self, other: Self) -> Self {
        self.copysign(other)
    }

    #[inline(always)]
    fn or(truth: bool, other: bool) -> bool {
        truth || other
    }

    #[inline(always)]
    fn and(truth: bool, other: bool) -> bool {
        truth && other
    }

    #[inline(always)]
    fn and_not(truth: bool, other: bool) -> bool {
        truth && !other
    }

    #[inline(always)]
    fn is_any(truth: bool) -> bool {
        truth
    }

    #[inline(always)]
    fn is_all(truth: bool) -> bool {
        truth
    }
}

/// The eigenvalues of symmetric matrices of n ≤ N rows, in no order: to the bit those of [`Eigen`] where every entry is finite.
#[inline(always)]
pub fn eigenvalues<T: Entry, const N: usize>(n: usize, a: [[T; N]; N]) -> [T; N] {
    let v = [[T::constant(0.0); N]; N];
    let mut rotated = Rotated { n, a, v };
    rotated.diagonalize(false);
    array(|i| rotated.a[i][i])
}

/// Puts eigenvalues in order, λ1 first.
pub fn descend(values: &mut [f64]) {
    values.sort_by(|a, b| b.total_cmp(a));
}

/// Symmetric matrices of n ≤ N rows on their way to diagonal ones.
struct Rotated<T, const N: usize> {
    n: usize,
    a: [[T; N]; N],
    /// Row k is the k-th vector in the making, where vectors are wanted.
    v: [[T; N]; N],
}

impl<const N: usize> Rotated<f64, N> {
    #[inline(always)]
    fn of(matrix: &MatN, with_vectors: bool) -> Self {
        let n = matrix.dim();
        let entry = |r: usize, c: usize| if r < n && c < n { matrix.at(r, c) } else { 0.0 };
        let a = std::array::from_fn(|r| std::array::from_fn(|c| entry(r, c)));
        let v = std::array::from_fn(|r| std::array::from_fn(|c| f64::from(u8::from(r == c))));
        let mut rotated = Self { n, a, v };
        rotated.diagonalize(with_vectors);
        rotated
    }

    /// The diagonal, descending, with the vectors where they are wanted.
    fn eigen(&self, with_vectors: bool) -> Eigen {
        let mut order: [usize; N] = std::array::from_fn(|i| i);
        let order = &mut order[..self.n];
        order.sort_by(|&i, &j| self.a[j][j].total_cmp(&self.a[i][i]));
        let values = VecN::from_fn(self.n, |k| self.a[order[k]][order[k]]);
        let vector = |&k: &usize| with_fixed_sign(&self.v[k][..self.n]);
        let vectors = if with_vectors { order.iter().map(vector).collect() } else { Vec::new() };
        Eigen { values, vectors }
    }
}

impl<T: Entry, const N: usize> Rotated<T, N> {
    #[inline(always)]
    fn diagonalize(&mut self, with_vectors: bool) {
        for _ in 0..MAX_SWEEPS {
            if self.is_diagonal() {
                break;
            }
            for p in 0..self.n {
                for q in p + 1..self.n {
                    self.rotate(p, q, with_vectors);
                }
            }
        }
    }

    /// Whether every off-diagonal entry is negligible beside the two diagonal entries that it couples.
    #[inline(always)]
    fn is_diagonal(&self) -> bool {
        for p in 0..self.n {
            for q in p + 1..self.n {
                if !T::is_all(self.is_negligible(p, q)) {
                    return false;
                }
            }
        }
        true
    }

    #[inline(always)]
    fn is_negligible(&self, p: usize, q: usize) -> T::Truth {
        let off = self.a[p][q].abs();
        let (app, aqq) = (self.a[p][p].abs(), self.a[q][q].abs());
        let larger = app.larger(aqq);
        // √(app·aqq) is the criterion that keeps small eigenvalues precise; this one ends the sweeps where one of the two is zero
        // up to rounding of the other.
        let is_tiny = T::or(off.is_below(T::constant(f64::MIN_POSITIVE)), off.is_at_most(larger * 1e-30));
        // No mean is larger than both: mostly no root has to be taken.
        let is_close = off.is_at_most(larger * (f64::EPSILON * 0.26));
        if !T::is_any(T::and_not(is_close, is_tiny)) {
            return is_tiny;
        }
        let mean = app.sqrt() * (f64::EPSILON * 0.25) * aqq.sqrt();
        T::or(is_tiny, T::and(is_close, off.is_at_most(mean)))
    }

    /// One Jacobi rotation that annihilates a[p][q], accumulated in v.
    #[inline(always)]
    fn rotate(&mut self, p: usize, q: usize, with_vectors: bool) {
        let stays = self.is_negligible(p, q);
        if T::is_all(stays) {
            return;
        }
        let (one, zero) = (T::constant(1.0), T::constant(0.0));
        let Self { n, a, v } = self;
        let apq = a[p][q];
        let theta = (a[q][q] - a[p][p]) / (apq * 2.0);
        let t = one.signed_as(theta) / (theta.abs() + (theta * theta + 1.0).sqrt());
        let c = one / (t * t + 1.0).sqrt();
        let s = t * c;
        a[p][p] = T::choose(stays, a[p][p], a[p][p] - t * apq);
        a[q][q] = T::choose(stays, a[q][q], a[q][q] + t * apq);
        a[p][q] = T::choose(stays, apq, zero);
        a[q][p] = a[p][q];
        for k in 0..*n {
            if k != p && k != q {
                let (akp, akq) = (a[k][p], a[k][q]);
                a[k][p] = T::choose(stays, akp, c * akp - s * akq);
                a[k][q] = T::choose(stays, akq, s * akp + c * akq);
                (a[p][k], a[q][k]) = (a[k][p], a[k][q]);
            }
            if with_vectors {
                let (vp, vq) = (v[p][k], v[q][k]);
                v[p][k] = T::choose(stays, vp, c * vp - s * vq);
                v[q][k] = T::choose(stays, vq, s * vp + c * vq);
            }
        }
    }
}

fn with_fixed_sign(v: &[f64]) -> VecN {
    let largest = v.iter().fold(0.0_f64, |largest, c| largest.max(c.abs()));
    let lead = v.iter().copied().find(|component| component.abs() >= largest - TIE).unwrap_or(1.0);
    let sign = if lead < 0.0 { -1.0 } else { 1.0 };
    VecN::from_fn(v.len(), |i| v[i] * sign)
}
