//! Claims beyond the paper: edges of stability of descent on L^Asc and of USAM, the law for descent on L^Max, the length of
//! phase I, balancedness, Eigen-SAM (facts 15–24).

use super::figure_one::{factors, toy};
use super::runs::{
    COUNT, ROUNDING, after, compare, distance, end, end_of, from, golden_section, loss_of, phi_of, rates, scenario,
    threshold,
};
use super::{Bound, Claim, Evidence, Formula, Kind};
use crate::calculus::{Eigen, VecN};
use crate::optimizer::Method;
use crate::run::{Racer, Scenario};
use crate::theory::edge_rest;

/// The least point of a smooth convex function on [0,1]², by golden sections in turn along both axes.
fn least(value: impl Fn([f64; 2]) -> f64) -> [f64; 2] {
    let mut x = [0.5, 0.5];
    for _ in 0..60 {
        for axis in 0..2 {
            let along = |t: f64| {
                let mut at = x;
                at[axis] = t;
                value(at)
            };
            x[axis] = golden_section(0.0, 1.0, along);
        }
    }
    x
}

/// Where λM(1+s/ρ)² is least on toy4d's Γ, s/ρ = √(η(λ1−λM)/2)·λ1/λM: the rest of descent on L^Asc (fact 15).
fn ascent_rest(f: &Formula, eta: f64) -> [f64; 2] {
    least(|x| {
        let [top, bottom] = factors(x).map(|factor| 2.0 * factor);
        let away = (f.half() * eta * (top - bottom)).sqrt() * top / bottom;
        bottom * f.square(1.0 + f.plus(away))
    })
}

/// Descent on L^Asc, to its end, against that.
fn ascent_edge(scenario: &Scenario, i: usize) -> Evidence {
    let eta = rates(scenario).0;
    compare(end(scenario)[i], move |f| ascent_rest(f, eta)[i])
}

fn ascent() -> Scenario {
    toy(Method::AscDescent, 2e-5, 0.3, 10_000_000)
}

/// (1 − x_i)/√η of that rest as η → 0: from the slopes of h = √(λ1−λM)·λ1/λM at (1, 1), where λ1 = 30, ∇λ1 = (4, 24), λM = 2 has
/// no slope and second derivatives 16 and 4, balanced against λM's.
fn leading_distance(f: &Formula, i: usize) -> f64 {
    let (top, bottom) = (30.0_f64, 2.0);
    let slope = (top / (f.two() * (top - bottom).sqrt()) + (top - bottom).sqrt()) / bottom * [4.0, 24.0][i];
    f.two() * bottom * f.half().sqrt() * slope / [16.0, 4.0][i]
}

/// The rest that the map shows, at an η so small that only the leading order is left.
fn leading_order(scenario: &Scenario, i: usize) -> Evidence {
    let spec = &scenario.optimizers[0];
    let rest = edge_rest(loss_of(scenario).as_ref(), spec, &scenario.init);
    let away = rest.map_or(f64::NAN, |rest| (1.0 - rest[i]) / spec.eta.sqrt());
    compare(away, move |f| leading_distance(f, i))
}

const LEADING: &str =
    "The next order is √η = 3e-5 times 2.2, in a place that is known to 1e-7 and so to 3e-3 of the distance.";

const ASCENT: &str = "The formula is the leading order in √η = 0.0045.";

/// Descent on L^Max has landed after this many updates.
const LANDED: u64 = 200;

/// The number of updates until SAM first steps across Γ.
fn first_crossing(scenario: &Scenario) -> f64 {
    let mut racer = Racer::new(scenario.run_spec(0));
    while racer.stop_reason().is_none() && racer.x()[0] > 0.0 {
        racer.advance(1);
    }
    racer.step() as f64
}

fn phase_one(scenario: &Scenario) -> Evidence {
    let ((eta, rho), start) = (rates(scenario), scenario.init[0]);
    compare(first_crossing(scenario), move |f| {
        let shrinks = 1.0 - f.plus(eta * f.top(&[4.0, 1.0]));
        (libm::log(1.0 + start / rho) / -libm::log(shrinks)).ceil()
    })
}

