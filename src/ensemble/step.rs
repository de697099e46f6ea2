//! The one way in which many runs step.

use super::lanes::can_step;
use super::motion::Paths;
use super::{Points, WIDTH, lanes};
use crate::optimizer::Method;
use crate::run::{OptimizerSpec, Racer, Recording, RunSpec, StopReason};

/// What runs that step together may differ in, beside their starts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// η.
    pub eta: f64,
    /// ρ.
    pub rho: f64,
    /// β.
    pub beta: f64,
    /// The updates after which it ends.
    pub steps: u64,
}

impl Settings {
    /// Those of a run.
    #[must_use]
    pub fn of(run: &RunSpec) -> Self {
        let OptimizerSpec { eta, rho, beta, .. } = run.optimizer;
        Self { eta, rho, beta, steps: run.steps }
    }

    /// The method of a run with these settings.
    pub(super) fn optimizer(&self, of: &RunSpec) -> OptimizerSpec {
        let Self { eta, rho, beta, .. } = *self;
        OptimizerSpec { eta, rho, beta, ..of.optimizer.clone() }
    }

    /// The run with these settings, from `init`, of which nothing is kept on the way.
    pub(super) fn run(&self, of: &RunSpec, init: Vec<f64>) -> RunSpec {
        RunSpec { init, optimizer: self.optimizer(of), steps: self.steps, record: Recording::None, ..of.clone() }
    }
}

/// Where many runs are at their ends.
#[derive(Clone, Debug, PartialEq)]
pub struct Finals {
    /// The last iterates.
    pub x: Points,
    /// The updates that each did.
    pub steps: Vec<u64>,
    /// Why each ended.
    pub stop: Vec<StopReason>,
}

impl Finals {
    /// Of runs without updates.
    #[must_use]
    pub fn at(starts: &Points) -> Self {
        Self { x: starts.clone(), steps: vec![0; starts.len()], stop: vec![StopReason::Steps; starts.len()] }
    }

    /// How the `k`-th ended.
    pub fn put(&mut self, k: usize, x: &[f64], steps: u64, stop: StopReason) {
        self.x.put(k, x);
        (self.steps[k], self.stop[k]) = (steps, stop);
    }

    pub(super) fn take(&mut self, k: usize, racer: &Racer) {
        self.put(k, racer.x(), racer.step(), racer.stop_reason().unwrap_or(StopReason::Steps));
    }
}

/// How many runs of `spec` step together: fewer take as long as so many.
#[must_use]
pub fn together(spec: &RunSpec) -> usize {
    if can_step(spec) { WIDTH } else { 1 }
}

/// Runs `spec` to its end from each of `starts`, in place of its own start. Each has the bits of a run of its own.
#[must_use]
pub fn advance(spec: &RunSpec, starts: &Points) -> Finals {
    advance_each(spec, starts, &vec![Settings::of(spec); starts.len()])
}

/// The same with settings of its own for each, in place of the spec's.
#[must_use]
pub fn advance_each(spec: &RunSpec, starts: &Points, settings: &[Settings]) -> Finals {
    debug_assert_eq!(starts.len(), settings.len(), "settings for each");
    if can_step(spec) { lanes::advance(spec, starts, settings) } else { one_by_one(spec, starts, settings) }
}

/// The scalar driver's way, which is the measure of the other.
#[must_use]
pub fn one_by_one(spec: &RunSpec, starts: &Points, settings: &[Settings]) -> Finals {
    let mut finals = Finals::at(starts);
    for (k, own) in settings.iter().enumerate() {
        let mut racer = Racer::new(own.run(spec, starts.at(k)));
        racer.advance(u64::MAX);
        finals.take(k, &racer);
    }
    finals
}

/// The iterates of at most [`WIDTH`] runs after each of `updates` updates from `starts` on, with the method that is
/// in force after all steps; and which have not diverged: of the others they mean nothing.
pub(super) fn follow(spec: &RunSpec, starts: &Points, settings: &[Settings], updates: u64) -> (Paths, Vec<bool>) {
    let in_force = |own: &Settings| own.optimizer(spec).in_force(own.steps);
    let goes_on = |own: &Settings| RunSpec {
        optimizer: in_force(own),
        steps: updates,
        tol: 0.0,
        record: Recording::All,
        ..spec.clone()
    };
    let first = settings.first().map(|first| (in_force(first).id, goes_on(first)));
    let can_be_one =
        |(id, run): &(Method, RunSpec)| settings.iter().all(|own| in_force(own).id == *id) && can_step(run);
    if let Some((_, run)) = first.filter(can_be_one) {
        let own: Vec<_> = settings.iter().map(|own| Settings { steps: updates, ..*own }).collect();
        return lanes::follow(&run, starts, &own);
    }
    let mut paths = Paths::new(starts.dim());
    let mut are_there = Vec::new();
    for (k, own) in settings.iter().enumerate() {
        let mut racer = Racer::new(RunSpec { init: starts.at(k), ..goes_on(own) });
        racer.advance(updates);
        for (update, (_, x)) in racer.kept().into_iter().skip(1).enumerate() {
            paths.put(k, update, x);
        }
        are_there.push(racer.stop_reason() != Some(StopReason::Diverged));
    }
    (paths, are_there)
}
