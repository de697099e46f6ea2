//! How errors shrink with the rates: SAM and 1-SAM against their limiting flows, alignment against ρ.

use super::runs::{
    after, distance, end, ends_of_seeds, exponent, loss_of, median, phi_of, run, sharpness_of, updates, with,
};
use super::{Compared, Evidence, Formula};
use crate::calculus::{Eigen, Landscape, VecN};
use crate::run::Scenario;
use crate::sharpness::worst_direction;
use crate::theory::Functional;

/// The same scenario with η = `eta` and ρ = η/2, as long as makes `tau`.
pub(super) fn scaled(scenario: &Scenario, eta: f64, tau: f64) -> Scenario {
    with(scenario, eta, 0.5 * eta, updates(tau, eta, 0.5 * eta))
}

/// ‖Φ(x_t) − X(τ)‖ for each η with ρ = η/2: the errors' exponent in η.
pub(super) fn flow_error(scenario: &Scenario, etas: [f64; 4], tau: f64) -> Evidence {
    let loss = loss_of(scenario);
    let ends = etas.map(|eta| (eta, phi_of(loss.as_ref(), &end(&scaled(scenario, eta, tau)))));
    let start = scenario.init.clone();
    Box::new(move |f| {
        let flowed = flowed_to(f, loss.as_ref(), &start, Functional::Lambda1, tau);
        let errors = ends.each_ref().map(|(eta, end)| (*eta, distance(end, &flowed)));
        Compared { predicted: f.order(1.0), measured: exponent(&errors) }
    })
}

/// |R^Max(x_t)/ρ² − λ1(X)/2| for the same runs, averaged over the 2-cycle's two points, which differ by O(ρ): its exponent
/// in η.
pub(super) fn sharpness_error(scenario: &Scenario, etas: [f64; 4], tau: f64) -> Evidence {
    let loss = loss_of(scenario);
    let rises = etas.map(|eta| {
        let (rho, end) = (0.5 * eta, end(&scaled(scenario, eta, tau)));
        let next = after(&scaled(scenario, eta, tau), &end, 1);
        let rise = |x: &[f64]| worst_direction(loss.as_ref(), &VecN::from_slice(x), rho).r_max / (rho * rho);
        (eta, 0.5 * (rise(&end) + rise(&next)))
    });
    let start = scenario.init.clone();
    Box::new(move |f| {
        let flowed = sharpness_of(loss.as_ref(), f.flowed(loss.as_ref(), &start, Functional::Lambda1, tau));
        let limit = f.half() * flowed;
        let errors = rises.map(|(eta, rise)| (eta, (rise - limit).abs()));
        Compared { predicted: f.order(1.0), measured: exponent(&errors) }
    })
}

/// The angle between g and ±v1 once aligned, for each ρ at the same η and τ: its exponent in ρ.
pub(super) fn alignment_error(scenario: &Scenario, rhos: [f64; 4], tau: f64) -> f64 {
    let eta = scenario.optimizers[0].eta;
    let angles = rhos.map(|rho| {
        let racer = run(&with(scenario, eta, rho, updates(tau, eta, rho)));
        (rho, angle_to_sharpest(racer.landscape().as_ref(), &VecN::from_slice(racer.x())))
    });
    exponent(&angles)
}

/// The angle between the gradient and ±v1, in radians.
pub(super) fn angle_to_sharpest(loss: &dyn Landscape, x: &VecN) -> f64 {
    let (g, v) = (loss.gradient(x), Eigen::new(&loss.hessian(x)).vectors()[0]);
    [g.angle(&v), g.angle(&-v)].into_iter().flatten().fold(f64::INFINITY, f64::min)
}

/// What is asked of the errors of several seeds.
pub(super) type Summary = fn(Vec<f64>) -> f64;

/// The largest of them.
pub(super) fn largest(values: Vec<f64>) -> f64 {
    values.into_iter().fold(0.0, f64::max)
}

/// ‖Φ(x_t) − X(τ)‖ of 1-SAM over 64 seeds for each (η, ρ): the exponent in η of their `summary`.
pub(super) fn stochastic_error(scenario: &Scenario, rates: [(f64, f64); 4], tau: f64, summary: Summary) -> Evidence {
    let loss = loss_of(scenario);
    let ends = rates.map(|(eta, rho)| ends_of_seeds(&with(scenario, eta, rho, updates(tau, eta, rho)), SEEDS));
    let start = scenario.init.clone();
    Box::new(move |f| {
        let flowed = flowed_to(f, loss.as_ref(), &start, Functional::Trace, tau);
        let away = |ends: &Vec<VecN>| summary(ends.iter().map(|end| distance(end, &flowed)).collect());
        let points: Vec<_> = rates.iter().zip(&ends).map(|((eta, _), ends)| (*eta, away(ends))).collect();
        Compared { predicted: f.order(1.0), measured: exponent(&points) }
    })
}

/// The number of seeds of a median.
pub(super) const SEEDS: u64 = 64;

/// The middle one.
pub(super) const MEDIAN: Summary = median;

/// The end of the theorem's flow; NaN where there is none.
fn flowed_to(f: &Formula, loss: &dyn Landscape, start: &[f64], of: Functional, tau: f64) -> Vec<f64> {
    f.flowed(loss, start, of, tau).map_or(vec![f64::NAN; start.len()], |flow| flow.end().to_vec())
}
