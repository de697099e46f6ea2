//! The loss over the ball x + ρp, ‖p‖ ≤ 1, and Newton's method for its maxima.

use super::shifted::Shifted;
use crate::calculus::{Landscape, VecN};

/// A point this near to the sphere, relative to its radius, is on it.
const ON_SPHERE: f64 = 1e-9;
/// Newton's method ends here; more than a handful are needed only where it starts among saddles.
const MAX_STEPS: usize = 40;
/// Steps shorter than this, in units of ρ, change the value by little more than its rounding.
const NEAR: f64 = 1e-5;
/// A step that fails is tried again this often, each time nearer to the gradient's direction.
const MAX_SHIFTS: usize = 16;
/// The first shift of all, and the least to begin with, relative to the size of the matrix.
const DAMPING: f64 = 0.25;
const DAMPING_MIN: f64 = 1e-6;

/// L over a ball around x, in units of its radius.
pub(super) struct Ball<'a> {
    pub loss: &'a dyn Landscape,
    pub x: VecN,
    pub rho: f64,
}

/// A point p of the ball with the value there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Peak {
    pub p: VecN,
    pub value: f64,
}

impl Ball<'_> {
    /// x + ρp.
    #[inline]
    pub fn point(&self, p: &VecN) -> VecN {
        self.x.moved(p, self.rho)
    }

    /// L(x + ρp); −∞ where it is undefined, so that comparisons stay meaningful.
    #[inline]
    pub fn value(&self, p: &VecN) -> f64 {
        defined(self.loss.value(&self.point(p)))
    }

    /// The values at many points.
    pub fn values(&self, points: &[VecN]) -> Vec<f64> {
        let mut values = self.loss.values(&self.x, self.rho, points);
        for value in &mut values {
            *value = defined(*value);
        }
        values
    }

    /// The point with its value.
    #[inline]
    pub fn peak(&self, p: VecN) -> Peak {
        Peak { p, value: self.value(&p) }
    }

    /// The derivative with respect to p: ρ∇L.
    #[inline]
    pub fn slope(&self, p: &VecN) -> VecN {
        self.loss.gradient(&self.point(p)) * self.rho
    }

    /// The local maximum over the ball that Newton's method reaches from `start`, never lower than it.
    ///
    /// On the sphere, with the slope pointing outwards, it is Newton's method for κp = slope, κ > 0; elsewhere
    /// for slope = 0. A matrix that is not positive definite is shifted until it is, a step that does not
    /// climb is shortened the same way.
    pub fn polish(&self, start: Peak) -> Peak {
        let mut at = start;
        let mut slope = self.slope(&at.p);
        let mut damping = DAMPING;
        for _ in 0..MAX_STEPS {
            let state = Stationarity::at(&at.p, &slope);
            if state.is_reached() || !at.value.is_finite() {
                break;
            }
            let Some((next, next_slope)) = self.climb(at, &state, &mut damping) else { break };
            let stuck = next.value <= at.value && next.p == at.p;
            (at, slope) = (next, next_slope);
            if stuck {
                break;
            }
        }
        at
    }

    /// One step upwards; `None` where rounding leaves no better point. Where Newton's own step fails, shifts are tried
    /// from `damping` on, relative to the matrix; the next step begins with less than what was needed.
    fn climb(&self, at: Peak, state: &Stationarity, damping: &mut f64) -> Option<(Peak, VecN)> {
        let hessian = self.loss.hessian(&self.point(&at.p));
        let on = state.on_sphere.then_some(&at.p);
        let curvature = Shifted::new(&hessian, self.rho * self.rho, state.kappa, on);
        let rounding = 8.0 * f64::EPSILON * at.value.abs();
        let mut shift = 0.0;
        for _ in 0..MAX_SHIFTS {
            if let Some(step) = curvature.solve(shift, &state.residual).filter(VecN::is_finite) {
                let p = moved(&at.p, &step, state.on_sphere);
                let next = self.peak(p);
                if next.value > at.value + rounding {
                    if shift > 0.0 {
                        *damping = (0.125 * shift / curvature.scale()).max(DAMPING_MIN);
                    }
                    return Some((next, self.slope(&p)));
                }
                // At the top values no longer tell; the residual does. Near it a Newton step needs no other proof.
                let near = shift == 0.0 && step.norm() < NEAR;
                if near || next.value >= at.value - rounding {
                    let slope = self.slope(&p);
                    if Stationarity::at(&p, &slope).residual.norm() < 0.5 * state.residual.norm() {
                        return Some((next, slope));
                    }
                }
                if near {
                    return None;
                }
            }
            shift = if shift == 0.0 { *damping * curvature.scale() } else { 4.0 * shift };
        }
        None
    }
}

fn defined(value: f64) -> f64 {
    if value.is_nan() { f64::NEG_INFINITY } else { value }
}

/// p + step, pulled back to the sphere or into the ball; steps longer than half the radius are shortened.
fn moved(p: &VecN, step: &VecN, on_sphere: bool) -> VecN {
    let length = step.norm();
    let target = *p + *step * if length > 0.5 { 0.5 / length } else { 1.0 };
    let radius = target.norm();
    if on_sphere || radius > 1.0 - ON_SPHERE { target * (1.0 / radius) } else { target }
}

/// How far a point is from being stationary over the ball.
pub(super) struct Stationarity {
    /// Whether the sphere holds the point: it lies there and the slope points outwards.
    pub on_sphere: bool,
    /// The slope's outward component where the sphere holds the point, else 0.
    pub kappa: f64,
    /// The part of the slope that ought to vanish: the tangential one, or all of it.
    pub residual: VecN,
    /// The length of the whole slope.
    size: f64,
}

impl Stationarity {
    pub fn at(p: &VecN, slope: &VecN) -> Self {
        let outward = slope.dot(p);
        let on_sphere = outward > 0.0 && p.dot(p) > 1.0 - 2.0 * ON_SPHERE;
        let kappa = if on_sphere { outward } else { 0.0 };
        Self { on_sphere, kappa, residual: *slope - *p * kappa, size: slope.norm() }
    }

    /// Up to rounding of the slope; inside, a zero slope is never quite reached, and steps end the search.
    fn is_reached(&self) -> bool {
        self.residual.norm() <= 2.0 * f64::EPSILON * self.size
    }
}
