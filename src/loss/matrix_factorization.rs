//! L = ½ (uᵀv − c)², u, v ∈ R^k.
//!
//! Domain R^2k, k = 2, 3, 4, laid out in pairs: x = (u1, v1, u2, v2, …), so that a start for k = 4 cut
//! to its first coordinates is one for k = 2, 3. Γ = {uᵀv = c} has codimension one (at c = 0 all but the
//! origin): the Hessian has rank one there with λ1 = ‖u‖² + ‖v‖² = ‖x‖² ≥ 2|c|. The flattest points are
//! the balanced factorizations v = sign(c) u, ‖u‖² = |c|, a sphere of them. SAM and 1-SAM end at the one
//! whose direction is that of u + sign(c) v at the start.

use super::{Gamma, Info, Landmark, LandmarkKind, Loss, Param, Scalar, array};

pub(super) const INFO: Info = Info {
    id: "matrix-factorization",
    formula: r"\tfrac12 (u^{\top} v - c)^2 \quad x = (u_1, v_1, \ldots, u_k, v_k)",
    about: "A scalar factorized into two vectors of length k: the flattest factorizations are the balanced ones.",
    dim_of: Some(|params| 2.0 * params[1]),
    params: &[Param::new("c", 1.0, -100.0, 100.0), Param::new("k", 2.0, 2.0, 4.0)],
    start: &[1.6, 0.5, 1.2, -0.3, 0.8, 0.4, -0.5, 0.2],
    gamma: Gamma::ZeroSet(&[], |params, x| x.chunks_exact(2).map(|pair| pair[0] * pair[1]).sum::<f64>() - params[0]),
    gamma_text: "u' v = c; flattest where v = sign(c) u",
    landmarks,
    ..Info::PLAIN
};

/// Of the sphere of flattest points the two with only u1 and v1.
fn landmarks(params: &[f64], dim: usize) -> Vec<Landmark> {
    let root = params[0].abs().sqrt();
    let mark = |sign: f64| {
        let mut x = vec![0.0; dim];
        x[0] = sign * root;
        x[1] = sign * root.copysign(params[0]);
        Landmark::new(x, LandmarkKind::Flattest)
    };
    vec![mark(1.0), mark(-1.0)]
}

#[derive(Clone, Copy, Debug)]
pub(super) struct MatrixFactorization<const D: usize> {
    c: f64,
}

impl<const D: usize> MatrixFactorization<D> {
    pub(super) fn new(params: &[f64]) -> Self {
        Self { c: params[0] }
    }

    /// uᵀv − c.
    #[inline(always)]
    fn residual<T: Scalar>(self, x: &[T; D]) -> T {
        let mut sum = x[0] * x[1];
        for i in (2..D).step_by(2) {
            sum = sum + x[i] * x[i + 1];
        }
        sum - self.c
    }
}

impl<const D: usize> Loss<D> for MatrixFactorization<D> {
    #[inline(always)]
    fn value<T: Scalar>(&self, x: &[T; D]) -> T {
        self.residual(x).square() * 0.5
    }

    #[inline(always)]
    fn gradient<T: Scalar>(&self, x: &[T; D]) -> [T; D] {
        let residual = self.residual(x);
        // The partner of each coordinate: v1, u1, v2, u2, …
        array(|i| residual * x[i ^ 1])
    }
}
