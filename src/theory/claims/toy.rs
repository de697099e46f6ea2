//! Claims on Figure 1's toy: where each method ends, Thm 5.3, Thm 5.4, and the limits of the three notions.

use std::sync::Arc;

use super::runs::{
    compare, eigenvalues, end, end_of, exponent, from, median, phi_of, rates, run, scenario, updates, with,
};
use super::{Bound, Claim, Compared, Evidence, Formula, Kind};
use crate::calculus::{Landscape, VecN, landscape};
use crate::optimizer::Method;
use crate::run::{Recording, Scenario};
use crate::sharpness::{ascent_rise, average_rise, stochastic_sharpness, worst_direction};
use crate::theory::Functional;

const ROUNDING: &str = "Everything here is exact; only rounding is left.";

const START: [f64; 4] = [0.5, 0.5, 0.3, 0.3];

fn toy(method: Method, eta: f64, rho: f64, steps: u64) -> Scenario {
    scenario("toy4d", &[], &START, (method, eta, rho), steps)
}

fn loss_of(scenario: &Scenario) -> Arc<dyn Landscape> {
    landscape(&scenario.loss, scenario.dim())
}

/// A coordinate of a deterministic method's end.
fn coordinate(scenario: &Scenario, i: usize, predict: impl Fn(&Formula) -> f64 + 'static) -> Evidence {
    compare(end(scenario)[i], predict)
}

/// SAM's coordinate against the finite-η law, from where it has locked after 1000 updates.
fn sam_by_law(scenario: &Scenario, i: usize) -> Evidence {
    const LOCKED: u64 = 1000;
    let ((eta, rho), loss) = (rates(scenario), loss_of(scenario));
    let landing = end(&from(scenario, &scenario.init, LOCKED));
    let left = (scenario.steps - LOCKED) as f64 * eta * rho * rho;
    compare(phi_of(loss.as_ref(), &end(scenario))[i], move |f| end_of(f.lawful(loss.as_ref(), &landing, left, eta), i))
}

/// Descent's end against the rest point of the limiting flow.
fn at_rest(scenario: &Scenario, of: Functional, i: usize) -> Evidence {
    let loss = loss_of(scenario);
    coordinate(scenario, i, move |f| end_of(f.rest(loss.as_ref(), &START, of, None), i))
}

/// The long-time mean of 1-SAM's coordinate against the law's rest point.
fn hovering(scenario: &Scenario, i: usize) -> Evidence {
    let (eta, loss) = (rates(scenario).0, loss_of(scenario));
    let racer = run(scenario);
    let late: Vec<f64> = racer.kept().iter().filter(|(step, _)| *step > 100_000).map(|(_, x)| x[i]).collect();
    let mean = late.iter().sum::<f64>() / late.len() as f64;
    compare(mean, move |f| end_of(f.rest(loss.as_ref(), &START, Functional::Trace, Some(eta)), i))
}

fn hover_scenario() -> Scenario {
    Scenario { record: Recording::Points(4096), ..toy(Method::OneSam, 0.01, 0.1, 4_000_000) }
}

const HOVER: &str = "It hovers with a spread of 0.5ρ√η = 0.005 and a memory of 2000 steps; over 4 million 0.0005 is left, and the law's own remainder.";

/// The number of seeds of a median.
const SEEDS: u64 = 64;

/// The time at which 1-SAM is held against its flow.
const STOCHASTIC_TAU: f64 = 0.3;

/// Φ of the ends of a run with each of so many seeds.
fn ends_of_seeds(scenario: &Scenario, seeds: u64) -> Vec<VecN> {
    let loss = loss_of(scenario);
    let end_of_seed = |seed| VecN::from_slice(&phi_of(loss.as_ref(), &end(&Scenario { seed, ..scenario.clone() })));
    (0..seeds).map(end_of_seed).collect()
}

