//! A race on its way, and the ghost of the run before.

use crate::race::{Race, Run, Wanted};
use crate::run::Scenario;

/// Frames without an edit before theory is asked.
const CALM_FRAMES: u32 = 5;

/// How many runs with further seeds are shown at once: no more than the memory of a browser holds side by side; the curves'
/// legend tells how many they are.
const RUNS_SHOWN_MAX: u64 = 1024;

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
    pub race: Race,
    /// The paths of the run before.
    pub ghosts: Vec<Ghost>,
    frames_since_edit: u32,
}

fn race(scenario: Scenario) -> Race {
    let stochastic = scenario.optimizers.iter().filter(|optimizer| optimizer.on && optimizer.is_stochastic());
    let seeds = RUNS_SHOWN_MAX / (stochastic.count() as u64).max(1);
    Race::new(scenario, seeds)
}

impl Track {
    /// A race at step 0. `scenario` is resolved.
    #[must_use]
    pub fn new(scenario: Scenario) -> Self {
        Self { race: race(scenario), ghosts: Vec::new(), frames_since_edit: 0 }
    }

    /// Goes on with what is costly to measure until `is_late(1.0)`; true while there is more to do. Flows cost up to some
    /// hundredths of a second, so that they wait until nothing has been edited for some frames.
    pub fn measure(&mut self, wanted: Wanted, is_late: impl Fn(f64) -> bool) -> bool {
        let mut more = false;
        if wanted.flows || wanted.distances || wanted.ends {
            self.frames_since_edit += 1;
            more = self.frames_since_edit <= CALM_FRAMES || self.race.predict(wanted, || is_late(1.0));
        }
        more | (wanted.sharpness && self.race.measure_sharpness(is_late))
    }

    /// Puts a resolved scenario in place. A change of the view alone leaves the run as it is; any other
    /// change restarts it and keeps the run before as a ghost.
    pub fn edit(&mut self, scenario: Scenario) {
        let present = &mut self.race.scenario;
        if (Scenario { view: present.view.clone(), ..scenario.clone() }) == *present {
            *present = scenario;
            return;
        }
        if scenario.loss.id() == present.loss.id() && scenario.dim() == present.dim() {
            self.keep_ghost();
        } else {
            self.ghosts.clear();
        }
        self.start_over(scenario);
    }

    /// Back to step 0.
    pub fn restart(&mut self) {
        self.keep_ghost();
        self.start_over(self.race.scenario.clone());
    }

    fn start_over(&mut self, scenario: Scenario) {
        self.race = race(scenario);
        self.frames_since_edit = 0;
    }

    /// The run becomes the ghost if it has gone far enough to be worth comparing with: while a slider is
    /// dragged the ghost stays the run from before the drag.
    fn keep_ghost(&mut self) {
        if self.race.step() < 12 * self.race.scenario.view.steps_per_frame.min(1000) {
            return;
        }
        let path = |run: &Run| run.points().iter().map(|point| point.x.clone()).collect();
        self.ghosts = self.race.runs().iter().map(|run| Ghost { index: run.index(), path: path(run) }).collect();
    }
}
