//! The critical point beside a place, isolated or not.

use crate::calculus::{Eigen, Landscape, RANK, VecN};

/// The method has arrived where its step is this short relative to 1 + ‖x‖.
const ARRIVED: f64 = 1e-9;
/// What may be left of the gradient there, relative to max|λ| times the reach: at a place where ‖g‖ is least but not zero it is more.
const LEFT: f64 = 1e-6;
/// Quadratic convergence needs a handful of steps; a degenerate point is approached by a third each time.
const STEPS_MAX: u32 = 60;

/// A point at which the gradient vanishes.
#[derive(Clone, Debug)]
pub(super) struct Critical {
    pub x: VecN,
    pub eigen: Eigen,
}

/// What the Hessian makes of a critical point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// No negative eigenvalue: isolated, or on Γ.
    Minimum,
    /// Both signs.
    Saddle,
    /// No positive eigenvalue, and a negative one.
    Maximum,
}

impl Critical {
    /// The critical point within `reach` > 0 of `x`, by Levenberg and Marquardt's method for g = 0.
    ///
    /// With the damping (‖g‖/reach)² no step is much longer than the reach, and it converges quadratically also to Γ, where
    /// the Hessian is singular (Yamashita and Fukushima 2001).
    pub(super) fn near(loss: &dyn Landscape, place: &VecN, reach: f64) -> Option<Self> {
        let mut x = *place;
        for _ in 0..STEPS_MAX {
            let gradient = loss.gradient(&x);
            let eigen = Eigen::new(&loss.hessian(&x));
            if !(gradient.is_finite() && eigen.is_finite()) {
                return None;
            }
            let damping = (gradient.norm() / reach) * (gradient.norm() / reach);
            let mut step = VecN::zeros(x.len());
            for (v, &lambda) in eigen.vectors().iter().zip(eigen.values.iter()) {
                let weight = lambda * lambda + damping;
                if weight != 0.0 {
                    step.move_by(v, -lambda * v.dot(&gradient) / weight);
                }
            }
            if step.norm() <= ARRIVED * (1.0 + x.norm()) {
                let is_critical = gradient.norm() <= LEFT * eigen.scale() * reach || gradient.norm() == 0.0;
                return is_critical.then_some(Self { x, eigen });
            }
            x += step;
            if (x - *place).norm() > reach {
                return None;
            }
        }
        None
    }

    pub(super) fn kind(&self) -> Kind {
        let (first, last) = (self.eigen.values[0], self.eigen.values[self.x.len() - 1]);
        let least = RANK * self.eigen.scale();
        match (first > least, last < -least) {
            (true, true) => Kind::Saddle,
            (false, true) => Kind::Maximum,
            (_, false) => Kind::Minimum,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calculus::landscape;
    use crate::loss::LossSpec;

    fn near(loss: &str, x: [f64; 2], reach: f64) -> Option<(VecN, Kind)> {
        let loss = landscape(&LossSpec::new(loss), 2);
        Critical::near(loss.as_ref(), &VecN::from_slice(&x), reach).map(|critical| (critical.x, critical.kind()))
    }

    #[test]
    fn kinds_are_told_and_gamma_is_found_across_from_the_place() {
        let (x, kind) = near("ring", [0.605, 0.8], 0.1).expect("Γ");
        assert!((x.norm() - 1.0).abs() < 1e-8 && kind == Kind::Minimum);
        assert_eq!(near("ring", [1e-4, -2e-4], 1e-2).map(|found| found.1), Some(Kind::Maximum));
        assert_eq!(near("saddle", [0.01, 0.002], 0.1).map(|found| found.1), Some(Kind::Saddle));
        // The hallucinated minimum for ρ = 1.5, and a place with the nearest critical point out of reach.
        assert_eq!(near("ring", [0.5, 0.0], 1e-3), None);
        assert_eq!(near("ring", [0.9, 0.0], 0.05), None);
    }
}
