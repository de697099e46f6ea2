//! L = Σ (a − x_i)² + b (x_{i+1} − x_i²)², i = 1…D−1.
//!
//! Domain R^D, D = 2…4. The minimizer is (a, a²) for D = 2 and (1, …, 1) for a = 1.

use super::{Info, Landmark, LandmarkKind, Loss, Param, Scalar};

pub(super) const INFO: Info = Info {
    id: "rosenbrock",
    formula: r"\sum (a - x_i)^2 + b (x_{i+1} - x_i^2)^2",
    about: "The classical curved valley: narrow across, nearly flat along.",
    params: &[Param::new("a", 1.0, -10.0, 10.0), Param::new("b", 100.0, 0.01, 1e4)],
    start: &[-1.2, 1.0, -1.2, 1.0],
    landmarks: |params, dim| {
        let a = params[0];
        if dim == 2 {
            vec![Landmark::new([a, a * a], LandmarkKind::Minimum)]
        } else if (a - 1.0).abs() < f64::EPSILON {
            vec![Landmark::new(vec![1.0; dim], LandmarkKind::Minimum)]
        } else {
            Vec::new()
        }
    },
    ..Info::PLAIN
};

#[derive(Clone, Copy, Debug)]
pub(super) struct Rosenbrock {
    a: f64,
    b: f64,
}

impl Rosenbrock {
    pub(super) fn new(params: &[f64]) -> Self {
        Self { a: params[0], b: params[1] }
    }
}

impl<const D: usize> Loss<D> for Rosenbrock {
    #[inline(always)]
    fn value<T: Scalar>(&self, x: &[T; D]) -> T {
        let mut sum = T::constant(0.0);
        for i in 0..D - 1 {
            sum = sum + (-x[i] + self.a).square() + (x[i + 1] - x[i].square()).square() * self.b;
        }
        sum
    }

    #[inline(always)]
    fn gradient<T: Scalar>(&self, x: &[T; D]) -> [T; D] {
        let mut g = [T::constant(0.0); D];
        for i in 0..D - 1 {
            let bend = (x[i + 1] - x[i].square()) * (2.0 * self.b);
            g[i] = g[i] + (x[i] - self.a) * 2.0 - bend * x[i] * 2.0;
            g[i + 1] = g[i + 1] + bend;
        }
        g
    }
}
