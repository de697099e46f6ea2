//! One optimizer's run as the window shows it: its measured points, what theory predicts of it, its other seeds.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use crate::run::{Crowd, Fineness, Racer, Recording, RunSpec, Scenario};
use crate::sharpness::Point;
use crate::theory::{Distances, Prediction, predicted_end};

/// How many points the curves and the map keep of a run.
const KEPT_POINTS: usize = 2048;

/// How many runs with further seeds are shown at once.
const RUNS_SHOWN_MAX: u64 = 1024;

/// What is costly to measure is measured at every 64th kept point first, then between them.
const STRIDES: [usize; 4] = [64, 16, 4, 1];

/// One optimizer's run as the window shows it.
#[derive(Debug)]
pub struct Lane {
    /// Its place in the scenario's list, which gives its colour.
    pub index: usize,
    /// The run.
    pub racer: Racer,
    /// The kept iterates, measured.
    pub points: Vec<Point>,
    /// The current iterate, measured.
    pub head: Point,
    /// The same method with every seed, where there are several and it is stochastic.
    pub crowd: Option<Crowd>,
    /// The flows that it is compared with, once they have been computed.
    pub prediction: Option<Prediction>,
    /// Its distances from the flows, by step, as far as they have been computed.
    pub distances: BTreeMap<u64, Distances>,
    /// Where theory says that it ends, once that has been computed.
    pub predicted_end: Option<Option<Vec<f64>>>,
    /// How far the search for the place where it lands has come.
    landing: Landing,
    /// Updates for each step of the race: 1 unless the pace is by time.
    pub(super) speed: u64,
}

/// What is wanted of theory.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The flows.
    pub flows: bool,
    /// The distances from the flows.
    pub distances: bool,
    /// The ends.
    pub ends: bool,
}

/// The search for the step from which a run is compared with the flows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Landing {
    /// Nothing has been computed.
    Unknown,
    /// The flows start at Φ(start); kept points before this step have not landed.
    Flying(u64),
    /// The flows start where the run has landed.
    Landed,
}

impl Lane {
    fn new(spec: RunSpec, seeds: RangeInclusive<u64>) -> Self {
        let RunSpec { index, speed, .. } = spec;
        let crowd = Crowd::new(&spec, seeds);
        let racer = Racer::new(RunSpec { record: Recording::Points(KEPT_POINTS), ..spec });
        let head = racer.measure(racer.step(), racer.x());
        let mut lane = Self {
            index,
            racer,
            points: Vec::new(),
            head,
            crowd,
            prediction: None,
            distances: BTreeMap::new(),
            predicted_end: None,
            landing: Landing::Unknown,
            speed,
        };
        lane.sync();
        lane
    }

    pub(super) fn advance(&mut self, steps: u64) {
        self.racer.advance_measuring(steps.saturating_mul(self.speed), Fineness::RUN, &mut self.points);
        if let Some(crowd) = &mut self.crowd {
            crowd.advance(steps.saturating_mul(self.speed));
        }
    }

    /// Measures R^Max, R^Asc and R^Avg of the head and of more and more kept points, evenly over the run,
    /// until `is_late`. True while there is more to do.
    pub(super) fn measure_sharpness(&mut self, mut is_late: impl FnMut() -> bool) -> bool {
        let rho = self.racer.optimizer().rho;
        let landscape = self.racer.landscape().clone();
        if self.head.r_max.is_none() {
            self.head.measure_sharpness(landscape.as_ref(), rho);
        }
        for stride in STRIDES {
            for i in (0..self.points.len()).step_by(stride) {
                if self.points[i].r_max.is_some() {
                    continue;
                }
                if is_late() {
                    return true;
                }
                self.points[i].measure_sharpness(landscape.as_ref(), rho);
            }
        }
        false
    }

    /// Brings the measured points up to date with the racer.
    pub(super) fn sync(&mut self) {
        self.racer.measure_kept(Fineness::RUN, &mut self.points);
        let points = &self.points;
        self.distances.retain(|step, _| points.binary_search_by_key(step, |point| point.step).is_ok());
        if self.head.step != self.racer.step() {
            self.head = self.racer.measure(self.racer.step(), self.racer.x());
        }
        if let Some(crowd) = &mut self.crowd {
            crowd.sync();
        }
    }

