//! The limiting regularizers of Def. 4.1, and of stochastic sharpness (Thm 5.3).

use serde::Serialize;

use super::{ascent_rise, average_rise, worst_direction};
use crate::calculus::{Eigen, Landscape, MatN, RANK, VecN};

/// ‖g‖ up to this counts as zero on Γ.
const ZERO_GRADIENT: f64 = 1e-8;

/// lim R/ρ² of the three notions on Γ, evaluated at any point.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Limits {
    /// S^Max = λ1/2.
    pub s_max: f64,
    /// S^Asc = λM/2, half the smallest eigenvalue that counts as non-zero.
    pub s_asc: f64,
    /// S^Avg = Tr H/(2D).
    pub s_avg: f64,
}

impl Limits {
    /// From H and its eigenpairs.
    #[must_use]
    pub fn new(hessian: &MatN, eigen: &Eigen) -> Self {
        Self {
            s_max: 0.5 * eigen.values[0],
            s_asc: 0.5 * eigen.lambda_m(),
            s_avg: hessian.trace() / (2.0 * hessian.dim() as f64),
        }
    }
}

/// Whether a point is a minimizer up to rounding: ‖g‖ ≤ 1e-8, and no eigenvalue below −1e-6 max|λ|.
#[must_use]
pub fn is_on_gamma(gradient: &VecN, eigen: &Eigen) -> bool {
    let lowest = eigen.values[eigen.values.len() - 1];
    gradient.norm() <= ZERO_GRADIENT && lowest >= -RANK * eigen.scale()
}

/// Sharpness of the samples on average, `E_k[R_k]`, k uniform, and its limits.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Stochastic {
    /// E_k of R_k^Max.
    pub e_r_max: f64,
    /// E_k of R_k^Asc; null where a sample's gradient is 0.
    pub e_r_asc: Option<f64>,
    /// E_k of R_k^Avg.
    pub e_r_avg: f64,
    /// S̃^Max = Tr H/2 with H the Hessian of the samples' mean, whatever the loss's own reduction is: each ∇²L_k has
    /// rank one on Γ.
    pub s_max: f64,
    /// S̃^Asc, the same.
    pub s_asc: f64,
    /// S̃^Avg = Tr H/(2D).
    pub s_avg: f64,
}

/// The stochastic twins (Thm 5.3) at x for ρ ≥ 0; `None` for a loss that is its own single sample.
#[must_use]
pub fn stochastic_sharpness(loss: &dyn Landscape, x: &VecN, rho: f64) -> Option<Stochastic> {
    let n = loss.samples();
    if n < 2 {
        return None;
    }
    let (mut max, mut asc, mut avg, mut trace) = (0.0, Some(0.0), 0.0, 0.0);
    for k in 0..n {
        let sample = loss.sample(k);
        let sample = sample.as_ref();
        max += worst_direction(sample, x, rho).r_max;
        asc = asc.and_then(|sum| Some(sum + ascent_rise(sample, x, rho)?));
        avg += average_rise(sample, x, rho).value;
        trace += sample.hessian(x).trace();
    }
    let samples = n as f64;
    let half_trace = 0.5 * trace / samples;
    Some(Stochastic {
        e_r_max: max / samples,
        e_r_asc: asc.map(|sum| sum / samples),
        e_r_avg: avg / samples,
        s_max: half_trace,
        s_asc: half_trace,
        s_avg: half_trace / x.len() as f64,
    })
}
