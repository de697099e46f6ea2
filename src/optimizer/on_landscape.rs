//! The rules that step through a [`Landscape`]: slower than those on a concrete loss, but compiled once.

use super::{Events, Objective, Rule, Setup, Update};
use crate::calculus::{Gradients, Landscape, VecN, Vector};
use crate::loss::DIM_MAX;
use crate::sharpness::{Ascent, ascent_direction};

/// u as a function of (landscape, x, ρ).
type Step = fn(&dyn Landscape, &VecN, f64, &mut Events) -> VecN;

/// A rule whose u is made of a landscape.
#[derive(Debug)]
pub(super) struct OnLandscape<'a> {
    update: Step,
    landscape: &'a dyn Landscape,
    rho: f64,
}

impl<'a> OnLandscape<'a> {
    pub(super) fn new(update: Step, Setup { landscape, rho, .. }: Setup<'a>) -> Self {
        Self { update, landscape, rho }
    }
}

impl Rule for OnLandscape<'_> {
    fn update<G: Gradients<f64, D> + ?Sized, const D: usize>(
        &mut self,
        loss: &G,
        x: &Vector<D>,
        events: &mut Events,
    ) -> Vector<D> {
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

/// A method's update of a landscape, compiled once for all dimensions; `None` where the usual formulas don't hold.
pub(super) fn update_of<U: Update>(loss: &dyn Landscape, x: &VecN, rho: f64) -> Option<VecN> {
    let u = U::u(&Padded(loss), &padded(x), rho, &mut ())?;
    Some(VecN::from_slice(&u[..x.len()]))
}

/// A landscape of n dimensions in the largest one: what lies beyond its own is 0 and stays so.
struct Padded<'a>(&'a dyn Landscape);

impl Padded<'_> {
    fn own(&self, x: &[f64; DIM_MAX]) -> VecN {
        VecN::from_slice(&x[..self.0.dim()])
    }
}

impl Objective<f64, DIM_MAX> for Padded<'_> {
    fn gradient(&self, x: &[f64; DIM_MAX]) -> [f64; DIM_MAX] {
        padded(&self.0.gradient(&self.own(x)))
    }

    fn hessian_times(&self, x: &[f64; DIM_MAX], v: &[f64; DIM_MAX]) -> [f64; DIM_MAX] {
        padded(&self.0.along(&self.own(x), &self.own(v)).first)
    }
}

fn padded(x: &VecN) -> [f64; DIM_MAX] {
    std::array::from_fn(|i| x.get(i).copied().unwrap_or(0.0))
}
