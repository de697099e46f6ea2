//! The report of a finished run: INTERFACE's JSON.

use serde::Serialize;

use super::{Racer, Recording, RunSpec, Scenario, StopReason};
use crate::optimizer::Method;
use crate::sharpness::Point;

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
    /// The kept iterates, measured; null where none are recorded.
    pub record: Option<Record>,
}

/// Measured iterates, one list per column.
#[derive(Clone, Debug, Default, Serialize)]
#[expect(missing_docs, reason = "each column is the field of Point with its name")]
pub struct Record {
    pub step: Vec<u64>,
    pub x: Vec<Vec<f64>>,
    pub loss: Vec<f64>,
    pub grad_norm: Vec<f64>,
    pub eigenvalues: Vec<Vec<f64>>,
    pub trace: Vec<f64>,
    pub alignment: Vec<Option<f64>>,
    pub rayleigh: Vec<Option<f64>>,
    pub lambda_edge: Vec<f64>,
    pub r_max: Vec<Option<f64>>,
    pub r_asc: Vec<Option<f64>>,
    pub r_avg: Vec<Option<f64>>,
}

impl FromIterator<Point> for Record {
    fn from_iter<I: IntoIterator<Item = Point>>(points: I) -> Self {
        let mut record = Self::default();
        for point in points {
            record.step.push(point.step);
            record.x.push(point.x);
            record.loss.push(point.loss);
            record.grad_norm.push(point.grad_norm);
            record.eigenvalues.push(point.eigenvalues);
            record.trace.push(point.trace);
            record.alignment.push(point.alignment);
            record.rayleigh.push(point.rayleigh);
            record.lambda_edge.push(point.lambda_edge);
            record.r_max.push(point.r_max);
            record.r_asc.push(point.r_asc);
            record.r_avg.push(point.r_avg);
        }
        record
    }
}

impl Report {
    /// Runs every method of a resolved scenario to its end, at the view's pace, once for each seed. `clock` gives seconds since
    /// any fixed time.
    pub fn run(scenario: &Scenario, mut clock: impl FnMut() -> f64) -> Self {
        let mut runs = Vec::new();
        for spec in scenario.run_specs() {
            for seed in scenario.seeds() {
                let begin = clock();
                let mut racer = Racer::new(RunSpec { seed, ..spec.clone() });
                racer.advance(spec.steps);
                runs.push(RunResult::new(&racer, clock() - begin));
            }
        }
        Self { version: Scenario::VERSION, scenario: scenario.clone(), runs }
    }
}

impl RunResult {
    fn new(racer: &Racer, elapsed_s: f64) -> Self {
        let (run, spec) = (racer.spec(), racer.optimizer());
        let recorded = run.record != Recording::None;
        Self {
            optimizer: spec.id,
            eta: spec.eta,
            rho: spec.rho,
            batch: spec.batch,
            seed: run.seed,
            dim: racer.x().len(),
            steps: racer.step(),
            elapsed_s,
            stop_reason: racer.stop_reason().unwrap_or(StopReason::Steps),
            zero_gradient_steps: racer.events().zero_gradient_steps,
            underflow_holds: racer.events().underflow_holds,
            last: racer.measure_fully(racer.step(), racer.x()),
            record: recorded.then(|| racer.kept().into_iter().map(|(step, x)| racer.measure_fully(step, x)).collect()),
        }
    }
}
