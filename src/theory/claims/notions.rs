//! Claims on the loss on which every notion of sharpness differs: its Γ is a circle, where a point is an angle.

use super::runs::{compare, end, exponent, from, golden_section, loss_of, phi_of, rates, run, scenario, updates, with};
use super::{Bound, Claim, Compared, Evidence, Formula, Kind};
use crate::optimizer::Method;
use crate::run::{Recording, Scenario};
use crate::theory::{Flow, Functional};

const START: [f64; 3] = [0.7, 1.0, 0.2];

fn notions(method: Method, eta: f64, rho: f64, steps: u64) -> Scenario {
    scenario("notions", &[], &START, (method, eta, rho), steps)
}

/// The place of x along the circle, in radians.
fn angle(x: &[f64]) -> f64 {
    libm::atan2(x[1], x[0])
}

fn angle_of(flow: Option<Flow>) -> f64 {
    flow.map_or(f64::NAN, |flow| angle(flow.end()))
}

/// The non-zero eigenvalues of H at an angle.
fn eigenvalues(angle: f64) -> [f64; 2] {
    let [first, second] = [2.8 - 0.5 * libm::cos(angle), 2.1 - 0.5 * libm::sin(angle)].map(|alpha| alpha * alpha);
    [first.max(second), first.min(second)]
}

/// The angle at which a function of the eigenvalues is least, between the places of the three landmarks.
fn least(value: impl Fn(&[f64]) -> f64) -> f64 {
    golden_section(-0.2, 1.7, |angle| value(&eigenvalues(angle)))
}

/// Where a run ends, against where its notion is least.
fn ends_at(scenario: &Scenario, notion: fn(&Formula, &[f64]) -> f64) -> Evidence {
    compare(angle(&end(scenario)), move |f| least(|lambdas| notion(f, lambdas)))
}

/// Where descent on L^Asc would end as η → 0, against where λM is least: runs with η and η/4 are carried on in √η.
fn ends_without_edge(scenario: &Scenario) -> Evidence {
    let (eta, rho) = rates(scenario);
    let at = |eta: f64, steps: u64| angle(&end(&with(scenario, eta, rho, steps)));
    let [coarse, fine] = [at(eta, scenario.steps), at(0.25 * eta, 4 * scenario.steps)];
    compare(2.0 * fine - coarse, |f| least(|lambdas| f.bottom(lambdas)))
}

/// Where descent on L^Asc ends, against its edge of stability.
fn ends_at_edge(scenario: &Scenario) -> Evidence {
    let eta = rates(scenario).0;
    compare(angle(&end(scenario)), move |f| {
        least(|lambdas| {
            let (top, bottom) = (lambdas[0], lambdas[1]);
            let away = (f.half() * eta * (top - bottom)).sqrt() * top / bottom;
            bottom * f.square(1.0 + f.plus(away))
        })
    })
}

/// The time at which SAM is held against its flows.
const TAU: f64 = 0.5;

/// SAM's distance from the theorem's flow at τ for ρ = η/2: its exponent in η.
fn sam_convergence(scenario: &Scenario) -> Evidence {
    let loss = loss_of(scenario);
    let etas = [0.02, 0.01, 0.005];
    let ends = etas.map(|eta| end(&with(scenario, eta, 0.5 * eta, updates(TAU, eta, 0.5 * eta))));
    let ends = ends.map(|x| angle(&phi_of(loss.as_ref(), &x)));
    Box::new(move |f| {
        let flowed = angle_of(Formula::right().flowed(loss.as_ref(), &START, Functional::Lambda1, TAU));
        let errors: Vec<_> = etas.iter().zip(ends).map(|(eta, end)| (*eta, (end - flowed).abs())).collect();
        Compared { predicted: f.order(1.0), measured: exponent(&errors) }
    })
}

/// SAM against the finite-η law, from where it has locked.
fn sam_by_law(scenario: &Scenario) -> Evidence {
    const LOCKED: u64 = 1000;
    let ((eta, rho), loss) = (rates(scenario), loss_of(scenario));
    let landing = end(&from(scenario, &scenario.init, LOCKED));
    let left = (scenario.steps - LOCKED) as f64 * eta * rho * rho;
    let measured = angle(&phi_of(loss.as_ref(), &end(scenario)));
    compare(measured, move |f| angle_of(f.lawful(loss.as_ref(), &landing, left, eta)))
}

