//! The limiting regularizers of Def. 4.1, and of stochastic sharpness (Thm 5.3).

use serde::Serialize;

use super::{ascent_rise, average_rise, worst_direction};
use crate::calculus::{Eigen, Landscape, MatN, RANK, VecN};

/// ‖g‖ up to this counts as zero on Γ.
const ZERO_GRADIENT: f64 = 1e-8;

/// Def. 4.1's limiting regularizers, evaluated at any point: on Γ R^Max/ρ² and R^Avg/ρ² tend to theirs, and
/// R^Asc/ρ², which depends on the direction of approach, has S^Asc as its lim inf (Def. 4.3).
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Limits {
    /// S^Max = λ1/2.
    pub s_max: f64,
    /// S^Asc = λM/2, λM the smallest eigenvalue that counts as non-zero.
    pub s_asc: f64,
    /// S^Avg = Tr H/(2D).
    pub s_avg: f64,
}

impl Limits {
    /// From H and its eigenpairs; not finite where H is not.
    #[must_use]
    pub fn new(hessian: &MatN, eigen: &Eigen) -> Self {
        let lambda_1 = if eigen.is_finite() { eigen.values[0] } else { f64::NAN };
        Self {
            s_max: 0.5 * lambda_1,
            s_asc: 0.5 * eigen.lambda_m(),
            s_avg: hessian.trace() / (2.0 * hessian.dim() as f64),
        }
    }
}

/// Whether a point is a minimizer up to rounding: ‖g‖ ≤ 1e-8, and no eigenvalue below −1e-6 max|λ| or
/// not finite.
#[must_use]
pub fn is_on_gamma(gradient: &VecN, eigen: &Eigen) -> bool {
    let lowest = eigen.values[eigen.values.len() - 1];
    gradient.norm() <= ZERO_GRADIENT && eigen.is_finite() && lowest >= -RANK * eigen.scale()
}

/// Sharpness of the samples on average, `E_k[R_k]`, k uniform, and its limits. Where each ∇²L_k has rank one, as on
/// Γ in Setting 5.1, its one eigenvalue is its trace, and S̃^Max = S̃^Asc = Tr H/2 with H the Hessian of the samples'
/// mean, whatever the loss's own reduction is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Stochastic {
    /// E_k of R_k^Max.
    pub e_r_max: f64,
    /// E_k of R_k^Asc; null where a sample's gradient is 0.
    pub e_r_asc: Option<f64>,
    /// E_k of R_k^Avg.
    pub e_r_avg: f64,
    /// S̃^Max = ½ `E_k` λ1(∇²L_k).
    pub s_max: f64,
    /// S̃^Asc = ½ `E_k` λM(∇²L_k).
    pub s_asc: f64,
    /// S̃^Avg = Tr H/(2D), H of the samples' mean.
    pub s_avg: f64,
}

impl Stochastic {
    /// Whether S̃^Max and S̃^Asc are Tr H/2 in dimension `dim`, as Thm 5.3 has it where each ∇²L_k has rank one; up to 1e-9.
    #[must_use]
    pub fn is_trace(&self, dim: usize) -> bool {
        let half_trace = self.s_avg * dim as f64;
        [self.s_max, self.s_asc].iter().all(|s| (s - half_trace).abs() <= 1e-9 * half_trace.abs())
    }
}

/// The stochastic twins (Thm 5.3) at x for ρ ≥ 0; `None` for a loss that is its own single sample.
#[must_use]
pub fn stochastic_sharpness(loss: &dyn Landscape, x: &VecN, rho: f64) -> Option<Stochastic> {
    let n = loss.samples();
    if n < 2 {
        return None;
    }
    let (mut max, mut asc, mut avg) = (0.0, Some(0.0), 0.0);
    let (mut largest, mut smallest, mut trace) = (0.0, 0.0, 0.0);
    for k in 0..n {
        let sample = loss.sample(k);
        let sample = sample.as_ref();
        max += worst_direction(sample, x, rho).r_max;
        asc = asc.and_then(|sum| Some(sum + ascent_rise(sample, x, rho)?));
        avg += average_rise(sample, x, rho).value;
        let limits = {
            let hessian = sample.hessian(x);
            Limits::new(&hessian, &Eigen::new(&hessian))
        };
        largest += limits.s_max;
        smallest += limits.s_asc;
        trace += limits.s_avg;
    }
    let samples = n as f64;
    Some(Stochastic {
        e_r_max: max / samples,
        e_r_asc: asc.map(|sum| sum / samples),
        e_r_avg: avg / samples,
        s_max: largest / samples,
        s_asc: smallest / samples,
        s_avg: trace / samples,
    })
}
