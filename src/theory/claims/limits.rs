//! Claims on Figure 1's toy: what the three notions of sharpness and their stochastic twins tend to on Γ (Def. 4.1, Thm 5.3).

use std::sync::Arc;

use super::figure_one::toy;
use super::runs::{compare, eigenvalues, end, loss_of, phi_of, rates};
use super::{Bound, Claim, Kind};
use crate::calculus::{Landscape, VecN};
use crate::optimizer::Method;
use crate::run::Scenario;
use crate::sharpness::{ascent_rise, average_rise, stochastic_sharpness, worst_direction};

/// The point of Γ where GD lands, and ρ.
fn landed(scenario: &Scenario) -> (Arc<dyn Landscape>, VecN, f64) {
    let loss = loss_of(scenario);
    let x = phi_of(loss.as_ref(), &end(scenario));
    (loss, VecN::from_slice(&x), rates(scenario).1)
}

/// The non-zero eigenvalues of H there.
fn nonzero(loss: &dyn Landscape, x: &VecN) -> Vec<f64> {
    eigenvalues(loss, x)[..2].to_vec()
}

fn gd_landing(rho: f64) -> Scenario {
    toy(Method::Gd, 0.01, rho, 20_000)
}

/// R^Asc/ρ² approaching Γ along coordinate `i`.
fn ascent_along(scenario: &Scenario, i: usize) -> (Vec<f64>, f64) {
    let (loss, x, rho) = landed(scenario);
    let beside = x + VecN::axis(4, i) * 1e-9;
    let rise = ascent_rise(loss.as_ref(), &beside, rho).unwrap_or(f64::NAN);
    (nonzero(loss.as_ref(), &x), rise / (rho * rho))
}

const SMALL_RHO: &str = "With ρ = 0.001 the next order, O(ρ²) times third and fourth derivatives, is left.";

/// A stochastic twin at 1-SAM's end, beside Γ where all samples have a gradient.
fn twins(scenario: &Scenario) -> (Vec<f64>, [f64; 3]) {
    let loss = loss_of(scenario);
    let (at, rho) = (VecN::from_slice(&phi_of(loss.as_ref(), &end(scenario))), rates(scenario).1);
    let beside = at + (VecN::axis(4, 2) + VecN::axis(4, 3)) * 1e-9;
    let twins = stochastic_sharpness(loss.as_ref(), &beside, rho);
    let per_square = |rise: Option<f64>| rise.map_or(f64::NAN, |rise| rise / (rho * rho));
    // The samples' mean: half of the sum's eigenvalues.
    let lambdas = nonzero(loss.as_ref(), &at).iter().map(|lambda| 0.5 * lambda).collect();
    let values = [
        per_square(twins.map(|t| t.e_r_max)),
        per_square(twins.and_then(|t| t.e_r_asc)),
        per_square(twins.map(|t| t.e_r_avg)),
    ];
    (lambdas, values)
}

fn twin_scenario() -> Scenario {
    toy(Method::OneSam, 0.01, 0.001, 20_000)
}

pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "limit-max",
        statement: "On the minimizers R^Max/ρ² tends to λ1/2.",
        source: "Def. 4.1, Thm 4.2",
        kind: Kind::Theorem,
        why: SMALL_RHO,
        tolerance: 1e-4,
        bound: Bound::Equal,
        scenario: || gd_landing(0.001),
        evidence: |scenario| {
            let (loss, x, rho) = landed(scenario);
            let lambdas = nonzero(loss.as_ref(), &x);
            let rise = worst_direction(loss.as_ref(), &x, rho).r_max / (rho * rho);
            compare(rise, move |f| f.half() * f.top(&lambdas))
        },
    },
    Claim {
        id: "limit-asc",
        statement: "R^Asc/ρ² is least where one approaches along the flattest normal direction: λM/2.",
        source: "Def. 4.1, Thm 4.2",
        kind: Kind::Theorem,
        why: SMALL_RHO,
        tolerance: 1e-4,
        bound: Bound::Equal,
        scenario: || gd_landing(0.001),
        evidence: |scenario| {
            let (lambdas, rise) = ascent_along(scenario, 3);
            compare(rise, move |f| f.half() * f.bottom(&lambdas))
        },
    },
    Claim {
        id: "limit-asc-along-sam",
        statement: "Approached along the sharpest direction, as SAM does, the same point has R^Asc/ρ² = λ1/2.",
        source: "Fact 2, Thm 4.2",
        kind: Kind::Theorem,
        why: SMALL_RHO,
        tolerance: 1e-4,
        bound: Bound::Equal,
        scenario: || gd_landing(0.001),
        evidence: |scenario| {
            let (lambdas, rise) = ascent_along(scenario, 2);
            compare(rise, move |f| f.half() * f.top(&lambdas))
        },
    },
    Claim {
        id: "limit-avg",
        statement: "R^Avg/ρ² tends to Tr H/(2D).",
        source: "Def. 4.1, Thm 4.2",
        kind: Kind::Theorem,
        why: SMALL_RHO,
        tolerance: 1e-4,
        bound: Bound::Equal,
        scenario: || gd_landing(0.001),
        evidence: |scenario| {
            let (loss, x, rho) = landed(scenario);
            let lambdas = nonzero(loss.as_ref(), &x);
            let rise = average_rise(loss.as_ref(), &x, rho).value / (rho * rho);
            compare(rise, move |f| f.trace(&lambdas) / (4.0 * f.two()))
        },
    },
    Claim {
        id: "stochastic-limit-max",
        statement: "Averaged over samples even the worst direction sees the trace: E_k R_k^Max/ρ² → Tr H/2, H of the samples' mean.",
        source: "Thm 5.3",
        kind: Kind::Theorem,
        why: SMALL_RHO,
        tolerance: 1e-3,
        bound: Bound::Equal,
        scenario: twin_scenario,
        evidence: |scenario| {
            let (lambdas, [max, _, _]) = twins(scenario);
            compare(max, move |f| f.half() * f.trace(&lambdas))
        },
    },
    Claim {
        id: "stochastic-limit-asc",
        statement: "And so does the ascent direction: E_k R_k^Asc/ρ² → Tr H/2.",
        source: "Thm 5.3",
        kind: Kind::Theorem,
        why: SMALL_RHO,
        tolerance: 1e-3,
        bound: Bound::Equal,
        scenario: twin_scenario,
        evidence: |scenario| {
            let (lambdas, [_, asc, _]) = twins(scenario);
            compare(asc, move |f| f.half() * f.trace(&lambdas))
        },
    },
    Claim {
        id: "stochastic-limit-avg",
        statement: "The average direction sees Tr H/(2D): E_k R_k^Avg/ρ² → Tr H/(2D).",
        source: "Thm 5.3",
        kind: Kind::Theorem,
        why: SMALL_RHO,
        tolerance: 1e-3,
        bound: Bound::Equal,
        scenario: twin_scenario,
        evidence: |scenario| {
            let (lambdas, [_, _, avg]) = twins(scenario);
            compare(avg, move |f| f.half() * f.trace(&lambdas) / 4.0)
        },
    },
];
