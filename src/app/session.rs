//! The running race: one lane for each optimizer that takes part, its measured points, the crowd of its
//! other seeds, and the ghost of the run before.

use std::collections::BTreeMap;

use super::crowd::Crowd;
use crate::run::{Pace, Racer, Recording, Scenario, limits};
use crate::sharpness::Point;
use crate::theory::{Distances, Prediction, predicted_end};

/// Frames without an edit before theory is asked.
const CALM_FRAMES: u32 = 5;

/// How many points the curves and the map keep of a run.
const KEPT_POINTS: usize = 2048;

/// Updates between two looks at the clock.
const SLICE: u64 = 8192;

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
    speed: u64,
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
    /// The flows start at Φ(start); kept points up to this place have not landed.
    Flying(usize),
    /// The flows start where the run has landed.
    Landed,
}

impl Lane {
    /// `scenario` is recorded and has the lane's own number of steps.
    fn new(scenario: &Scenario, index: usize, speed: u64) -> Self {
        let racer = Racer::new(scenario, index);
        let head = racer.measure(racer.step(), racer.x());
        let crowd = Crowd::new(scenario, index);
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

    fn advance(&mut self, steps: u64) {
        self.racer.advance(steps.saturating_mul(self.speed));
        if let Some(crowd) = &mut self.crowd {
            crowd.advance(steps.saturating_mul(self.speed));
        }
    }

    /// Measures R^Max, R^Asc and R^Avg of the head and of more and more kept points, evenly over the run,
    /// until `is_late`. True while there is more to do.
    fn measure_sharpness(&mut self, mut is_late: impl FnMut() -> bool) -> bool {
        let rho = self.racer.spec().rho;
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
    fn sync(&mut self) {
        let Some(trail) = self.racer.trail() else { return };
        self.points.retain(|point| trail.keeps(point.step));
        self.distances.retain(|&step, _| trail.keeps(step));
        let fresh = self.points.len()..trail.steps().len();
        let measured: Vec<Point> = fresh.map(|i| self.racer.measure(trail.steps()[i], trail.x(i))).collect();
        self.points.extend(measured);
        if self.head.step != self.racer.step() {
            self.head = self.racer.measure(self.racer.step(), self.racer.x());
        }
        if let Some(crowd) = &mut self.crowd {
            crowd.sync();
        }
    }

    /// Goes on computing the flows, then looking for the place where the run lands, then its distances from the
    /// flows, until `is_late`. True while there is more to do.
    fn predict(&mut self, limit: u64, wanted: Wanted, mut is_late: impl FnMut() -> bool) -> bool {
        let landscape = self.racer.landscape().clone();
        let (loss, spec) = (landscape.as_ref(), self.racer.spec().clone());
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
        while let Landing::Flying(looked_at) = self.landing
            && looked_at < self.points.len()
        {
            if is_late() {
                return true;
            }
            let point = &self.points[looked_at];
            self.landing = Landing::Flying(looked_at + 1);
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

    /// About how many plain updates one update of the race costs here.
    fn cost(&self) -> u64 {
        let crowd = self.crowd.as_ref().map_or(1, |crowd| crowd.seeds() as u64);
        let rule = if self.racer.spec().id.info().is_slow { 256 } else { 1 };
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

/// A path of the run before, to compare with.
#[derive(Clone, Debug)]
pub struct Ghost {
    /// The place of its optimizer in the list.
    pub index: usize,
    /// Its iterates.
    pub path: Vec<Vec<f64>>,
}

/// The scenario in force and its race.
#[derive(Debug)]
pub struct Session {
    scenario: Scenario,
    lanes: Vec<Lane>,
    ghosts: Vec<Ghost>,
    frames_since_edit: u32,
    /// Whether it is playing.
    pub playing: bool,
    /// The scrubber's place; `None` at the end of the run.
    pub cursor: Option<u64>,
}

impl Session {
    /// A race at step 0. `scenario` is resolved.
    #[must_use]
    pub fn new(scenario: Scenario) -> Self {
        let lanes = lanes(&scenario);
        Self { scenario, lanes, ghosts: Vec::new(), frames_since_edit: 0, playing: true, cursor: None }
    }

    /// The scenario in force.
    #[must_use]
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// One lane for each optimizer that takes part.
    #[must_use]
    pub fn lanes(&self) -> &[Lane] {
        &self.lanes
    }

    /// The paths of the run before.
    #[must_use]
    pub fn ghosts(&self) -> &[Ghost] {
        &self.ghosts
    }

    /// The race's step: that of the lane that is furthest.
    #[must_use]
    pub fn step(&self) -> u64 {
        self.lanes.iter().map(|lane| lane.racer.step() / lane.speed).max().unwrap_or(0)
    }

    /// Goes on measuring R^Max, R^Asc and R^Avg, each lane in its share of the time until `is_late(1.0)`; true while
    /// there is more to do.
    pub fn measure_sharpness(&mut self, is_late: impl Fn(f64) -> bool) -> bool {
        let count = self.lanes.len() as f64;
        let mut more = false;
        // No short circuit: every lane's head is measured in every frame.
        for (i, lane) in self.lanes.iter_mut().enumerate() {
            more |= lane.measure_sharpness(|| is_late((i + 1) as f64 / count));
        }
        more
    }

    /// Goes on with what is wanted of theory until `is_late`; true while there is more to do. Flows cost up to some
    /// hundredths of a second, so that they wait until nothing has been edited for some frames.
    pub fn predict(&mut self, wanted: Wanted, mut is_late: impl FnMut() -> bool) -> bool {
        if wanted == Wanted::default() {
            return false;
        }
        self.frames_since_edit += 1;
        if self.frames_since_edit <= CALM_FRAMES {
            return true;
        }
        let limit = self.scenario.steps;
        self.lanes
            .iter_mut()
            .any(|lane| lane.predict(limit.saturating_mul(lane.speed), wanted, &mut is_late) || is_late())
    }

    /// Whether every lane has ended.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.lanes.iter().all(|lane| lane.racer.stop_reason().is_some())
    }

    /// Puts a resolved scenario in place. A change of the view alone leaves the run as it is; any other
    /// change restarts it and keeps the run before as a ghost.
    pub fn edit(&mut self, scenario: Scenario) {
        let same_run = scenario.view.pace == self.scenario.view.pace
            && Scenario { view: self.scenario.view.clone(), ..scenario.clone() } == self.scenario;
        let same_space = scenario.loss.id == self.scenario.loss.id && scenario.dim() == self.scenario.dim();
        if same_run {
            self.scenario = scenario;
            return;
        }
        if same_space {
            self.keep_ghost();
        } else {
            self.ghosts.clear();
        }
        self.scenario = scenario;
        self.start_over();
    }

    /// Back to step 0.
    pub fn restart(&mut self) {
        self.keep_ghost();
        self.start_over();
    }

    fn start_over(&mut self) {
        self.lanes = lanes(&self.scenario);
        self.frames_since_edit = 0;
        self.cursor = None;
    }

    /// The run becomes the ghost if it has gone far enough to be worth comparing with: while a slider is
    /// dragged the ghost stays the run from before the drag.
    fn keep_ghost(&mut self) {
        if self.step() < 12 * self.scenario.view.steps_per_frame.min(1000) {
            return;
        }
        self.ghosts = self
            .lanes
            .iter()
            .map(|lane| Ghost { index: lane.index, path: lane.points.iter().map(|point| point.x.clone()).collect() })
            .collect();
    }

    /// Up to `steps` updates of every lane, in equal slices, until `is_late` says that the frame's time
    /// is up.
    pub fn advance(&mut self, steps: u64, mut is_late: impl FnMut() -> bool) {
        let mut left = steps;
        let slowest = self.lanes.iter().map(Lane::cost).max().unwrap_or(1);
        while left > 0 {
            let slice = left.min((SLICE / slowest).max(1));
            for lane in &mut self.lanes {
                lane.advance(slice);
            }
            left -= slice;
            if is_late() {
                break;
            }
        }
        for lane in &mut self.lanes {
            lane.sync();
        }
        if self.is_over() {
            self.playing = false;
        }
    }
}

fn lanes(scenario: &Scenario) -> Vec<Lane> {
    let taking_part = || scenario.optimizers.iter().enumerate().filter(|(_, optimizer)| optimizer.on);
    let largest_eta = taking_part().map(|(_, optimizer)| optimizer.eta).fold(0.0, f64::max);
    taking_part()
        .map(|(i, optimizer)| {
            let speed = match scenario.view.pace {
                Pace::Steps => 1,
                Pace::Time => (largest_eta / optimizer.eta).round().min(1e6) as u64,
            };
            let steps = scenario.steps.saturating_mul(speed).min(limits::STEPS_MAX);
            let seed = scenario.seeds().next().unwrap_or(scenario.seed);
            let recorded = Scenario { record: Recording::Points(KEPT_POINTS), steps, seed, ..scenario.clone() };
            Lane::new(&recorded, i, speed)
        })
        .collect()
}
