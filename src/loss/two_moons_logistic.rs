//! Logistic regression on two moons: L_k = log(1 + exp(−y_k ⟨a_k, x⟩)) + ½ l2 ‖x‖², L the mean.
//!
//! Domain R²: x is the normal of the line through the origin that separates the classes. Point k = 0 … 19
//! has class y_k = (−1)^k and is a_k = y_k (cos φ − ½, sin φ − ¼) + 0.15 (sin 5k, cos 7k) with
//! φ = π (⌊k/2⌋ + ½)/10, rounded to hundredths: two half circles, one the other's mirror image, with a
//! deterministic scatter.
//!
//! No line separates the classes, so there is one minimizer for every l2 ≥ 0. It does not interpolate: the
//! sample gradients do not vanish there, so Thm 5.4 says nothing about 1-SAM here, which hovers around the
//! minimizer, while SAM ends in its 2-cycle (Thm 4.8) and GD at rest. l2 is 0.01 by default because without it λ2 is
//! so small (0.004) that nothing arrives in 10⁵ steps.

use super::{Info, Landmark, LandmarkKind, Loss, Param, Scalar};

/// y_k a_k: the sign of the class is multiplied in, since nothing else is needed.
const SIGNED: [[f64; 2]; 20] = [
    [0.49, 0.06],
    [0.63, -0.21],
    [0.31, 0.22],
    [0.29, 0.29],
    [0.34, 0.31],
    [0.23, 0.59],
    [-0.19, 0.58],
    [0.02, 0.6],
    [-0.23, 0.87],
    [-0.47, 0.59],
    [-0.7, 0.83],
    [-0.51, 0.74],
    [-1.0, 0.54],
    [-1.08, 0.79],
    [-1.09, 0.33],
    [-1.15, 0.49],
    [-1.54, 0.27],
    [-1.36, 0.06],
    [-1.35, 0.05],
    [-1.59, -0.17],
];

pub(super) const INFO: Info = Info {
    id: "two-moons-logistic",
    formula: r"\text{mean of } \log(1 + \exp(-y_k a_k \cdot x)) + \tfrac12 l_2 |x|^2",
    about: "A classifier of 20 points in two moons: one minimum that no sample agrees with, around which 1-SAM hovers.",
    params: &[Param::new("l2", 0.01, 0.0, 10.0)],
    start: &[2.0, -1.0],
    samples: |_| SIGNED.len(),
    landmarks: |params, _| vec![Landmark::new(minimizer(TwoMoonsLogistic::new(params)), LandmarkKind::Minimum)],
    ..Info::PLAIN
};

/// By Newton's method, which converges from the origin.
fn minimizer(loss: TwoMoonsLogistic) -> [f64; 2] {
    let mut x = [0.0; 2];
    for _ in 0..30 {
        let g = loss.gradient(&x);
        let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
        for a in SIGNED {
            let p = dot(a, &x).logistic();
            let weight = p * (1.0 - p) * SHARE;
            xx += weight * a[0] * a[0];
            xy += weight * a[0] * a[1];
            yy += weight * a[1] * a[1];
        }
        (xx, yy) = (xx + loss.l2, yy + loss.l2);
        let determinant = xx * yy - xy * xy;
        x[0] -= (yy * g[0] - xy * g[1]) / determinant;
        x[1] -= (xx * g[1] - xy * g[0]) / determinant;
    }
    x
}

#[derive(Clone, Copy, Debug)]
pub(super) struct TwoMoonsLogistic {
    l2: f64,
}

impl TwoMoonsLogistic {
    pub(super) fn new(params: &[f64]) -> Self {
        Self { l2: params[0] }
    }
}

/// One of n samples, in the mean.
const SHARE: f64 = 1.0 / SIGNED.len() as f64;

#[inline(always)]
fn dot<T: Scalar>(a: [f64; 2], x: &[T; 2]) -> T {
    x[0] * a[0] + x[1] * a[1]
}

impl Loss<2> for TwoMoonsLogistic {
    fn value<T: Scalar>(&self, x: &[T; 2]) -> T {
        let mut sum = T::constant(0.0);
        for a in SIGNED {
            sum = sum + (-dot(a, x)).softplus();
        }
        sum * SHARE + (x[0].square() + x[1].square()) * (0.5 * self.l2)
    }

    fn gradient<T: Scalar>(&self, x: &[T; 2]) -> [T; 2] {
        let mut sum = [T::constant(0.0); 2];
        for a in SIGNED {
            let wrong = (-dot(a, x)).logistic();
            sum = [sum[0] - wrong * a[0], sum[1] - wrong * a[1]];
        }
        [sum[0] * SHARE + x[0] * self.l2, sum[1] * SHARE + x[1] * self.l2]
    }

    fn samples(&self) -> usize {
        SIGNED.len()
    }

    fn sample_value<T: Scalar>(&self, k: usize, x: &[T; 2]) -> T {
        (-dot(SIGNED[k], x)).softplus() + (x[0].square() + x[1].square()) * (0.5 * self.l2)
    }

    #[inline(always)]
    fn sample_gradient<T: Scalar>(&self, k: usize, x: &[T; 2]) -> [T; 2] {
        let a = SIGNED[k];
        let wrong = (-dot(a, x)).logistic();
        [x[0] * self.l2 - wrong * a[0], x[1] * self.l2 - wrong * a[1]]
    }
}
