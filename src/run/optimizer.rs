//! A method with its settings, as data.

use serde::{Deserialize, Serialize};

use super::limits;
use crate::calculus::Landscape;
use crate::loss::{Field, LossSpec, Refusal, exact};
use crate::optimizer::Method;
use crate::sharpness::Point;

/// One method of the race.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, expecting = "an optimizer: an object such as {\"id\": \"sam\"}")]
pub struct OptimizerSpec {
    /// The method.
    pub id: Method,
    /// Learning rate η.
    pub eta: f64,
    /// Perturbation radius ρ, where the method has one.
    pub rho: f64,
    /// Samples per batch, where the method draws batches of m.
    pub batch: usize,
    /// Heavy-ball momentum β: v ← βv + u(x), x ← x − ηv. Written where it is not 0.
    #[serde(skip_serializing_if = "is_zero")]
    pub beta: f64,
    /// The method that it gives way to. Written where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub switch: Option<Switch>,
    /// Whether it takes part.
    pub on: bool,
}

/// A method that takes over, with the same settings and momentum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "null or a switch: an object such as {\"id\": \"sam\", \"step\": 10000}")]
pub struct Switch {
    /// The method.
    pub id: Method,
    /// Its first update, counted from 0.
    pub step: u64,
}

// Where a pointer is smaller than a number there is nothing to expect.
#[cfg_attr(
    target_pointer_width = "64",
    expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with the field")
)]
pub(super) fn is_zero(beta: &f64) -> bool {
    *beta == 0.0
}

impl Default for OptimizerSpec {
    fn default() -> Self {
        Self::new(Method::Sam)
    }
}

impl OptimizerSpec {
    /// The method with η = 0.01, ρ = 0.1, batch 1, without momentum.
    #[must_use]
    pub fn new(id: Method) -> Self {
        Self { id, eta: 0.01, rho: 0.1, batch: 1, beta: 0.0, switch: None, on: true }
    }

    /// What does update `step`: the method itself, or what it has given way to.
    #[must_use]
    pub fn in_force(&self, step: u64) -> Self {
        match self.switch {
            Some(switch) if step < switch.step => Self { switch: None, ..self.clone() },
            Some(switch) => Self { id: switch.id, switch: None, ..self.clone() },
            None => self.clone(),
        }
    }

    /// The method, and the one that it gives way to.
    pub fn methods(&self) -> impl Iterator<Item = Method> {
        [Some(self.id), self.switch.map(|switch| switch.id)].into_iter().flatten()
    }

    /// What is in force at first, and after the method has given way.
    pub fn phases(&self) -> impl Iterator<Item = Self> {
        [Some(0), self.switch.map(|switch| switch.step)].into_iter().flatten().map(|step| self.in_force(step))
    }

    /// Whether it ever draws random samples.
    #[must_use]
    pub fn is_stochastic(&self) -> bool {
        self.methods().any(|method| method.info().stochastic)
    }

    /// ρ where the method perturbs, else 0.
    #[must_use]
    pub fn effective_rho(&self) -> f64 {
        if self.id.info().uses_rho { self.rho } else { 0.0 }
    }

    /// η/(1+β), in η's place where updates alternate from side to side: in the 2-cycle and the edge of stability.
    #[must_use]
    pub fn eta_across(&self) -> f64 {
        self.eta / (1.0 + self.beta)
    }

    /// η/(1−β), in η's place where updates add up: in the drift along Γ.
    #[must_use]
    pub fn eta_along(&self) -> f64 {
        self.eta / (1.0 - self.beta)
    }

    /// The batch size that the method really draws out of `samples`: all of them where it is not stochastic.
    #[must_use]
    pub fn effective_batch(&self, samples: usize) -> usize {
        let info = self.id.info();
        match (info.stochastic, info.uses_batch) {
            (false, _) => samples,
            (true, false) => 1,
            (true, true) => self.batch,
        }
    }

    /// Measures an iterate of a run with these settings.
    #[must_use]
    pub fn measure(&self, loss: &dyn Landscape, step: u64, x: &[f64]) -> Point {
        Point::measure(loss, step, x, self.eta_across(), self.effective_rho())
    }

    pub(super) fn validate(&self, at: Field, loss: &LossSpec) -> Result<(), Refusal> {
        if !(self.eta > 0.0 && self.eta <= limits::ETA_MAX) {
            let allowed =
                format!("must be a number above 0 and up to {}, but is {}", exact(limits::ETA_MAX), exact(self.eta));
            return Err(Refusal::new(at.name("eta"), allowed));
        }
        if !(0.0..=limits::RHO_MAX).contains(&self.rho) {
            let allowed = format!("must be a number from 0 to {}, but is {}", exact(limits::RHO_MAX), exact(self.rho));
            return Err(Refusal::new(at.name("rho"), allowed));
        }
        if !(0.0..limits::BETA_END).contains(&self.beta) {
            let allowed =
                format!("must be a number from 0 to below {}, but is {}", exact(limits::BETA_END), exact(self.beta));
            return Err(Refusal::new(at.name("beta"), allowed));
        }
        let samples = loss.samples();
        let uses_batch = self.methods().any(|method| method.info().uses_batch);
        if self.batch == 0 || (uses_batch && self.batch > samples) {
            let allowed = format!(
                "must be a whole number from 1 to {samples}, the samples of `{}`, but is {}",
                loss.id(),
                self.batch
            );
            return Err(Refusal::new(at.name("batch"), allowed));
        }
        if let Some(switch) = self.switch
            && !(1..=limits::STEPS_MAX).contains(&switch.step)
        {
            let allowed = format!("must be a whole number from 1 to {}, but is {}", limits::STEPS_MAX, switch.step);
            return Err(Refusal::new(at.name("switch").name("step"), allowed));
        }
        Ok(())
    }
}
