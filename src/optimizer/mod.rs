//! The update rules, one per file. Each is x ← x − η u(x); a rule states u.

mod asc_descent;
mod avg_descent;
mod batch;
mod eigen_sam;
mod gd;
mod info;
mod max_descent;
mod ngd;
mod on_landscape;
mod one_sam;
mod sam;
mod sgd;
mod usam;

pub use asc_descent::AscDescent;
pub use avg_descent::avg_descent;
pub use batch::{BatchSampler, RandomStream};
pub use eigen_sam::eigen_sam;
pub use gd::Gd;
pub use info::{METHODS, Method, MethodInfo};
pub use max_descent::max_descent;
pub use ngd::ngd;
pub use on_landscape::{OnLandscape, Update};
pub use one_sam::MSam;
pub use sam::Sam;
pub use sgd::Sgd;
pub use usam::usam;

use crate::calculus::Vector;
use crate::loss::Loss;

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
    fn update<L: Loss<D>, const D: usize>(&mut self, loss: &L, x: &Vector<D>, events: &mut Events) -> Vector<D>;
}
