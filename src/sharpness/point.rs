//! Everything that is recorded of one iterate.

use serde::Serialize;

use super::{alignment, lambda_edge, rayleigh};
use crate::calculus::{Eigen, Vector, gradient, hessian, norm};
use crate::loss::{Loss, LossSpec, Visitor};

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
    /// R^Max: null in this version.
    pub r_max: Option<f64>,
    /// R^Asc: null in this version.
    pub r_asc: Option<f64>,
    /// R^Avg: null in this version.
    pub r_avg: Option<f64>,
}

impl Point {
    /// Measures iterate `step` at `x` for learning rate `eta` and perturbation radius `rho`.
    pub fn measure<L: Loss<D>, const D: usize>(loss: &L, step: u64, x: &Vector<D>, eta: f64, rho: f64) -> Self {
        let g = gradient(loss, x);
        let h = hessian(loss, x);
        let eigen = Eigen::new(&h);
        let grad_norm = norm(&g);
        Self {
            step,
            x: x.as_slice().to_vec(),
            loss: loss.value(&x.data.0[0]),
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

    /// [`Point::measure`] for a loss known only as data. `x` has a dimension that `spec` allows.
    #[must_use]
    pub fn of(spec: &LossSpec, step: u64, x: &[f64], eta: f64, rho: f64) -> Self {
        spec.visit(x.len(), Measure { step, x, eta, rho })
    }
}

struct Measure<'a> {
    step: u64,
    x: &'a [f64],
    eta: f64,
    rho: f64,
}

impl Visitor for Measure<'_> {
    type Output = Point;

    fn visit<L: Loss<D>, const D: usize>(self, loss: &L) -> Point {
        Point::measure(loss, self.step, &Vector::from_column_slice(self.x), self.eta, self.rho)
    }
}
