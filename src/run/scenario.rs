//! The one description of everything: what the window shows, what a file or link stores, what the
//! command line's flags build, what the page's JavaScript sends.

use std::ops::RangeInclusive;

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use super::json::{read_json, without_mark};
use super::{OptimizerSpec, Recording, View, limits};
use crate::calculus::{VecN, landscape};
use crate::loss::{Field, LossSpec, Refusal, exact};

/// A loss, a start, a race of methods, and how it is looked at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, expecting = "a scenario: an object in braces")]
pub struct Scenario {
    /// The version of this format: 1.
    pub version: u32,
    /// What is minimized.
    pub loss: LossSpec,
    /// The start; its length is the dimension. Empty means the loss's own.
    pub init: Vec<f64>,
    /// The methods that race from the start.
    pub optimizers: Vec<OptimizerSpec>,
    /// The seed of every stochastic method's random stream.
    pub seed: u64,
    /// The first and the last of several seeds, both included, with each of which every method runs once;
    /// null runs with `seed` alone.
    pub seeds: Option<[u64; 2]>,
    /// The number of updates after which a run ends.
    pub steps: u64,
    /// A run has converged when ‖g‖ ≤ tol; 0 turns that off.
    pub tol: f64,
    /// Which iterates are kept.
    pub record: Recording,
    /// What happens to coordinates below the smallest normal number.
    pub underflow: Underflow,
    /// How far the methods of a race go in the same step of it.
    pub pace: Pace,
    /// How it is looked at.
    pub view: View,
}

/// What happens to a coordinate that an update would make smaller than the smallest normal number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Underflow {
    /// It stays at that size with its sign: an exact zero would confine the run to a subspace.
    #[default]
    Hold,
    /// It becomes subnormal, then zero, as IEEE arithmetic has it.
    Ieee,
}

/// How far the methods of a race go in the same step of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Pace {
    /// Equally many steps.
    #[default]
    Steps,
    /// Equally far in ηt: a method with a tenth of the learning rate does ten times the steps.
    Time,
}

impl Default for Scenario {
    fn default() -> Self {
        Self {
            version: Self::VERSION,
            loss: LossSpec::default(),
            init: Vec::new(),
            optimizers: vec![OptimizerSpec::default()],
            seed: 0,
            seeds: None,
            steps: 10_000,
            tol: 0.0,
            record: Recording::None,
            underflow: Underflow::Hold,
            pace: Pace::Steps,
            view: View::default(),
        }
    }
}

impl Scenario {
    /// The version that this program writes.
    pub const VERSION: u32 = 1;

    /// The scenario that a newcomer sees: Figure 1's toy.
    ///
    /// # Panics
    /// The shipped file is broken; the tests run it.
    #[must_use]
    pub fn welcome() -> Self {
        match Self::from_json(include_str!("../../assets/scenarios/welcome.json")) {
            Ok(scenario) => scenario,
            Err(error) => unreachable!("the shipped scenario: {error}"),
        }
    }

    /// Reads, completes and checks a scenario; without a view it has the loss's own.
    ///
    /// # Errors
    /// The text is not JSON, a field is unknown or of the wrong type, or a value is out of its range.
    pub fn from_json(text: &str) -> Result<Self, Refusal> {
        #[derive(Deserialize)]
        struct Given {
            view: Option<IgnoredAny>,
        }
        if text.len() > limits::JSON_MAX {
            let allowed = format!("must be at most {} bytes of JSON, but is {}", limits::JSON_MAX, text.len());
            return Err(Refusal::new(Field::default(), allowed));
        }
        let scenario = read_json::<Self>(text)?.resolved()?;
        let has_view = read_json::<Given>(text)?.view.is_some();
        Ok(if has_view { scenario } else { scenario.in_own_view() })
    }

    /// Reads the scenario that a report of `samscope run` holds; `None` where the text is no report.
    ///
    /// # Errors
    /// As for [`from_json`](Self::from_json).
    #[must_use]
    pub fn from_report(text: &str) -> Option<Result<Self, Refusal>> {
        #[derive(Deserialize)]
        struct Report<S> {
            scenario: S,
        }
        serde_json::from_str::<Report<IgnoredAny>>(without_mark(text)).ok()?;
        Some(read_json::<Report<Self>>(text).and_then(|report| report.scenario.resolved()))
    }

    /// The same runs, looked at as their loss's row says.
    #[must_use]
    pub fn in_own_view(mut self) -> Self {
        self.view = View::of(&self.loss, &self.init);
        self
    }

    /// The same scenario as pictures need it: a typed loss of one variable lies in the plane, with a second
    /// coordinate that it does not depend on. The runs are the same.
    #[must_use]
    pub fn in_plane(mut self) -> Self {
        if self.dim() == 1 {
            self.loss = self.loss.in_plane();
            self.init.push(0.0);
            self.view.axes = [1, 2];
            self.view.surface_axes = None;
        }
        self
    }

