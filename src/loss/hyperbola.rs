//! L = ½ (xy − c)².
//!
//! Domain R². Γ = {xy = c}, where the non-zero eigenvalue is x² + y²; its flattest points are
//! ±(√|c|, sign(c) √|c|).

use super::{Gamma, Info, Landmark, LandmarkKind, Loss, Param, Scalar};

pub(super) const INFO: Info = Info {
    id: "hyperbola",
    formula: r"\tfrac12 (x y - c)^2",
    coordinates: &["x", "y"],
    about: "A curve of minima xy = c: gradient descent stays where it lands, SAM slides to the flattest point.",
    params: &[Param::new("c", 1.0, -100.0, 100.0)],
    start: &[2.0, 0.6],
    gamma: Gamma::ZeroSet(&[], |params, x| x[0] * x[1] - params[0]),
    gamma_text: "x y = c",
    landmarks: |params, _| {
        let root = params[0].abs().sqrt();
        let flattest =
            |sign: f64| Landmark::new([sign * root, sign * root.copysign(params[0])], LandmarkKind::Flattest);
        vec![flattest(1.0), flattest(-1.0)]
    },
    ..Info::PLAIN
};

#[derive(Clone, Copy, Debug)]
pub(super) struct Hyperbola {
    c: f64,
}

impl Hyperbola {
    pub(super) fn new(params: &[f64]) -> Self {
        Self { c: params[0] }
    }
}

impl Loss<2> for Hyperbola {
    #[inline(always)]
    fn value<T: Scalar>(&self, x: &[T; 2]) -> T {
        (x[0] * x[1] - self.c).square() * 0.5
    }

    #[inline(always)]
    fn gradient<T: Scalar>(&self, x: &[T; 2]) -> [T; 2] {
        let residual = x[0] * x[1] - self.c;
        [residual * x[1], residual * x[0]]
    }
}
