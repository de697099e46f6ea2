//! The Hessian at a point as a slice shows it.

use super::Slice;
use crate::calculus::{Eigen, Landscape, MatN, VecN};
use crate::sharpness::ascent_direction;

/// Shapes in the plane of a slice, in units of the plane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SliceGeometry {
    /// Half-axes of the ellipse {v : vᵀ|H|v = const}, H restricted to the plane; the longer one is 1.
    pub half_axes: [f64; 2],
    /// The angle of the longer (flatter) one against the first axis, in radians, counter-clockwise.
    pub angle: f64,
    /// v1 of the whole Hessian, projected on the plane.
    pub top_eigenvector: [f64; 2],
    /// ĝ, projected on the plane.
    pub ascent: [f64; 2],
}

impl SliceGeometry {
    /// The geometry at `x`.
    #[must_use]
    pub fn at(loss: &dyn Landscape, slice: &Slice, x: &[f64]) -> Self {
        let x = VecN::from_slice(x);
        let axes = slice.axes;
        let h = loss.hessian(&x);
        let plane = Eigen::new(&MatN::symmetric(2, |r, c| h.at(axes[r], axes[c])));
        // The flatter direction first: the one with the smaller |λ|.
        let flat_is_last = plane.values[1].abs() <= plane.values[0].abs();
        let (flat, sharp) = if flat_is_last { (1, 0) } else { (0, 1) };
        let (low, high) = (plane.values[flat].abs(), plane.values[sharp].abs());
        let ratio = if high > 0.0 { (low / high).sqrt() } else { 1.0 };
        let direction = plane.vectors()[flat];
        let v1 = Eigen::new(&h).vectors()[0];
        let ascent = ascent_direction(loss, &x).direction;
        Self {
            half_axes: [1.0, ratio],
            angle: libm::atan2(direction[1], direction[0]),
            top_eigenvector: axes.map(|axis| v1[axis]),
            ascent: axes.map(|axis| ascent[axis]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calculus::landscape;
    use crate::loss::LossSpec;

    #[test]
    fn on_a_quadratic_the_ellipse_is_the_level_set() {
        let mut loss = LossSpec::new("quadratic");
        loss.params_mut().insert("angle12".to_owned(), 0.3);
        let slice = Slice { base: vec![0.0; 2], axes: [0, 1] };
        let geometry = SliceGeometry::at(landscape(&loss, 2).as_ref(), &slice, &[0.4, 0.2]);
        // A = diag(4, 1) turned by 0.3: half-axes 1 and √(1/4), the flat one a right angle from v1.
        assert!((geometry.half_axes[1] - 0.5).abs() < 1e-12);
        let expected = 0.3 + std::f64::consts::FRAC_PI_2;
        assert!((geometry.angle - expected).rem_euclid(std::f64::consts::PI).min(1.0) < 1e-9, "{}", geometry.angle);
        assert!((geometry.top_eigenvector[0] - 0.3_f64.cos()).abs() < 1e-12);
    }
}
