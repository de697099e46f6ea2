//! Who takes part in a race, and how fast.

use super::{Pace, Recording, Scenario, limits};

/// A method that takes part, with the scenario of its own run.
#[derive(Clone, Debug, PartialEq)]
pub struct Entrant {
    /// Its place in the scenario's list, which gives its colour.
    pub index: usize,
    /// Its updates for each step of the race: 1 unless the pace is by time.
    pub speed: u64,
    /// The scenario with its own number of steps and the first seed.
    pub scenario: Scenario,
}

impl Scenario {
    /// The methods that take part in this resolved scenario, each recorded as `record` says.
    #[must_use]
    pub fn entrants(&self, record: Recording) -> Vec<Entrant> {
        let taking_part = || self.optimizers.iter().enumerate().filter(|(_, optimizer)| optimizer.on);
        let largest_eta = taking_part().map(|(_, optimizer)| optimizer.eta).fold(0.0, f64::max);
        let entrant = |(index, optimizer): (usize, &super::OptimizerSpec)| {
            let speed = match self.view.pace {
                Pace::Steps => 1,
                Pace::Time => (largest_eta / optimizer.eta).round().min(1e6) as u64,
            };
            let steps = self.steps.saturating_mul(speed).min(limits::STEPS_MAX);
            let seed = self.seeds().next().unwrap_or(self.seed);
            Entrant { index, speed, scenario: Self { seed, steps, record, ..self.clone() } }
        };
        taking_part().map(entrant).collect()
    }
}
