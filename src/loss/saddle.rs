//! L = a x² − b y².
//!
//! Domain R². No minimizer: the origin is a saddle, and SAM can be trapped there.

use super::{Gamma, Info, Loss, Param, Reduction, Scalar};

pub(super) const INFO: Info = Info {
    id: "saddle",
    formula: "a x² − b y²",
    about: "A saddle, with no minimum: gradient descent leaves it, SAM can be trapped at it.",
    dims: &[2],
    dim_of: None,
    params: &[Param::new("a", 1.0, 0.0, 1e4), Param::new("b", 1.0, 0.0, 1e4)],
    start: &[-1.0, -0.01],
    samples: |_| 1,
    reduction: Reduction::Mean,
    gamma: Gamma::Points,
    gamma_text: "",
    view: r#"{"levels": "linear", "value_scale": "linear", "bounds": [-1.5, 1.5, -1.5, 1.5]}"#,
    rho: 0.1,
    landmarks: |_, _| Vec::new(),
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
    #[inline]
    fn value<T: Scalar>(&self, x: &[T; 2]) -> T {
        x[0].square() * self.a - x[1].square() * self.b
    }

    #[inline]
    fn gradient<T: Scalar>(&self, x: &[T; 2]) -> [T; 2] {
        [x[0] * (2.0 * self.a), x[1] * (-2.0 * self.b)]
    }
}
