//! L = ¼ (r² − 1)², r² = x² + y².
//!
//! Domain R². Γ is the unit circle; the origin is a maximum. With 1 < ρ < 2 SAM settles at r = ρ − 1,
//! where the gradient is not zero: a minimum that it hallucinates.

use super::{Gamma, Info, Loss, Scalar};

pub(super) const INFO: Info = Info {
    id: "ring",
    formula: r"\tfrac14 (r^2 - 1)^2 \quad r^2 = x^2 + y^2",
    coordinates: &["x", "y"],
    about: "A circle of minima around a maximum: with a large ρ SAM settles where there is no minimum at all.",
    start: &[0.45, 0.1],
    gamma: Gamma::ZeroSet(&[], |_, x| x[0] * x[0] + x[1] * x[1] - 1.0),
    gamma_text: "x² + y² = 1",
    view: r#"{"bounds": [-1.6, 1.6, -1.6, 1.6]}"#,
    rho: 1.2,
    ..Info::PLAIN
};

#[derive(Clone, Copy, Debug)]
pub(super) struct Ring;

impl Ring {
    pub(super) fn new(_params: &[f64]) -> Self {
        Self
    }
}

impl Loss<2> for Ring {
    #[inline(always)]
    fn value<T: Scalar>(&self, x: &[T; 2]) -> T {
        (x[0].square() + x[1].square() - 1.0).square() * 0.25
    }

    #[inline(always)]
    fn gradient<T: Scalar>(&self, x: &[T; 2]) -> [T; 2] {
        let residual = x[0].square() + x[1].square() - 1.0;
        [residual * x[0], residual * x[1]]
    }
}
