//! The exact maximizers of the quadratic model of a loss over the ball: the trust-region problem.

use crate::calculus::{Eigen, VecN};

/// Newton's method for the multiplier comes from one side and converges in a few steps.
const STEPS: usize = 12;

/// p that maximizes ρgᵀp + ½ρ²pᵀHp over ‖p‖ ≤ 1, and its mirror image in the plane normal to v1: in the hard case,
/// gᵀv1 = 0, both are maximizers; near it the second is where the loss itself may be highest.
pub(super) fn model_maximizers(gradient: &VecN, eigen: &Eigen, rho: f64) -> [VecN; 2] {
    let n = gradient.len();
    let slopes = VecN::from_fn(n, |i| rho * gradient.dot(&eigen.vectors()[i]));
    let curvatures = eigen.values * (rho * rho);
    let at =
        |kappa: f64| VecN::from_fn(n, |i| if slopes[i] == 0.0 { 0.0 } else { slopes[i] / (kappa - curvatures[i]) });
    let top = curvatures[0].max(0.0);
    // Each term of Σ (slope/(κ − curvature))² = 1 alone bounds κ from below; 1/‖p(κ)‖ is concave, so that Newton's
    // method stays below the root.
    let mut kappa = (0..n).fold(top, |low, i| low.max(curvatures[i] + slopes[i].abs()));
    for _ in 0..STEPS {
        let p = at(kappa);
        let squared = p.dot(&p);
        let bend = (0..n).filter(|&i| p[i] != 0.0).fold(0.0, |sum, i| sum + p[i] * p[i] / (kappa - curvatures[i]));
        let next = kappa + (squared.sqrt() - 1.0) * squared / bend;
        if !next.is_finite() || next <= kappa {
            break;
        }
        kappa = next;
    }
    let mut p = at(kappa);
    let missing = 1.0 - p.dot(&p);
    if missing > 1e-9 && curvatures[0] >= 0.0 {
        // The hard case: what is missing lies along v1.
        p[0] = (p[0] * p[0] + missing).sqrt().copysign(p[0]);
    }
    let from_eigenbasis =
        |p: &VecN| eigen.vectors().iter().zip(p.iter()).fold(VecN::zeros(n), |sum, (v, part)| sum + *v * *part);
    let mut mirrored = p;
    mirrored[0] = -p[0];
    [from_eigenbasis(&p), from_eigenbasis(&mirrored)]
}
