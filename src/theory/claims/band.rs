//! Claims about the chaotic band of a maximum (fact 13): what keeps SAM on a saddle whose 2-cycle repels (fact 6).

use super::runs::{after, compare, rates, with};
use super::saddle::{saddle, steep_saddle};
use super::{Bound, Claim, Evidence, Kind};
use crate::optimizer::Method;
use crate::run::{Racer, Scenario};

/// −½y², as a saddle with a = 0.
fn maximum(eta: f64, start: f64, steps: u64) -> Scenario {
    saddle(&[("a", 0.0), ("b", 0.5)], [1.0, start], (Method::Sam, eta, 0.1), steps)
}

const IN_BAND: &str = "In a million steps the orbit comes within 1e-4 of the band's edge, and never beyond.";

/// The largest |y| of a run once it has had 1000 updates to reach the band, predicted to be ημρ.
fn farthest_in_band(scenario: &Scenario) -> Evidence {
    let ((eta, rho), mut racer) = (rates(scenario), Racer::new(scenario.run_spec(0)));
    racer.advance(1000);
    let mut highest = 0.0_f64;
    while racer.stop_reason().is_none() {
        racer.advance(1);
        highest = highest.max(racer.x()[1].abs());
    }
    // μ = 2b with b = 1.5.
    compare(highest, move |f| eta * (f.two() * 1.5) * rho)
}

/// The rate of ln|x| per update of a run in the band, x being negligible beside y: over many pieces of a run, each started
/// with the x that it would have were it not for underflow.
fn rate_of_rise(scenario: &Scenario) -> f64 {
    const PIECES: u32 = 4000;
    const PIECE: u64 = 100;
    const SMALL: f64 = 1e-150;
    let (eta, rho) = rates(scenario);
    let once = with(scenario, eta, rho, PIECE);
    let mut y = 0.3 * eta * rho;
    let mut sum = 0.0;
    for _ in 0..PIECES {
        let end = after(&once, &[SMALL, y], PIECE);
        sum += libm::log((end[0] / SMALL).abs());
        y = end[1];
    }
    sum / (f64::from(PIECES) * PIECE as f64)
}

/// Against the mean of ln|1 − ηλ − ηρλ²/(μ|y|)| over an orbit of y ← (1+ημ)y − ημρ sign y, λ = 2, μ = 3.
fn rises(scenario: &Scenario) -> Evidence {
    const ORBIT: u32 = 1_000_000;
    let (eta, rho) = rates(scenario);
    compare(rate_of_rise(scenario), move |f| {
        let (mut y, mut sum) = (0.7 * eta * rho, 0.0);
        for _ in 0..ORBIT {
            let pull = 1.0 - eta * 2.0 - f.plus(eta * rho * f.square(2.0) / (3.0 * f64::abs(y)));
            sum += libm::log(pull.abs());
            y = (1.0 + eta * 3.0) * y - (eta * 3.0 * rho).copysign(y);
        }
        sum / f64::from(ORBIT)
    })
}

const RISES: &str = "Means over 400 000 and a million steps of a number that is unbounded where y = 0.";

pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "saddle-band-0.02",
        statement: "Below that bound SAM doesn't escape: for a million steps it hops within the chaotic band |y| ≤ ημρ, here at η = 0.02, and comes close to its edge.",
        source: "Facts 6 and 13, derived here",
        kind: Kind::Law,
        why: IN_BAND,
        tolerance: 5e-7,
        bound: Bound::Equal,
        scenario: || steep_saddle(0.02),
        evidence: farthest_in_band,
    },
    Claim {
        id: "saddle-band-0.1",
        statement: "So it does at η = 0.1.",
        source: "Facts 6 and 13, derived here",
        kind: Kind::Law,
        why: IN_BAND,
        tolerance: 5e-7,
        bound: Bound::Equal,
        scenario: || steep_saddle(0.1),
        evidence: farthest_in_band,
    },
    Claim {
        id: "saddle-band-0.3",
        statement: "And at η = 0.3, just below the bound of 1/3.",
        source: "Facts 6 and 13, derived here",
        kind: Kind::Law,
        why: IN_BAND,
        tolerance: 5e-7,
        bound: Bound::Equal,
        scenario: || steep_saddle(0.3),
        evidence: farthest_in_band,
    },
    Claim {
        id: "saddle-rise-0.05",
        statement: "In the band x → 0 iff E ln|1 − ηλ − ηρλ²/(μ|y|)| < 0: for λ = 2, μ = 3 and η = 0.05 it is 0.64 a step, and x rises.",
        source: "Fact 6, derived here",
        kind: Kind::Law,
        why: RISES,
        tolerance: 2e-3,
        bound: Bound::Equal,
        scenario: || steep_saddle(0.05),
        evidence: rises,
    },
    Claim {
        id: "saddle-rise-0.1",
        statement: "At η = 0.1 it is −0.11: x falls.",
        source: "Fact 6, derived here",
        kind: Kind::Law,
        why: RISES,
        tolerance: 2e-3,
        bound: Bound::Equal,
        scenario: || steep_saddle(0.1),
        evidence: rises,
    },
    Claim {
        id: "saddle-rise-0.2",
        statement: "At η = 0.2 it is −0.79.",
        source: "Fact 6, derived here",
        kind: Kind::Law,
        why: RISES,
        tolerance: 2e-3,
        bound: Bound::Equal,
        scenario: || steep_saddle(0.2),
        evidence: rises,
    },
    Claim {
        id: "chaos-exponent",
        statement: r"At a maximum −½$\mu y^2$ SAM is chaotic: two runs separate by $1 + \eta\mu$ per step, a Lyapunov exponent $\ln(1+\eta\mu)$.",
        source: "Fact 13, derived here",
        kind: Kind::Law,
        why: "Rounding of 4e-19 beside a separation of 1e-12, over 20 steps.",
        tolerance: 5e-7,
        bound: Bound::Equal,
        scenario: || maximum(0.1, 0.003, 20),
        evidence: |scenario| {
            let eta = rates(scenario).0;
            let height = |start: f64| after(scenario, &[1.0, start], 20)[1];
            let grown = (height(0.003 + 1e-12) - height(0.003)).abs() / 1e-12;
            compare(libm::log(grown) / 20.0, move |f| libm::log(1.0 + f.plus(eta)))
        },
    },
    Claim {
        id: "chaos-band",
        statement: "Yet it never leaves the band |y| ≤ ημρ, which it fills.",
        source: "Fact 13, derived here",
        kind: Kind::Law,
        why: "In 20 000 steps the orbit comes within 1e-4 of the band's edge.",
        tolerance: 2e-5,
        bound: Bound::Equal,
        scenario: || maximum(0.9, 0.05, 20_000),
        evidence: |scenario| {
            let ((eta, rho), mut racer) = (rates(scenario), Racer::new(scenario.run_spec(0)));
            racer.advance(200);
            let mut highest = 0.0_f64;
            while racer.stop_reason().is_none() {
                racer.advance(1);
                highest = highest.max(racer.x()[1].abs());
            }
            // b = ½ in a x² − b y², so that μ = 2b.
            compare(highest, move |f| eta * (f.two() * 0.5) * rho)
        },
    },
];
