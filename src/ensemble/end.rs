//! How a run ended.

use super::{Classes, Finals};
use crate::calculus::{Landscape, lambda_m};
use crate::run::RunSpec;

/// How a run ended, with what is measured there.
#[derive(Clone, Debug, PartialEq)]
pub struct End {
    /// Its class, as a place in [`Classes::names`].
    pub class: u8,
    /// The updates that it did.
    pub steps: u64,
    /// L, ‖g‖, λ1, λM, Tr H and the alignment, in the order of [`End::NUMBERS`]; not a number where undefined.
    pub numbers: [f64; 6],
    /// The last iterate.
    pub x: Vec<f64>,
}

impl End {
    /// The names of [`numbers`](Self::numbers).
    pub const NUMBERS: [&'static str; 6] = ["loss", "grad_norm", "lambda_1", "lambda_m", "trace", "alignment"];
}

/// How run `k` of `spec` ended.
#[must_use]
pub fn end(spec: &RunSpec, loss: &dyn Landscape, classes: &Classes, finals: &Finals, k: usize) -> End {
    let (x, optimizer) = (finals.x.at(k), &spec.optimizer);
    let point = optimizer.in_force(finals.steps[k]).measure(loss, finals.steps[k], &x);
    let alignment = point.alignment.unwrap_or(f64::NAN);
    let eigenvalues = &point.eigenvalues;
    let numbers = [point.loss, point.grad_norm, eigenvalues[0], lambda_m(eigenvalues), point.trace, alignment];
    End { class: classes.of_end(spec, loss, finals.stop[k], &x), steps: finals.steps[k], numbers, x }
}