fn straight(rho: f64) -> Scenario {
    scenario("quadratic", &[], &[0.8, 0.0], (Method::Sam, 0.1, rho), 1000)
}

/// ‖u‖² − ‖v‖² after a step over that before, for x = (u1, v1, u2, v2, …).
fn imbalance_ratio(scenario: &Scenario) -> Evidence {
    let ((eta, rho), x, next) = (rates(scenario), scenario.init.clone(), end(scenario));
    let imbalance = |x: &[f64]| x.chunks_exact(2).map(|pair| pair[0] * pair[0] - pair[1] * pair[1]).sum::<f64>();
    let residual = |x: &[f64]| x.chunks_exact(2).map(|pair| pair[0] * pair[1]).sum::<f64>() - 1.0;
    // The gradient is the residual times (v, u), so that the perturbation is along ± the swapped point.
    let g = (rho / VecN::from_slice(&x).norm()).copysign(residual(&x));
    let perturbed: Vec<f64> = (0..x.len()).map(|i| x[i] + g * x[i ^ 1]).collect();
    let residual = residual(&perturbed);
    compare(imbalance(&next) / imbalance(&x), move |f| {
        1.0 - f.two() * eta * g * residual - f.square(eta * residual) * (1.0 - f.square(g))
    })
}

/// Eigen-SAM's α.
const ALPHA: f64 = 0.2;

fn cube(method: Method) -> Scenario {
    scenario("quadratic", &[("l1", 4.0), ("l2", 2.0), ("l3", 1.0)], &[0.8, 0.6, 0.4], (method, 0.1, 0.1), 1)
}

/// What a step of Eigen-SAM on the v1-cycle of diag(4,2,1) multiplies a deviation along mode `j` by.
fn eigen_multiplier(scenario: &Scenario, j: usize) -> Evidence {
    let (eta, rho) = rates(scenario);
    let mut x = vec![0.0; 3];
    x[0] = eta * rho * 4.0 / (2.0 - eta * 4.0);
    x[j] = 1e-9;
    let lambda = [4.0, 2.0, 1.0][j];
    compare(after(scenario, &x, 1)[j] / 1e-9, move |f| {
        1.0 - eta * lambda - (1.0 - f.plus(ALPHA)) * f.square(lambda / 4.0) * (f.two() - eta * 4.0)
    })
}

const LINEAR: &str = "A deviation of 1e-9 leaves terms of its square, and rounding of 1e-2 beside 1e-9.";

/// The sharpest minimizer of the hyperbola to which USAM returns from a deviation along v1.
fn usam_edge(scenario: &Scenario) -> f64 {
    let loss = loss_of(scenario);
    threshold(2.1, 8.0, |lambda| {
        // λ1 = x² + y² with xy = 1.
        let x = (0.5 * (lambda + (lambda * lambda - 4.0).sqrt())).sqrt();
        let at = VecN::from_slice(&[x, 1.0 / x]);
        let v = Eigen::new(&loss.hessian(&at)).vectors()[0];
        distance(&after(scenario, &(at + v * 1e-7), scenario.steps), &at) < 1e-5
    })
}

pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "asc-edge-x1",
        statement: r"Descent on $L^{\text{Asc}}$ rests at its own edge of stability: where $\lambda_M(1+s/\rho)^2$ is least, $s/\rho = \sqrt{\eta(\lambda_1-\lambda_M)/2}\cdot\lambda_1/\lambda_M$. With $\eta$ = 2e-5 toy4d's $x_1$ is 0.9874.",
        source: "Fact 15, derived here",
        kind: Kind::Law,
        why: ASCENT,
        tolerance: 2e-3,
        bound: Bound::Equal,
        scenario: ascent,
        evidence: |scenario| ascent_edge(scenario, 0),
    },
    Claim {
        id: "asc-edge-x2",
        statement: "And its x2 is 0.7493.",
        source: "Fact 15, derived here",
        kind: Kind::Law,
        why: ASCENT,
        tolerance: 1e-2,
        bound: Bound::Equal,
        scenario: ascent,
        evidence: |scenario| ascent_edge(scenario, 1),
    },
    Claim {
        id: "asc-edge-order-x1",
        statement: "To leading order that is at 1 − x1 = 2.873√η.",
        source: "Fact 15, derived here",
        kind: Kind::Identity,
        why: LEADING,
        tolerance: 1e-2,
        bound: Bound::Equal,
        scenario: || toy(Method::AscDescent, 1e-9, 0.3, 0),
        evidence: |scenario| leading_order(scenario, 0),
    },
    Claim {
        id: "asc-edge-order-x2",
        statement: "And at 1 − x2 = 68.95√η.",
        source: "Fact 15, derived here",
        kind: Kind::Identity,
        why: LEADING,
        tolerance: 0.3,
        bound: Bound::Equal,
        scenario: || toy(Method::AscDescent, 1e-9, 0.3, 0),
        evidence: |scenario| leading_order(scenario, 1),
    },
    Claim {
        id: "usam-edge",
        statement: r"USAM converges only to minimizers with $\lambda_1 \le (\sqrt{1+8\rho/\eta}-1)/(2\rho)$: 3.6603 for $\eta$ = 0.4, $\rho$ = 0.1.",
        source: "Fact 16, derived here",
        kind: Kind::Law,
        why: "At the edge itself the third derivative decides.",
        tolerance: 1e-3,
        bound: Bound::Equal,
        scenario: || scenario("hyperbola", &[], &[1.8, 0.56], (Method::Usam, 0.4, 0.1), 20_000),
        evidence: |scenario| {
            let (eta, rho) = rates(scenario);
            let edge = usam_edge(scenario);
            compare(edge, move |f| ((1.0 + 8.0 * f.plus(rho) / eta).sqrt() - 1.0) / (f.two() * rho))
        },
    },
    Claim {
        id: "max-descent-law",
        statement: "Descent on L^Max obeys the finite-η law too: from (0.5, 0.5, 0.3, 0) with η = 0.05 toy4d's x1 is 0.1561 at ηρ²t = 0.2, where the theorem's flow has 0.3336.",
        source: "Fact 17, derived here",
        kind: Kind::Law,
        why: "It counts as landed after half of the way, where its distance from the minimizers has settled; the law's remainder is O(ρ²).",
        tolerance: 5e-4,
        bound: Bound::Equal,
        scenario: || scenario("toy4d", &[], &[0.5, 0.5, 0.3, 0.0], (Method::MaxDescent, 0.05, 0.1), 400),
        evidence: |scenario| {
            let ((eta, rho), loss, start) = (rates(scenario), loss_of(scenario), scenario.init.clone());
            let landing = end(&from(scenario, &start, LANDED));
            let left = (scenario.steps - LANDED) as f64 * eta * rho * rho;
            let measured = phi_of(loss.as_ref(), &end(scenario))[0];
            compare(measured, move |f| end_of(f.lawful(loss.as_ref(), &landing, left, eta), 0))
        },
    },
    Claim {
        id: "phase-one-steps",
        statement: "Phase I lasts ⌈ln(1+x0/ρ)/(−ln(1−ηλ1))⌉ steps: from 0.8 with ηλ1 = 0.4 and ρ = 0.001 SAM first steps across the minimum after 14.",
        source: "Thm 4.5, fact 19",
        kind: Kind::Identity,
        why: COUNT,
        tolerance: 0.3,
        bound: Bound::Equal,
        scenario: || straight(1e-3),
        evidence: phase_one,
    },
    Claim {
        id: "phase-one-steps-0.1",
        statement: "With ρ = 0.1 it is 5 steps.",
        source: "Thm 4.5, fact 19",
        kind: Kind::Identity,
        why: COUNT,
        tolerance: 0.3,
        bound: Bound::Equal,
        scenario: || straight(0.1),
        evidence: phase_one,
    },
    Claim {
        id: "phase-one-steps-0.01",
        statement: "With ρ = 0.01 it is 9.",
        source: "Thm 4.5, fact 19",
        kind: Kind::Identity,
        why: COUNT,
        tolerance: 0.3,
        bound: Bound::Equal,
        scenario: || straight(0.01),
        evidence: phase_one,
    },
    Claim {
        id: "phase-one-steps-1e-6",
        statement: "With ρ = 1e-6 it is 27.",
        source: "Thm 4.5, fact 19",
        kind: Kind::Identity,
        why: COUNT,
        tolerance: 0.3,
        bound: Bound::Equal,
        scenario: || straight(1e-6),
        evidence: phase_one,
    },
    Claim {
        id: "phase-one-steps-small-rho",
        statement: "It grows like ln(1/ρ)/η: 41 steps at ρ = 1e-9.",
        source: "Thm 4.5, fact 19",
        kind: Kind::Identity,
        why: COUNT,
        tolerance: 0.3,
        bound: Bound::Equal,
        scenario: || straight(1e-9),
        evidence: phase_one,
    },
    Claim {
        id: "balancedness",
        statement: "On the hyperbola a SAM step multiplies x² − y² by exactly 1 − 2ηgE − η²E²(1−g²), g = ±ρ/‖x‖, E the residual at the perturbed point: by 0.994368067 at (2, 0.6) with η = ρ = 0.1.",
        source: "Fact 21; after arXiv 2410.14802",
        kind: Kind::Identity,
        why: ROUNDING,
        tolerance: 5e-16,
        bound: Bound::Equal,
        scenario: || scenario("hyperbola", &[], &[2.0, 0.6], (Method::Sam, 0.1, 0.1), 1),
        evidence: imbalance_ratio,
    },
    Claim {
        id: "balancedness-factors",
        statement: "So it is for two vectors: matrix-factorization's ‖u‖² − ‖v‖².",
        source: "Fact 21; after arXiv 2410.14802",
        kind: Kind::Identity,
        why: ROUNDING,
        tolerance: 5e-16,
        bound: Bound::Equal,
        scenario: || scenario("matrix-factorization", &[], &[1.6, 0.5, 1.2, -0.3], (Method::Sam, 0.1, 0.1), 1),
        evidence: imbalance_ratio,
    },
    Claim {
        id: "eigen-sam-multiplier-2",
        statement: "On the v1-cycle Eigen-SAM multiplies mode j by 1 − ηλj − (1−α)(λj/λ1)²(2−ηλ1): on diag(4,2,1) v2 by 0.48, where SAM has 0.4.",
        source: "Fact 24, derived here; Eigen-SAM is arXiv 2501.12666's",
        kind: Kind::Identity,
        why: LINEAR,
        tolerance: 1e-15,
        bound: Bound::Equal,
        scenario: || cube(Method::EigenSam),
        evidence: |scenario| eigen_multiplier(scenario, 1),
    },
    Claim {
        id: "eigen-sam-multiplier-3",
        statement: "And v3 by 0.82, where SAM has 0.8: there it is the slower one.",
        source: "Fact 24, derived here; Eigen-SAM is arXiv 2501.12666's",
        kind: Kind::Identity,
        why: LINEAR,
        tolerance: 1e-15,
        bound: Bound::Equal,
        scenario: || cube(Method::EigenSam),
        evidence: |scenario| eigen_multiplier(scenario, 2),
    },
    Claim {
        id: "eigen-sam-leaves",
        statement: "But it leaves the v2-cycle at once: its first step away from it has ηρλ1α along v1, where SAM has none.",
        source: "Fact 24, derived here; Eigen-SAM is arXiv 2501.12666's",
        kind: Kind::Identity,
        why: ROUNDING,
        tolerance: 2e-17,
        bound: Bound::Equal,
        scenario: || cube(Method::EigenSam),
        evidence: |scenario| {
            let (eta, rho) = rates(scenario);
            let on_cycle = eta * rho * 2.0 / (2.0 - eta * 2.0);
            let first = after(scenario, &[0.0, on_cycle, 0.0], 1)[0].abs();
            compare(first, move |f| eta * rho * f.top(&[4.0, 2.0]) * ALPHA)
        },
    },
];
