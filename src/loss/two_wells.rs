//! L = −exp(−(x−d)² − y²) − exp(−(x² + s y²)).
//!
//! Domain R². A sharp well near the origin (for s > 1) and a flat one near (d, 0); both minimizers lie
//! on the x axis, a little towards each other.

use super::{Info, Landmark, LandmarkKind, Loss, Param, Scalar};

pub(super) const INFO: Info = Info {
    id: "two-wells",
    formula: r"-e^{-(x - d)^2 - y^2} - e^{-(x^2 + s y^2)}",
    coordinates: &["x", "y"],
    about: "A sharp and a flat well: from the same start gradient descent falls into one, SAM into the other.",
    params: &[Param::new("d", 2.0, 0.0, 10.0), Param::new("s", 100.0, 0.01, 1e4)],
    start: &[-0.4, -0.4],
    view: r#"{"levels": "linear", "value_scale": "linear", "bounds": [-1.2, 3.2, -1.2, 1.2]}"#,
    landmarks,
    ..Info::PLAIN
};

/// The two minimizers where there are two (d large enough), by Newton's method for L along the x axis.
fn landmarks(params: &[f64], _dim: usize) -> Vec<Landmark> {
    let d = params[0];
    let bell = |u: f64| libm::exp(-u * u);
    let minimizer = |from: f64| {
        let mut x = from;
        for _ in 0..50 {
            let slope = 2.0 * ((x - d) * bell(x - d) + x * bell(x));
            let curvature = 2.0 * ((1.0 - 2.0 * (x - d) * (x - d)) * bell(x - d) + (1.0 - 2.0 * x * x) * bell(x));
            if curvature > 0.0 {
                x -= slope / curvature;
            }
        }
        x
    };
    let (sharp, flat) = (minimizer(0.0), minimizer(d));
    if d >= 1.5 {
        vec![Landmark::new([sharp, 0.0], LandmarkKind::Sharp), Landmark::new([flat, 0.0], LandmarkKind::Flat)]
    } else {
        Vec::new()
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) struct TwoWells {
    d: f64,
    s: f64,
}

impl TwoWells {
    pub(super) fn new(params: &[f64]) -> Self {
        Self { d: params[0], s: params[1] }
    }

    /// The two exponentials: flat well, sharp well.
    #[inline(always)]
    fn wells<T: Scalar>(&self, x: &[T; 2]) -> (T, T) {
        let flat = (-((x[0] - self.d).square() + x[1].square())).exp();
        let sharp = (-(x[0].square() + x[1].square() * self.s)).exp();
        (flat, sharp)
    }
}

impl Loss<2> for TwoWells {
    #[inline(always)]
    fn value<T: Scalar>(&self, x: &[T; 2]) -> T {
        let (flat, sharp) = self.wells(x);
        -(flat + sharp)
    }

    #[inline(always)]
    fn gradient<T: Scalar>(&self, x: &[T; 2]) -> [T; 2] {
        let (flat, sharp) = self.wells(x);
        [((x[0] - self.d) * flat + x[0] * sharp) * 2.0, x[1] * (flat + sharp * self.s) * 2.0]
    }
}
