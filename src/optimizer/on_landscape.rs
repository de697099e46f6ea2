//! The rules that step through a [`Landscape`]: slower than those on a concrete loss, but compiled once.

use std::sync::Arc;

use super::{Events, Rule};
use crate::calculus::{Landscape, VecN, Vector};
use crate::loss::Loss;
use crate::sharpness::{Ascent, ascent_direction};

/// u as a function of (landscape, x, ρ).
pub type Update = fn(&dyn Landscape, &VecN, f64, &mut Events) -> VecN;

/// A rule whose u is made of a landscape.
#[derive(Clone, Debug)]
pub struct OnLandscape {
    /// u.
    pub update: Update,
    /// The loss that the rule is driven with.
    pub landscape: Arc<dyn Landscape>,
    /// The perturbation radius ρ ≥ 0.
    pub rho: f64,
}

impl Rule for OnLandscape {
    fn update<L: Loss<D>, const D: usize>(&mut self, loss: &L, x: &Vector<D>, events: &mut Events) -> Vector<D> {
        let x = VecN::from_slice(&x.as_slice()[..loss.dim()]);
        let u = (self.update)(self.landscape.as_ref(), &x, self.rho, events);
        Vector::from_fn(|i, _| u.get(i).copied().unwrap_or(0.0))
    }
}

/// ĝ at x with its gradient; counts where the direction had to be chosen.
pub(super) fn counted_direction(loss: &dyn Landscape, x: &VecN, events: &mut Events) -> Ascent {
    let ascent = ascent_direction(loss, x);
    events.zero_gradient_steps += u64::from(ascent.is_chosen);
    ascent
}
