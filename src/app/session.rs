//! The running race: one lane for each optimizer that takes part, its measured points, and the ghost of
//! the run before.

use crate::run::{Racer, Recording, Scenario};
use crate::sharpness::Point;

/// How many points the curves and the map keep of a run.
const KEPT_POINTS: usize = 2048;

/// Updates between two looks at the clock.
const SLICE: u64 = 8192;

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
}

impl Lane {
    fn new(scenario: &Scenario, index: usize) -> Self {
        let racer = Racer::new(scenario, index);
        let head = racer.measure(racer.step(), racer.x());
        let mut lane = Self { index, racer, points: Vec::new(), head };
        lane.sync();
        lane
    }

    /// Brings the measured points up to date with the racer.
    fn sync(&mut self) {
        let Some(trail) = self.racer.trail() else { return };
        self.points.retain(|point| trail.keeps(point.step));
        let fresh = self.points.len()..trail.steps().len();
        let measured: Vec<Point> = fresh.map(|i| self.racer.measure(trail.steps()[i], trail.x(i))).collect();
        self.points.extend(measured);
        if self.head.step != self.racer.step() {
            self.head = self.racer.measure(self.racer.step(), self.racer.x());
        }
    }

    /// The point to show at the scrubber's place: the last kept one that is not later, or the head.
    #[must_use]
    pub fn shown(&self, cursor: Option<u64>) -> &Point {
        let Some(cursor) = cursor else { return &self.head };
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
        Self { scenario, lanes, ghosts: Vec::new(), playing: true, cursor: None }
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
        self.lanes.iter().map(|lane| lane.racer.step()).max().unwrap_or(0)
    }

    /// Whether every lane has ended.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.lanes.iter().all(|lane| lane.racer.stop_reason().is_some())
    }

    /// Puts a resolved scenario in place. A change of the view alone leaves the run as it is; any other
    /// change restarts it and keeps the run before as a ghost.
    pub fn edit(&mut self, scenario: Scenario) {
        let same_run = Scenario { view: self.scenario.view.clone(), ..scenario.clone() } == self.scenario;
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
        while left > 0 {
            let slice = left.min(SLICE);
            for lane in &mut self.lanes {
                lane.racer.advance(slice);
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
    let recorded = Scenario { record: Recording::Points(KEPT_POINTS), ..scenario.clone() };
    (0..scenario.optimizers.len()).filter(|&i| scenario.optimizers[i].on).map(|i| Lane::new(&recorded, i)).collect()
}
