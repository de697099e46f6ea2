//! Claims about λ1 = λ2 on Γ (fact 12), on a toy of Figure 1's form whose F1 and F2 are equal where x1 = 0: at the
//! origin λ1 = λ2 = 5.

use std::collections::BTreeMap;

use super::runs::{compare, end, end_of, rates, scenario_of, updates};
use super::{Bound, Claim, Formula, Kind};
use crate::calculus::{Landscape, VecN, landscape};
use crate::loss::{LossSpec, Reduction};
use crate::optimizer::Method;
use crate::run::{Racer, Scenario};
use crate::theory::cycle_amplitude;

/// λ1 = λ2 at the origin.
const LAMBDA: f64 = 5.0;

/// SAM from (0, x2) on the tie, on its 2-cycle, with ln|x4/x3| = `r`; `coupling` stands before x3 x4.
fn on_tie(x2: f64, r: f64, (eta, rho): (f64, f64), coupling: f64, steps: u64) -> Scenario {
    let formula = "(2+((x1+1)^2+x2^2)/2)*x3^2 + (2+((x1-1)^2+x2^2)/2)*x4^2 + coupling*x3*x4";
    let params = BTreeMap::from([("coupling".to_owned(), coupling)]);
    let loss = LossSpec::typed(vec![formula.to_owned()], Reduction::Mean, params);
    let a = cycle_amplitude(eta, rho, LAMBDA + x2 * x2);
    let share = 1.0 / (1.0 + libm::exp(2.0 * r));
    let init = [0.0, x2, a * share.sqrt(), a * (1.0 - share).sqrt()];
    scenario_of(loss, &init, (Method::Sam, eta, rho), steps)
}

/// ln|x4/x3|.
fn ratio(x: &[f64]) -> f64 {
    libm::log((x[3] / x[2]).abs())
}

/// The mean length of five periods of ln|x4/x3|, between its interpolated passages upwards through 0.
fn period(scenario: &Scenario) -> f64 {
    let mut racer = Racer::new(scenario.run_spec(0));
    let mut passages = Vec::new();
    let mut before = ratio(racer.x());
    while passages.len() < 6 && racer.stop_reason().is_none() {
        racer.advance(1);
        let now = ratio(racer.x());
        if before < 0.0 && now >= 0.0 {
            passages.push(racer.step() as f64 - now / (now - before));
        }
        before = now;
    }
    match passages[..] {
        [first, .., last] if passages.len() == 6 => (last - first) / 5.0,
        _ => f64::NAN,
    }
}

/// The small period 2π/√(κηρ²c²AB/(A+B)), κ = (4−ηλ)/λ, c = 2/(2−ηλ), A = ∇δ·∇λ1, B = −∇δ·∇λ2, δ = λ1 − λ2.
fn predicted_period(f: &Formula, loss: &dyn Landscape, (eta, rho): (f64, f64)) -> f64 {
    let x = VecN::zeros(4);
    let [first, second] = [2, 3].map(|i| loss.along(&x, &VecN::axis(4, i)).second);
    let gap = first - second;
    let (a, b) = (gap.dot(&first), -gap.dot(&second));
    let c = f.two() / (f.two() - eta * LAMBDA);
    let kappa = (4.0 - f.plus(eta * LAMBDA)) / LAMBDA;
    let squared = kappa * eta * rho * rho * f.square(c) * a * b / (a + b);
    f.two() * std::f64::consts::PI / squared.sqrt()
}

fn compare_periods(scenario: &Scenario) -> super::Evidence {
    let (rates, loss) = (rates(scenario), landscape(&scenario.loss, 4));
    compare(period(scenario), move |f| predicted_period(f, loss.as_ref(), rates))
}

/// The largest distance from the tie in the last tenth of the run, in units of ρ√η.
fn saturated_amplitude(scenario: &Scenario) -> f64 {
    let ((eta, rho), mut racer) = (rates(scenario), Racer::new(scenario.run_spec(0)));
    racer.advance(scenario.steps / 10 * 9);
    let mut farthest = 0.0_f64;
    while racer.stop_reason().is_none() {
        racer.advance(1);
        farthest = farthest.max(racer.x()[0].abs());
    }
    farthest / (rho * eta.sqrt())
}

const PERIOD: &str = "Amplitude 0.02 of ln|x4/x3| lengthens the period by its square, and the amplitude grows slowly.";

pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "tie-period",
        statement: "Where λ1 = λ2 SAM's alignment and the gap λ1−λ2 oscillate like predator and prey, with a period of 345 steps at η = 0.01, ρ = 0.1.",
        source: "Fact 12, derived here",
        kind: Kind::Law,
        why: PERIOD,
        tolerance: 0.3,
        bound: Bound::Equal,
        scenario: || on_tie(0.0, 0.02, (0.01, 0.1), 0.0, 3000),
        evidence: compare_periods,
    },
    Claim {
        id: "tie-period-small-rho",
        statement: "The period grows as 1/ρ: 1723 steps at ρ = 0.02.",
        source: "Fact 12, derived here",
        kind: Kind::Law,
        why: PERIOD,
        tolerance: 0.3,
        bound: Bound::Equal,
        scenario: || on_tie(0.0, 0.02, (0.01, 0.02), 0.0, 15_000),
        evidence: compare_periods,
    },
    Claim {
        id: "tie-amplitude",
        statement: "The oscillation grows until it reaches 2.6 to 3.0 ρ√η from the tie.",
        source: "Fact 12, seen here",
        kind: Kind::Regression,
        why: "The range that is stated.",
        tolerance: 0.2,
        bound: Bound::Equal,
        scenario: || on_tie(0.0, 0.3, (0.01, 0.02), 0.0, 3_000_000),
        evidence: |scenario| compare(saturated_amplitude(scenario), |f| f.known(2.8)),
    },
    Claim {
        id: "tie-coupling",
        statement: "A coupling 0.001·x3·x4 of the two directions damps the oscillation out.",
        source: "Fact 12, seen here",
        kind: Kind::Regression,
        why: "A hundredth of the amplitude that it has without coupling.",
        tolerance: 0.03,
        bound: Bound::Equal,
        scenario: || on_tie(0.0, 0.3, (0.01, 0.1), 0.001, 1_000_000),
        evidence: |scenario| compare(saturated_amplitude(scenario), |f| f.rests(0.0, 2.8)),
    },
    Claim {
        id: "clarke-flow",
        statement: "On average SAM follows the Clarke flow of λ1 along the tie: the shortest element of its subdifferential, with the finite-η factor.",
        source: "Fact 12, derived here",
        kind: Kind::Law,
        why: "It oscillates about the tie by some ρ√η = 0.002, which moves the average drift by its square, 4e-6.",
        tolerance: 2e-5,
        bound: Bound::Equal,
        scenario: || on_tie(0.8, 0.02, (0.01, 0.02), 0.0, updates(0.3, 0.01, 0.02)),
        evidence: |scenario| {
            let ((eta, rho), loss, start) = (rates(scenario), landscape(&scenario.loss, 4), scenario.init.clone());
            let tau = eta * rho * rho * scenario.steps as f64;
            compare(end(scenario)[1], move |f| {
                let on_tie = [start[0], start[1], 0.0, 0.0];
                let flow = f.lawful(loss.as_ref(), &on_tie, tau, eta);
                end_of(flow, 1)
            })
        },
    },
];
