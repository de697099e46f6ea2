//! The runs that a figure shows, to their end.

use std::cell::RefCell;
use std::sync::Arc;

use crate::calculus::Landscape;
use crate::field::{FieldJob, FieldSpec, Grid};
use crate::run::{Crowd, Curve, Fineness, OptimizerSpec, Racer, Recording, RunSpec, Scenario, StopReason};
use crate::sharpness::Point;
use crate::theory::{Prediction, predicted_end};

/// Points that are kept of a run: more than a figure can show.
const KEPT_POINTS: usize = 2048;

/// Fields that are kept: more than a figure has maps.
const FIELDS: usize = 16;
/// What is computed beside the runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is wanted or not, whatever the others are")]
pub struct Wanted {
    /// R^Max, R^Asc and R^Avg of every kept point.
    pub sharpness: bool,
    /// The limiting flows.
    pub flows: bool,
    /// Where theory says that each run ends.
    pub ends: bool,
    /// The runs with every seed, where there are several.
    pub seeds: bool,
}

/// The runs of a scenario.
#[derive(Debug)]
pub struct Race {
    /// What was asked for.
    pub given: Scenario,
    /// The same, in the plane.
    pub scenario: Scenario,
    /// The step of the race up to which the runs are shown, in an animation; all of them else.
    pub shown_until: Option<f64>,
    /// One for each method that takes part.
    pub runs: Vec<Run>,
    /// The fields that have been computed: an animation's pictures share them.
    fields: RefCell<Vec<FieldJob>>,
}

/// A method's run.
#[derive(Debug)]
pub struct Run {
    /// Its place in the scenario's list, which gives its colour and mark.
    pub index: usize,
    /// Its updates for each step of the race.
    pub speed: u64,
    /// The method.
    pub spec: OptimizerSpec,
    /// What it minimizes.
    pub landscape: Arc<dyn Landscape>,
    /// The kept iterates, the last one included.
    pub points: Vec<Point>,
    /// How many of them are shown: all, but in an animation.
    shown: usize,
    /// Why it ended.
    pub stop: Option<StopReason>,
    /// The flows that it is compared with.
    pub prediction: Option<Prediction>,
    /// Where theory says that it ends.
    pub predicted_end: Option<Vec<f64>>,
    /// The same method with every seed, where there are several and it is stochastic.
    pub crowd: Option<Crowd>,
}

impl Race {
    /// Runs a resolved scenario to its end.
    #[must_use]
    pub fn new(given: &Scenario, wanted: Wanted) -> Self {
        let scenario = given.clone().in_plane();
        let runs = scenario.run_specs().into_iter().map(|spec| Run::new(spec, &scenario, wanted)).collect();
        Self { given: given.clone(), scenario, shown_until: None, runs, fields: RefCell::default() }
    }

    /// A field's values, computed unless they have just been.
    #[must_use]
    pub fn field(&self, spec: FieldSpec) -> Grid {
        let mut fields = self.fields.borrow_mut();
        if let Some(known) = fields.iter().find(|job| *job.spec() == spec) {
            return known.grid().clone();
        }
        let mut job = FieldJob::new(spec);
        job.advance(usize::MAX / 2);
        let grid = job.grid().clone();
        // A slice that moves with the head gives another field for each picture.
        fields.truncate(FIELDS - 1);
        fields.insert(0, job);
        grid
    }

    /// Shows the runs up to this step of the race.
    pub fn show_until(&mut self, step: f64) {
        self.shown_until = step.is_finite().then_some(step);
        for run in &mut self.runs {
            let speed = run.speed as f64;
            run.shown = run.points.partition_point(|point| point.step as f64 <= step * speed).max(1);
        }
    }

    /// The same without an end where all is shown.
    #[must_use]
    pub fn until(&self) -> f64 {
        self.shown_until.unwrap_or(f64::INFINITY)
    }

    /// The last step of the race that a run reaches.
    #[must_use]
    pub fn last_step(&self) -> f64 {
        let last = |run: &Run| run.race_step(run.crowd.as_ref().map_or(0, Crowd::step).max(run.last().step));
        self.runs.iter().map(last).fold(0.0, f64::max)
    }
}

/// Runs to the end; the kept points, the early ones, those at the steps `chosen` (ascending) and the last one, measured.
fn points(racer: &mut Racer, chosen: &[u64], last: u64) -> Vec<Point> {
    let (mut points, mut others) = (Vec::new(), Vec::new());
    for &step in chosen.iter().chain([&last]) {
        racer.advance_measuring(step.saturating_sub(racer.step()), Fineness::RUN, &mut points);
        others.push(racer.measure(racer.step(), racer.x()));
    }
    racer.measure_kept(Fineness::RUN, &mut points);
    points.extend(others);
    // The last pair, so that the end shows both phases of an oscillation.
    points.extend(racer.kept().into_iter().rev().take(2).map(|(step, x)| racer.measure(step, x)));
    points.sort_by_key(|point| point.step);
    points.dedup_by_key(|point| point.step);
    points
}

