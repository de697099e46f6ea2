//! An adaptive explicit integrator: Dormand and Prince's pair of orders 5 and 4.
//!
//! Own code where `ode_solvers` and others exist, because a flow on Γ needs what they don't offer: a
//! projection and a look at events after every accepted step, a step repeated with a shorter length from
//! the same point to locate an event, and the same bits on every target (libm only, sums in a fixed order).

use crate::calculus::VecN;

/// The stages' weights: row i gives the point of stage i + 2; the last row is also the result of order 5.
const STAGES: [&[f64]; 6] = [
    &[1.0 / 5.0],
    &[3.0 / 40.0, 9.0 / 40.0],
    &[44.0 / 45.0, -56.0 / 15.0, 32.0 / 9.0],
    &[19372.0 / 6561.0, -25360.0 / 2187.0, 64448.0 / 6561.0, -212.0 / 729.0],
    &[9017.0 / 3168.0, -355.0 / 33.0, 46732.0 / 5247.0, 49.0 / 176.0, -5103.0 / 18656.0],
    &[35.0 / 384.0, 0.0, 500.0 / 1113.0, 125.0 / 192.0, -2187.0 / 6784.0, 11.0 / 84.0],
];

/// Order 5 minus order 4.
const DIFFERENCE: [f64; 7] =
    [71.0 / 57600.0, 0.0, -71.0 / 16695.0, 71.0 / 1920.0, -17253.0 / 339_200.0, 22.0 / 525.0, -1.0 / 40.0];

/// A vector field; where it is undefined it gives NaN, and the step is tried again with a shorter length.
pub(super) type Slope<'a> = &'a dyn Fn(&VecN) -> VecN;

/// x after one step of length `h`, with the estimate of its error.
pub(super) fn step(slope: Slope, x: &VecN, h: f64) -> (VecN, VecN) {
    let mut k = [VecN::zeros(x.len()); 7];
    k[0] = slope(x);
    let mut end = *x;
    for (i, weights) in STAGES.iter().enumerate() {
        end = *x + combination(weights, &k) * h;
        k[i + 1] = slope(&end);
    }
    (end, combination(&DIFFERENCE, &k) * h)
}

fn combination(weights: &[f64], k: &[VecN; 7]) -> VecN {
    weights.iter().zip(k).fold(VecN::zeros(k[0].len()), |sum, (weight, k)| sum + *k * *weight)
}

/// Chooses step lengths so that each step's error stays below a tolerance.
#[derive(Clone, Copy, Debug)]
pub(super) struct Controller {
    /// The length to try next.
    h: f64,
    /// The allowed error of a step, relative to 1 + ‖x‖.
    tolerance: f64,
}

impl Controller {
    /// Starts with a step that changes x by about a hundredth of 1 + ‖x‖.
    pub(super) fn new(slope: Slope, x: &VecN, tolerance: f64) -> Self {
        let speed = slope(x).norm().max(1e-12);
        Self { h: 0.01 * (1.0 + x.norm()) / speed, tolerance }
    }

    /// One accepted step of at most `longest`: its length and where it ends. `None` where steps shrink to nothing.
    pub(super) fn advance(&mut self, slope: Slope, x: &VecN, longest: f64) -> Option<(f64, VecN)> {
        let allowed = self.tolerance * (1.0 + x.norm());
        let mut h = self.h.min(longest);
        let shortest = h * 1e-14;
        while h > shortest {
            let (end, error) = step(slope, x, h);
            let ratio = error.norm() / allowed;
            // NaN is no number below 1, so it is refused too.
            let factor = if ratio.is_finite() { 0.9 * libm::pow(ratio.max(1e-10), -0.2) } else { 0.2 };
            if ratio <= 1.0 && end.is_finite() {
                // A step that was cut short says nothing against the longer one.
                self.h = (h * factor.clamp(0.2, 5.0)).max(self.h.min(h * 5.0));
                return Some((h, end));
            }
            h *= factor.clamp(0.1, 0.9);
            self.h = h;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A rotation for one radian: halving the step leaves a 32th of the error.
    #[test]
    fn a_step_has_order_five() {
        let slope = |x: &VecN| VecN::from_slice(&[-x[1], x[0]]);
        let error = |steps: i32| {
            let h = 1.0 / f64::from(steps);
            let end = (0..steps).fold(VecN::axis(2, 0), |x, _| step(&slope, &x, h).0);
            (end - VecN::from_slice(&[1.0_f64.cos(), 1.0_f64.sin()])).norm()
        };
        let ratio = error(10) / error(20);
        assert!((ratio - 32.0).abs() < 2.0, "{ratio}");
    }

    #[test]
    fn the_estimate_has_order_five_and_accuracy_follows_the_tolerance() {
        let slope = |x: &VecN| VecN::from_slice(&[-x[1], x[0]]);
        let estimate = |h: f64| step(&slope, &VecN::axis(2, 0), h).1.norm();
        let ratio = estimate(0.1) / estimate(0.05);
        assert!((ratio - 32.0).abs() < 2.0, "{ratio}");
        let mut x = VecN::axis(2, 0);
        let mut control = Controller::new(&slope, &x, 1e-12);
        let mut left = 1.0;
        while left > 0.0 {
            let (h, end) = control.advance(&slope, &x, left).expect("a smooth flow");
            (left, x) = (left - h, end);
        }
        assert!((x - VecN::from_slice(&[1.0_f64.cos(), 1.0_f64.sin()])).norm() < 1e-11);
    }

    #[test]
    fn an_undefined_slope_ends_the_search() {
        let slope = |x: &VecN| *x * f64::NAN;
        let mut control = Controller { h: 1.0, tolerance: 1e-9 };
        assert!(control.advance(&slope, &VecN::axis(1, 0), 1.0).is_none());
    }
}
