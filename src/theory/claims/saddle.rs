//! Claims about a saddle: where it traps SAM and USAM, and where it lets them go (fact 6).

use super::runs::{ROUNDING, after, compare, end, from, length, rates, run, scenario, threshold, with};
use super::{Bound, Claim, Kind};
use crate::optimizer::Method;
use crate::run::{Scenario, StopReason};
use crate::theory::cycle_amplitude;

/// a x² − b y², λ = 2a, μ = 2b.
pub(super) fn saddle(
    params: &[(&str, f64)],
    init: [f64; 2],
    (method, eta, rho): (Method, f64, f64),
    steps: u64,
) -> Scenario {
    scenario("saddle", params, &init, (method, eta, rho), steps)
}

fn escapes(scenario: &Scenario) -> bool {
    run(scenario).stop_reason() == Some(StopReason::Diverged)
}

/// Whether a deviation of 1e-6 from the cycle on the rising direction, with eigenvalue `lambda`, shrinks.
fn is_trapped_on_cycle(scenario: &Scenario, eta: f64, lambda: f64) -> bool {
    let rho = rates(scenario).1;
    let on_cycle = cycle_amplitude(eta, rho, lambda);
    after(&with(scenario, eta, rho, 1), &[on_cycle, 1e-6], scenario.steps)[1].abs() < 1e-6
}

/// The largest |y0| at x0 = −1 that stays.
fn basin(scenario: &Scenario) -> f64 {
    threshold(1e-4, 0.1, |y0| !escapes(&from(scenario, &[-1.0, -y0], 5000)))
}

/// A saddle that falls more steeply, μ = 3, than it rises, λ = 2.
pub(super) fn steep_saddle(eta: f64) -> Scenario {
    saddle(&[("b", 1.5)], [-1.0, -0.01], (Method::Sam, eta, 0.1), 1_000_000)
}

pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "saddle-traps",
        statement: r"From (−1, −0.01) SAM with $\rho$ = 0.1 is trapped at the saddle $x^2 - y^2$ and hops between $\pm\eta\rho\lambda/(2-\eta\lambda)$ for ever.",
        source: "Fact 6",
        kind: Kind::Law,
        why: ROUNDING,
        tolerance: 5e-17,
        bound: Bound::Equal,
        scenario: || saddle(&[], [-1.0, -0.01], (Method::Sam, 0.1, 0.1), 5000),
        evidence: |scenario| {
            let (eta, rho) = rates(scenario);
            compare(length(&end(scenario)), move |f| f.amplitude(eta, rho, 2.0))
        },
    },
    Claim {
        id: "saddle-lets-go",
        statement: "From there a smaller ρ escapes: ρ = 0.05 does, and 0.0505 is trapped.",
        source: "Fact 6, seen here",
        kind: Kind::Regression,
        why: "Half of the last digit that is stated.",
        tolerance: 5e-5,
        bound: Bound::Equal,
        scenario: || saddle(&[], [-1.0, -0.01], (Method::Sam, 0.1, 0.05), 5000),
        evidence: |scenario| {
            let eta = rates(scenario).0;
            compare(threshold(0.03, 0.1, |rho| escapes(&with(scenario, eta, rho, 5000))), |f| f.known(0.0505))
        },
    },
    Claim {
        id: "saddle-multiplier",
        statement: "On that cycle a step multiplies a deviation along the falling direction by 1 + ημ − (μ/λ)²(2−ηλ): by 0.8 for λ = 4, μ = 2, η = 0.1.",
        source: "Fact 6, derived here",
        kind: Kind::Identity,
        why: "A deviation of 1e-9 leaves its square.",
        tolerance: 5e-15,
        bound: Bound::Equal,
        scenario: || saddle(&[("a", 2.0)], [-1.0, -0.01], (Method::Sam, 0.1, 0.1), 1),
        evidence: |scenario| {
            let (eta, rho) = rates(scenario);
            let on_cycle = eta * rho * 4.0 / (2.0 - eta * 4.0);
            compare(after(scenario, &[on_cycle, 1e-9], 1)[1] / 1e-9, move |f| f.multiplier(eta, 4.0, -2.0))
        },
    },
    Claim {
        id: "saddle-threshold",
        statement: "A saddle ½λx² − ½μy² with μ ≤ λ traps SAM iff η < 2μ/(λ(λ+μ)): for λ = 4, μ = 2 that is 1/6.",
        source: "Fact 6, derived here",
        kind: Kind::Law,
        why: "Bisection to a relative 1e-9; the square of the deviation of 1e-6 is 1e-12.",
        tolerance: 2e-10,
        bound: Bound::Equal,
        scenario: || saddle(&[("a", 2.0)], [0.01, 1e-6], (Method::Sam, 0.1, 0.1), 20_000),
        evidence: |scenario| {
            let largest = threshold(0.05, 0.3, |eta| is_trapped_on_cycle(scenario, eta, 4.0));
            compare(largest, |f| f.two() * 2.0 / (4.0 * (4.0 + f.plus(2.0))))
        },
    },
    Claim {
        id: "saddle-least-eta",
        statement: "On a saddle that falls more steeply than it rises, μ > λ, the 2-cycle attracts only for η above 2(μ−λ)/(λμ): for λ = 2, μ = 3 that is 1/3.",
        source: "Fact 6, derived here",
        kind: Kind::Law,
        why: "Bisection to a relative 1e-9; the square of the deviation of 1e-6 is 1e-12.",
        tolerance: 3e-10,
        bound: Bound::Equal,
        scenario: || saddle(&[("b", 1.5)], [0.01, 1e-6], (Method::Sam, 0.4, 0.1), 20_000),
        evidence: |scenario| {
            let least = threshold(0.1, 0.5, |eta| !is_trapped_on_cycle(scenario, eta, 2.0));
            compare(least, |f| f.two() * (3.0 - f.plus(2.0)) / (2.0 * 3.0))
        },
    },
    Claim {
        id: "saddle-steep-rests",
        statement: "Between the bounds, at η = 0.5, it rests on the 2-cycle along the rising direction: |x| = ηρλ/(2−ηλ), y = 0.",
        source: "Fact 6, derived here",
        kind: Kind::Law,
        why: ROUNDING,
        tolerance: 2e-16,
        bound: Bound::Equal,
        scenario: || steep_saddle(0.5),
        evidence: |scenario| {
            let (eta, rho) = rates(scenario);
            compare(length(&end(scenario)), move |f| f.amplitude(eta, rho, 2.0))
        },
    },
    Claim {
        id: "saddle-steep-escapes",
        statement: "And it escapes from there for η above 2μ/(λ(λ+μ)), which is 0.6.",
        source: "Fact 6, derived here",
        kind: Kind::Law,
        why: "Bisection to a relative 1e-9; the square of the deviation of 1e-6 is 1e-12.",
        tolerance: 6e-10,
        bound: Bound::Equal,
        scenario: || Scenario { steps: 20_000, ..steep_saddle(0.65) },
        evidence: |scenario| {
            let largest = threshold(0.5, 0.65, |eta| is_trapped_on_cycle(scenario, eta, 2.0));
            compare(largest, |f| f.two() * 3.0 / (2.0 * (2.0 + f.plus(3.0))))
        },
    },
    Claim {
        id: "saddle-basin-0.1",
        statement: "The trap has a finite basin: from x = −1 with η = ρ = 0.1 the largest trapped |y| is 0.0324.",
        source: "Fact 6, seen here",
        kind: Kind::Regression,
        why: "Half of the last digit that is stated.",
        tolerance: 5e-5,
        bound: Bound::Equal,
        scenario: || saddle(&[], [-1.0, -0.03], (Method::Sam, 0.1, 0.1), 5000),
        evidence: |scenario| compare(basin(scenario), |f| f.known(0.0324)),
    },
    Claim {
        id: "saddle-basin-0.03",
        statement: "With ρ = 0.03 the basin shrinks to 0.0040.",
        source: "Fact 6, seen here",
        kind: Kind::Regression,
        why: "Half of the last digit that is stated.",
        tolerance: 5e-5,
        bound: Bound::Equal,
        scenario: || saddle(&[], [-1.0, -0.003], (Method::Sam, 0.1, 0.03), 5000),
        evidence: |scenario| compare(basin(scenario), |f| f.known(0.0040)),
    },
    Claim {
        id: "usam-saddle-least-rho",
        statement: "USAM is attracted to the saddle x² − y² for ρ above ½.",
        source: "Fact 6; Dai, Ahn, Sra, arXiv 2305.15287",
        kind: Kind::Law,
        why: "Within 1e-3 of the threshold 20 000 steps don't decide.",
        tolerance: 5e-3,
        bound: Bound::Equal,
        scenario: || saddle(&[], [-0.1, -0.01], (Method::Usam, 0.1, 1.0), 20_000),
        evidence: |scenario| {
            compare(threshold(0.1, 1.0, |rho| escapes(&with(scenario, 0.1, rho, 20_000))), super::Formula::half)
        },
    },
    Claim {
        id: "usam-saddle-greatest-rho",
        statement: "And for ρ below (1/η − 1)/2; above, it diverges along the rising direction.",
        source: "Fact 6; Dai, Ahn, Sra, arXiv 2305.15287",
        kind: Kind::Law,
        why: "Within 1e-3 of the threshold 20 000 steps don't decide.",
        tolerance: 5e-3,
        bound: Bound::Equal,
        scenario: || saddle(&[], [-0.1, -0.01], (Method::Usam, 0.1, 1.0), 20_000),
        evidence: |scenario| {
            let stays = |rho: f64| !escapes(&with(scenario, 0.1, rho, 20_000));
            compare(threshold(1.0, 10.0, stays), |f| (1.0 / 0.1 - 1.0) * f.half())
        },
    },
];
