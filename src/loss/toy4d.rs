//! Figure 1's toy: L = F1(x1,x2) x3² + F2(x1,x2) x4².
//!
//! F1 = f1_xx x1² + f1_yy x2² + f1_0, F2 = f2_xx (1−x1)² + f2_yy (1−x2)² + f2_0. Domain R⁴; with the
//! default numbers F1 > F2 > 0 on [0,1]². Γ = {x3 = x4 = 0}, where the Hessian's non-zero
//! eigenvalues are 2F1 and 2F2. Samples F1 x3² and F2 x4², whose sum is L.

use super::{Gamma, Info, Landmark, LandmarkKind, Loss, Param, Reduction, Scalar};

pub(super) const INFO: Info = Info {
    id: "toy4d",
    formula: r"F_1 x_3^2 + F_2 x_4^2 \quad F_1 = f1_{xx} x_1^2 + f1_{yy} x_2^2 + f1_0 \quad F_2 = f2_{xx} (1 - x_1)^2 + f2_{yy} (1 - x_2)^2 + f2_0",
    about: "Figure 1's toy: every (x1, x2) is a minimum, but not equally sharp; the methods pick different ones.",
    params: &[
        Param::new("f1_xx", 1.0, 0.0, 100.0),
        Param::new("f1_yy", 6.0, 0.0, 100.0),
        Param::new("f1_0", 8.0, 0.01, 1000.0),
        Param::new("f2_xx", 4.0, 0.0, 100.0),
        Param::new("f2_yy", 1.0, 0.0, 100.0),
        Param::new("f2_0", 1.0, 0.01, 1000.0),
    ],
    start: &[0.5, 0.5, 0.3, 0.3],
    samples: |_| 2,
    reduction: Reduction::Sum,
    gamma: Gamma::Subspace(&[2, 3]),
    gamma_text: "x3 = x4 = 0",
    view: r#"{"quantity": "lambda_1", "levels": "linear", "bounds": [-0.25, 1.25, -0.15, 1.15]}"#,
    landmarks,
    ..Info::PLAIN
};

/// Where F1, F2 and F1 + F2 are least over Γ.
fn landmarks(params: &[f64], _dim: usize) -> Vec<Landmark> {
    let loss = Toy4d::new(params);
    let rest =
        |weight_1: f64, weight_2: f64| if weight_1 + weight_2 > 0.0 { weight_2 / (weight_1 + weight_2) } else { 0.5 };
    // F1's and F2's minima are those of λ1 and λM where F1 is the larger one there.
    let f1_is_larger = |x: [f64; 4]| loss.f1(&x) >= loss.f2(&x);
    let candidates = [([0.0; 4], LandmarkKind::LeastLambda1), ([1.0, 1.0, 0.0, 0.0], LandmarkKind::LeastLambdaM)];
    let mut marks: Vec<Landmark> =
        candidates.into_iter().filter(|&(x, _)| f1_is_larger(x)).map(|(x, kind)| Landmark::new(x, kind)).collect();
    let least_sum = [rest(loss.f1_xx, loss.f2_xx), rest(loss.f1_yy, loss.f2_yy), 0.0, 0.0];
    marks.push(Landmark::new(least_sum, LandmarkKind::LeastTrace));
    marks
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Toy4d {
    f1_xx: f64,
    f1_yy: f64,
    f1_0: f64,
    f2_xx: f64,
    f2_yy: f64,
    f2_0: f64,
}

impl Toy4d {
    pub(super) fn new(p: &[f64]) -> Self {
        Self { f1_xx: p[0], f1_yy: p[1], f1_0: p[2], f2_xx: p[3], f2_yy: p[4], f2_0: p[5] }
    }

    #[inline(always)]
    fn f1<T: Scalar>(&self, x: &[T; 4]) -> T {
        x[0].square() * self.f1_xx + x[1].square() * self.f1_yy + self.f1_0
    }

    #[inline(always)]
    fn f2<T: Scalar>(&self, x: &[T; 4]) -> T {
        (-x[0] + 1.0).square() * self.f2_xx + (-x[1] + 1.0).square() * self.f2_yy + self.f2_0
    }
}

impl Loss<4> for Toy4d {
    #[inline(always)]
    fn value<T: Scalar>(&self, x: &[T; 4]) -> T {
        self.f1(x) * x[2].square() + self.f2(x) * x[3].square()
    }

    #[inline(always)]
    fn gradient<T: Scalar>(&self, x: &[T; 4]) -> [T; 4] {
        let (x3_squared, x4_squared) = (x[2].square(), x[3].square());
        [
            (x[0] * self.f1_xx * x3_squared - (-x[0] + 1.0) * self.f2_xx * x4_squared) * 2.0,
            (x[1] * self.f1_yy * x3_squared - (-x[1] + 1.0) * self.f2_yy * x4_squared) * 2.0,
            self.f1(x) * x[2] * 2.0,
            self.f2(x) * x[3] * 2.0,
        ]
    }

    fn samples(&self) -> usize {
        2
    }

    fn reduction(&self) -> Reduction {
        Reduction::Sum
    }

    fn sample_value<T: Scalar>(&self, k: usize, x: &[T; 4]) -> T {
        if k == 0 { self.f1(x) * x[2].square() } else { self.f2(x) * x[3].square() }
    }

    #[inline(always)]
    fn sample_gradient<T: Scalar>(&self, k: usize, x: &[T; 4]) -> [T; 4] {
        let zero = T::constant(0.0);
        if k == 0 {
            let x3_squared = x[2].square() * 2.0;
            [x[0] * self.f1_xx * x3_squared, x[1] * self.f1_yy * x3_squared, self.f1(x) * x[2] * 2.0, zero]
        } else {
            let x4_squared = x[3].square() * 2.0;
            [
                (x[0] - 1.0) * self.f2_xx * x4_squared,
                (x[1] - 1.0) * self.f2_yy * x4_squared,
                zero,
                self.f2(x) * x[3] * 2.0,
            ]
        }
    }
}
