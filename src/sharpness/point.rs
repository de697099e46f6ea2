//! Everything that is recorded of one iterate.

use serde::Serialize;

use super::{alignment, ascent_rise, average_rise, lambda_edge, rayleigh, worst_direction};
use crate::calculus::{Eigen, Landscape, VecN};

/// One iterate and what is measured there (INTERFACE's POINT). Stochastic methods are measured with
/// the full gradient.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Point {
    /// The number of updates before this iterate.
    pub step: u64,
    /// The iterate.
    pub x: Vec<f64>,
    /// L(x).
    pub loss: f64,
    /// ‖g‖.
    pub grad_norm: f64,
    /// λ1 ≥ … ≥ λD.
    pub eigenvalues: Vec<f64>,
    /// Tr H.
    pub trace: f64,
    /// |⟨ĝ,v1⟩|, or the norm of ĝ's projection on a tied top eigenspace; null where g = 0.
    pub alignment: Option<f64>,
    /// ĝᵀHĝ; null where g = 0.
    pub rayleigh: Option<f64>,
    /// SAM's edge of stability; 2/η for a method without perturbation.
    pub lambda_edge: f64,
    /// R^Max for the run's ρ; null until [`Point::measure_sharpness`].
    pub r_max: Option<f64>,
    /// R^Asc; null until then, and where g = 0.
    pub r_asc: Option<f64>,
    /// R^Avg; null until then.
    pub r_avg: Option<f64>,
}

impl Point {
    /// Measures iterate `step` at `x` for learning rate `eta` and perturbation radius `rho`; the three notions of
    /// sharpness, which cost more than all the rest, are left out.
    #[must_use]
    pub fn measure(loss: &dyn Landscape, step: u64, x: &[f64], eta: f64, rho: f64) -> Self {
        let at = VecN::from_slice(x);
        let g = loss.gradient(&at);
        let h = loss.hessian(&at);
        let eigen = Eigen::new(&h);
        let grad_norm = g.norm();
        Self {
            step,
            x: x.to_vec(),
            loss: loss.value(&at),
            grad_norm,
            eigenvalues: eigen.values.to_vec(),
            trace: h.trace(),
            alignment: alignment(&g, &eigen),
            rayleigh: rayleigh(&g, &eigen),
            lambda_edge: lambda_edge(grad_norm, eta, rho),
            r_max: None,
            r_asc: None,
            r_avg: None,
        }
    }

    /// Adds the three notions of sharpness for radius `rho` ≥ 0.
    pub fn measure_sharpness(&mut self, loss: &dyn Landscape, rho: f64) {
        let x = VecN::from_slice(&self.x);
        self.r_max = Some(worst_direction(loss, &x, rho).r_max);
        self.r_asc = ascent_rise(loss, &x, rho);
        self.r_avg = Some(average_rise(loss, &x, rho).value);
    }
}
