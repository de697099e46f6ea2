//! How a run ended.

use super::{Classes, Finals, Settings, WIDTH};
use crate::calculus::{Landscape, lambda_m};
use crate::run::{RunSpec, StopReason};
use crate::sharpness::{At, alignment_at};

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

/// How runs of `spec` with settings of their own ended.
#[must_use]
pub fn ends(
    spec: &RunSpec,
    loss: &dyn Landscape,
    classes: &Classes,
    finals: &Finals,
    settings: &[Settings],
) -> Vec<End> {
    let all: Vec<usize> = (0..settings.len()).collect();
    let (gone, rest): (Vec<_>, Vec<_>) = all.into_iter().partition(|&k| finals.stop[k] == StopReason::Diverged);
    let mut class = vec![0; settings.len()];
    for k in gone {
        class[k] = classes.diverged();
    }
    for some in rest.chunks(WIDTH) {
        let own: Vec<Settings> = some.iter().map(|&k| settings[k]).collect();
        let found = classes.of_ends(spec, loss, &finals.x.some(some), &own);
        for (&k, found) in some.iter().zip(found) {
            class[k] = found;
        }
    }
    (0..settings.len()).map(|k| measured(loss, finals, k, class[k])).collect()
}

fn measured(loss: &dyn Landscape, finals: &Finals, k: usize, class: u8) -> End {
    let x = finals.x.at(k);
    // None of the numbers is one of its settings.
    let at = At::new(loss, &x, f64::NAN, f64::NAN);
    let alignment = alignment_at(&at).unwrap_or(f64::NAN);
    let eigenvalues = at.eigenvalues();
    let (lambda_m, trace) = (lambda_m(eigenvalues), at.hessian().trace());
    let numbers = [at.value(), at.gradient().norm(), eigenvalues[0], lambda_m, trace, alignment];
    End { class, steps: finals.steps[k], numbers, x }
}
