//! Claims about λ1 = λ2 on Γ (fact 12), on a toy of Figure 1's form whose F1 and F2 are equal where x1 = 0: there
//! λ1,2 = λ ± αx1 + ½α'x1² with α = 2, and λ = 5 at the origin.

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

/// α, by which λ1 and λ2 part.
const SLOPE: f64 = 2.0;

/// SAM from (0, x2) on the tie, on its 2-cycle, with ln|x4/x3| = `r`, on the toy with α' = 2; `coupling` stands before x3 x4.
fn on_tie(x2: f64, r: f64, rates: (f64, f64), coupling: f64, steps: u64) -> Scenario {
    bent([2.0, coupling], x2, r, rates, steps)
}

/// The same for any α'.
fn bent([bend, coupling]: [f64; 2], x2: f64, r: f64, (eta, rho): (f64, f64), steps: u64) -> Scenario {
    let formula = "(2.5+x1+bend/4*x1^2+x2^2/2)*x3^2 + (2.5-x1+bend/4*x1^2+x2^2/2)*x4^2 + coupling*x3*x4";
    let params = BTreeMap::from([("bend".to_owned(), bend), ("coupling".to_owned(), coupling)]);
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

/// The amplitude for two η, the second half of the first, carried on to η = 0.
fn without_eta(coarse: f64, fine: f64) -> f64 {
    2.0 * fine - coarse
}

/// The α' at which a small oscillation neither grows nor shrinks, for η and η/2, carried on to η = 0.
fn growth_threshold(scenario: &Scenario) -> f64 {
    /// The time over which growth is looked at.
    const TAU: f64 = 8.0;
    let (eta, rho) = rates(scenario);
    let farthest = |racer: &mut Racer, steps: u64| {
        (0..steps).fold(0.0_f64, |far, _| {
            racer.advance(1);
            far.max(racer.x()[0].abs())
        })
    };
    let growth = |eta: f64, bend: f64| {
        let steps = updates(TAU, eta, rho);
        let mut racer = Racer::new(bent([bend, 0.0], 0.0, 0.01, (eta, rho), steps).run_spec(0));
        let first = farthest(&mut racer, steps / 10);
        racer.advance(steps / 10 * 8);
        libm::log(farthest(&mut racer, steps / 10) / first)
    };
    // It is nearly linear in α'.
    let threshold = |eta: f64| {
        let [below, above] = [6.0, 6.8].map(|bend| growth(eta, bend));
        6.0 + 0.8 * below / (below - above)
    };
    without_eta(threshold(eta), threshold(0.5 * eta))
}

/// The amplitude at α' = 1.8 for η and η/2, carried on to η = 0.
fn amplitude_near_threshold(scenario: &Scenario) -> f64 {
    /// The time that it takes to be reached.
    const TAU: f64 = 200.0;
    let (eta, rho) = rates(scenario);
    let amplitude = |eta| saturated_amplitude(&bent([1.8, 0.0], 0.0, 2.0, (eta, rho), updates(TAU, eta, rho)));
    without_eta(amplitude(eta), amplitude(0.5 * eta))
}

/// Until an oscillation has saturated.
fn saturating(eta: f64) -> Scenario {
    on_tie(0.0, 1.0, (eta, 0.1), 0.0, updates(80.0, eta, 0.1))
}

const DIGITS: &str = "The digits that are stated are those for small ρ; ρ = 0.1 adds ρ²/4.";
const PERIOD: &str = "Amplitude 0.02 of ln|x4/x3| lengthens the period by its square, and the amplitude grows slowly.";

pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "tie-period",
        statement: r"Where $\lambda_1 = \lambda_2$ SAM's alignment and the gap $\lambda_1-\lambda_2$ oscillate like predator and prey, with a period of 345 steps at $\eta$ = 0.01, $\rho$ = 0.1.",
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
        id: "tie-amplitude-0.05",
        statement: "The oscillation grows until it reaches 2.562 ρ√η from the tie, at η = 0.05.",
        source: "Fact 12, seen here",
        kind: Kind::Regression,
        why: DIGITS,
        tolerance: 4e-3,
        bound: Bound::Equal,
        scenario: || saturating(0.05),
        evidence: |scenario| compare(saturated_amplitude(scenario), |f| f.known(2.562)),
    },
    Claim {
        id: "tie-amplitude-0.01",
        statement: "It reaches 3.028 ρ√η at η = 0.01.",
        source: "Fact 12, seen here",
        kind: Kind::Regression,
        why: DIGITS,
        tolerance: 4e-3,
        bound: Bound::Equal,
        scenario: || saturating(0.01),
        evidence: |scenario| compare(saturated_amplitude(scenario), |f| f.known(3.028)),
    },
    Claim {
        id: "tie-amplitude-0.0025",
        statement: "And 3.182 ρ√η at η = 0.0025.",
        source: "Fact 12, seen here",
        kind: Kind::Regression,
        why: DIGITS,
        tolerance: 4e-3,
        bound: Bound::Equal,
        scenario: || saturating(0.0025),
        evidence: |scenario| compare(saturated_amplitude(scenario), |f| f.known(3.182)),
    },
    Claim {
        id: "tie-growth",
        statement: "It grows iff α' < 8α²/λ, where λ1 and λ2 are λ ± αz + ½α'z² along Γ: on this toy below 6.4.",
        source: "Fact 12, derived here",
        kind: Kind::Law,
        why: "Thresholds at η = 0.01 and 0.005 are carried on to η = 0; the square of η is left, and that of 0.4 in α'.",
        tolerance: 8e-4,
        bound: Bound::Equal,
        scenario: || bent([6.0, 0.0], 0.0, 0.01, (0.01, 0.1), updates(8.0, 0.01, 0.1)),
        evidence: |scenario| compare(growth_threshold(scenario), |f| 4.0 * f.two() * f.square(SLOPE) / LAMBDA),
    },
    Claim {
        id: "tie-saturation",
        statement: "It saturates iff α' > 2α²/λ = 1.6, near that at z = (3α/√8)/√(α'−2α²/λ)·ρ√η: for α' = 1.8 at 4.74 ρ√η.",
        source: "Fact 12, derived here",
        kind: Kind::Law,
        why: "Amplitudes at η = 0.01 and 0.005 are carried on to η = 0, where 2 % of the next order are left; α' is 12 % above the threshold.",
        tolerance: 0.3,
        bound: Bound::Equal,
        scenario: || bent([1.8, 0.0], 0.0, 2.0, (0.01, 0.1), updates(200.0, 0.01, 0.1)),
        evidence: |scenario| {
            compare(amplitude_near_threshold(scenario), |f| {
                let above = 1.8 - f.two() * f.square(SLOPE) / LAMBDA;
                3.0 * SLOPE / (8.0 * above).sqrt()
            })
        },
    },
    Claim {
        id: "tie-coupling",
        statement: "A coupling 0.001·x3·x4 of the two directions damps the oscillation out.",
        source: "Fact 12, seen here",
        kind: Kind::Regression,
        why: "It dies out exponentially: what is left is far below anything seen, and below rounding beside 1.",
        tolerance: 1e-12,
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
        tolerance: 4e-6,
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