    /// Goes on computing the flows, then looking for the place where the run lands, then its distances from the
    /// flows, until `is_late`. True while there is more to do.
    pub(super) fn predict(&mut self, limit: u64, wanted: Wanted, mut is_late: impl FnMut() -> bool) -> bool {
        let landscape = self.racer.landscape().clone();
        let (loss, spec) = (landscape.as_ref(), self.racer.optimizer().clone());
        let start = self.points.first().map_or(&self.head.x, |point| &point.x);
        if wanted.ends && self.predicted_end.is_none() {
            self.predicted_end = Some(predicted_end(loss, &spec, start));
            return true;
        }
        if !(wanted.flows || wanted.distances) {
            return false;
        }
        if self.landing == Landing::Unknown {
            self.prediction = Prediction::new(loss, &spec, 0, start, limit);
            self.landing = if self.prediction.is_some() { Landing::Flying(0) } else { Landing::Landed };
            return true;
        }
        while let Landing::Flying(from) = self.landing
            && let Some(point) = self.points.get(self.points.partition_point(|point| point.step < from))
        {
            if is_late() {
                return true;
            }
            self.landing = Landing::Flying(point.step + 1);
            let has_landed = |prediction: &Prediction| prediction.has_landed(loss, &spec, &point.x);
            if self.prediction.as_ref().is_some_and(has_landed) {
                self.prediction = Prediction::new(loss, &spec, point.step, &point.x, limit).or(self.prediction.take());
                self.landing = Landing::Landed;
            }
        }
        wanted.distances && self.measure_distances(is_late)
    }

    fn measure_distances(&mut self, mut is_late: impl FnMut() -> bool) -> bool {
        let (Some(prediction), Landing::Landed) = (&self.prediction, self.landing) else { return false };
        let landscape = self.racer.landscape().clone();
        for stride in STRIDES {
            for point in self.points.iter().step_by(stride) {
                if self.distances.contains_key(&point.step) || point.step < prediction.step {
                    continue;
                }
                if is_late() {
                    return true;
                }
                let nothing = Distances { theorem: None, law: None };
                let distances = prediction.distances(landscape.as_ref(), point.step, &point.x).unwrap_or(nothing);
                self.distances.insert(point.step, distances);
            }
        }
        false
    }

    /// Whether it has ended, with every seed.
    pub(super) fn is_over(&self) -> bool {
        self.racer.stop_reason().is_some() && self.crowd.as_ref().is_none_or(Crowd::is_over)
    }

    /// About how many plain updates one update of the race costs here.
    pub(super) fn cost(&self) -> u64 {
        let crowd = self.crowd.as_ref().map_or(1, |crowd| crowd.seeds() as u64);
        let rule = if self.racer.optimizer().id.info().is_slow { 256 } else { 1 };
        self.speed * crowd * rule
    }

    /// The step of the race at which this method does its update `step`.
    #[must_use]
    pub fn race_step(&self, step: u64) -> f64 {
        step as f64 / self.speed as f64
    }

    /// The point to show at the scrubber's place, a step of the race: the last kept one that is not later, or the head.
    #[must_use]
    pub fn shown(&self, cursor: Option<u64>) -> &Point {
        let Some(cursor) = cursor.map(|cursor| cursor.saturating_mul(self.speed)) else { return &self.head };
        let after = self.points.partition_point(|point| point.step <= cursor);
        if cursor >= self.head.step { &self.head } else { &self.points[after.max(1) - 1] }
    }

    /// The kept iterate half-way through the run so far.
    #[must_use]
    pub fn halfway(&self) -> &[f64] {
        let after = self.points.partition_point(|point| point.step <= self.head.step / 2);
        self.points.get(after.max(1) - 1).map_or(&self.head.x, |point| &point.x)
    }
}

/// No more seeds than the memory of a browser holds as runs side by side; the curves' legend tells how many they are.
fn shown_seeds(scenario: &Scenario) -> RangeInclusive<u64> {
    let taking_part = scenario.optimizers.iter().filter(|optimizer| optimizer.on && optimizer.id.info().stochastic);
    let most = RUNS_SHOWN_MAX / (taking_part.count() as u64).max(1);
    let (first, last) = scenario.seeds().into_inner();
    first..=last.min(first + most - 1)
}

/// One lane for each optimizer that takes part in a resolved scenario.
pub fn lanes(scenario: &Scenario) -> Vec<Lane> {
    let seeds = shown_seeds(scenario);
    scenario.run_specs().into_iter().map(|spec| Lane::new(spec, seeds.clone())).collect()
}
