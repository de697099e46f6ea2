//! A place, and what is known of it: each thing is computed once, when it is first asked for.

use std::cell::OnceCell;

use super::alignment;
use crate::calculus::{Eigen, Landscape, MatN, VecN};

/// Neighbours of which something is known together, sooner than of each alone, with the same bits.
pub trait Neighbours: std::fmt::Debug {
    /// The eigenvalues at place `k`, λ1 first; `None` where they have to be computed alone.
    fn eigenvalues(&self, k: usize) -> Option<VecN>;
}

/// A place at which quantities are measured.
#[derive(Debug)]
pub struct At<'a> {
    /// The loss.
    pub loss: &'a dyn Landscape,
    /// The point.
    pub x: VecN,
    /// Perturbation radius ρ ≥ 0.
    pub rho: f64,
    /// Learning rate η > 0; not a number on a map, which is of no run.
    pub eta: f64,
    gradient: OnceCell<VecN>,
    hessian: OnceCell<MatN>,
    eigenvalues: OnceCell<VecN>,
    eigen: OnceCell<Eigen>,
    /// The places that it is one of, and which.
    among: Option<(&'a dyn Neighbours, usize)>,
}

impl<'a> At<'a> {
    /// The place x; of one with more coordinates than the loss has, the first ones.
    #[must_use]
    pub fn new(loss: &'a dyn Landscape, x: &[f64], rho: f64, eta: f64) -> Self {
        let x = VecN::from_slice(&x[..loss.dim()]);
        let (gradient, hessian) = (OnceCell::new(), OnceCell::new());
        let (eigenvalues, eigen) = (OnceCell::new(), OnceCell::new());
        Self { loss, x, rho, eta, gradient, hessian, eigenvalues, eigen, among: None }
    }

    /// Says that it is place `k` of several.
    pub fn is_among(&mut self, places: &'a dyn Neighbours, k: usize) {
        self.among = Some((places, k));
    }

    /// L(x).
    #[must_use]
    pub fn value(&self) -> f64 {
        self.loss.value(&self.x)
    }

    /// g.
    pub fn gradient(&self) -> &VecN {
        self.gradient.get_or_init(|| self.loss.gradient(&self.x))
    }

    /// H.
    pub fn hessian(&self) -> &MatN {
        self.hessian.get_or_init(|| self.loss.hessian(&self.x))
    }

    /// Whether g is no more than what rounding makes of a zero: half a unit in the last place of each coordinate moves it by as
    /// much. Then it has no direction. A coordinate that is tiny itself is known just as precisely, so that near Γ a gradient has one.
    pub fn is_rounding(&self) -> bool {
        const UNITS: f64 = 4.0 * f64::EPSILON;
        let row =
            |r: usize| self.hessian().row(r).iter().zip(self.x.iter()).fold(0.0, |sum, (h, x)| sum + (h * x).abs());
        self.gradient().norm() <= UNITS * VecN::from_fn(self.x.len(), row).norm()
    }

    /// H's eigenvalues, λ1 first.
    pub fn eigenvalues(&self) -> &VecN {
        match self.eigen.get() {
            Some(eigen) => &eigen.values,
            None => self.eigenvalues.get_or_init(|| {
                let known = self.among.and_then(|(places, k)| places.eigenvalues(k));
                known.unwrap_or_else(|| Eigen::values_of(self.hessian()))
            }),
        }
    }

    /// H's eigenpairs.
    pub fn eigen(&self) -> &Eigen {
        self.eigen.get_or_init(|| Eigen::new(self.hessian()))
    }
}

/// The alignment at a place; `None` where the gradient has no direction.
#[must_use]
pub fn alignment_at(at: &At) -> Option<f64> {
    // Vectors are asked for: the eigenvalues come with them.
    let eigen = at.eigen();
    if at.is_rounding() { None } else { alignment(at.gradient(), eigen) }
}
