//! Claims about single places: the saddle, the ring, two wells, a maximum, a valley with one normal direction.

use super::runs::{after, compare, eigenvalues, end, from, length, phi_of, rates, run, scenario, threshold, with};
use super::{Bound, Claim, Evidence, Kind};
use crate::calculus::{RANK, VecN, landscape};
use crate::optimizer::Method;
use crate::run::{Racer, Scenario, StopReason};
use crate::sharpness::ascent_rise;
use crate::theory::cycle_amplitude;

const ROUNDING: &str = "Everything here is exact; only rounding is left.";

/// a x² − b y², λ = 2a, μ = 2b.
fn saddle(params: &[(&str, f64)], init: [f64; 2], (method, eta, rho): (Method, f64, f64), steps: u64) -> Scenario {
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

fn ring(r0: f64, eta: f64, rho: f64, steps: u64) -> Scenario {
    scenario("ring", &[], &[0.6 * r0, 0.8 * r0], (Method::Sam, eta, rho), steps)
}

/// −½y², as a saddle with a = 0.
fn maximum(eta: f64, start: f64, steps: u64) -> Scenario {
    saddle(&[("a", 0.0), ("b", 0.5)], [1.0, start], (Method::Sam, eta, 0.1), steps)
}

/// A saddle that falls more steeply, μ = 3, than it rises, λ = 2.
fn steep_saddle(eta: f64) -> Scenario {
    saddle(&[("b", 1.5)], [-1.0, -0.01], (Method::Sam, eta, 0.1), 1_000_000)
}

const IN_BAND: &str =
    "In a million steps the orbit comes within 1e-4 of its width of the band's edge, and never beyond.";

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

pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "saddle-traps",
        statement: "From (−1, −0.01) SAM with ρ = 0.1 is trapped at the saddle x² − y² and hops between ±ηρλ/(2−ηλ) for ever.",
        source: "Fact 6",
        kind: Kind::Law,
        why: ROUNDING,
        tolerance: 1e-14,
        bound: Bound::Equal,
        scenario: || saddle(&[], [-1.0, -0.01], (Method::Sam, 0.1, 0.1), 5000),
        evidence: |scenario| {
            let (eta, rho) = rates(scenario);
            compare(length(&end(scenario)), move |f| f.amplitude(eta, rho, 2.0))
        },
    },
    Claim {
        id: "saddle-multiplier",
        statement: "On that cycle a step multiplies a deviation along the falling direction by 1 + ημ − (μ/λ)²(2−ηλ): by 0.8 for λ = 4, μ = 2, η = 0.1.",
        source: "Fact 6, derived here",
        kind: Kind::Identity,
        why: "A deviation of 1e-9 leaves its square.",
        tolerance: 1e-8,
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
        why: "The deviation of 1e-6 leaves its square; 20 000 steps decide to within 1e-9.",
        tolerance: 1e-6,
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
        why: "The deviation of 1e-6 leaves its square; 20 000 steps decide to within 1e-9.",
        tolerance: 1e-6,
        bound: Bound::Equal,
        scenario: || saddle(&[("b", 1.5)], [0.01, 1e-6], (Method::Sam, 0.4, 0.1), 20_000),
        evidence: |scenario| {
            let least = threshold(0.1, 0.5, |eta| !is_trapped_on_cycle(scenario, eta, 2.0));
            compare(least, |f| f.two() * (3.0 - f.plus(2.0)) / (2.0 * 3.0))
        },
    },
    Claim {
        id: "saddle-band-0.02",
        statement: "Below that bound SAM doesn't escape: for a million steps it hops within the chaotic band |y| ≤ ημρ, here at η = 0.02, and comes close to its edge.",
        source: "Facts 6 and 13, derived here",
        kind: Kind::Law,
        why: IN_BAND,
        tolerance: 1e-5,
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
        tolerance: 1e-5,
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
        tolerance: 1e-5,
        bound: Bound::Equal,
        scenario: || steep_saddle(0.3),
        evidence: farthest_in_band,
    },
    Claim {
        id: "saddle-steep-rests",
        statement: "Between the bounds, at η = 0.5, it rests on the 2-cycle along the rising direction: |x| = ηρλ/(2−ηλ), y = 0.",
        source: "Fact 6, derived here",
        kind: Kind::Law,
        why: ROUNDING,
        tolerance: 1e-13,
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
        why: "The deviation of 1e-6 leaves its square; 20 000 steps decide to within 1e-9.",
        tolerance: 1e-6,
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
    Claim {
        id: "ring-radius",
        statement: "With 1 < ρ < 2 SAM settles inside the ring of minima at r = ρ − 1, where the gradient is not zero: a minimum that it hallucinates.",
        source: "Fact 7; after Park, Jang, Ryu, Yang, arXiv 2509.21818",
        kind: Kind::Law,
        why: ROUNDING,
        tolerance: 1e-13,
        bound: Bound::Equal,
        scenario: || ring(0.45, 0.1, 1.5, 1000),
        evidence: |scenario| {
            let rho = rates(scenario).1;
            compare(length(&end(scenario)), move |f| rho - f.plus(1.0))
        },
    },
    Claim {
        id: "ring-loss",
        statement: "The loss there is ¼(r²−1)² = 0.140625, far from the minimum's 0.",
        source: "Fact 7; after Park, Jang, Ryu, Yang, arXiv 2509.21818",
        kind: Kind::Identity,
        why: ROUNDING,
        tolerance: 1e-13,
        bound: Bound::Equal,
        scenario: || ring(0.45, 0.1, 1.5, 1000),
        evidence: |scenario| {
            let (rho, racer) = (rates(scenario).1, run(scenario));
            compare(racer.measure(0, racer.x()).loss, move |f| 0.25 * f.square(f.square(rho - 1.0) - 1.0))
        },
    },
    Claim {
        id: "ring-ascent-loss",
        statement: "But SAM sees L(x + ρĝ), and that is exactly 0 there: ¼((r−ρ)²−1)² with r = ρ − 1.",
        source: "Fact 7; after Park, Jang, Ryu, Yang, arXiv 2509.21818",
        kind: Kind::Identity,
        why: ROUNDING,
        tolerance: 1e-13,
        bound: Bound::Equal,
        scenario: || ring(0.45, 0.1, 1.5, 1000),
        evidence: |scenario| {
            let (rho, racer) = (rates(scenario).1, run(scenario));
            let (loss, x) = (racer.landscape(), VecN::from_slice(racer.x()));
            let rise = ascent_rise(loss.as_ref(), &x, rho).unwrap_or(f64::NAN);
            let r = length(racer.x());
            compare(loss.value(&x) + rise, move |f| 0.25 * f.square(f.square(r - f.plus(rho)) - 1.0))
        },
    },
    Claim {
        id: "ring-multiplier",
        statement: "The hallucinated minimum attracts: a step multiplies a deviation by 1 − 2η.",
        source: "Fact 7; after Park, Jang, Ryu, Yang, arXiv 2509.21818",
        kind: Kind::Identity,
        why: "A deviation of 1e-6 leaves its first power.",
        tolerance: 1e-5,
        bound: Bound::Equal,
        scenario: || ring(0.5 + 1e-6, 0.1, 1.5, 1),
        evidence: |scenario| {
            let eta = rates(scenario).0;
            compare((length(&end(scenario)) - 0.5) / 1e-6, move |f| 1.0 - f.two() * eta)
        },
    },
    Claim {
        id: "ring-trap",
        statement: "With ρ < 1 starts nearer to the centre than ρ are trapped around it, although it is a maximum.",
        source: "Fact 7; after Park, Jang, Ryu, Yang, arXiv 2509.21818",
        kind: Kind::Law,
        why: "A start within a step of ρ may fall on either side.",
        tolerance: 5e-3,
        bound: Bound::Equal,
        scenario: || ring(0.4, 0.01, 0.5, 20_000),
        evidence: |scenario| {
            let (eta, rho) = rates(scenario);
            let is_trapped = |r0: f64| length(&end(&ring(r0, eta, rho, 20_000))) < 0.1;
            compare(threshold(0.1, 0.9, is_trapped), move |f| f.plus(rho))
        },
    },
    Claim {
        id: "wells-sam",
        statement: "From one start beside a sharp well SAM with ρ = 0.1 ends in the flat well, at x = 1.9592.",
        source: "Fact 8, seen here",
        kind: Kind::Regression,
        why: "Half of the last digit that is stated.",
        tolerance: 5e-5,
        bound: Bound::Equal,
        scenario: || scenario("two-wells", &[], &[-0.4, -0.4], (Method::Sam, 0.01, 0.1), 4000),
        evidence: |scenario| compare(end(scenario)[0], |f| f.known(1.9592)),
    },
    Claim {
        id: "wells-gd",
        statement: "Gradient descent from there ends in the sharp well, at x = 0.0425.",
        source: "Fact 8, seen here",
        kind: Kind::Regression,
        why: "Half of the last digit that is stated.",
        tolerance: 5e-5,
        bound: Bound::Equal,
        scenario: || scenario("two-wells", &[], &[-0.4, -0.4], (Method::Gd, 0.01, 0.1), 8000),
        evidence: |scenario| compare(end(scenario)[0], |f| f.known(0.0425)),
    },
    Claim {
        id: "wells-small-rho",
        statement: "With ρ = 0.05 SAM stays in the sharp well: its largest eigenvalue is near 200, not near 2.",
        source: "Fact 8, seen here",
        kind: Kind::Regression,
        why: "The other well lowers the curvature 200 of the sharp one's formula by 2 %.",
        tolerance: 5.0,
        bound: Bound::Equal,
        scenario: || scenario("two-wells", &[], &[-0.4, -0.4], (Method::Sam, 0.01, 0.05), 4000),
        evidence: |scenario| {
            let racer = run(scenario);
            let landed = phi_of(racer.landscape().as_ref(), racer.x());
            compare(eigenvalues(racer.landscape().as_ref(), &landed)[0], |f| 100.0 * f.two())
        },
    },
    Claim {
        id: "chaos-exponent",
        statement: "At a maximum −½μy² SAM is chaotic: two runs separate by 1 + ημ per step, a Lyapunov exponent ln(1+ημ).",
        source: "Fact 13, derived here",
        kind: Kind::Law,
        why: "Rounding of 1e-16 beside a separation of 1e-12.",
        tolerance: 1e-3,
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
        why: "In 20 000 steps the orbit comes within a hundredth of the band's edge.",
        tolerance: 1e-3,
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
    Claim {
        id: "one-normal-direction",
        statement: "product3 lives in three dimensions, but its minimizers have one normal direction: M = 1, so λ1, λM and the trace are one number.",
        source: "Fact 9",
        kind: Kind::Identity,
        why: "A count.",
        tolerance: 0.1,
        bound: Bound::Equal,
        scenario: || scenario("product3", &[], &[1.6, 0.8, 1.1], (Method::Sam, 0.05, 0.01), 2000),
        evidence: |scenario| {
            let loss = landscape(&scenario.loss, scenario.dim());
            let lambdas = eigenvalues(loss.as_ref(), &phi_of(loss.as_ref(), &end(scenario)));
            let rank = lambdas.iter().filter(|lambda| lambda.abs() > RANK * lambdas[0]).count();
            compare(rank as f64, |f| f.order(1.0))
        },
    },
    Claim {
        id: "product3-flattest",
        statement: "SAM finds product3's flattest minimum (1, 1, 1) all the same.",
        source: "Fact 9, seen here",
        kind: Kind::Regression,
        why: "The mean of the 2-cycle is off by O(ρ²) = 1e-4.",
        tolerance: 2e-4,
        bound: Bound::Equal,
        scenario: || scenario("product3", &[], &[1.6, 0.8, 1.1], (Method::Sam, 0.05, 0.01), 2_000_000),
        evidence: |scenario| {
            let x = end(scenario);
            let next = after(scenario, &x, 1);
            compare(0.5 * (x[0] + next[0]), |f| f.known(1.0))
        },
    },
];
