//! The report of a finished run: INTERFACE's JSON.

use std::ops::ControlFlow;

use serde::{Serialize, Serializer};

use super::optimizer::is_zero;
use super::{Racer, Recording, RunSpec, Scenario, StopReason, Switch};
use crate::loss::Refusal;
use crate::optimizer::Method;
use crate::sharpness::{Columns, Point};

/// What `samscope run` prints and what the page's `run` gives.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The version of this format.
    pub version: u32,
    /// The scenario, complete: feeding it back gives the same bits.
    pub scenario: Scenario,
    /// One entry for each method that takes part.
    pub runs: Vec<RunResult>,
}

/// One method's run.
#[derive(Clone, Debug, Serialize)]
pub struct RunResult {
    /// The method.
    pub optimizer: Method,
    /// Learning rate η.
    pub eta: f64,
    /// Perturbation radius ρ.
    pub rho: f64,
    /// Samples per batch.
    pub batch: usize,
    /// Heavy-ball momentum β, where it is not 0.
    #[serde(skip_serializing_if = "is_zero")]
    pub beta: f64,
    /// The method that it gives way to, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub switch: Option<Switch>,
    /// The seed.
    pub seed: u64,
    /// The dimension D.
    pub dim: usize,
    /// The number of updates done.
    pub steps: u64,
    /// The time that they took, by the caller's clock, in seconds.
    pub elapsed_s: f64,
    /// Why it ended.
    pub stop_reason: StopReason,
    /// Updates with a gradient of exactly zero.
    pub zero_gradient_steps: u64,
    /// Updates that needed the underflow hold.
    pub underflow_holds: u64,
    /// The last iterate, measured.
    #[serde(rename = "final")]
    pub last: Point,
    /// The kept iterates, measured, written by columns; null where none are recorded.
    #[serde(serialize_with = "by_columns")]
    pub record: Option<Vec<Point>>,
}

#[expect(clippy::ref_option, reason = "serde calls it with the field")]
fn by_columns<S: Serializer>(record: &Option<Vec<Point>>, serializer: S) -> Result<S::Ok, S::Error> {
    record.as_deref().map(Columns).serialize(serializer)
}

/// How far a report has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReportProgress {
    /// The runs that have ended.
    pub runs: usize,
    /// The updates behind it, those that an ended run did not need among them.
    pub updates: u64,
    /// The iterates of the present run that have been measured, once it has ended.
    pub measured: usize,
}

/// How long a run goes on before it is asked about again, in seconds.
const SLICE_S: f64 = 0.05;

impl Report {
    /// Runs every method of a resolved scenario to its end, at the view's pace, once for each seed. `clock` gives seconds since
    /// any fixed time.
    ///
    /// # Errors
    /// What is recorded would be too much ([`Scenario::can_be_recorded`]); nothing has run.
    pub fn run(scenario: &Scenario, clock: impl FnMut() -> f64) -> Result<Self, Refusal> {
        Self::run_watched(scenario, clock, |_| ControlFlow::Continue(()))
    }

    /// The same with someone who watches, some times a second. Where `watch` breaks off, the present run ends there
    /// ([`StopReason::Interrupted`]), or else the measuring of its record does, and no further run begins.
    ///
    /// # Errors
    /// As for [`Report::run`].
    pub fn run_watched(
        scenario: &Scenario,
        mut clock: impl FnMut() -> f64,
        mut watch: impl FnMut(ReportProgress) -> ControlFlow<()>,
    ) -> Result<Self, Refusal> {
        scenario.can_be_recorded()?;
        let mut report = Self { version: Scenario::VERSION, scenario: scenario.clone(), runs: Vec::new() };
        let mut progress = ReportProgress::default();
        for spec in scenario.run_specs() {
            for seed in scenario.seeds() {
                if watch(progress).is_break() {
                    return Ok(report);
                }
                let steps = spec.steps;
                let mut racer = Racer::new(RunSpec { seed, ..spec.clone() });
                let elapsed_s = advance_watched(&mut racer, &mut clock, |step| {
                    watch(ReportProgress { updates: progress.updates + step, ..progress })
                });
                progress.updates = progress.updates.saturating_add(steps);
                let record = record_watched(&mut racer, |measured| watch(ReportProgress { measured, ..progress }));
                progress.runs += 1;
                report.runs.push(RunResult::new(&racer, record, elapsed_s));
                if racer.stop_reason() == Some(StopReason::Interrupted) {
                    return Ok(report);
                }
            }
        }
        Ok(report)
    }

    /// The updates of all runs of a resolved scenario, where none ends before its last step.
    #[must_use]
    pub fn updates(scenario: &Scenario) -> u64 {
        let steps = scenario.run_specs().iter().map(|spec| spec.steps).fold(0, u64::saturating_add);
        steps.saturating_mul(scenario.seeds().count() as u64)
    }
}

/// Advances to the end, in slices of about [`SLICE_S`]; gives the seconds that it took.
fn advance_watched(
    racer: &mut Racer,
    clock: &mut impl FnMut() -> f64,
    mut watch: impl FnMut(u64) -> ControlFlow<()>,
) -> f64 {
    let begin = clock();
    let (mut now, mut slice) = (begin, 1);
    while racer.stop_reason().is_none() {
        racer.advance(slice);
        let before = std::mem::replace(&mut now, clock());
        slice = if now - before < SLICE_S { slice.saturating_mul(2) } else { (slice / 2).max(1) };
        if racer.stop_reason().is_none() && watch(racer.step()).is_break() {
            racer.interrupt();
        }
    }
    now - begin
}

/// The kept iterates, measured, where they are recorded.
fn record_watched(racer: &mut Racer, mut watch: impl FnMut(usize) -> ControlFlow<()>) -> Option<Vec<Point>> {
    if racer.spec().record == Recording::None {
        return None;
    }
    let mut is_cut = false;
    let measure = |(measured, (step, x)): (usize, (u64, &[f64]))| {
        is_cut = watch(measured).is_break();
        (!is_cut).then(|| racer.measure_fully(step, x))
    };
    let record = racer.kept().into_iter().enumerate().map_while(measure).collect();
    if is_cut {
        racer.interrupt();
    }
    Some(record)
}

impl RunResult {
    fn new(racer: &Racer, record: Option<Vec<Point>>, elapsed_s: f64) -> Self {
        let (run, spec) = (racer.spec(), racer.optimizer());
        Self {
            optimizer: spec.id,
            eta: spec.eta,
            rho: spec.rho,
            batch: spec.batch,
            beta: spec.beta,
            switch: spec.switch,
            seed: run.seed,
            dim: racer.x().len(),
            steps: racer.step(),
            elapsed_s,
            stop_reason: racer.stop_reason().unwrap_or(StopReason::Steps),
            zero_gradient_steps: racer.events().zero_gradient_steps,
            underflow_holds: racer.events().underflow_holds,
            last: racer.measure_fully(racer.step(), racer.x()),
            record,
        }
    }
}
