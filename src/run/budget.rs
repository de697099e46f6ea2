//! How much the runs of a scenario may keep in memory.

use super::{Crowd, Recording, Scenario};
use crate::loss::Refusal;
use crate::sharpness::Point;

/// The most numbers that the kept points of all runs have together: with about 20 characters to a number, their JSON is
/// still a text that a browser can hold (2^29 characters).
pub const NUMBERS_MAX: u64 = 24_000_000;

impl Scenario {
    /// Whether the record of every run with every seed can be kept.
    ///
    /// # Errors
    /// It would be more than [`NUMBERS_MAX`] numbers.
    pub fn can_be_recorded(&self) -> Result<(), Refusal> {
        let specs = self.run_specs();
        let points = |steps: u64| match self.record {
            Recording::None => 1,
            Recording::Points(most) => (most as u64).min(steps + 1),
            Recording::All => steps + 1,
        };
        let points = specs.iter().map(|spec| points(spec.steps)).fold(0, u64::saturating_add);
        let seeds = self.seeds().count() as u64;
        let remedy = "record fewer points, or run fewer steps, seeds or methods";
        self.within_budget("record", points.saturating_mul(seeds), specs.len() as u64 * seeds, remedy)
    }

    /// Whether every seed of every stochastic method can be kept side by side, as figures show them.
    ///
    /// # Errors
    /// It would be more than [`NUMBERS_MAX`] numbers.
    pub fn can_be_drawn(&self) -> Result<(), Refusal> {
        let stochastic = self.run_specs().into_iter().filter(|spec| spec.optimizer.is_stochastic());
        let runs = stochastic.clone().count() as u64 * self.seeds().count() as u64;
        let points = stochastic.map(|spec| Crowd::points_max(spec.steps)).max().unwrap_or(0);
        self.within_budget("seeds", points * runs, runs, "show fewer seeds or methods")
    }

    fn within_budget(&self, field: &'static str, points: u64, runs: u64, remedy: &str) -> Result<(), Refusal> {
        let numbers = points.saturating_mul(Point::columns(self.dim()).len() as u64);
        if numbers <= NUMBERS_MAX {
            return Ok(());
        }
        let what = format!("would keep {numbers} numbers ({points} points of {runs} runs)");
        Err(Refusal::new(field, format!("{what}, but {NUMBERS_MAX} is the most that is kept; {remedy}")))
    }
}
