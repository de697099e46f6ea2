//! L = (1.5 − x + xy)² + (2.25 − x + xy²)² + (2.625 − x + xy³)².
//!
//! Domain R². The minimizer is (3, ½).

use super::{Info, Landmark, LandmarkKind, Loss, Scalar};

pub(super) const INFO: Info = Info {
    id: "beale",
    formula: r"(1.5 - x + x y)^2 + (2.25 - x + x y^2)^2 + (2.625 - x + x y^3)^2",
    coordinates: &["x", "y"],
    about: "Flat plains with steep edges around a single minimum.",
    start: &[1.2, 0.7],
    landmarks: |_, _| vec![Landmark::new([3.0, 0.5], LandmarkKind::Minimum)],
    ..Info::PLAIN
};

#[derive(Clone, Copy, Debug)]
pub(super) struct Beale;

/// The constants of the three residuals c_i − x (1 − yⁱ).
const TARGETS: [f64; 3] = [1.5, 2.25, 2.625];

impl Beale {
    pub(super) fn new(_params: &[f64]) -> Self {
        Self
    }
}

impl Loss<2> for Beale {
    #[inline(always)]
    fn value<T: Scalar>(&self, x: &[T; 2]) -> T {
        let mut sum = T::constant(0.0);
        let mut power = T::constant(1.0);
        for target in TARGETS {
            power = power * x[1];
            sum = sum + (x[0] * (power - 1.0) + target).square();
        }
        sum
    }

    #[inline(always)]
    fn gradient<T: Scalar>(&self, x: &[T; 2]) -> [T; 2] {
        let mut g = [T::constant(0.0); 2];
        let mut lower = T::constant(1.0);
        for (target, exponent) in TARGETS.into_iter().zip([1.0, 2.0, 3.0]) {
            let power = lower * x[1];
            let residual = (x[0] * (power - 1.0) + target) * 2.0;
            g[0] = g[0] + residual * (power - 1.0);
            g[1] = g[1] + residual * x[0] * lower * exponent;
            lower = power;
        }
        g
    }
}
