//! The cloud in which 1-SAM hovers around the rest point of its law (fact 20).
//!
//! With d_k the law's drift by sample k along Γ, a step moves the iterate by ηρ²d_k. Around a rest point, where the mean
//! vanishes, JΣ + ΣJᵀ = −C with J the mean drift's Jacobian and C = mean of `d_k d_kᵀ`; the cloud's covariance is ηρ²Σ. Each
//! d_k is a gradient on Γ, so that J is symmetric: in its eigenvectors `Σ_ij = −C_ij/(μ_i + μ_j)`.

use super::drift::{Constants, Drift, Functional, Speed};
use super::gamma::to_gamma;
use crate::calculus::{Eigen, Landscape, MatN, VecN};

/// The step of the Jacobian's central differences, relative to 1 + ‖x‖.
const STEP: f64 = 1e-5;
/// Points of a drawn ellipse.
const POINTS: u32 = 64;

/// The cloud's mean and covariance.
#[derive(Clone, Debug, PartialEq)]
pub struct Hover {
    /// The rest point.
    pub centre: Vec<f64>,
    /// Its principal axes, each one standard deviation long.
    pub axes: Vec<VecN>,
}

impl Hover {
    /// Around a rest point of the law's trace flow on Γ, where rank H = `rank`; `None` where it does not attract.
    pub(super) fn around(loss: &dyn Landscape, rest: &[f64], rank: usize, eta: f64, rho: f64) -> Option<Self> {
        let drift = Drift::new(loss, Functional::Trace, Speed::Finite(eta), rank, Constants::default());
        let centre = VecN::from_slice(rest);
        let eigen = Eigen::new(&loss.hessian(&centre));
        let tangents = &eigen.vectors()[rank..];
        let n = tangents.len();
        let mean = |pulls: &[VecN], t: &VecN| pulls.iter().map(|pull| pull.dot(t)).sum::<f64>() / pulls.len() as f64;
        let step = STEP * (1.0 + centre.norm());
        let beside = |t: &VecN, by: f64| Some(drift.pulls(&to_gamma(loss, &(centre + *t * by), rank)?));
        let around: Option<Vec<_>> = tangents.iter().map(|t| Some([beside(t, step)?, beside(t, -step)?])).collect();
        let around = around?;
        let slope = |i: usize, j: usize| {
            let [after, before] = &around[j];
            (mean(after, &tangents[i]) - mean(before, &tangents[i])) / (2.0 * step)
        };
        let jacobian = Eigen::new(&MatN::symmetric(n, |i, j| 0.5 * (slope(i, j) + slope(j, i))));
        if !(jacobian.is_finite() && jacobian.values[0] < 0.0) {
            return None;
        }
        let modes: Vec<VecN> = jacobian.vectors().iter().map(|mode| combined(tangents, mode)).collect();
        let pulls = drift.pulls(&centre);
        let covariance = |i: usize, j: usize| {
            let products = pulls.iter().map(|pull| pull.dot(&modes[i]) * pull.dot(&modes[j]));
            let c = products.sum::<f64>() / pulls.len() as f64 - mean(&pulls, &modes[i]) * mean(&pulls, &modes[j]);
            -c / (jacobian.values[i] + jacobian.values[j]) * eta * rho * rho
        };
        let principal = Eigen::new(&MatN::symmetric(n, covariance));
        let axis = |(v, variance): (&VecN, &f64)| combined(&modes, v) * variance.max(0.0).sqrt();
        let axes = principal.vectors().iter().zip(principal.values.iter()).map(axis).collect();
        Some(Self { centre: rest.to_vec(), axes })
    }

    /// The standard deviation of coordinate `i`.
    #[must_use]
    pub fn deviation(&self, i: usize) -> f64 {
        self.axes.iter().map(|axis| axis[i] * axis[i]).sum::<f64>().sqrt()
    }

    /// A closed line of points of R^D: seen in the plane of the coordinates `plane`, counted from 0, the ellipse of two
    /// standard deviations, which 86 % of a normal cloud is inside of.
    #[must_use]
    pub fn ellipse(&self, plane: [usize; 2]) -> Vec<Vec<f64>> {
        let of = |i: usize, j: usize| self.axes.iter().map(|axis| axis[plane[i]] * axis[plane[j]]).sum::<f64>();
        let seen = Eigen::new(&MatN::symmetric(2, of));
        let point = |k: u32| {
            let angle = std::f64::consts::TAU * f64::from(k) / f64::from(POINTS);
            let weights = [libm::cos(angle), libm::sin(angle)];
            let parts = seen.vectors().iter().zip(seen.values.iter()).zip(weights);
            let shift = parts.fold(VecN::zeros(2), |sum, ((v, value), w)| sum + *v * (2.0 * w * value.max(0.0).sqrt()));
            let mut x = self.centre.clone();
            x[plane[0]] += shift[0];
            x[plane[1]] += shift[1];
            x
        };
        (0..=POINTS).map(point).collect()
    }
}

/// Σ wᵢ tᵢ.
fn combined(vectors: &[VecN], weights: &VecN) -> VecN {
    vectors.iter().zip(weights.iter()).fold(VecN::zeros(vectors[0].len()), |sum, (t, w)| sum + *t * *w)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calculus::landscape;
    use crate::loss::LossSpec;
    use crate::theory::{FlowRequest, flow};

    /// Fact 20: (0.506, 0.458)ρ√η as η → 0; (0.519, 0.455)ρ√η at η = 0.0025.
    #[test]
    fn toy4d_has_fact_20s_cloud() {
        let toy = landscape(&LossSpec::new("toy4d"), 4);
        for (eta, expected) in [(1e-6, [0.506, 0.458]), (0.0025, [0.519, 0.455])] {
            let request = FlowRequest { of: Functional::Trace, tau: 50.0, eta: Some(eta), clarke: false };
            let rest = flow(toy.as_ref(), &[0.5, 0.5, 0.0, 0.0], &request).expect("a flow");
            let hover = Hover::around(toy.as_ref(), rest.end(), 2, eta, 0.1).expect("it attracts");
            for (i, expected) in expected.into_iter().enumerate() {
                let deviation = hover.deviation(i) / (0.1 * eta.sqrt());
                assert!((deviation - expected).abs() < 6e-4, "η = {eta}: {deviation}, expected {expected}");
            }
            let farthest =
                |i: usize| hover.ellipse([0, 1]).iter().map(|x| (x[i] - hover.centre[i]).abs()).fold(0.0, f64::max);
            for i in 0..2 {
                assert!((farthest(i) / hover.deviation(i) - 2.0).abs() < 0.01, "{} in {i}", farthest(i));
            }
        }
    }
}
