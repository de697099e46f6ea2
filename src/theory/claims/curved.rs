//! Claims on minimizers that are curved and not degenerate, in the form of Setting 5.1: L is the mean of ½f_k², M = 2 in R³
//! and M = 3 in R⁵, and no two ∇f_k are orthogonal.

use std::collections::BTreeMap;

use super::convergence::{alignment_error, flow_error, scaled, sharpness_error};
use super::runs::{
    compare, distance, eigenvalues, end, exponent, from, gradient_flow, loss_of, phi_of, scenario_of, updates, with,
};
use super::{Bound, Claim, Compared, Evidence, Kind};
use crate::calculus::{Eigen, Landscape, VecN};
use crate::loss::{LossSpec, Reduction};
use crate::optimizer::Method;
use crate::run::Scenario;
use crate::sharpness::worst_direction;
use crate::theory::Functional;

/// Γ = {(x, x²/2, x/2)}: λ1 is least at x = −0.110, λM at 1.049, the trace at 0.080.
const BEND: [&str; 2] = ["((2+(x1+1/2)^2/2)*(x2-x1^2/2))^2/2", "((1+(x1-1)^2/2)*(x3-x1/2))^2/2"];

/// Γ = {(x, y, x²/2, xy/2, y/2)}: λ1 is least at (−1/6, 0), the trace at (0.047, 0.466).
const SHEET: [&str; 3] = [
    "((2+(x1+1/2)^2/2+x2^2/4)*(x3-x1^2/2))^2/2",
    "((1+(x1-1)^2/2)*(x4-x1*x2/2))^2/2",
    "((1+(x2-1)^2/2)*(x5-x2/2))^2/2",
];

fn curved(samples: &[&str], init: &[f64], method: (Method, f64, f64), steps: u64) -> Scenario {
    let samples = samples.iter().map(|&sample| sample.to_owned()).collect();
    scenario_of(LossSpec::typed(samples, Reduction::Mean, BTreeMap::new()), init, method, steps)
}

/// A method on the loss with M = 2.
pub(super) fn bend(method: (Method, f64, f64), steps: u64) -> Scenario {
    curved(&BEND, &[0.6, 0.5, 0.5], method, steps)
}

/// A method on the loss with M = 3.
pub(super) fn sheet(method: (Method, f64, f64), steps: u64) -> Scenario {
    curved(&SHEET, &[0.6, 0.7, 0.5, 0.5, 0.5], method, steps)
}

/// The point of Γ where gradient flow from the scenario's start ends.
pub(super) fn landing(scenario: &Scenario, loss: &dyn Landscape) -> VecN {
    VecN::from_slice(&phi_of(loss, &scenario.init))
}

const FIT: &str = "A fit over four rates, each half of the one before, still feels the next order.";

const ETAS: [f64; 4] = [0.04, 0.02, 0.01, 0.005];
const TAU: f64 = 0.1;

fn sam(eta: f64, rho: f64) -> (Method, f64, f64) {
    (Method::Sam, eta, rho)
}

/// Φ moved by h from Γ in the direction −∇²L u, for h = 0.02 … 0.0025: the exponent in h.
fn hessian_moves(scenario: &Scenario) -> f64 {
    let loss = loss_of(scenario);
    let x = landing(scenario, loss.as_ref());
    let pushed = loss.hessian(&x).times(&VecN::from_fn(x.len(), |_| 1.0));
    let moves = [0.02, 0.01, 0.005, 0.0025].map(|h| {
        let there = x + pushed * h;
        (h, distance(&phi_of(loss.as_ref(), &there), &x))
    });
    exponent(&moves)
}

/// The slope of λ1 along Γ in a tangent direction, by differences between points of Γ, against t·∇³L[v1,v1].
fn slope_on_gamma(scenario: &Scenario) -> Evidence {
    const STEP: f64 = 1e-4;
    let loss = loss_of(scenario);
    let x = landing(scenario, loss.as_ref());
    let eigen = Eigen::new(&loss.hessian(&x));
    let t = eigen.project_on_null(&VecN::axis(x.len(), 0)).unit().unwrap_or(x * f64::NAN);
    let sharpness = |by: f64| eigenvalues(loss.as_ref(), &phi_of(loss.as_ref(), &(x + t * by)))[0];
    let slopes: Vec<f64> = eigen.vectors().iter().map(|v| t.dot(&loss.along(&x, v).second)).collect();
    compare((sharpness(STEP) - sharpness(-STEP)) / (2.0 * STEP), move |f| f.top(&slopes))
}

/// The distance of SAM from gradient flow at time ηt = 1 for η = ρ = 0.04 … 0.005: its exponent.
fn tracking(scenario: &Scenario) -> f64 {
    let flow = gradient_flow(scenario);
    let errors = ETAS.map(|eta| (eta, distance(&end(&with(scenario, eta, eta, (1.0 / eta).round() as u64)), &flow)));
    exponent(&errors)
}

/// How far L^Max(x_t)/ρ² stays above its least value λ1/2 on Γ after τ = 1 from a start near it, for η = 0.04 … 0.005.
fn excess(scenario: &Scenario) -> Evidence {
    let loss = loss_of(scenario);
    let near = from(scenario, &[0.0, 0.1, 0.1], 1);
    let values = ETAS.map(|eta| {
        let (rho, x) = (0.5 * eta, VecN::from_slice(&end(&scaled(&near, eta, 1.0))));
        (eta, (loss.value(&x) + worst_direction(loss.as_ref(), &x, rho).r_max) / (rho * rho))
    });
    Box::new(move |f| {
        let rest = f.rest(loss.as_ref(), &near.init, Functional::Lambda1, None);
        let least = f.half() * rest.map_or(f64::NAN, |flow| eigenvalues(loss.as_ref(), flow.end())[0]);
        Compared { predicted: f.order(1.0), measured: exponent(&values.map(|(eta, value)| (eta, value - least))) }
    })
}

pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "phi-hessian",
        statement: "On the minimizers ∂Φ∇²L = 0: pushed by h in a direction of the Hessian's range, Φ moves by O(h²) only.",
        source: "Φ's definition (Sec. 3)",
        kind: Kind::Theorem,
        why: "A fit over h = 0.02 … 0.0025, whose next order is small here.",
        tolerance: 0.02,
        bound: Bound::Equal,
        scenario: || sheet(sam(0.05, 0.01), 0),
        evidence: |scenario| compare(hessian_moves(scenario), |f| f.order(2.0)),
    },
    Claim {
        id: "slope-on-gamma",
        statement: "The third term of SAM's step has the slope of λ1 as its part along the minimizers: t·∇³L[v1,v1] = ∂λ1/∂t.",
        source: "Sec. 4, the step's expansion",
        kind: Kind::Identity,
        why: "Central differences of 1e-4 leave their square, 1e-8, times third derivatives of λ1.",
        tolerance: 1.5e-8,
        bound: Bound::Equal,
        scenario: || sheet(sam(0.05, 0.01), 0),
        evidence: slope_on_gamma,
    },
    Claim {
        id: "phase-one-tracks",
        statement: "In phase I SAM is O(η + ρ) away from gradient flow: with both halved, half as far at the same ηt.",
        source: "Thm 4.5",
        kind: Kind::Theorem,
        why: FIT,
        tolerance: 0.05,
        bound: Bound::Equal,
        scenario: || bend(sam(0.01, 0.01), 100),
        evidence: |scenario| compare(tracking(scenario), |f| f.order(1.0)),
    },
    Claim {
        id: "alignment-m2",
        statement: "With two normal directions the gradient aligns with the sharper one: the angle between g and v1 is O(ρ).",
        source: "Thm 4.5, Eq. 14",
        kind: Kind::Theorem,
        why: FIT,
        tolerance: 0.05,
        bound: Bound::Equal,
        scenario: || bend(sam(0.05, 0.01), updates(TAU, 0.05, 0.01)),
        evidence: |scenario| compare(alignment_error(scenario, [0.01, 0.005, 0.0025, 0.00125], TAU), |f| f.order(1.0)),
    },
    Claim {
        id: "alignment-m3",
        statement: "With three, too.",
        source: "Thm 4.5, Eq. 14",
        kind: Kind::Theorem,
        why: FIT,
        tolerance: 0.05,
        bound: Bound::Equal,
        scenario: || sheet(sam(0.05, 0.01), updates(TAU, 0.05, 0.01)),
        evidence: |scenario| compare(alignment_error(scenario, [0.01, 0.005, 0.0025, 0.00125], TAU), |f| f.order(1.0)),
    },
    Claim {
        id: "flow-convergence-m2",
        statement: "On a curved valley with two normal directions Φ(x_t) is O(η) from the limiting flow of λ1.",
        source: "Thm 4.5",
        kind: Kind::Theorem,
        why: "A fit over four rates, whose next order is small here.",
        tolerance: 0.015,
        bound: Bound::Equal,
        scenario: || bend(sam(0.01, 0.005), updates(TAU, 0.01, 0.005)),
        evidence: |scenario| flow_error(scenario, ETAS, TAU),
    },
    Claim {
        id: "flow-convergence-m3",
        statement: "So it is on a surface of minimizers with three normal directions.",
        source: "Thm 4.5",
        kind: Kind::Theorem,
        why: FIT,
        tolerance: 0.05,
        bound: Bound::Equal,
        scenario: || sheet(sam(0.01, 0.005), updates(TAU, 0.01, 0.005)),
        evidence: |scenario| flow_error(scenario, ETAS, TAU),
    },
    Claim {
        id: "sharpness-convergence-m2",
        statement: "On that valley R^Max(x_t)/ρ², averaged over two steps, is λ1(X)/2 of the flow up to O(η).",
        source: "Cor. 4.6",
        kind: Kind::Theorem,
        why: FIT,
        tolerance: 0.05,
        bound: Bound::Equal,
        scenario: || bend(sam(0.01, 0.005), updates(TAU, 0.01, 0.005)),
        evidence: |scenario| sharpness_error(scenario, ETAS, TAU),
    },
    Claim {
        id: "sharpness-convergence-m3",
        statement: "On that surface, too.",
        source: "Cor. 4.6",
        kind: Kind::Theorem,
        why: FIT,
        tolerance: 0.05,
        bound: Bound::Equal,
        scenario: || sheet(sam(0.01, 0.005), updates(TAU, 0.01, 0.005)),
        evidence: |scenario| sharpness_error(scenario, ETAS, TAU),
    },
    Claim {
        id: "sam-near-least",
        statement: "Where the flow has come to rest at the least λ1, SAM is a near-minimizer of L^Max: L^Max/ρ² is above its least value by O(η).",
        source: "Cor. 4.7",
        kind: Kind::Theorem,
        why: FIT,
        tolerance: 0.05,
        bound: Bound::Equal,
        scenario: || bend(sam(0.01, 0.005), updates(1.0, 0.01, 0.005)),
        evidence: excess,
    },
];
