//! Claims on 1-SAM on curved minimizers: Thm 5.4's phases and its probability, Cor. 5.6, Cor. 5.7.

use super::convergence::{MEDIAN, SEEDS, largest, stochastic_error};
use super::curved::{bend, sheet};
use super::runs::{
    compare, distance, eigenvalues, end, ends_of_seeds, exponent, from, gradient_flow, loss_of, phi_of, updates, with,
};
use super::{Bound, Claim, Compared, Evidence, Formula, Kind};
use crate::calculus::{Landscape, VecN};
use crate::optimizer::Method;
use crate::run::{Racer, Scenario};
use crate::sharpness::stochastic_sharpness;
use crate::theory::{Flow, Functional};

const TAU: f64 = 0.1;
/// η and ρ² = η/4. Runs start on Γ: from beside it they would land O(ρ), that is O(√η), away (see the claims on landing).
const RATES: [(f64, f64); 4] = [(0.02, 0.0707), (0.01, 0.05), (0.005, 0.0354), (0.0025, 0.025)];

fn one_sam(eta: f64, rho: f64) -> (Method, f64, f64) {
    (Method::OneSam, eta, rho)
}

/// η and ρ = 5η, where the sharpness, whose next order is ρ, has the flow's order in η.
const PROPORTIONAL: [(f64, f64); 4] = [(0.02, 0.1), (0.01, 0.05), (0.005, 0.025), (0.0025, 0.0125)];

/// A start on the curved valley's Γ.
fn in_valley(eta: f64, rho: f64, steps: u64) -> Scenario {
    from(&bend(one_sam(eta, rho), 1), &[0.75, 0.28125, 0.375], steps)
}

/// The root mean square over seeds of 1-SAM's distance from gradient flow at ηt = 1 for ρ = η: its exponent in η.
fn tracking(scenario: &Scenario) -> f64 {
    let flow = gradient_flow(scenario);
    let errors = [8e-4, 4e-4, 2e-4, 1e-4].map(|eta| {
        let scenario = with(scenario, eta, eta, (1.0 / eta).round() as u64);
        let squared = |seed| distance(&end(&Scenario { seed, ..scenario.clone() }), &flow).powi(2);
        (eta, ((0..SEEDS).map(squared).sum::<f64>() / SEEDS as f64).sqrt())
    });
    exponent(&errors)
}

/// The mean distance of late iterates from Γ for ρ = η: its exponent in η.
fn late_distance(scenario: &Scenario) -> f64 {
    let loss = loss_of(scenario);
    let distances = [0.01, 0.005, 0.0025, 0.00125].map(|eta| {
        let mut racer = Racer::new(with(scenario, eta, eta, u64::MAX).run_spec(0));
        racer.advance((20.0 / eta) as u64);
        let away = (0..400).map(|_| {
            racer.advance(7);
            distance(racer.x(), &phi_of(loss.as_ref(), racer.x()))
        });
        (eta, away.sum::<f64>() / 400.0)
    });
    exponent(&distances)
}

/// E_k R_k^Max/ρ² at x, and with `whole` E_k L_k^Max/ρ².
fn mean_worst(loss: &dyn Landscape, x: &[f64], rho: f64, whole: bool) -> f64 {
    let x = VecN::from_slice(x);
    let rise = stochastic_sharpness(loss, &x, rho).map_or(f64::NAN, |twins| twins.e_r_max);
    (rise + if whole { loss.value(&x) } else { 0.0 }) / (rho * rho)
}

/// The mean over seeds of that at the last iterates of runs for each (η, ρ).
fn mean_worst_at_ends(scenario: &Scenario, whole: bool) -> [(f64, f64); 4] {
    const LAST: u64 = 16;
    let loss = loss_of(scenario);
    PROPORTIONAL.map(|(eta, rho)| {
        let steps = updates(TAU, eta, rho);
        let of_seed = |seed| {
            let mut racer = Racer::new(Scenario { seed, ..with(scenario, eta, rho, steps) }.run_spec(0));
            racer.advance(steps - LAST);
            let each = (0..LAST).map(|_| {
                racer.advance(1);
                mean_worst(loss.as_ref(), racer.x(), rho, whole)
            });
            each.sum::<f64>() / LAST as f64
        };
        (eta, (0..SEEDS).map(of_seed).sum::<f64>() / SEEDS as f64)
    })
}

/// |E_k R_k^Max/ρ² − Tr H(X)/2|: its exponent in s.
fn sharpness_error(scenario: &Scenario) -> Evidence {
    let (loss, start) = (loss_of(scenario), scenario.init.clone());
    let rises = mean_worst_at_ends(scenario, false);
    Box::new(move |f| {
        let flowed = f.flowed(loss.as_ref(), &start, Functional::Trace, TAU);
        let limit = half_trace(f, loss.as_ref(), flowed.as_ref());
        Compared { predicted: f.order(1.0), measured: exponent(&rises.map(|(s, rise)| (s, (rise - limit).abs()))) }
    })
}

/// How far E_k L_k^Max/ρ² stays above Tr H/2 at its least, from a start near there: its exponent in η.
fn excess(scenario: &Scenario) -> Evidence {
    let (loss, near) = (loss_of(scenario), from(scenario, &[0.08, 0.004, 0.04], 1));
    let values = mean_worst_at_ends(&near, true);
    Box::new(move |f| {
        let rest = f.rest(loss.as_ref(), &near.init, Functional::Trace, None);
        let least = half_trace(f, loss.as_ref(), rest.as_ref());
        Compared { predicted: f.order(1.0), measured: exponent(&values.map(|(s, value)| (s, value - least))) }
    })
}