    /// The dimension D.
    #[must_use]
    pub fn dim(&self) -> usize {
        self.init.len()
    }

    /// The seeds to run with, ascending.
    pub fn seeds(&self) -> RangeInclusive<u64> {
        let [first, last] = self.seeds.unwrap_or([self.seed; 2]);
        first..=last
    }

    /// The same scenario with every default written out, checked. Feeding its JSON back gives the same bits.
    ///
    /// # Errors
    /// The first field whose value is not allowed.
    pub fn resolved(mut self) -> Result<Self, Refusal> {
        if self.version != Self::VERSION {
            let allowed = format!("must be {}, but is {}", Self::VERSION, self.version);
            return Err(Refusal::new("version", allowed));
        }
        self.pace = self.view.former_pace.take().unwrap_or(self.pace);
        self.loss = self.loss.resolved()?;
        if self.init.is_empty() {
            self.init = self.loss.start();
        }
        validate_point("init".into(), &self.init, &self.loss)?;
        self.validate_run()?;
        if self.optimizers.is_empty() || self.optimizers.len() > limits::OPTIMIZERS_MAX {
            let allowed = format!("must be 1 to {} methods", limits::OPTIMIZERS_MAX);
            return Err(Refusal::new("optimizers", allowed));
        }
        for (i, optimizer) in self.optimizers.iter().enumerate() {
            optimizer.validate(Field::from("optimizers").index(i), &self.loss)?;
        }
        if self.dim() == 1 {
            self.view.axes = [1, 1];
        }
        self.view.validate(self.dim())?;
        Ok(self)
    }

    fn validate_run(&self) -> Result<(), Refusal> {
        if self.seed > limits::SEED_MAX {
            let allowed = format!("must be a whole number from 0 to {}, but is {}", limits::SEED_MAX, self.seed);
            return Err(Refusal::new("seed", allowed));
        }
        if let Some([first, last]) = self.seeds
            && !(first <= last && last <= limits::SEED_MAX && last - first < limits::SEEDS_MAX)
        {
            let allowed = format!(
                "must be null or two whole numbers from 0 to {}, ascending, with at most {} seeds, but is [{first}, {last}]",
                limits::SEED_MAX,
                limits::SEEDS_MAX
            );
            return Err(Refusal::new("seeds", allowed));
        }
        if self.steps > limits::STEPS_MAX {
            let allowed = format!("must be a whole number from 0 to {}, but is {}", limits::STEPS_MAX, self.steps);
            return Err(Refusal::new("steps", allowed));
        }
        if !(self.tol >= 0.0 && self.tol.is_finite()) {
            return Err(Refusal::new("tol", format!("must be a number from 0 up, but is {}", exact(self.tol))));
        }
        match self.record {
            Recording::All if self.steps > limits::RECORD_ALL_MAX => {
                let allowed = format!("`all` is allowed up to {} steps; give a number instead", limits::RECORD_ALL_MAX);
                Err(Refusal::new("record", allowed))
            }
            Recording::Points(n) if !limits::RECORD_POINTS.contains(&n) => {
                let (low, high) = limits::RECORD_POINTS.into_inner();
                let allowed = format!("must be `none`, `all` or a whole number from {low} to {high}, but is {n}");
                Err(Refusal::new("record", allowed))
            }
            _ => Ok(()),
        }
    }
}

/// Checks a point of a resolved loss's domain: its dimension, its range, and that a typed formula has a value there.
pub(super) fn validate_point(field: Field, x: &[f64], loss: &LossSpec) -> Result<(), Refusal> {
    let dims = loss.dims();
    if !dims.contains(&x.len()) {
        let numbers = if dims == [1] { "number" } else { "numbers" };
        let dims = dims.iter().map(ToString::to_string).collect::<Vec<_>>().join(" or ");
        let allowed = format!("must have {dims} {numbers} for `{}`, but has {}", loss.id(), x.len());
        return Err(Refusal::new(field, allowed));
    }
    for (i, value) in x.iter().enumerate() {
        if !(-limits::INIT_MAX..=limits::INIT_MAX).contains(value) {
            let allowed = format!("must be a number within ±{}, but is {}", exact(limits::INIT_MAX), exact(*value));
            return Err(Refusal::new(field.index(i), allowed));
        }
    }
    if loss.as_typed().is_none() {
        return Ok(());
    }
    let (landscape, x) = (landscape(loss, x.len()), VecN::from_slice(x));
    let value = landscape.value(&x);
    let what = if value.is_finite() { "gradient" } else { "value" };
    if !(value.is_finite() && landscape.gradient(&x).is_finite()) {
        let allowed = format!("must be a point where the formula has a finite {what}, but there it has none");
        return Err(Refusal::new(field, allowed));
    }
    Ok(())
}