/// √(σ1² + σ2²) at τ = 0.3 in units of ρ√η: dσ²/dτ = −2kσ² + ¼(∇F1 − ∇F2)² along the flow, whose rates k are 5 and 7.
fn spread(f: &Formula, landing: &[f64]) -> f64 {
    const PARTS: u32 = 1000;
    let width = STOCHASTIC_TAU / f64::from(PARTS);
    let at = |k: u32| {
        let tau = (f64::from(k) + 0.5) * width;
        let decayed = |rate: f64, rest: f64, x: f64| rest + (x - rest) * libm::exp(-rate * tau);
        let (x1, x2) = (decayed(5.0, 0.8, landing[0]), decayed(7.0, 1.0 / 7.0, landing[1]));
        let left = f.two() * (STOCHASTIC_TAU - tau);
        width
            * (f.square(4.0 - f.plus(3.0) * x1) * libm::exp(-5.0 * left)
                + f.square(1.0 + 5.0 * x2) * libm::exp(-7.0 * left))
    };
    (0..PARTS).map(at).sum::<f64>().sqrt()
}

/// The median over seeds of ‖Φ(x_t) − X(τ)‖ at τ = 0.3 for η = s², ρ = s/2: its exponent in s.
fn stochastic_convergence(scenario: &Scenario) -> Evidence {
    let loss = loss_of(scenario);
    let scales = [0.14, 0.1, 0.07, 0.05];
    let ends =
        scales.map(|s| ends_of_seeds(&with(scenario, s * s, 0.5 * s, updates(STOCHASTIC_TAU, s * s, 0.5 * s)), SEEDS));
    Box::new(move |f| {
        let flowed = f.flowed(loss.as_ref(), &START, Functional::Trace, STOCHASTIC_TAU);
        let flowed = flowed.map_or(VecN::axis(4, 0) * f64::NAN, |flow| VecN::from_slice(flow.end()));
        let away = |ends: &Vec<VecN>| median(ends.iter().map(|end| (*end - flowed).norm()).collect());
        let points: Vec<_> = scales.iter().zip(&ends).map(|(s, ends)| (*s, away(ends))).collect();
        Compared { predicted: f.order(2.0), measured: exponent(&points) }
    })
}

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

