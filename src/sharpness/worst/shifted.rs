//! (A + shift) d = r for the matrices of Newton's method on a ball: small, symmetric, perhaps indefinite.

use crate::calculus::{MatN, VecN};
use crate::loss::DIM_MAX;

/// Room for the lower triangle.
const ROOM: usize = DIM_MAX * (DIM_MAX + 1) / 2;

/// A = κ − sH, on the sphere restricted to the tangent space of p (and the identity's multiple along p, so that it
/// is invertible there).
pub(super) struct Shifted {
    n: usize,
    /// Entry (r, c), c ≤ r, at r(r+1)/2 + c.
    lower: [f64; ROOM],
    scale: f64,
}

#[inline]
fn index(r: usize, c: usize) -> usize {
    r * (r + 1) / 2 + c
}

impl Shifted {
    pub fn new(hessian: &MatN, factor: f64, kappa: f64, on_sphere: Option<&VecN>) -> Self {
        let n = hessian.dim();
        let mut lower = [0.0; ROOM];
        let mut squares = 0.0;
        for r in 0..n {
            for c in 0..=r {
                let entry = if r == c { kappa } else { 0.0 } - factor * hessian.at(r, c);
                lower[index(r, c)] = entry;
                squares += entry * entry * if r == c { 1.0 } else { 2.0 };
            }
        }
        let scale = squares.sqrt().max(f64::MIN_POSITIVE);
        if let Some(p) = on_sphere {
            // (I − ppᵀ) A (I − ppᵀ) + scale·ppᵀ, by Ap = κp − factor·Hp.
            let ap = *p * kappa - hessian.times(p) * factor;
            let along = scale + p.dot(&ap);
            for r in 0..n {
                for c in 0..=r {
                    lower[index(r, c)] += along * p[r] * p[c] - p[r] * ap[c] - ap[r] * p[c];
                }
            }
        }
        Self { n, lower, scale }
    }

    /// The Frobenius norm of κ − sH: above every |eigenvalue|, so that a shift by it makes A positive semidefinite.
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// d by Cholesky's factors; `None` where A + shift is not positive definite.
    pub fn solve(&self, shift: f64, rhs: &VecN) -> Option<VecN> {
        let n = self.n;
        let mut l = self.lower;
        for r in 0..n {
            for c in 0..=r {
                let mut sum = l[index(r, c)] + if r == c { shift } else { 0.0 };
                for k in 0..c {
                    sum -= l[index(r, k)] * l[index(c, k)];
                }
                if r > c {
                    l[index(r, c)] = sum / l[index(c, c)];
                } else if sum > 1e-12 * self.scale {
                    l[index(r, r)] = sum.sqrt();
                } else {
                    return None;
                }
            }
        }
        let mut d = *rhs;
        for r in 0..n {
            for k in 0..r {
                d[r] -= l[index(r, k)] * d[k];
            }
            d[r] /= l[index(r, r)];
        }
        for r in (0..n).rev() {
            for k in r + 1..n {
                d[r] -= l[index(k, r)] * d[k];
            }
            d[r] /= l[index(r, r)];
        }
        Some(d)
    }
}
