//! A race on its way: one lane for each optimizer that takes part, and the ghost of the run before.

use super::lane::{Lane, Wanted, lanes};
use crate::run::Scenario;

/// Frames without an edit before theory is asked.
const CALM_FRAMES: u32 = 5;

/// Updates between two looks at the clock.
const SLICE: u64 = 8192;

/// A path of the run before, to compare with.
#[derive(Clone, Debug)]
pub struct Ghost {
    /// The place of its optimizer in the list.
    pub index: usize,
    /// Its iterates.
    pub path: Vec<Vec<f64>>,
}

/// A race on its way.
#[derive(Debug)]
pub struct Track {
    /// What runs, and how it is looked at.
    pub scenario: Scenario,
    /// One for each optimizer that takes part.
    pub lanes: Vec<Lane>,
    /// The paths of the run before.
    pub ghosts: Vec<Ghost>,
    frames_since_edit: u32,
    /// The scrubber's place; `None` at the end of the run.
    pub cursor: Option<u64>,
}

impl Track {
    /// A race at step 0. `scenario` is resolved.
    #[must_use]
    pub fn new(scenario: Scenario) -> Self {
        let lanes = lanes(&scenario);
        Self { scenario, lanes, ghosts: Vec::new(), frames_since_edit: 0, cursor: None }
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
        self.lanes.iter().all(Lane::is_over)
    }

    /// Puts a resolved scenario in place. A change of the view alone leaves the run as it is; any other
    /// change restarts it and keeps the run before as a ghost.
    pub fn edit(&mut self, scenario: Scenario) {
        let same_run = Scenario { view: self.scenario.view.clone(), ..scenario.clone() } == self.scenario;
        let same_space = scenario.loss.id() == self.scenario.loss.id() && scenario.dim() == self.scenario.dim();
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
    }
}