/// How L^Asc's descent ends for one η.
fn asc(eta: f64) -> Scenario {
    toy(Method::AscDescent, eta, 0.3, 10_000_000)
}

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
        id: "toy-sam-path",
        statement: "Full-batch SAM slides towards (0, 0), where F1 is least: after 10 000 steps x1 is 0.053, as the finite-η law has it.",
        source: "Thm 4.5, fact 11",
        kind: Kind::Law,
        why: "The law's remainder is O(ηρ²) = 1e-4 times derivatives, and where SAM counts as locked.",
        tolerance: 2e-4,
        bound: Bound::Equal,
        scenario: || toy(Method::Sam, 0.01, 0.1, 10_000),
        evidence: |scenario| sam_by_law(scenario, 0),
    },
    Claim {
        id: "toy-sam-end",
        statement: "It ends on a 2-cycle above (0, 0) with |x3| = ηρλ1/(2−ηλ1) = 0.0087, λ1 = 2F1(0,0) = 16.",
        source: "Thm 4.8, Figure 1",
        kind: Kind::Theorem,
        why: ROUNDING,
        tolerance: 1e-13,
        bound: Bound::Equal,
        scenario: || toy(Method::Sam, 0.01, 0.1, 100_000),
        evidence: |scenario| {
            let (eta, rho) = rates(scenario);
            compare(end(scenario)[2].abs(), move |f| f.amplitude(eta, rho, f.top(&[16.0, 12.0])))
        },
    },
    Claim {
        id: "toy-max-end-x1",
        statement: "Descent on L^Max goes to the same place: x1 → 0, where λ1 is least.",
        source: "Table 1, Figure 1",
        kind: Kind::Theorem,
        why: "It approaches (0, 0) like the limiting flow and hops around the kink of L^Max.",
        tolerance: 1e-3,
        bound: Bound::Equal,
        scenario: || toy(Method::MaxDescent, 0.05, 0.2, 3000),
        evidence: |scenario| at_rest(scenario, Functional::Lambda1, 0),
    },
    Claim {
        id: "toy-max-end-x2",
        statement: "And x2 → 0.",
        source: "Table 1, Figure 1",
        kind: Kind::Theorem,
        why: "It approaches (0, 0) like the limiting flow and hops around the kink of L^Max.",
        tolerance: 1e-3,
        bound: Bound::Equal,
        scenario: || toy(Method::MaxDescent, 0.05, 0.2, 3000),
        evidence: |scenario| at_rest(scenario, Functional::Lambda1, 1),
    },
    Claim {
        id: "toy-avg-end-x1",
        statement: "Descent on L^Avg goes where the trace is least: x1 → 0.8.",
        source: "Table 1, Figure 1",
        kind: Kind::Theorem,
        why: "R^Avg of this toy is ρ² Tr H/(2D) and constants: the rules for the mean, rounding, and the flow's own rest are left.",
        tolerance: 1e-6,
        bound: Bound::Equal,
        scenario: || toy(Method::AvgDescent, 0.05, 0.3, 3000),
        evidence: |scenario| at_rest(scenario, Functional::Trace, 0),
    },
    Claim {
        id: "toy-avg-end-x2",
        statement: "And x2 → 1/7.",
        source: "Table 1, Figure 1",
        kind: Kind::Theorem,
        why: "R^Avg of this toy is ρ² Tr H/(2D) and constants: the rules for the mean, rounding, and the flow's own rest are left.",
        tolerance: 1e-6,
        bound: Bound::Equal,
        scenario: || toy(Method::AvgDescent, 0.05, 0.3, 3000),
        evidence: |scenario| at_rest(scenario, Functional::Trace, 1),
    },
    Claim {
        id: "toy-gd-stays",
        statement: "Gradient descent stays where gradient flow meets the minimizers: after 100 000 steps it is still at Φ(start).",
        source: "Figure 1",
        kind: Kind::Theorem,
        why: "Steps of η = 0.001 land O(η) beside gradient flow.",
        tolerance: 1e-3,
        bound: Bound::Equal,
        scenario: || toy(Method::Gd, 0.001, 0.1, 100_000),
        evidence: |scenario| {
            let ((eta, rho), loss) = (rates(scenario), loss_of(scenario));
            let landed = phi_of(loss.as_ref(), &START)[0];
            let tau = eta * rho * rho * scenario.steps as f64;
            coordinate(scenario, 0, move |f| {
                let flowed = Formula::right().flowed(loss.as_ref(), &START, Functional::Lambda1, tau);
                f.rests(landed, end_of(flowed, 0))
            })
        },
    },
    Claim {
        id: "toy-one-sam-rest-x1",
        statement: "1-SAM hovers near the trace's minimum 0.8, moved by η: each sample has its own factor (2/(2−ηλ))², so the mean of x1 is 0.776 at η = 0.01.",
        source: "Thm 5.4, fact 11",
        kind: Kind::Law,
        why: HOVER,
        tolerance: 2e-3,
        bound: Bound::Equal,
        scenario: hover_scenario,
        evidence: |scenario| hovering(scenario, 0),
    },
    Claim {
        id: "toy-one-sam-rest-x2",
        statement: "And the mean of x2 is 0.126, not the trace's 1/7.",
        source: "Thm 5.4, fact 11",
        kind: Kind::Law,
        why: HOVER,
        tolerance: 2e-3,
        bound: Bound::Equal,
        scenario: hover_scenario,
        evidence: |scenario| hovering(scenario, 1),
    },
    Claim {
        id: "stochastic-convergence",
        statement: "1-SAM tracks the flow of the trace. The theorem promises an error of order √η + ρ; on the toy it is its square, η + ρ√η: with η and ρ² halved the median over 64 seeds halves.",
        source: "Thm 5.4",
        kind: Kind::Theorem,
        why: "A fit over η = 0.02 … 0.0025 of medians over 64 seeds.",
        tolerance: 0.05,
        bound: Bound::Equal,
        scenario: || toy(Method::OneSam, 0.01, 0.05, updates(0.3, 0.01, 0.05)),
        evidence: stochastic_convergence,
    },
    Claim {
        id: "stochastic-bias",
        statement: "That error has two parts. The mean over seeds is 3.2η away from the flow: the finite-η factors.",
        source: "Thm 5.4, facts 11 and 20, seen here",
        kind: Kind::Regression,
        why: "The mean over 64 seeds is uncertain by 0.04η, and the next order in η is another 0.1.",
        tolerance: 0.2,
        bound: Bound::Equal,
        scenario: || toy(Method::OneSam, 0.005, 0.02, updates(STOCHASTIC_TAU, 0.005, 0.02)),
        evidence: |scenario| {
            let (eta, loss, ends) = (rates(scenario).0, loss_of(scenario), ends_of_seeds(scenario, SEEDS));
            let mean = ends.iter().fold(VecN::zeros(4), |sum, end| sum + *end) * (1.0 / SEEDS as f64);
            let flowed = Formula::right().flowed(loss.as_ref(), &START, Functional::Trace, STOCHASTIC_TAU);
            let away = flowed.map_or(f64::NAN, |flow| (mean - VecN::from_slice(flow.end())).norm());
            compare(away / eta, |f| f.known(3.2))
        },
    },
    Claim {
        id: "stochastic-spread",
        statement: "Around that mean the seeds spread by ρ√η times what the samples' different drifts have added up to and the flow has damped since: by 0.6 ρ√η along an axis, less than the theorem's √η.",
        source: "Thm 5.4, fact 20, derived here",
        kind: Kind::Law,
        why: "The deviation of 512 seeds along two axes is uncertain by 2 %, and the finite-η factors add another percent.",
        tolerance: 0.03,
        bound: Bound::Equal,
        scenario: || toy(Method::OneSam, 0.001, 0.1, updates(STOCHASTIC_TAU, 0.001, 0.1)),
        evidence: |scenario| {
            let ((eta, rho), loss, ends) = (rates(scenario), loss_of(scenario), ends_of_seeds(scenario, 512));
            let n = ends.len() as f64;
            let mean = ends.iter().fold(VecN::zeros(4), |sum, end| sum + *end) * (1.0 / n);
            let squares = ends.iter().map(|end| (*end - mean).dot(&(*end - mean))).sum::<f64>();
            let landing = phi_of(loss.as_ref(), &START);
            compare((0.5 * squares / n).sqrt() / (rho * eta.sqrt()), move |f| f.half().sqrt() * spread(f, &landing))
        },
    },
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
    Claim {
        id: "toy-asc-end-1e-3",
        statement: "Descent on L^Asc heads for (1, 1), where λM is least, but stops at L^Asc's own edge of stability: with η = 0.001 at x1 = 0.893.",
        source: "Table 1, seen here",
        kind: Kind::Regression,
        why: "Half of the last digit that is stated.",
        tolerance: 5e-4,
        bound: Bound::Equal,
        scenario: || asc(1e-3),
        evidence: |scenario| coordinate(scenario, 0, |f| f.known(0.893)),
    },
    Claim {
        id: "toy-asc-end-1e-4",
        statement: "With η = 0.0001 it stops at x2 = 0.5531.",
        source: "Table 1, seen here",
        kind: Kind::Regression,
        why: "Half of the last digit that is stated.",
        tolerance: 5e-5,
        bound: Bound::Equal,
        scenario: || asc(1e-4),
        evidence: |scenario| coordinate(scenario, 1, |f| f.known(0.5531)),
    },
    Claim {
        id: "toy-asc-rate",
        statement: "It reaches (1, 1) only as √η → 0: 1 − x1 is proportional to √η.",
        source: "Seen here",
        kind: Kind::Regression,
        why: "Between η = 1e-4 and 2e-5 the next power of √η still counts.",
        tolerance: 0.03,
        bound: Bound::Equal,
        scenario: || asc(2e-5),
        evidence: |scenario| {
            let gaps = [1e-4, 2e-5].map(|eta| (eta, 1.0 - end(&with(scenario, eta, 0.3, scenario.steps))[0]));
            compare(exponent(&gaps), Formula::half)
        },
    },
];
