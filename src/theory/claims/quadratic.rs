//! Claims on quadratics: the 2-cycle, its multipliers, the three notions at one minimum, edges of stability.

use super::runs::{ROUNDING, after, compare, eigenvalues, end, length, rates, run, scenario, threshold, with};
use super::{Bound, Claim, Evidence, Kind};
use crate::calculus::VecN;
use crate::optimizer::Method;
use crate::run::{Scenario, StopReason};
use crate::sharpness::{ascent_rise, average_rise, worst_direction};

const LINEAR: &str = "A deviation of 1e-9 leaves its square beside that of the cycle's length, which is 0.02 or more.";

/// diag(4, 1), η = ρ = 0.1: facts 1 and 2's quadratic.
fn quadratic(method: Method, steps: u64) -> Scenario {
    scenario("quadratic", &[], &[0.8, 0.6], (method, 0.1, 0.1), steps)
}

fn cube() -> Scenario {
    let params = [("l1", 4.0), ("l2", 2.0), ("l3", 1.0)];
    scenario("quadratic", &params, &[0.8, 0.6, 0.4], (Method::Sam, 0.1, 0.1), 1)
}

/// What a step multiplies a deviation of 1e-9 along mode `j` by, on the cycle along mode `k`.
fn measured_multiplier(scenario: &Scenario, k: usize, j: usize) -> f64 {
    let (eta, rho) = rates(scenario);
    let lambda = eigenvalues(run(scenario).landscape().as_ref(), &scenario.init)[k];
    let mut x = vec![0.0; scenario.dim()];
    x[k] = eta * rho * lambda / (2.0 - eta * lambda);
    x[j] = 1e-9;
    after(scenario, &x, 1)[j] / 1e-9
}

/// The length of the iterate at the end, predicted to be the 2-cycle's.
fn cycle_length(scenario: &Scenario) -> Evidence {
    let ((eta, rho), racer) = (rates(scenario), run(scenario));
    let lambdas = racer.measure(0, racer.x()).eigenvalues;
    compare(length(racer.x()), move |f| f.amplitude(eta, rho, f.top(&lambdas)))
}

pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "two-cycle",
        statement: r"On a quadratic SAM doesn't reach the minimum: it ends on a 2-cycle along the sharpest direction, at distance $\eta\rho\lambda_1/(2-\eta\lambda_1)$.",
        source: "Thm 4.8",
        kind: Kind::Theorem,
        why: ROUNDING,
        tolerance: 5e-17,
        bound: Bound::Equal,
        scenario: || quadratic(Method::Sam, 2000),
        evidence: cycle_length,
    },
    Claim {
        id: "two-cycle-large-eta",
        statement: "The 2-cycle is there beyond the theorem's ηλ1 < 1, up to ηλ1 < 2: here ηλ1 = 1.9.",
        source: "Fact 1, seen here",
        kind: Kind::Law,
        why: "Near ηλ1 = 2 the cycle attracts slowly, by 0.9 a step; after 20 000 rounding is left.",
        tolerance: 5e-15,
        bound: Bound::Equal,
        scenario: || scenario("quadratic", &[], &[0.8, 0.6], (Method::Sam, 0.475, 0.1), 20_000),
        evidence: cycle_length,
    },
    Claim {
        id: "two-cycle-ends",
        statement: "There it ends: for η above 2/λ1 SAM has no 2-cycle and is thrown out of the bowl.",
        source: "Facts 1 and 11, derived here",
        kind: Kind::Law,
        why: "In 20 000 steps it grows past 1e8 only where it multiplies by more than 1 + 6e-4, which is so for η above 0.5 + 1.6e-4.",
        tolerance: 2.5e-4,
        bound: Bound::Equal,
        scenario: || scenario("quadratic", &[], &[0.8, 0.6], (Method::Sam, 0.5, 0.1), 20_000),
        evidence: |scenario| {
            let (rho, steps) = (rates(scenario).1, scenario.steps);
            let is_bounded =
                |eta: f64| run(&with(scenario, eta, rho, steps)).stop_reason() != Some(StopReason::Diverged);
            compare(threshold(0.4, 0.6, is_bounded), |f| f.two() / f.top(&[4.0, 1.0]))
        },
    },
    Claim {
        id: "two-cycle-flips",
        statement: "On the 2-cycle each step goes to the opposite point: the iterate is multiplied by −1.",
        source: "Thm 4.8",
        kind: Kind::Identity,
        why: ROUNDING,
        tolerance: 3e-15,
        bound: Bound::Equal,
        scenario: || quadratic(Method::Sam, 2000),
        evidence: |scenario| {
            let x = end(scenario);
            compare(after(scenario, &x, 1)[0] / x[0], |f| f.plus(-1.0))
        },
    },
    Claim {
        id: "gradient-on-cycle",
        statement: "On the 2-cycle the gradient never vanishes: ‖g‖ = λ1·ηρλ1/(2−ηλ1).",
        source: "Thm 4.8",
        kind: Kind::Identity,
        why: ROUNDING,
        tolerance: 2e-16,
        bound: Bound::Equal,
        scenario: || quadratic(Method::Sam, 2000),
        evidence: |scenario| {
            let ((eta, rho), racer) = (rates(scenario), run(scenario));
            let point = racer.measure(0, racer.x());
            compare(point.grad_norm, move |f| {
                let lambda = f.top(&point.eigenvalues);
                lambda * f.amplitude(eta, rho, lambda)
            })
        },
    },
    Claim {
        id: "multiplier-stable",
        statement: r"On $\diag(4,2,1)$ the cycle along $v_1$ attracts: a step multiplies a deviation along $v_2$ by $1 - \eta\lambda_2 - (\lambda_2/\lambda_1)^2(2-\eta\lambda_1) = 0.4$.",
        source: "Fact 1, derived here",
        kind: Kind::Identity,
        why: LINEAR,
        tolerance: 1e-15,
        bound: Bound::Equal,
        scenario: cube,
        evidence: |scenario| {
            let eta = rates(scenario).0;
            compare(measured_multiplier(scenario, 0, 1), move |f| f.multiplier(eta, 4.0, 2.0))
        },
    },
    Claim {
        id: "multiplier-stable-3",
        statement: "And one along v3 by 0.8.",
        source: "Fact 1, derived here",
        kind: Kind::Identity,
        why: LINEAR,
        tolerance: 1e-15,
        bound: Bound::Equal,
        scenario: cube,
        evidence: |scenario| {
            let eta = rates(scenario).0;
            compare(measured_multiplier(scenario, 0, 2), move |f| f.multiplier(eta, 4.0, 1.0))
        },
    },
    Claim {
        id: "multiplier-unstable",
        statement: r"The cycle along $v_2$ repels: sharper $v_1$ is multiplied by −6.6 per step, which is why only the sharpest direction survives.",
        source: "Fact 1, derived here",
        kind: Kind::Identity,
        why: LINEAR,
        tolerance: 5e-13,
        bound: Bound::Equal,
        scenario: cube,
        evidence: |scenario| {
            let eta = rates(scenario).0;
            compare(measured_multiplier(scenario, 1, 0), move |f| f.multiplier(eta, 2.0, 4.0))
        },
    },
    Claim {
        id: "notion-max",
        statement: r"At a minimum the worst direction within $\rho$ is the sharpest one: $R^{\text{Max}} = \rho^2\lambda_1/2$.",
        source: "Def. 4.1, fact 2",
        kind: Kind::Theorem,
        why: ROUNDING,
        tolerance: 5e-17,
        bound: Bound::Equal,
        scenario: || quadratic(Method::Gd, 20_000),
        evidence: |scenario| {
            let (rho, racer) = (rates(scenario).1, run(scenario));
            let lambdas = racer.measure(0, racer.x()).eigenvalues;
            let r_max = worst_direction(racer.landscape().as_ref(), &VecN::from_slice(racer.x()), rho).r_max;
            compare(r_max, move |f| f.half() * f.square(rho) * f.top(&lambdas))
        },
    },
    Claim {
        id: "notion-avg",
        statement: r"The average direction sees the trace: $R^{\text{Avg}} = \rho^2 \Tr H/(2D)$ at the same minimum.",
        source: "Def. 4.1, fact 2",
        kind: Kind::Theorem,
        why: ROUNDING,
        tolerance: 5e-17,
        bound: Bound::Equal,
        scenario: || quadratic(Method::Gd, 20_000),
        evidence: |scenario| {
            let (rho, racer) = (rates(scenario).1, run(scenario));
            let lambdas = racer.measure(0, racer.x()).eigenvalues;
            let r_avg = average_rise(racer.landscape().as_ref(), &VecN::from_slice(racer.x()), rho).value;
            compare(r_avg, move |f| f.square(rho) * f.trace(&lambdas) / (f.two() * lambdas.len() as f64))
        },
    },
    Claim {
        id: "notion-asc-along-gd",
        statement: r"Along gradient descent's path the ascent direction turns to the flattest direction: $R^{\text{Asc}} \to \rho^2\lambda_M/2$.",
        source: "Def. 4.1, fact 2",
        kind: Kind::Theorem,
        why: "After 200 steps the gradient still has (1−ηλ1)²⁰⁰/(1−ηλ2)²⁰⁰ = 1e-35 of the sharp direction: rounding is left.",
        tolerance: 1e-17,
        bound: Bound::Equal,
        scenario: || quadratic(Method::Gd, 500),
        evidence: |scenario| {
            let (rho, racer) = (rates(scenario).1, run(scenario));
            let lambdas = racer.measure(0, racer.x()).eigenvalues;
            let r_asc = ascent_rise(racer.landscape().as_ref(), &VecN::from_slice(racer.x()), rho);
            compare(r_asc.unwrap_or(f64::NAN), move |f| f.half() * f.square(rho) * f.bottom(&lambdas))
        },
    },
    Claim {
        id: "notion-asc-fast-gd",
        statement: r"The same minimum has another $R^{\text{Asc}}$ when approached otherwise: once $\eta(\lambda_1+\lambda_2) > 2$ gradient descent comes in along $v_1$, and $R^{\text{Asc}} \to \rho^2\lambda_1/2$.",
        source: "Fact 2, derived here",
        kind: Kind::Law,
        why: "(0.55/0.8)⁵⁰⁰ of the flat direction is left, which vanishes; rounding.",
        tolerance: 5e-17,
        bound: Bound::Equal,
        scenario: || scenario("quadratic", &[], &[0.8, 0.6], (Method::Gd, 0.45, 0.1), 500),
        evidence: |scenario| {
            let (rho, racer) = (rates(scenario).1, run(scenario));
            let lambdas = racer.measure(0, racer.x()).eigenvalues;
            let r_asc = ascent_rise(racer.landscape().as_ref(), &VecN::from_slice(racer.x()), rho);
            compare(r_asc.unwrap_or(f64::NAN), move |f| f.half() * f.square(rho) * f.top(&lambdas))
        },
    },
    Claim {
        id: "notion-asc-on-cycle",
        statement: "At SAM's own iterate R^Asc is larger than at the minimum, since it stands at a distance a: ρ²λ1/2 + λ1ρa.",
        source: "Fact 2, derived here",
        kind: Kind::Law,
        why: ROUNDING,
        tolerance: 5e-17,
        bound: Bound::Equal,
        scenario: || quadratic(Method::Sam, 2000),
        evidence: |scenario| {
            let ((eta, rho), racer) = (rates(scenario), run(scenario));
            let lambdas = racer.measure(0, racer.x()).eigenvalues;
            let r_asc = ascent_rise(racer.landscape().as_ref(), &VecN::from_slice(racer.x()), rho);
            compare(r_asc.unwrap_or(f64::NAN), move |f| {
                let lambda = f.top(&lambdas);
                f.half() * f.square(rho) * lambda + lambda * rho * f.amplitude(eta, rho, lambda)
            })
        },
    },
    Claim {
        id: "edge-on-cycle",
        statement: r"On the 2-cycle SAM's edge of stability $(\|g\|/2\rho)(\sqrt{1+8\rho/(\eta\|g\|)}-1)$ is $\lambda_1$ itself.",
        source: "Fact 3, derived here from the edge of Long and Bartlett, arXiv 2309.12488",
        kind: Kind::Law,
        why: ROUNDING,
        tolerance: 4e-15,
        bound: Bound::Equal,
        scenario: || quadratic(Method::Sam, 2000),
        evidence: |scenario| {
            let ((eta, rho), racer) = (rates(scenario), run(scenario));
            let point = racer.measure(0, racer.x());
            compare(point.eigenvalues[0], move |f| {
                let g = point.grad_norm;
                g / (f.two() * rho) * ((1.0 + 8.0 * rho / (eta * g)).sqrt() - 1.0)
            })
        },
    },
    Claim {
        id: "usam-multiplier",
        statement: "USAM multiplies a quadratic's mode by 1 − ηλ(1+ρλ) per step.",
        source: "Fact 5; Dai, Ahn, Sra, arXiv 2305.15287",
        kind: Kind::Identity,
        why: ROUNDING,
        tolerance: 5e-16,
        bound: Bound::Equal,
        scenario: || quadratic(Method::Usam, 1),
        evidence: |scenario| {
            let (eta, rho) = rates(scenario);
            compare(end(scenario)[0] / scenario.init[0], move |f| 1.0 - eta * 4.0 * (1.0 + f.plus(rho * 4.0)))
        },
    },
    Claim {
        id: "usam-threshold",
        statement: r"With $\lambda$ = 4 and $\eta$ = 0.1 USAM diverges for $\rho$ above $(2/(\eta\lambda) - 1)/\lambda = 1$.",
        source: "Fact 5; Dai, Ahn, Sra, arXiv 2305.15287",
        kind: Kind::Law,
        why: "In 20 000 steps it grows past 1e8 only where it multiplies by more than 1 + 9e-4, which is so for ρ above 1 + 6e-4.",
        tolerance: 1e-3,
        bound: Bound::Equal,
        scenario: || quadratic(Method::Usam, 20_000),
        evidence: |scenario| {
            let eta = rates(scenario).0;
            let is_bounded =
                |rho: f64| run(&with(scenario, eta, rho, 20_000)).stop_reason() != Some(StopReason::Diverged);
            compare(threshold(0.5, 1.5, is_bounded), move |f| (f.two() / (eta * 4.0) - 1.0) / 4.0)
        },
    },
    Claim {
        id: "sam-bounded-where-usam-diverges",
        statement: r"With $\rho$ = 1.5, where USAM diverges, SAM stays on its 2-cycle.",
        source: "Fact 5, Thm 4.8",
        kind: Kind::Theorem,
        why: ROUNDING,
        tolerance: 1e-15,
        bound: Bound::Equal,
        scenario: || scenario("quadratic", &[], &[0.8, 0.6], (Method::Sam, 0.1, 1.5), 2000),
        evidence: cycle_length,
    },
];
