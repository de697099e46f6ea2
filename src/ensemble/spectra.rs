//! Eigenvalues at many points of a loss, computed together where one of them is asked for.

use std::cell::OnceCell;
use std::fmt;

use super::{Points, lanes};
use crate::calculus::VecN;
use crate::loss::LossSpec;
use crate::sharpness::Neighbours;

/// Points of a loss, whose eigenvalues are computed together once one of them is wanted.
pub struct Spectra<'a, F> {
    loss: &'a LossSpec,
    points: F,
    found: OnceCell<Vec<Option<VecN>>>,
}

impl<'a, F: Fn() -> Points> Spectra<'a, F> {
    /// Those of a resolved loss in the points' dimension.
    #[must_use]
    pub fn new(loss: &'a LossSpec, points: F) -> Self {
        Self { loss, points, found: OnceCell::new() }
    }
}

impl<F: Fn() -> Points> Neighbours for Spectra<'_, F> {
    fn eigenvalues(&self, k: usize) -> Option<VecN> {
        self.found.get_or_init(|| lanes::spectra(self.loss, &(self.points)()))[k]
    }
}

impl<F> fmt::Debug for Spectra<'_, F> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.debug_struct("Spectra").field("found", &self.found).finish_non_exhaustive()
    }
}
