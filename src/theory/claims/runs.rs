//! What the claims' runs are made of.

use std::sync::Arc;

use super::{Compared, Evidence, Formula};
use crate::calculus::{Eigen, Landscape, VecN, landscape};
use crate::loss::LossSpec;
use crate::optimizer::Method;
use crate::run::{OptimizerSpec, Racer, Scenario};
use crate::theory::{Flow, phi};

/// Why a tolerance is a few units in the last place.
pub(super) const ROUNDING: &str = "Everything here is exact; only rounding is left.";
/// Why a tolerance on whole numbers doesn't matter.
pub(super) const COUNT: &str = "A count: any tolerance below ½ says the same.";

/// One method on a landscape; parameters and a start that are absent are the landscape's own.
pub(super) fn scenario(
    loss: &str,
    params: &[(&str, f64)],
    init: &[f64],
    (method, eta, rho): (Method, f64, f64),
    steps: u64,
) -> Scenario {
    let mut spec = LossSpec::new(loss);
    spec.params_mut().extend(params.iter().map(|(name, value)| ((*name).to_owned(), *value)));
    scenario_of(spec, init, (method, eta, rho), steps)
}

/// One method on a loss.
pub(super) fn scenario_of(
    loss: LossSpec,
    init: &[f64],
    (method, eta, rho): (Method, f64, f64),
    steps: u64,
) -> Scenario {
    let optimizers = vec![OptimizerSpec { eta, rho, ..OptimizerSpec::new(method) }];
    let scenario = Scenario { loss, init: init.to_vec(), optimizers, steps, ..Scenario::default() };
    match scenario.resolved() {
        Ok(scenario) => scenario,
        Err(error) => unreachable!("a shipped scenario: {error}"),
    }
}

/// The same scenario with other numbers.
pub(super) fn with(scenario: &Scenario, eta: f64, rho: f64, steps: u64) -> Scenario {
    let mut other = scenario.clone();
    other.optimizers[0].eta = eta;
    other.optimizers[0].rho = rho;
    other.steps = steps;
    other
}

/// The same scenario with another start and length.
pub(super) fn from(scenario: &Scenario, init: &[f64], steps: u64) -> Scenario {
    Scenario { init: init.to_vec(), steps, ..scenario.clone() }
}

/// η and ρ of the scenario's method.
pub(super) fn rates(scenario: &Scenario) -> (f64, f64) {
    (scenario.optimizers[0].eta, scenario.optimizers[0].rho)
}

/// The scenario's loss.
pub(super) fn loss_of(scenario: &Scenario) -> Arc<dyn Landscape> {
    landscape(&scenario.loss, scenario.dim())
}

/// The scenario's method at its end.
pub(super) fn run(scenario: &Scenario) -> Racer {
    let mut racer = Racer::new(scenario.run_spec(0));
    racer.advance(scenario.steps);
    racer
}

/// Where it ends.
pub(super) fn end(scenario: &Scenario) -> Vec<f64> {
    run(scenario).x().to_vec()
}

/// The iterate after `steps` more updates.
pub(super) fn after(scenario: &Scenario, x: &[f64], steps: u64) -> Vec<f64> {
    end(&from(scenario, x, steps))
}

/// Gradient flow from the scenario's start at time 1, as gradient descent with a very small learning rate.
pub(super) fn gradient_flow(scenario: &Scenario) -> Vec<f64> {
    let mut slow = with(scenario, 1e-5, 0.0, 100_000);
    slow.optimizers[0].id = Method::Gd;
    end(&slow)
}

/// The number of updates that makes τ = ηρ²t.
pub(super) fn updates(tau: f64, eta: f64, rho: f64) -> u64 {
    (tau / (eta * rho * rho)).round() as u64
}

/// Φ(x); NaN where there is none.
pub(super) fn phi_of(loss: &dyn Landscape, x: &[f64]) -> Vec<f64> {
    phi(loss, x).unwrap_or_else(|_| vec![f64::NAN; x.len()])
}

/// Φ of the ends of a run with each of so many seeds.
pub(super) fn ends_of_seeds(scenario: &Scenario, seeds: u64) -> Vec<VecN> {
    let loss = loss_of(scenario);
    let end_of_seed = |seed| VecN::from_slice(&phi_of(loss.as_ref(), &end(&Scenario { seed, ..scenario.clone() })));
    (0..seeds).map(end_of_seed).collect()
}

/// λ1 ≥ … ≥ λD at x.
pub(super) fn eigenvalues(loss: &dyn Landscape, x: &[f64]) -> Vec<f64> {
    Eigen::new(&loss.hessian(&VecN::from_slice(x))).values.to_vec()
}

/// λ1 at Φ(x); NaN where there is none.
pub(super) fn sharpness_at_phi(loss: &dyn Landscape, x: &[f64]) -> f64 {
    let landed = phi_of(loss, x);
    if landed[0].is_nan() { f64::NAN } else { eigenvalues(loss, &landed)[0] }
}

/// The last point of a flow; NaN where there is none.
pub(super) fn end_of(flow: Option<Flow>, i: usize) -> f64 {
    flow.map_or(f64::NAN, |flow| flow.end()[i])
}

/// λ1, the largest eigenvalue, at a flow's end; NaN where there is none.
pub(super) fn sharpness_of(loss: &dyn Landscape, flow: Option<Flow>) -> f64 {
    flow.map_or(f64::NAN, |flow| eigenvalues(loss, flow.end())[0])
}

/// ‖x‖.
pub(super) fn length(x: &[f64]) -> f64 {
    VecN::from_slice(x).norm()
}

/// ‖a − b‖.
pub(super) fn distance(a: &[f64], b: &[f64]) -> f64 {
    (VecN::from_slice(a) - VecN::from_slice(b)).norm()
}

/// The exponent p of errors ∝ scaleᵖ, by least squares of their logarithms.
pub(super) fn exponent(points: &[(f64, f64)]) -> f64 {
    let logs: Vec<(f64, f64)> = points.iter().map(|(scale, error)| (libm::log(*scale), libm::log(*error))).collect();
    let n = logs.len() as f64;
    let (mean_x, mean_y) = (logs.iter().map(|p| p.0).sum::<f64>() / n, logs.iter().map(|p| p.1).sum::<f64>() / n);
    let covariance: f64 = logs.iter().map(|(x, y)| (x - mean_x) * (y - mean_y)).sum();
    covariance / logs.iter().map(|(x, _)| (x - mean_x) * (x - mean_x)).sum::<f64>()
}

/// The middle of an ascending list's sorted values.
pub(super) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let n = values.len();
    0.5 * (values[(n - 1) / 2] + values[n / 2])
}

/// The number between `low` and `high` where `is_low` turns false, to a relative 1e-9.
pub(super) fn threshold(mut low: f64, mut high: f64, is_low: impl Fn(f64) -> bool) -> f64 {
    while high - low > 1e-9 * high.abs() {
        let middle = 0.5 * (low + high);
        if is_low(middle) { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}

/// Where a function with one minimum between `low` and `high` is least.
pub(super) fn golden_section(mut low: f64, mut high: f64, value: impl Fn(f64) -> f64) -> f64 {
    let share = 0.5 * (5.0_f64.sqrt() - 1.0);
    for _ in 0..80 {
        let (a, b) = (high - share * (high - low), low + share * (high - low));
        if value(a) < value(b) { high = b } else { low = a }
    }
    0.5 * (low + high)
}

/// A measurement against a prediction.
pub(super) fn compare(measured: f64, predict: impl Fn(&Formula) -> f64 + 'static) -> Evidence {
    Box::new(move |f| Compared { predicted: predict(f), measured })
}
