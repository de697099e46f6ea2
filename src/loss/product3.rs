//! L = ½ (xyz − c)².
//!
//! Domain R³. Γ = {xyz = c} has codimension one (M = 1), so the three notions of sharpness agree
//! there: the non-zero eigenvalue is (yz)² + (xz)² + (xy)², least where |x| = |y| = |z| = ∛|c|.

use super::{Gamma, Info, Landmark, LandmarkKind, Loss, Param, Scalar};

pub(super) const INFO: Info = Info {
    id: "product3",
    formula: r"\tfrac12 (x y z - c)^2",
    coordinates: &["x", "y", "z"],
    about: "A surface of minima in 3-D, with one non-zero eigenvalue: it cannot tell the three notions apart.",
    params: &[Param::new("c", 1.0, -100.0, 100.0)],
    start: &[1.6, 0.8, 1.1],
    gamma: Gamma::ZeroSet(&[], |params, x| x[0] * x[1] * x[2] - params[0]),
    gamma_text: "x y z = c",
    landmarks: |params, _| {
        let root = libm::cbrt(params[0].abs());
        let first = root.copysign(params[0]);
        vec![
            Landmark::new([first, root, root], LandmarkKind::Flattest),
            Landmark::new([-first, -root, root], LandmarkKind::Flattest),
            Landmark::new([-first, root, -root], LandmarkKind::Flattest),
            Landmark::new([first, -root, -root], LandmarkKind::Flattest),
        ]
    },
    ..Info::PLAIN
};

#[derive(Clone, Copy, Debug)]
pub(super) struct Product3 {
    c: f64,
}

impl Product3 {
    pub(super) fn new(params: &[f64]) -> Self {
        Self { c: params[0] }
    }
}

impl Loss<3> for Product3 {
    #[inline(always)]
    fn value<T: Scalar>(&self, x: &[T; 3]) -> T {
        (x[0] * x[1] * x[2] - self.c).square() * 0.5
    }

    #[inline(always)]
    fn gradient<T: Scalar>(&self, x: &[T; 3]) -> [T; 3] {
        let residual = x[0] * x[1] * x[2] - self.c;
        [residual * x[1] * x[2], residual * x[0] * x[2], residual * x[0] * x[1]]
    }
}
