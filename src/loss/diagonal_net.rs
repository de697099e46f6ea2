//! A diagonal linear network: regression with weights β = u⊙u − v⊙v,
//! L_k = ½ (⟨a_k, β⟩ − b_k)², L the mean of L_1 and L_2.
//!
//! Domain R^D, D = 4, 6, 8, laid out in pairs: x = (u1, v1, u2, v2, …); dimension D uses the first D/2
//! features. The features (columns of a) are unit vectors of R² at 16°, −21°, 37° and −37°, and the targets
//! b = (1.428, 0.104) are those of the sparse weights β* = (1, ½, 0, 0).
//!
//! Γ = {⟨a_k, β⟩ = b_k, k = 1, 2} has codimension M = 2: D/2 − 2 free weights, and a free scale of each
//! pair (u_i, v_i) with the same β_i. With s_i = u_i² + v_i² ≥ |β_i| the non-zero eigenvalues there are
//! those of 2 Σ s_i a^i a^iᵀ (a^i the i-th feature), so Tr H = 2 Σ s_i: its minimizer is balanced,
//! s_i = |β_i|, and has the least ‖β‖₁, which is β*. λ1 instead is least when the weight is put on the
//! features farthest from its eigenvector: β = (0, 0, 47/48, 967/1200) for D = 8.
//!
//! Measured from the default start in D = 8 (η = 0.01, ρ = 0.1, 10⁵ steps): GD stops at
//! β = (0.46, 0.37, 0.49, 0.31) with λ1 = 6.4, Tr = 8.4; 1-SAM finds β* (λ1 = 2.7, Tr = 3.0), SAM the
//! other two features (λ1 = 2.3, Tr = 3.6).

use super::{Info, Landmark, LandmarkKind, Loss, Scalar, array};

/// Feature i of sample k is `INPUTS[k][i]`; each column has length 1.
const INPUTS: [[f64; 4]; 2] = [[0.96, 0.936, 0.8, 0.8], [0.28, -0.352, 0.6, -0.6]];
/// ⟨a_k, β*⟩.
const TARGETS: [f64; 2] = [1.428, 0.104];

pub(super) const INFO: Info = Info {
    id: "diagonal-net",
    formula: r"\text{mean of } \tfrac12 (a_k \cdot \beta - b_k)^2 \quad \beta_i = u_i^2 - v_i^2 \quad x = (u_1, v_1, u_2, v_2, \ldots)",
    about: "Regression by a diagonal network: 1-SAM finds the sparse weights, SAM finds others, GD those nearest its start.",
    start: &[0.8, 0.6, 0.8, 0.6, 0.8, 0.6, 0.8, 0.6],
    samples: |_| 2,
    gamma_text: "a_k · β = b_k for both samples, a_1 = (0.96, 0.936, 0.8, 0.8), a_2 = (0.28, −0.352, 0.6, −0.6), \
                 b = (1.428, 0.104), the first D/2 features; Tr is least at β = (1, ½, 0, 0)",
    landmarks: |_, dim| match dim {
        // Two features: β is determined.
        4 => vec![balanced(dim, 0, 1, LandmarkKind::Flattest)],
        6 => vec![balanced(dim, 1, 2, LandmarkKind::LeastLambda1), balanced(dim, 0, 1, LandmarkKind::LeastTrace)],
        _ => vec![balanced(dim, 2, 3, LandmarkKind::LeastLambda1), balanced(dim, 0, 1, LandmarkKind::LeastTrace)],
    },
    ..Info::PLAIN
};

/// The point of Γ with v = 0 whose weights are on the features i and j (both positive there).
fn balanced(dim: usize, i: usize, j: usize, kind: LandmarkKind) -> Landmark {
    let [a, b] = INPUTS;
    let determinant = a[i] * b[j] - a[j] * b[i];
    let mut x = vec![0.0; dim];
    x[2 * i] = ((TARGETS[0] * b[j] - a[j] * TARGETS[1]) / determinant).sqrt();
    x[2 * j] = ((a[i] * TARGETS[1] - TARGETS[0] * b[i]) / determinant).sqrt();
    Landmark::new(x, kind)
}

#[derive(Clone, Copy, Debug)]
pub(super) struct DiagonalNet<const D: usize>;

impl<const D: usize> DiagonalNet<D> {
    pub(super) fn new(_params: &[f64]) -> Self {
        Self
    }
}

/// ⟨a_k, β⟩ − b_k.
#[inline(always)]
fn residual<T: Scalar, const D: usize>(k: usize, x: &[T; D]) -> T {
    let mut sum = T::constant(-TARGETS[k]);
    for (pair, &a) in x.chunks_exact(2).zip(&INPUTS[k]) {
        sum = sum + (pair[0].square() - pair[1].square()) * a;
    }
    sum
}

/// The gradient from its factor for each feature: (f u, −f v).
#[inline(always)]
fn spread<T: Scalar, const D: usize>(x: &[T; D], factor: impl Fn(usize) -> T) -> [T; D] {
    array(|i| {
        let part = factor(i / 2) * x[i];
        if i % 2 == 0 { part } else { -part }
    })
}

impl<const D: usize> Loss<D> for DiagonalNet<D> {
    #[inline(always)]
    fn value<T: Scalar>(&self, x: &[T; D]) -> T {
        (residual(0, x).square() + residual(1, x).square()) * 0.25
    }

    #[inline(always)]
    fn gradient<T: Scalar>(&self, x: &[T; D]) -> [T; D] {
        let r = [residual(0, x), residual(1, x)];
        spread(x, |i| r[0] * INPUTS[0][i] + r[1] * INPUTS[1][i])
    }

    fn samples(&self) -> usize {
        2
    }

    fn sample_value<T: Scalar>(&self, k: usize, x: &[T; D]) -> T {
        residual(k, x).square() * 0.5
    }

    #[inline(always)]
    fn sample_gradient<T: Scalar>(&self, k: usize, x: &[T; D]) -> [T; D] {
        let r = residual(k, x) * 2.0;
        spread(x, |i| r * INPUTS[k][i])
    }
}