/// The same method with every seed, to their ends.
fn crowd(spec: &RunSpec, scenario: &Scenario) -> Option<Crowd> {
    let mut crowd = Crowd::new(spec, scenario.seeds())?;
    crowd.advance(spec.steps);
    crowd.sync();
    Some(crowd)
}

/// The flows from where the run has landed, else from Φ(start).
fn prediction(loss: &dyn Landscape, spec: &OptimizerSpec, points: &[Point], steps: u64) -> Option<Prediction> {
    let from_start = Prediction::new(loss, spec, 0, &points.first()?.x, steps)?;
    let landed = points.iter().find(|point| from_start.has_landed(loss, spec, &point.x));
    landed.and_then(|point| Prediction::new(loss, spec, point.step, &point.x, steps)).or(Some(from_start))
}

impl Run {
    fn new(run: RunSpec, scenario: &Scenario, wanted: Wanted) -> Self {
        let RunSpec { index, speed, steps, .. } = run;
        let crowd = wanted.seeds.then(|| crowd(&run, scenario)).flatten();
        let chosen = scenario.view.surface_steps.iter().map(|&step| step.saturating_mul(speed).min(steps));
        let mut racer = Racer::new(RunSpec { record: Recording::Points(KEPT_POINTS), ..run });
        let mut points = points(&mut racer, &chosen.collect::<Vec<_>>(), steps);
        let (spec, landscape) = (racer.optimizer().clone(), Arc::clone(racer.landscape()));
        let loss = landscape.as_ref();
        if wanted.sharpness {
            for point in &mut points {
                point.measure_sharpness(loss, spec.rho);
            }
        }
        let prediction = wanted.flows.then(|| prediction(loss, &spec, &points, steps)).flatten();
        let predicted_end = wanted.ends.then(|| predicted_end(loss, &spec, &scenario.init)).flatten();
        let (stop, shown) = (racer.stop_reason(), points.len());
        Self { index, speed, spec, landscape, points, shown, stop, prediction, predicted_end, crowd }
    }

    /// The iterates that are shown.
    #[must_use]
    pub fn shown(&self) -> &[Point] {
        &self.points[..self.shown]
    }

    /// The last iterate that is shown; the start is always kept.
    #[must_use]
    pub fn head(&self) -> &Point {
        &self.points[self.shown - 1]
    }

    /// The iterate at the run's end, shown or not.
    #[must_use]
    pub fn last(&self) -> &Point {
        &self.points[self.points.len() - 1]
    }

    /// The step of the race at which this method does its update `step`.
    #[must_use]
    pub fn race_step(&self, step: u64) -> f64 {
        step as f64 / self.speed as f64
    }

    /// The iterates up to this step of the race, which was chosen before the run; `None` while it is not shown yet. A run
    /// that has ended before stays where it is.
    #[must_use]
    pub fn until(&self, race_step: u64) -> Option<&[Point]> {
        let step = race_step.saturating_mul(self.speed);
        let has_ended = self.shown == self.points.len();
        let until = &self.points[..self.shown().partition_point(|point| point.step <= step)];
        until.last().is_some_and(|last| last.step == step || has_ended).then_some(until)
    }

    /// Where every seed is at a step of the race; empty where there is one seed.
    pub fn seeds_places(&self, race_step: f64) -> impl Iterator<Item = &[f64]> {
        // The cast ends at the largest step.
        let step = (race_step * self.speed as f64) as u64;
        self.crowd.iter().flat_map(move |crowd| crowd.places(step))
    }

    /// The method's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.spec.id.info().name
    }

    /// A curve's numbers against the step of the race; several lines where the curve has them.
    #[must_use]
    pub fn lines(&self, curve: Curve) -> Vec<Vec<[f64; 2]>> {
        let half = 0.5 * self.spec.rho * self.spec.rho;
        let line = |value: &dyn Fn(&Point) -> Option<f64>| -> Vec<[f64; 2]> {
            self.points.iter().filter_map(|point| Some([self.race_step(point.step), value(point)?])).collect()
        };
        match curve {
            Curve::OtherEigenvalues => {
                (1..self.head().eigenvalues.len()).map(|i| line(&|point| Some(point.eigenvalues[i]))).collect()
            }
            Curve::TwoOverEta => vec![line(&|_| Some(2.0 / self.spec.eta))],
            Curve::Limits => vec![
                line(&|point| Some(half * point.eigenvalues[0])),
                line(&|point| Some(half * crate::calculus::lambda_m(&point.eigenvalues))),
                line(&|point| Some(half * point.trace / point.x.len() as f64)),
            ],
            Curve::FlowDistance => {
                let distances =
                    |point: &Point| self.prediction.as_ref()?.distances(self.landscape.as_ref(), point.step, &point.x);
                vec![line(&|point| distances(point)?.theorem), line(&|point| distances(point)?.law)]
            }
            _ => vec![line(&|point| curve.value(point))],
        }
    }
}
