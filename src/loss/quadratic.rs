//! L = ½ xᵀAx with A = Q diag(l1…lD) Qᵀ, Q the product of rotations in the planes 12, 23, 34 (radians).
//!
//! Domain R^D, D = 2…4. The origin is the minimizer while no eigenvalue is negative. Thm 4.8's setting.

use super::rotation::rotated_diagonal;
use super::{Info, Landmark, LandmarkKind, Loss, Param, Scalar, array};

const MAX: f64 = 1e4;
const TURN: f64 = std::f64::consts::TAU;

pub(super) const INFO: Info = Info {
    id: "quadratic",
    formula: r"\tfrac12 x^{\top} A x \quad A = Q \diag(l_1 \ldots l_D) Q^{\top}",
    about: "Thm 4.8: SAM does not come to rest on a quadratic; it ends in a 2-cycle along the top eigenvector.",
    params: &[
        Param::new("l1", 4.0, -MAX, MAX),
        Param::new("l2", 1.0, -MAX, MAX),
        Param::new("l3", 0.5, -MAX, MAX),
        Param::new("l4", 0.25, -MAX, MAX),
        Param::new("angle12", 0.0, -TURN, TURN),
        Param::new("angle23", 0.0, -TURN, TURN),
        Param::new("angle34", 0.0, -TURN, TURN),
    ],
    start: &[0.8, 0.6, 0.4, 0.2],
    landmarks: |params, dim| {
        let minimum = params[..dim].iter().all(|&l| l >= 0.0);
        if minimum { vec![Landmark::new(vec![0.0; dim], LandmarkKind::Minimum)] } else { Vec::new() }
    },
    ..Info::PLAIN
};

#[derive(Clone, Copy, Debug)]
pub(super) struct Quadratic<const D: usize> {
    a: [[f64; D]; D],
}

impl<const D: usize> Quadratic<D> {
    pub(super) fn new(params: &[f64]) -> Self {
        Self { a: rotated_diagonal(&params[..4], &params[4..]) }
    }
}

/// Ax.
#[inline(always)]
pub(super) fn product<T: Scalar, const D: usize>(a: &[[f64; D]; D], x: &[T; D]) -> [T; D] {
    array(|r| {
        let mut sum = x[0] * a[r][0];
        for c in 1..D {
            sum = sum + x[c] * a[r][c];
        }
        sum
    })
}

/// ½ xᵀAx.
#[inline(always)]
pub(super) fn form<T: Scalar, const D: usize>(a: &[[f64; D]; D], x: &[T; D]) -> T {
    let ax = product(a, x);
    let mut sum = x[0] * ax[0];
    for i in 1..D {
        sum = sum + x[i] * ax[i];
    }
    sum * 0.5
}

impl<const D: usize> Loss<D> for Quadratic<D> {
    #[inline(always)]
    fn value<T: Scalar>(&self, x: &[T; D]) -> T {
        form(&self.a, x)
    }

    #[inline(always)]
    fn gradient<T: Scalar>(&self, x: &[T; D]) -> [T; D] {
        product(&self.a, x)
    }
}
