//! The fields of one run's method. What does not change them is left out, so that they are not computed anew where nothing changes.

use super::{Field, Kind, Over, Plane};
use crate::run::{RunSpec, Scenario};

impl Field {
    /// How the run's method ends from each node of a plane, after at most so many steps.
    #[must_use]
    pub fn of_basin(run: &RunSpec, mut plane: Plane, steps: u64) -> Self {
        for axis in plane.slice.axes {
            plane.slice.base[axis] = 0.0;
        }
        let scenario = Scenario { init: plane.slice.base.clone(), ..alone(run, steps) };
        Self { scenario, kind: Kind::Basin { plane } }
    }

    /// How the run ends with other settings, after at most so many steps.
    #[must_use]
    pub fn of_sweep(run: &RunSpec, over: [Over; 2], steps: u64) -> Self {
        let mut scenario = alone(run, steps);
        for over in &over {
            // Any allowed value will do: the nodes have their own.
            over.setting.set(&mut scenario, 0, over.nodes.from);
        }
        Self { scenario, kind: Kind::Sweep { over, tau: None } }
    }
}

fn alone(run: &RunSpec, steps: u64) -> Scenario {
    Scenario {
        loss: run.loss.clone(),
        init: run.init.clone(),
        optimizers: vec![run.optimizer.clone()],
        seed: run.seed,
        steps: run.steps.min(steps),
        tol: run.tol,
        underflow: run.underflow,
        ..Scenario::default()
    }
}
