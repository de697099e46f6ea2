//! What the tests of runs share.

use samscope::loss::LossSpec;
use samscope::optimizer::Method;
use samscope::run::{OptimizerSpec, Racer, Scenario};

/// A race of one method on a landscape with these parameters (others: default), from `init`.
pub fn scenario(loss: &str, params: &[(&str, f64)], init: &[f64], spec: OptimizerSpec, steps: u64) -> Scenario {
    let mut loss = LossSpec::new(loss);
    loss.params_mut().extend(params.iter().map(|(name, value)| ((*name).to_owned(), *value)));
    let scenario = Scenario { loss, init: init.to_vec(), optimizers: vec![spec], steps, ..Scenario::default() };
    scenario.resolved().expect("a valid scenario")
}

/// A method with its settings.
pub fn spec(id: Method, eta: f64, rho: f64) -> OptimizerSpec {
    OptimizerSpec { eta, rho, ..OptimizerSpec::new(id) }
}

/// The scenario's first method at its end.
pub fn finished(scenario: &Scenario) -> Racer {
    let mut racer = Racer::new(scenario.run_spec(0));
    racer.advance(scenario.steps);
    racer
}
