//! L = a x² − b y².
//!
//! Domain R². No minimizer: the origin is a saddle, and SAM can be trapped there.

use super::{Info, Loss, Param, Scalar};

pub(super) const INFO: Info = Info {
    id: "saddle",
    formula: r"a x^2 - b y^2",
    coordinates: &["x", "y"],
    about: "A saddle, with no minimum: gradient descent leaves it, SAM can be trapped at it.",
    params: &[Param::new("a", 1.0, 0.0, 1e4), Param::new("b", 1.0, 0.0, 1e4)],
    start: &[-1.0, -0.01],
    view: r#"{"levels": "linear", "value_scale": "linear", "bounds": [-1.5, 1.5, -1.5, 1.5]}"#,
    ..Info::PLAIN
};

#[derive(Clone, Copy, Debug)]
pub(super) struct Saddle {
    a: f64,
    b: f64,
}

impl Saddle {
    pub(super) fn new(params: &[f64]) -> Self {
        Self { a: params[0], b: params[1] }
    }
}

impl Loss<2> for Saddle {
    #[inline(always)]
    fn value<T: Scalar>(&self, x: &[T; 2]) -> T {
        x[0].square() * self.a - x[1].square() * self.b
    }

    #[inline(always)]
    fn gradient<T: Scalar>(&self, x: &[T; 2]) -> [T; 2] {
        [x[0] * (2.0 * self.a), x[1] * (-2.0 * self.b)]
    }
}
