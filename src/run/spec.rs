//! What one run is, as data.

use super::{OptimizerSpec, Pace, Recording, Scenario, Underflow, limits};
use crate::loss::{LossSpec, Refusal};

/// One run of one method: all that decides its bits, and its place in the race.
#[derive(Clone, Debug, PartialEq)]
pub struct RunSpec {
    /// What is minimized.
    pub loss: LossSpec,
    /// The start; its length is the dimension.
    pub init: Vec<f64>,
    /// Whether its points are measured as those of a picture: a loss of one variable without the plane's second coordinate.
    pub is_pictured: bool,
    /// The method and its settings.
    pub optimizer: OptimizerSpec,
    /// The seed of its random stream.
    pub seed: u64,
    /// The number of updates after which it ends.
    pub steps: u64,
    /// It has converged when ‖g‖ ≤ tol; 0 turns that off.
    pub tol: f64,
    /// Which iterates are kept.
    pub record: Recording,
    /// What happens to coordinates below the smallest normal number.
    pub underflow: Underflow,
    /// The method's place in the scenario's list.
    pub index: usize,
    /// The places in the list of colours of the method and of the one that it gives way to.
    pub colours: [usize; 2],
    /// Its updates for each step of the race: 1 unless the pace is by time.
    pub speed: u64,
}

impl Scenario {
    /// The runs of this resolved scenario, one for each method that takes part, with the first seed.
    #[must_use]
    pub fn run_specs(&self) -> Vec<RunSpec> {
        (0..self.optimizers.len())
            .filter(|&index| self.optimizers[index].on)
            .map(|index| self.run_spec(index))
            .collect()
    }

    /// Whether at least one method takes part.
    ///
    /// # Errors
    /// Every method is off.
    pub fn has_runs(&self) -> Result<(), Refusal> {
        let is_on = self.optimizers.iter().any(|optimizer| optimizer.on);
        let none = "none takes part; at least one must have \"on\": true";
        if is_on { Ok(()) } else { Err(Refusal::new("optimizers", none)) }
    }

    /// The run of method `index` of this resolved scenario, with the first seed.
    #[must_use]
    pub fn run_spec(&self, index: usize) -> RunSpec {
        let optimizer = self.optimizers[index].clone();
        let speed = match self.pace {
            Pace::Steps => 1,
            Pace::Time => {
                let taking_part = self.optimizers.iter().filter(|other| other.on);
                let largest_eta = taking_part.map(|other| other.eta).fold(0.0, f64::max);
                (largest_eta / optimizer.eta).round().min(1e6) as u64
            }
        };
        RunSpec {
            loss: self.loss.clone(),
            init: self.init.clone(),
            is_pictured: false,
            optimizer,
            seed: *self.seeds().start(),
            steps: self.steps.saturating_mul(speed).min(limits::STEPS_MAX),
            tol: self.tol,
            record: self.record,
            underflow: self.underflow,
            index,
            // A colour that no other method has, if there are few, and never its own.
            colours: [index, index + self.optimizers.len().min(4)],
            speed,
        }
    }
}