/// The mean place of the second half of 1-SAM's kept points.
fn mean_angle(scenario: &Scenario) -> f64 {
    let racer = run(scenario);
    let late: Vec<f64> =
        racer.kept().iter().filter(|(step, _)| 2 * *step > scenario.steps).map(|(_, x)| angle(x)).collect();
    late.iter().sum::<f64>() / late.len() as f64
}

pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "notions-max-end",
        statement: "Where λ1, λM and the trace are least at three different points of a circle of minima, descent on L^Max goes to the first: to the angle 0.",
        source: "Table 1",
        kind: Kind::Theorem,
        why: "The next order of R^Max moves its minimum by O(ρ²) = 0.01 times derivatives.",
        tolerance: 5e-3,
        bound: Bound::Equal,
        scenario: || notions(Method::MaxDescent, 0.05, 0.1, 12_000),
        evidence: |scenario| ends_at(scenario, Formula::top),
    },
    Claim {
        id: "notions-asc-end",
        statement: "Descent on L^Asc goes to the second as η → 0: to the angle π/2.",
        source: "Table 1",
        kind: Kind::Theorem,
        why: "Ends with η = 1e-4 and 2.5e-5, 12√η away by L^Asc's edge of stability, are carried on; ρ = 0.3 leaves O(ρ²) = 0.007.",
        tolerance: 0.01,
        bound: Bound::Equal,
        scenario: || notions(Method::AscDescent, 1e-4, 0.3, 1_500_000),
        evidence: ends_without_edge,
    },
    Claim {
        id: "notions-avg-end",
        statement: "Descent on L^Avg goes to the third: to the angle arctan 3/4 = 0.6435.",
        source: "Table 1",
        kind: Kind::Theorem,
        why: "The next order of R^Avg moves its minimum by O(ρ²) = 0.0025 times derivatives.",
        tolerance: 5e-4,
        bound: Bound::Equal,
        scenario: || notions(Method::AvgDescent, 0.05, 0.05, 100_000),
        evidence: |scenario| ends_at(scenario, Formula::trace),
    },
    Claim {
        id: "notions-asc-edge",
        statement: "For a given η descent on L^Asc rests where λM(1+s/ρ)² is least, s/ρ = √(η(λ1−λM)/2)·λ1/λM, here too: at the angle 1.2436 for η = 0.001.",
        source: "Fact 15, derived here",
        kind: Kind::Law,
        why: "The formula is the leading order in √η = 0.03.",
        tolerance: 2e-3,
        bound: Bound::Equal,
        scenario: || notions(Method::AscDescent, 1e-3, 0.03, 10_000_000),
        evidence: ends_at_edge,
    },
    Claim {
        id: "notions-sam-convergence",
        statement: "Full-batch SAM tracks the flow of λ1 along a curved Γ with M = 2 whose normals turn: with η and ρ halved the error at ηρ²t = 0.5 halves.",
        source: "Thm 4.5",
        kind: Kind::Theorem,
        why: "A fit over η = 0.02 … 0.005, where the next order in η still counts.",
        tolerance: 0.05,
        bound: Bound::Equal,
        scenario: || notions(Method::Sam, 0.02, 0.01, updates(TAU, 0.02, 0.01)),
        evidence: sam_convergence,
    },
    Claim {
        id: "notions-sam-law",
        statement: "That error is the finite-η law's factor (2/(2−ηλ1))²: at η = 0.05 SAM is where the law has it.",
        source: "Fact 11, derived here",
        kind: Kind::Law,
        why: "The law's remainder is O(ρ²/η + ρ²) = 0.002 times derivatives.",
        tolerance: 2e-4,
        bound: Bound::Equal,
        scenario: || notions(Method::Sam, 0.05, 0.01, updates(TAU, 0.05, 0.01)),
        evidence: sam_by_law,
    },
    Claim {
        id: "notions-one-sam-rest",
        statement: "1-SAM rests where the trace is least, although its samples' gradients are not orthogonal: its mean angle is arctan 3/4.",
        source: "Thm 5.4",
        kind: Kind::Theorem,
        why: "The bias is O(η) = 0.002 times derivatives; the spread's mean over the time is smaller.",
        tolerance: 2e-3,
        bound: Bound::Equal,
        scenario: || Scenario { record: Recording::Points(4096), ..notions(Method::OneSam, 0.002, 0.05, 4_000_000) },
        evidence: |scenario| compare(mean_angle(scenario), |f| least(|lambdas| f.trace(lambdas))),
    },
];
