//! One method on its way through a scenario.

use std::sync::Arc;

use serde::Serialize;

use super::drive::{Advance, Progress};
use super::{OptimizerSpec, Recording, RunSpec, Trail};
use crate::calculus::{Landscape, landscape, own_landscape};
use crate::optimizer::{BatchSampler, Events, RandomStream};
use crate::sharpness::Point;

/// Why a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum StopReason {
    /// All updates are done.
    Steps,
    /// An update left x, and the momentum, bit-identical (deterministic methods only, none before it gives way to another).
    Stationary,
    /// ‖g‖ ≤ tol, with momentum ‖v‖ too (no method before it gives way to another).
    Converged,
    /// x became non-finite or longer than 1e8; the last finite x is kept.
    Diverged,
    /// Whoever watched it did not want to wait; the record may lack its end.
    Interrupted,
}

/// A method's state: where it is, where it was one update ago, and what it leaves behind.
#[derive(Clone, Debug)]
pub struct Racer {
    spec: RunSpec,
    landscape: Arc<dyn Landscape>,
    measured: Arc<dyn Landscape>,
    sampler: BatchSampler,
    progress: Progress,
}

impl Racer {
    /// A run of a resolved scenario, at its start.
    #[must_use]
    pub fn new(spec: RunSpec) -> Self {
        let capacity = match spec.record {
            Recording::None => None,
            // The last pair, which is not on the grid, comes on top.
            Recording::Points(n) => Some(n - 2),
            Recording::All => Some(usize::MAX),
        };
        let mut trail = capacity.map(|capacity| Trail::new(spec.init.len(), capacity));
        if let Some(trail) = &mut trail {
            trail.push(0, &spec.init);
        }
        let samples = spec.loss.samples();
        let batch = spec.optimizer.effective_batch(samples);
        let dim = spec.init.len();
        let landscape = landscape(&spec.loss, dim);
        let measured = if spec.is_pictured { own_landscape(&spec.loss, dim) } else { landscape.clone() };
        Self {
            landscape,
            measured,
            sampler: BatchSampler::new(samples, batch, RandomStream::new(spec.seed)),
            progress: Progress {
                x: spec.init.clone(),
                previous: None,
                step: 0,
                events: Events::default(),
                velocity: vec![0.0; spec.init.len()],
                stop: (spec.steps == 0).then_some(StopReason::Steps),
                trail,
            },
            spec,
        }
    }

    /// A run without a record that has come to `step`, at the spec's start, with this momentum and random stream.
    #[must_use]
    pub fn resumed(spec: RunSpec, step: u64, velocity: Vec<f64>, stream: RandomStream) -> Self {
        let mut racer = Self::new(spec);
        racer.sampler = BatchSampler::new(racer.spec.loss.samples(), 1, stream);
        racer.progress.step = step;
        racer.progress.velocity = velocity;
        racer
    }

    /// The run as data.
    #[must_use]
    pub fn spec(&self) -> &RunSpec {
        &self.spec
    }

    /// The method and its settings.
    #[must_use]
    pub fn optimizer(&self) -> &OptimizerSpec {
        &self.spec.optimizer
    }

    /// What it runs on.
    #[must_use]
    pub fn landscape(&self) -> &Arc<dyn Landscape> {
        &self.landscape
    }

    /// What its points are measured on: of dimension 1 where a loss of one variable lies in the plane.
    #[must_use]
    pub fn measured(&self) -> &dyn Landscape {
        self.measured.as_ref()
    }

    /// The number of updates so far.
    #[must_use]
    pub fn step(&self) -> u64 {
        self.progress.step
    }

    /// The current iterate.
    #[must_use]
    pub fn x(&self) -> &[f64] {
        &self.progress.x
    }

    /// v of its momentum, 0 without.
    #[must_use]
    pub fn velocity(&self) -> &[f64] {
        &self.progress.velocity
    }

    /// Why it ended, once it has.
    #[must_use]
    pub fn stop_reason(&self) -> Option<StopReason> {
        self.progress.stop
    }

    /// What happened rarely on the way.
    #[must_use]
    pub fn events(&self) -> Events {
        self.progress.events
    }

    /// The kept iterates without the last pair; `None` where nothing is recorded.
    #[must_use]
    pub fn trail(&self) -> Option<&Trail> {
        self.progress.trail.as_ref()
    }

    /// The kept iterates with the last pair, ascending.
    #[must_use]
    pub fn kept(&self) -> Vec<(u64, &[f64])> {
        let Progress { previous, step, trail, .. } = &self.progress;
        let mut kept: Vec<_> = trail.iter().flat_map(Trail::points).collect();
        // Where the last step lies on the trail's grid, the one before it does not: the whole pair replaces it.
        let first = step - u64::from(previous.is_some());
        while kept.last().is_some_and(|&(step, _)| step >= first) {
            kept.pop();
        }
        kept.extend(self.last_pair());
        kept
    }

    /// The iterate before the current one, where there is one, and the current one.
    pub fn last_pair(&self) -> impl Iterator<Item = (u64, &[f64])> {
        let Progress { x, previous, step, .. } = &self.progress;
        previous.iter().map(move |x| (step - 1, x.as_slice())).chain([(*step, x.as_slice())])
    }

    /// Measures an iterate of this run.
    #[must_use]
    pub fn measure(&self, step: u64, x: &[f64]) -> Point {
        self.optimizer().in_force(step).measure(self.measured(), step, x)
    }

    /// Measures an iterate of this run with the three notions of sharpness at the setting ρ, also where the method
    /// itself doesn't use it.
    #[must_use]
    pub fn measure_fully(&self, step: u64, x: &[f64]) -> Point {
        let mut point = self.measure(step, x);
        point.measure_sharpness(self.measured(), self.optimizer().rho);
        point
    }

    /// Ends the run here.
    pub(super) fn interrupt(&mut self) {
        self.progress.stop = Some(StopReason::Interrupted);
    }

    /// Does up to `steps` more updates; the result is the same however they are cut into calls.
    pub fn advance(&mut self, steps: u64) {
        let end = self.spec.steps.min(self.step().saturating_add(steps));
        while self.stop_reason().is_none() && self.step() < end {
            let Self { spec, landscape, sampler, progress, .. } = self;
            let landscape = landscape.as_ref();
            // A method gives way between two batches of updates.
            let switch = spec.optimizer.switch.map(|switch| switch.step).filter(|&step| progress.step < step);
            let target = switch.map_or(end, |step| step.min(end));
            let optimizer = &spec.optimizer.in_force(progress.step);
            sampler.resize(optimizer.effective_batch(spec.loss.samples()));
            let may_rest = switch.is_none();
            let advance = Advance { spec, optimizer, landscape, sampler, progress, may_rest, target };
            spec.loss.visit(spec.init.len(), advance);
        }
    }
}
