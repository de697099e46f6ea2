//! The rules that step through a [`Landscape`]: slower than those on a concrete loss, but compiled once.

use super::{Events, Rule, Setup};
use crate::calculus::{Landscape, VecN, Vector};
use crate::loss::Loss;
use crate::sharpness::{Ascent, ascent_direction};

/// u as a function of (landscape, x, ρ).
type Update = fn(&dyn Landscape, &VecN, f64, &mut Events) -> VecN;

/// A rule whose u is made of a landscape.
#[derive(Debug)]
pub(super) struct OnLandscape<'a> {
    update: Update,
    landscape: &'a dyn Landscape,
    rho: f64,
}

impl<'a> OnLandscape<'a> {
    pub(super) fn new(update: Update, Setup { landscape, rho, .. }: Setup<'a>) -> Self {
        Self { update, landscape, rho }
    }
}

impl Rule for OnLandscape<'_> {
    fn update<L: Loss<D>, const D: usize>(&mut self, loss: &L, x: &Vector<D>, events: &mut Events) -> Vector<D> {
        let x = VecN::from_slice(&x.as_slice()[..loss.dim()]);
        let u = (self.update)(self.landscape, &x, self.rho, events);
        Vector::from_fn(|i, _| u.get(i).copied().unwrap_or(0.0))
    }
}

/// ĝ at x with its gradient; counts where the direction had to be chosen.
pub(super) fn counted_direction(loss: &dyn Landscape, x: &VecN, events: &mut Events) -> Ascent {
    let ascent = ascent_direction(loss, x);
    events.zero_gradient_steps += u64::from(ascent.is_chosen);
    ascent
}
