//! L = (x² + y − 11)² + (x + y² − 7)².
//!
//! Domain R². Four minimizers with L = 0, of different sharpness.

use super::{Info, Landmark, LandmarkKind, Loss, Scalar};

pub(super) const INFO: Info = Info {
    id: "himmelblau",
    formula: r"(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
    coordinates: &["x", "y"],
    about: "Four isolated minima of equal value and different sharpness.",
    start: &[0.4, 0.9],
    view: r#"{"bounds": [-6, 6, -6, 6]}"#,
    landmarks: |_, _| MINIMIZERS.iter().map(|&x| Landmark::new(x, LandmarkKind::Minimum)).collect(),
    ..Info::PLAIN
};

const MINIMIZERS: [[f64; 2]; 4] = [
    [3.0, 2.0],
    [-2.805_118_086_952_745, 3.131_312_518_250_573],
    [-3.779_310_253_377_747, -3.283_185_991_286_169_6],
    [3.584_428_340_330_491_7, -1.848_126_526_964_403_6],
];

#[derive(Clone, Copy, Debug)]
pub(super) struct Himmelblau;

impl Himmelblau {
    pub(super) fn new(_params: &[f64]) -> Self {
        Self
    }
}

impl Loss<2> for Himmelblau {
    #[inline(always)]
    fn value<T: Scalar>(&self, x: &[T; 2]) -> T {
        (x[0].square() + x[1] - 11.0).square() + (x[0] + x[1].square() - 7.0).square()
    }

    #[inline(always)]
    fn gradient<T: Scalar>(&self, x: &[T; 2]) -> [T; 2] {
        let a = (x[0].square() + x[1] - 11.0) * 2.0;
        let b = (x[0] + x[1].square() - 7.0) * 2.0;
        [a * x[0] * 2.0 + b, a + b * x[1] * 2.0]
    }
}
