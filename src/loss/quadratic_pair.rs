//! Example 5.8: L_k = ½ xᵀA_k x, A_1,2 = R(±angle/2) diag(l1, l2) R(±angle/2)ᵀ, L their mean.
//!
//! Domain R²; the origin minimizes both. Their top eigenvectors differ by `angle` (radians), so that
//! no point is aligned with both.

use super::quadratic::{form, product};
use super::rotation::rotated_diagonal;
use super::{Info, Landmark, LandmarkKind, Loss, Param, Scalar};

pub(super) const INFO: Info = Info {
    id: "quadratic-pair",
    formula: r"\text{mean of } \tfrac12 x^{\top} A_k x \quad A_{1,2} = R(\pm\tfrac12 \text{angle}) \diag(l_1, l_2) R(\pm\tfrac12 \text{angle})^{\top}",
    about: "Example 5.8: two samples whose top eigenvectors differ, so no point can be aligned with both.",
    params: &[
        Param::new("l1", 4.0, 0.0, 1e4),
        Param::new("l2", 1.0, 0.0, 1e4),
        Param::new("angle", std::f64::consts::FRAC_PI_4, -std::f64::consts::PI, std::f64::consts::PI),
    ],
    start: &[0.8, 0.6],
    samples: |_| 2,
    landmarks: |_, _| vec![Landmark::new([0.0, 0.0], LandmarkKind::Minimum)],
    ..Info::PLAIN
};

#[derive(Clone, Copy, Debug)]
pub(super) struct QuadraticPair {
    samples: [[[f64; 2]; 2]; 2],
    mean: [[f64; 2]; 2],
}

impl QuadraticPair {
    pub(super) fn new(params: &[f64]) -> Self {
        let samples = [0.5, -0.5].map(|half| rotated_diagonal::<2>(&params[..2], &[half * params[2]]));
        let entry = |r: usize, c: usize| 0.5 * (samples[0][r][c] + samples[1][r][c]);
        Self { samples, mean: std::array::from_fn(|r| std::array::from_fn(|c| entry(r, c))) }
    }
}

impl Loss<2> for QuadraticPair {
    #[inline(always)]
    fn value<T: Scalar>(&self, x: &[T; 2]) -> T {
        form(&self.mean, x)
    }

    #[inline(always)]
    fn gradient<T: Scalar>(&self, x: &[T; 2]) -> [T; 2] {
        product(&self.mean, x)
    }

    fn samples(&self) -> usize {
        2
    }

    fn sample_value<T: Scalar>(&self, k: usize, x: &[T; 2]) -> T {
        form(&self.samples[k], x)
    }

    #[inline(always)]
    fn sample_gradient<T: Scalar>(&self, k: usize, x: &[T; 2]) -> [T; 2] {
        product(&self.samples[k], x)
    }
}
