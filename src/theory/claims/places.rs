//! Claims about single places: the ring, two wells, a valley with one normal direction.

use super::runs::{
    COUNT, ROUNDING, after, compare, eigenvalues, end, length, loss_of, phi_of, rates, run, scenario, threshold,
};
use super::{Bound, Claim, Kind};
use crate::calculus::{RANK, VecN};
use crate::optimizer::Method;
use crate::run::Scenario;
use crate::sharpness::ascent_rise;

fn ring(r0: f64, eta: f64, rho: f64, steps: u64) -> Scenario {
    scenario("ring", &[], &[0.6 * r0, 0.8 * r0], (Method::Sam, eta, rho), steps)
}

pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "ring-radius",
        statement: r"With $1 < \rho < 2$ SAM settles inside the ring of minima at $r = \rho - 1$, where the gradient is not zero: a minimum that it hallucinates.",
        source: "Fact 7; after Park, Jang, Ryu, Yang, arXiv 2509.21818",
        kind: Kind::Law,
        why: ROUNDING,
        tolerance: 5e-16,
        bound: Bound::Equal,
        scenario: || ring(0.45, 0.1, 1.5, 1000),
        evidence: |scenario| {
            let rho = rates(scenario).1;
            compare(length(&end(scenario)), move |f| rho - f.plus(1.0))
        },
    },
    Claim {
        id: "ring-loss",
        statement: r"The loss there is ¼$(r^2-1)^2 = 0.140625$, far from the minimum's 0.",
        source: "Fact 7; after Park, Jang, Ryu, Yang, arXiv 2509.21818",
        kind: Kind::Identity,
        why: ROUNDING,
        tolerance: 2e-16,
        bound: Bound::Equal,
        scenario: || ring(0.45, 0.1, 1.5, 1000),
        evidence: |scenario| {
            let (rho, racer) = (rates(scenario).1, run(scenario));
            compare(racer.measure(0, racer.x()).loss, move |f| 0.25 * f.square(f.square(rho - 1.0) - 1.0))
        },
    },
    Claim {
        id: "ring-ascent-loss",
        statement: r"But SAM sees $L(x + \rho\hat g)$, and that is exactly 0 there: ¼$((r-\rho)^2-1)^2$ with $r = \rho - 1$.",
        source: "Fact 7; after Park, Jang, Ryu, Yang, arXiv 2509.21818",
        kind: Kind::Identity,
        why: ROUNDING,
        tolerance: 2e-16,
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
        why: "A deviation of 1e-6 leaves its first power times 0.3.",
        tolerance: 1e-6,
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
        why: "Bisection to a relative 1e-9.",
        tolerance: 1e-9,
        bound: Bound::Equal,
        scenario: || ring(0.4, 0.01, 0.5, 20_000),
        evidence: |scenario| {
            let (eta, rho) = rates(scenario);
            let is_trapped = |r0: f64| length(&end(&ring(r0, eta, rho, 20_000))) < 0.1;
            compare(threshold(0.1, 0.9, is_trapped), move |f| f.plus(rho))
        },
    },
    Claim {
        id: "ring-every-start",
        statement: "With ρ = 1.5 and η = 0.01 every start between r = 0.02 and 2.5 ends there: the farthest end of 125 is at ρ − 1.",
        source: "Fact 7; after Park, Jang, Ryu, Yang, arXiv 2509.21818",
        kind: Kind::Law,
        why: "After 5000 steps (1−2η)⁵⁰⁰⁰ = 1e-44 of the way is left; rounding, where a step moves x by an η of its error.",
        tolerance: 6e-15,
        bound: Bound::Equal,
        scenario: || ring(0.02, 0.01, 1.5, 5000),
        evidence: |scenario| {
            let ((eta, rho), steps) = (rates(scenario), scenario.steps);
            let ends = (1..=125).map(|k| length(&end(&ring(0.02 * f64::from(k), eta, rho, steps))));
            let farthest = ends.max_by(|a, b| (a - 0.5).abs().total_cmp(&(b - 0.5).abs())).unwrap_or(f64::NAN);
            compare(farthest, move |f| rho - f.plus(1.0))
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
        id: "wells-sam-y",
        statement: "It hops across that well's axis there, between y = ±0.0017.",
        source: "Fact 8, seen here",
        kind: Kind::Regression,
        why: "Half of the last digit that is stated.",
        tolerance: 5e-8,
        bound: Bound::Equal,
        scenario: || scenario("two-wells", &[], &[-0.4, -0.4], (Method::Sam, 0.01, 0.1), 4000),
        evidence: |scenario| compare(end(scenario)[1].abs(), |f| f.known(0.001_700_0)),
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
        why: "The other well, and where it is, lower the curvature 200 of the sharp one's formula by 0.3.",
        tolerance: 1.0,
        bound: Bound::Equal,
        scenario: || scenario("two-wells", &[], &[-0.4, -0.4], (Method::Sam, 0.01, 0.05), 4000),
        evidence: |scenario| {
            let racer = run(scenario);
            let landed = phi_of(racer.landscape().as_ref(), racer.x());
            compare(eigenvalues(racer.landscape().as_ref(), &landed)[0], |f| 100.0 * f.two())
        },
    },
    Claim {
        id: "one-normal-direction",
        statement: "product3 lives in three dimensions, but its minimizers have one normal direction: M = 1, so λ1, λM and the trace are one number.",
        source: "Fact 9",
        kind: Kind::Identity,
        why: COUNT,
        tolerance: 0.1,
        bound: Bound::Equal,
        scenario: || scenario("product3", &[], &[1.6, 0.8, 1.1], (Method::Sam, 0.05, 0.01), 2000),
        evidence: |scenario| {
            let loss = loss_of(scenario);
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
