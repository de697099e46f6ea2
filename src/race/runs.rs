//! All runs of a scenario.

use super::{Run, Wanted};
use crate::run::{Crowd, RunSpec, Scenario};
use crate::theory::place_in_chain;

/// Plain updates between two looks at the clock.
const SLICE: u64 = 8192;

/// The runs of a scenario, one for each method that takes part.
#[derive(Debug)]
pub struct Race {
    /// The resolved scenario, in the plane. What is looked at may change; a change of what runs needs another race.
    pub scenario: Scenario,
    runs: Vec<Run>,
    shown_until: Option<u64>,
    /// The steps that all runs have been asked for last and that some are still at.
    begun: u64,
}

impl Race {
    /// A resolved scenario's runs at their start, each stochastic method's with at most `seeds` of its seeds.
    #[must_use]
    pub fn new(scenario: Scenario, seeds: u64) -> Self {
        let scenario = scenario.in_plane();
        let (first, last) = scenario.seeds().into_inner();
        let seeds = seeds.min(last - first + 1);
        let chosen = &scenario.view.surface_steps;
        let runs = scenario
            .run_specs()
            .into_iter()
            .map(|spec| Run::new(RunSpec { is_pictured: true, ..spec }, seeds, chosen))
            .collect();
        Self { scenario, runs, shown_until: None, begun: 0 }
    }

    /// A resolved scenario's runs, at their end, with what is wanted beside them.
    #[must_use]
    pub fn finished(scenario: Scenario, seeds: u64, wanted: Wanted) -> Self {
        let mut race = Self::new(scenario, seeds);
        for run in &mut race.runs {
            run.advance(u64::MAX);
            run.sync();
            while run.predict(wanted, &mut || false) {}
            if wanted.sharpness {
                run.measure_sharpness(|| false);
            }
        }
        race
    }

    /// One for each method that takes part.
    #[must_use]
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// The run of the method at this place of the scenario's list.
    #[must_use]
    pub fn run(&self, index: usize) -> Option<&Run> {
        self.runs.iter().find(|run| run.index() == index)
    }

    /// The runs, to go on with them; [`Run::sync`] comes after.
    pub fn runs_mut(&mut self) -> &mut [Run] {
        &mut self.runs
    }

    /// Up to `steps` steps of the race, in equal parts, until `is_late`, also in the middle of a step; what has begun is ended
    /// first and counts among them. Gives how many are left.
    pub fn advance(&mut self, steps: u64, mut is_late: impl FnMut() -> bool) -> u64 {
        let mut left = steps.saturating_sub(self.begun);
        let slowest = self.runs.iter().map(Run::cost).max().unwrap_or(1);
        while (self.begun > 0 || left > 0) && !self.is_over() {
            if self.begun == 0 {
                self.begun = left.min((SLICE / slowest).max(1));
                left -= self.begun;
                self.runs.iter_mut().for_each(|run| run.ask(self.begun));
            }
            // No short circuit: all runs go on.
            if !self.runs.iter_mut().fold(false, |more, run| run.work(SLICE) | more) {
                self.begun = 0;
            }
            if is_late() {
                break;
            }
        }
        self.runs.iter_mut().for_each(Run::sync);
        if self.is_over() { 0 } else { left + self.begun }
    }

    /// Goes on measuring R^Max, R^Asc and R^Avg, each run in its share of the time until `is_late(1.0)`; true while there is
    /// more to do.
    pub fn measure_sharpness(&mut self, is_late: impl Fn(f64) -> bool) -> bool {
        let count = self.runs.len() as f64;
        // No short circuit: every run's current iterate is measured at once.
        self.runs
            .iter_mut()
            .enumerate()
            .fold(false, |more, (i, run)| more | run.measure_sharpness(|| is_late((i + 1) as f64 / count)))
    }

    /// Goes on with what is wanted of theory until `is_late`; true while there is more to do.
    pub fn predict(&mut self, wanted: Wanted, mut is_late: impl FnMut() -> bool) -> bool {
        self.runs.iter_mut().any(|run| run.predict(wanted, &mut is_late) || is_late())
    }

    /// Shows the runs up to this step of the race; all of them without one.
    pub fn show_until(&mut self, step: Option<u64>) {
        self.shown_until = step;
        for run in &mut self.runs {
            run.show_until(step);
        }
    }

    /// The step of the race up to which the runs are shown; `None` where all of them is.
    #[must_use]
    pub fn shown_until(&self) -> Option<u64> {
        self.shown_until
    }

    /// How many whole steps of the race have been done: by the run that is furthest.
    #[must_use]
    pub fn step(&self) -> u64 {
        self.runs.iter().map(|run| run.racer().step() / run.speed()).max().unwrap_or(0)
    }

    /// The last step of the race that a run or one of its seeds has reached.
    #[must_use]
    pub fn last_step(&self) -> f64 {
        let last = |run: &Run| run.race_step(run.crowd().map_or(0, Crowd::step).max(run.racer().step()));
        self.runs.iter().map(last).fold(0.0, f64::max)
    }

    /// Whether every run has ended.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.runs.iter().all(Run::is_over)
    }
}

/// Runs in the order of the chain L^Max → L^Asc → SAM; those of other methods come after it.
#[must_use]
pub fn in_chain_order(runs: &[Run]) -> Vec<&Run> {
    let place = |run: &Run| place_in_chain(run.optimizer().id);
    let last = runs.iter().map(place).max().unwrap_or(0);
    (0..=last).flat_map(|at| runs.iter().filter(move |run| place(run) == at)).collect()
}
