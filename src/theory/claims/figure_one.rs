//! Claims on Figure 1's toy: where each method ends.

use super::runs::{
    ROUNDING, compare, end, end_of, exponent, from, loss_of, phi_of, rates, run, scenario, sharpness_at_phi, with,
};
use super::{Bound, Claim, Evidence, Formula, Kind};
use crate::calculus::VecN;
use crate::optimizer::Method;
use crate::run::{Recording, Scenario};
use crate::theory::{Flow, Functional};

/// Figure 1's start.
pub(super) const START: [f64; 4] = [0.5, 0.5, 0.3, 0.3];

/// A method on Figure 1's toy.
pub(super) fn toy(method: Method, eta: f64, rho: f64, steps: u64) -> Scenario {
    scenario("toy4d", &[], &START, (method, eta, rho), steps)
}

/// Its F1 and F2.
pub(super) fn factors([x1, x2]: [f64; 2]) -> [f64; 2] {
    [x1 * x1 + 6.0 * x2 * x2 + 8.0, 4.0 * (1.0 - x1) * (1.0 - x1) + (1.0 - x2) * (1.0 - x2) + 1.0]
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

/// How L^Asc's descent ends for one η.
fn asc(eta: f64) -> Scenario {
    toy(Method::AscDescent, eta, 0.3, 10_000_000)
}

/// The caption's F1 at a deterministic method's end against its least value.
fn least_f1(scenario: &Scenario) -> Evidence {
    let loss = loss_of(scenario);
    compare(0.5 * sharpness_at_phi(loss.as_ref(), &end(scenario)), move |f| {
        let rest = f.rest(loss.as_ref(), &START, Functional::Lambda1, None);
        f.half() * value_of(rest.as_ref())
    })
}

/// F1 + F2 at some (x1, x2) against its least value.
fn least_sum(scenario: &Scenario, x: [f64; 2]) -> Evidence {
    let loss = loss_of(scenario);
    compare(factors(x).iter().sum(), move |f| value_of(f.rest(loss.as_ref(), &START, Functional::Trace, None).as_ref()))
}

/// What the flow makes least, at its end; NaN where there is none.
fn value_of(flow: Option<&Flow>) -> f64 {
    flow.and_then(|flow| flow.value.last().copied()).unwrap_or(f64::NAN)
}

/// The long-time mean of 1-SAM's coordinates, from a record of the run.
pub(super) fn late_mean(scenario: &Scenario) -> VecN {
    let racer = run(scenario);
    let late: Vec<_> = racer.kept().into_iter().filter(|(step, _)| *step > 100_000).collect();
    let sum = late.iter().fold(VecN::zeros(4), |sum, (_, x)| sum + VecN::from_slice(x));
    sum * (1.0 / late.len() as f64)
}

/// A run that hovers for long.
pub(super) fn hovering(eta: f64) -> Scenario {
    Scenario { record: Recording::Points(4096), ..toy(Method::OneSam, eta, 0.1, 4_000_000) }
}

pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "toy-sam-path",
        statement: "Full-batch SAM slides towards (0, 0), where F1 is least: after 10 000 steps x1 is 0.053, as the finite-η law has it.",
        source: "Thm 4.5, fact 11",
        kind: Kind::Law,
        why: "The law's remainder is O(ηρ²) = 1e-4 times derivatives, and where SAM counts as locked.",
        tolerance: 1e-4,
        bound: Bound::Equal,
        scenario: || toy(Method::Sam, 0.01, 0.1, 10_000),
        evidence: |scenario| sam_by_law(scenario, 0),
    },
    Claim {
        id: "toy-sam-end",
        statement: r"SAM ends on a 2-cycle above (0, 0) with $|x_3| = \eta\rho\lambda_1/(2-\eta\lambda_1) = 0.0087$, $\lambda_1 = 2F_1(0,0) = 16$.",
        source: "Thm 4.8, Figure 1",
        kind: Kind::Theorem,
        why: ROUNDING,
        tolerance: 2e-17,
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
        why: "The flow counts as at rest where it is slower than 1e-10.",
        tolerance: 1e-10,
        bound: Bound::Equal,
        scenario: || toy(Method::MaxDescent, 0.05, 0.2, 3000),
        evidence: |scenario| at_rest(scenario, Functional::Lambda1, 0),
    },
    Claim {
        id: "toy-max-end-x2",
        statement: "And x2 → 0.",
        source: "Table 1, Figure 1",
        kind: Kind::Theorem,
        why: "Both shrink exponentially, far below rounding beside 1.",
        tolerance: 1e-16,
        bound: Bound::Equal,
        scenario: || toy(Method::MaxDescent, 0.05, 0.2, 3000),
        evidence: |scenario| at_rest(scenario, Functional::Lambda1, 1),
    },
    Claim {
        id: "toy-avg-end-x1",
        statement: r"Descent on $L^{\text{Avg}}$ goes where the trace is least: $x_1 \to 0.8$.",
        source: "Table 1, Figure 1",
        kind: Kind::Theorem,
        why: "The flow counts as at rest where it is slower than 1e-10.",
        tolerance: 1e-10,
        bound: Bound::Equal,
        scenario: || toy(Method::AvgDescent, 0.05, 0.3, 3000),
        evidence: |scenario| at_rest(scenario, Functional::Trace, 0),
    },
    Claim {
        id: "toy-avg-end-x2",
        statement: "And x2 → 1/7.",
        source: "Table 1, Figure 1",
        kind: Kind::Theorem,
        why: "Rounding: the flow came to rest along x2 long before x1.",
        tolerance: 5e-15,
        bound: Bound::Equal,
        scenario: || toy(Method::AvgDescent, 0.05, 0.3, 3000),
        evidence: |scenario| at_rest(scenario, Functional::Trace, 1),
    },
    Claim {
        id: "toy-gd-stays",
        statement: r"Gradient descent stays where gradient flow meets the minimizers: after 100 000 steps it is still at $\Phi$(start).",
        source: "Figure 1",
        kind: Kind::Theorem,
        why: "Steps of η = 0.001 land O(η) beside gradient flow, here by 6e-5.",
        tolerance: 2e-4,
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
    Claim {
        id: "figure-1-sam",
        statement: "Full-batch SAM ends where F1 = λ1/2 is least on the minimizers, 8.",
        source: "Figure 1, Table 1",
        kind: Kind::Theorem,
        why: ROUNDING,
        tolerance: 2e-14,
        bound: Bound::Equal,
        scenario: || toy(Method::Sam, 0.01, 0.1, 100_000),
        evidence: least_f1,
    },
    Claim {
        id: "figure-1-max",
        statement: "Descent on L^Max, too: that is what SAM is to approximate.",
        source: "Figure 1, Table 1",
        kind: Kind::Theorem,
        why: ROUNDING,
        tolerance: 2e-14,
        bound: Bound::Equal,
        scenario: || toy(Method::MaxDescent, 0.05, 0.2, 3000),
        evidence: least_f1,
    },
    Claim {
        id: "figure-1-avg",
        statement: "Descent on L^Avg ends where F1 + F2, half of the trace, is least: 10.657.",
        source: "Figure 1, Table 1",
        kind: Kind::Theorem,
        why: "The end is known to 1e-10 along each axis, which counts by its square; rounding.",
        tolerance: 2e-14,
        bound: Bound::Equal,
        scenario: || toy(Method::AvgDescent, 0.05, 0.3, 3000),
        evidence: |scenario| {
            let x = end(scenario);
            least_sum(scenario, [x[0], x[1]])
        },
    },
    Claim {
        id: "figure-1-one-sam",
        statement: "1-SAM ends there as η → 0: at η = 0.0025 F1 + F2 is 10.657 at the mean of its iterates, although they hover.",
        source: "Figure 1, Thm 5.4",
        kind: Kind::Theorem,
        why: "The finite-η law moves the place by 2.4η along x1, which counts by its square.",
        tolerance: 5e-4,
        bound: Bound::Equal,
        scenario: || hovering(0.0025),
        evidence: |scenario| {
            let mean = late_mean(scenario);
            least_sum(scenario, [mean[0], mean[1]])
        },
    },
];