/// Tr H/2 at a flow's end; NaN where there is none.
fn half_trace(f: &Formula, loss: &dyn Landscape, flow: Option<&Flow>) -> f64 {
    f.half() * flow.map_or(f64::NAN, |flow| f.trace(&eigenvalues(loss, flow.end())))
}

/// The share of seeds whose Φ(x_t) is within ⅛(√η + ρ) of the flow, against 1 − ρ.
fn share_within(scenario: &Scenario) -> Evidence {
    let (eta, rho, loss) = (scenario.optimizers[0].eta, scenario.optimizers[0].rho, loss_of(scenario));
    let (ends, start) = (ends_of_seeds(scenario, SEEDS), scenario.init.clone());
    let reach = 0.125 * (eta.sqrt() + rho);
    Box::new(move |f| {
        let flowed = f.flowed(loss.as_ref(), &start, Functional::Trace, TAU);
        let flowed = flowed.map_or(vec![f64::NAN; start.len()], |flow| flow.end().to_vec());
        let within = ends.iter().filter(|end| distance(end, &flowed) <= reach).count();
        Compared { predicted: 1.0 - rho, measured: within as f64 / ends.len() as f64 }
    })
}

const SEEDS_FIT: &str = "A fit over four rates of 64 seeds' errors, whose spread is a fifth of them and leaves 0.03.";

pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "one-sam-phase-one",
        statement: "In phase I 1-SAM is O(√η + ρ) away from gradient flow: a quarter of them, half as far at the same ηt.",
        source: "Thm 5.4",
        kind: Kind::Theorem,
        why: "A fit over four rates of the root mean square over 64 seeds.",
        tolerance: 0.05,
        bound: Bound::Equal,
        scenario: || bend(one_sam(0.01, 0.01), 100),
        evidence: |scenario| compare(tracking(scenario), Formula::half),
    },
    Claim {
        id: "one-sam-distance",
        statement: "Then it stays at a distance of O(ηρ) from the minimizers.",
        source: "Thm 5.4",
        kind: Kind::Theorem,
        why: "A fit over four rates of means over 400 iterates.",
        tolerance: 0.01,
        bound: Bound::Equal,
        scenario: || bend(one_sam(0.01, 0.01), 1000),
        evidence: |scenario| compare(late_distance(scenario), |f| f.order(2.0)),
    },
    Claim {
        id: "one-sam-flow-m2",
        statement: "In phase II it tracks the flow of the trace on a curved valley too, although its samples' gradients are not orthogonal: the median error over 64 seeds halves with η and ρ².",
        source: "Thm 5.4",
        kind: Kind::Theorem,
        why: SEEDS_FIT,
        tolerance: 0.05,
        bound: Bound::Equal,
        scenario: || in_valley(0.01, 0.05, updates(TAU, 0.01, 0.05)),
        evidence: |scenario| stochastic_error(scenario, RATES, TAU, MEDIAN),
    },
    Claim {
        id: "one-sam-flow-m3",
        statement: "And on a surface with three normal directions.",
        source: "Thm 5.4",
        kind: Kind::Theorem,
        why: SEEDS_FIT,
        tolerance: 0.05,
        bound: Bound::Equal,
        scenario: || from(&sheet(one_sam(0.01, 0.05), 1), &[0.6, 0.7, 0.18, 0.21, 0.35], updates(TAU, 0.01, 0.05)),
        evidence: |scenario| stochastic_error(scenario, RATES, TAU, MEDIAN),
    },
    Claim {
        id: "one-sam-every-seed",
        statement: "Not only the median: the largest error of 64 seeds halves with them.",
        source: "Thm 5.4",
        kind: Kind::Theorem,
        why: SEEDS_FIT,
        tolerance: 0.05,
        bound: Bound::Equal,
        scenario: || in_valley(0.01, 0.05, updates(TAU, 0.01, 0.05)),
        evidence: |scenario| stochastic_error(scenario, RATES, TAU, largest),
    },
    Claim {
        id: "one-sam-probability",
        statement: "With probability at least 1 − O(ρ) the error is Õ(√η + ρ): at least this share of 64 seeds is within ⅛(√η + ρ) of the trace's flow, where none is of λ1's.",
        source: "Thm 5.4",
        kind: Kind::Theorem,
        why: "One of 64 seeds; ρ itself is 0.025.",
        tolerance: 0.016,
        bound: Bound::AtLeast,
        scenario: || in_valley(0.0025, 0.025, updates(TAU, 0.0025, 0.025)),
        evidence: share_within,
    },
    Claim {
        id: "one-sam-sharpness",
        statement: "Along 1-SAM's run E_k R_k^Max/ρ² is Tr H(X)/2 of the flow, in the mean over 64 seeds up to O(η + ρ).",
        source: "Cor. 5.6",
        kind: Kind::Theorem,
        why: SEEDS_FIT,
        tolerance: 0.05,
        bound: Bound::Equal,
        scenario: || in_valley(0.01, 0.05, updates(TAU, 0.01, 0.05)),
        evidence: sharpness_error,
    },
    Claim {
        id: "one-sam-near-least",
        statement: "Where the flow has come to rest at the least trace, 1-SAM is a near-minimizer of E_k L_k^Max: divided by ρ² that is above its least value by O(η + ρ).",
        source: "Cor. 5.7",
        kind: Kind::Theorem,
        why: SEEDS_FIT,
        tolerance: 0.05,
        bound: Bound::Equal,
        scenario: || in_valley(0.01, 0.05, updates(TAU, 0.01, 0.05)),
        evidence: excess,
    },
];
