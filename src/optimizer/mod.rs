//! The update rules, one per file. Each is x ← x − η u(x); a rule states u.

mod asam;
mod asc_descent;
mod avg_descent;
mod batch;
mod eigen_sam;
mod gd;
mod info;
mod m_sam;
mod max_descent;
mod ngd;
mod on_landscape;
mod one_sam;
mod recorded;
mod registry;
mod requirement;
mod sam;
mod sgd;
mod update;
mod usam;

pub use asc_descent::AscDescent;
pub use batch::{BatchSampler, RandomStream};
pub use gd::Gd;
pub use info::{Approximation, Drift, Edge, Goal, Law, MethodInfo, Notion, Side};
pub use registry::{METHODS, Method};
pub use requirement::{CYCLE_ENDS, Requirement, Setting};
pub use sam::Sam;
pub use sgd::Sgd;
pub use update::{Number, Objective, Part, Update, UpdateVisitor};

use crate::calculus::{Gradients, Landscape, Vector};

/// Counts what happens rarely during a run and must not pass unnoticed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Events {
    /// Updates whose gradient was exactly zero, so that SAM's direction had to be chosen.
    pub zero_gradient_steps: u64,
    /// Updates in which the underflow hold kept a coordinate from vanishing.
    pub underflow_holds: u64,
}

/// An update rule x ← x − η u(x).
pub trait Rule {
    /// u(x) for the next step.
    fn update<G: Gradients<f64, D> + ?Sized, const D: usize>(
        &mut self,
        loss: &G,
        x: &Vector<D>,
        events: &mut Events,
    ) -> Vector<D>;
}

/// What rules are made of; each takes what it needs.
#[derive(Debug)]
pub struct Setup<'a> {
    /// The perturbation radius ρ ≥ 0.
    pub rho: f64,
    /// The loss that the rule is driven with.
    pub landscape: &'a dyn Landscape,
    /// Where its batches come from.
    pub sampler: &'a mut BatchSampler,
}

/// What is done with a method's rule, whatever its type.
pub trait RuleVisitor {
    /// Does it.
    fn visit<R: Rule>(self, rule: R);
}
