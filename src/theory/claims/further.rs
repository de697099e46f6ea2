//! Claims beyond the paper: edges of stability of descent on L^Asc and of USAM, the law for descent on L^Max, the length of
//! phase I, 1-SAM's hover, balancedness, Eigen-SAM (facts 15–24).

use std::sync::Arc;

use super::runs::{after, compare, distance, end, end_of, from, rates, scenario, threshold};
use super::{Bound, Claim, Evidence, Formula, Kind};
use crate::calculus::{Eigen, Landscape, VecN, landscape};
use crate::optimizer::Method;
use crate::run::{Racer, Scenario};
use crate::theory::{Functional, finite_eta_factor};

const START: [f64; 4] = [0.5, 0.5, 0.3, 0.3];

fn loss_of(scenario: &Scenario) -> Arc<dyn Landscape> {
    landscape(&scenario.loss, scenario.dim())
}

/// toy4d's F1 and F2.
fn factors([x1, x2]: [f64; 2]) -> [f64; 2] {
    [x1 * x1 + 6.0 * x2 * x2 + 8.0, 4.0 * (1.0 - x1) * (1.0 - x1) + (1.0 - x2) * (1.0 - x2) + 1.0]
}

/// toy4d's ∇F1 and ∇F2.
fn factor_slopes([x1, x2]: [f64; 2]) -> [[f64; 2]; 2] {
    [[2.0 * x1, 12.0 * x2], [-8.0 * (1.0 - x1), -2.0 * (1.0 - x2)]]
}

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
            x[axis] = golden_section(along);
        }
    }
    x
}

fn golden_section(value: impl Fn(f64) -> f64) -> f64 {
    let share = 0.5 * (5.0_f64.sqrt() - 1.0);
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..80 {
        let (a, b) = (high - share * (high - low), low + share * (high - low));
        if value(a) < value(b) { high = b } else { low = a }
    }
    0.5 * (low + high)
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
    scenario("toy4d", &[], &START, (Method::AscDescent, 2e-5, 0.3), 10_000_000)
}

const ASCENT: &str = "The formula is the leading order in √η = 0.0045.";

/// Descent on L^Max has landed after this many updates.
const LANDED: u64 = 10;

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

const COUNT: &str = "A count.";

/// The mean drift of 1-SAM per ηρ² on toy4d's Γ, and each sample's, by the finite-η law.
fn drifts(f: &Formula, eta: f64, x: [f64; 2]) -> ([f64; 2], [[f64; 2]; 2]) {
    let (lambdas, slopes) = (factors(x).map(|factor| 2.0 * factor), factor_slopes(x));
    let of = |k: usize| {
        let faster = finite_eta_factor(eta, lambdas[k]);
        slopes[k].map(|slope| -f.half() * faster * 2.0 * slope)
    };
    let each = [of(0), of(1)];
    ([0, 1].map(|i| 0.5 * (each[0][i] + each[1][i])), each)
}

/// The standard deviations of 1-SAM around its rest point in units of ρ√η: JΣ + ΣJᵀ = −C, with J the Jacobian of the mean
/// drift and C the covariance of one step's (fact 20).
fn hover(f: &Formula, loss: &dyn Landscape, eta: f64) -> [f64; 2] {
    // Where it rests is another claim's.
    let Some(rest) = Formula::right().rest(loss, &START, Functional::Trace, Some(eta)) else { return [f64::NAN; 2] };
    let x = [rest.end()[0], rest.end()[1]];
    let each = drifts(f, eta, x).1;
    let covariance = |i: usize, j: usize| 0.5 * (each[0][i] * each[0][j] + each[1][i] * each[1][j]);
    let h = 1e-5;
    let jacobian = |i: usize, j: usize| {
        let shifted = |by: f64| {
            let mut at = x;
            at[j] += by;
            drifts(f, eta, at).0[i]
        };
        (shifted(h) - shifted(-h)) / (2.0 * h)
    };
    // The Lyapunov equation of a symmetric Σ in the plane: three linear equations, by Cramer's rule.
    let [a, b, c, d] = [jacobian(0, 0), jacobian(0, 1), jacobian(1, 0), jacobian(1, 1)];
    let matrix = [[2.0 * a, 2.0 * b, 0.0], [c, a + d, b], [0.0, 2.0 * c, 2.0 * d]];
    let right = [-covariance(0, 0), -covariance(0, 1), -covariance(1, 1)];
    let with = |column: usize| {
        let mut replaced = matrix;
        for (row, value) in replaced.iter_mut().zip(right) {
            row[column] = value;
        }
        determinant(&replaced) / determinant(&matrix)
    };
    [with(0).sqrt(), with(2).sqrt()]
}

fn determinant(m: &[[f64; 3]; 3]) -> f64 {
    let minor = |i: usize, j: usize| m[1][i] * m[2][j] - m[1][j] * m[2][i];
    m[0][0] * minor(1, 2) - m[0][1] * minor(0, 2) + m[0][2] * minor(0, 1)
}

/// The standard deviation of coordinate `i` over a long run, in units of ρ√η, looked at every 500 updates.
fn spread(scenario: &Scenario, i: usize) -> f64 {
    let ((eta, rho), mut racer) = (rates(scenario), Racer::new(scenario.run_spec(0)));
    racer.advance(200_000);
    let (mut count, mut sum, mut squares) = (0.0, 0.0, 0.0);
    while racer.stop_reason().is_none() {
        racer.advance(500);
        let x = racer.x()[i] - 0.5;
        (count, sum, squares) = (count + 1.0, sum + x, squares + x * x);
    }
    let mean = sum / count;
    (squares / count - mean * mean).sqrt() / (rho * eta.sqrt())
}

fn hovering() -> Scenario {
    scenario("toy4d", &[], &[0.8, 0.14, 0.01, 0.01], (Method::OneSam, 0.0025, 0.1), 40_000_000)
}

fn hover_of(scenario: &Scenario, i: usize) -> Evidence {
    let (eta, loss) = (rates(scenario).0, loss_of(scenario));
    compare(spread(scenario, i), move |f| hover(f, loss.as_ref(), eta)[i])
}

const HOVER: &str = "Forty million steps with a memory of 8000 leave 1.5 %, and the linear picture of a cloud of this size another percent.";

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
        statement: "Descent on L^Asc rests at its own edge of stability: where λM(1+s/ρ)² is least, s/ρ = √(η(λ1−λM)/2)·λ1/λM. With η = 2e-5 toy4d's x1 is 0.9874.",
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
        id: "usam-edge",
        statement: "USAM converges only to minimizers with λ1 ≤ (√(1+8ρ/η)−1)/(2ρ): 3.6603 for η = 0.4, ρ = 0.1.",
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
        statement: "Descent on L^Max obeys the finite-η law too: from (0.5, 0.5, 0.3, 0) with η = 0.05 toy4d's x1 is 0.156 at ηρ²t = 0.2, where the theorem's flow has 0.224.",
        source: "Fact 17, derived here",
        kind: Kind::Law,
        why: "Where the run counts as landed, and the law's own remainder, O(ρ²).",
        tolerance: 1e-3,
        bound: Bound::Equal,
        scenario: || scenario("toy4d", &[], &[0.5, 0.5, 0.3, 0.0], (Method::MaxDescent, 0.05, 0.1), 400),
        evidence: |scenario| {
            let ((eta, rho), loss, start) = (rates(scenario), loss_of(scenario), scenario.init.clone());
            let landing = end(&from(scenario, &start, LANDED));
            let left = (scenario.steps - LANDED) as f64 * eta * rho * rho;
            compare(end(scenario)[0], move |f| end_of(f.lawful(loss.as_ref(), &landing, left, eta), 0))
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
        id: "hover-x1",
        statement: "1-SAM hovers around its rest point in a cloud whose covariance solves JΣ + ΣJᵀ = −C: at η = 0.0025 the deviation of toy4d's x1 is 0.519 ρ√η.",
        source: "Fact 20, derived here",
        kind: Kind::Law,
        why: HOVER,
        tolerance: 0.015,
        bound: Bound::Equal,
        scenario: hovering,
        evidence: |scenario| hover_of(scenario, 0),
    },
    Claim {
        id: "hover-x2",
        statement: "And that of x2 is 0.455 ρ√η.",
        source: "Fact 20, derived here",
        kind: Kind::Law,
        why: HOVER,
        tolerance: 0.015,
        bound: Bound::Equal,
        scenario: hovering,
        evidence: |scenario| hover_of(scenario, 1),
    },
    Claim {
        id: "balancedness",
        statement: "On the hyperbola a SAM step multiplies x² − y² by exactly 1 − 2ηgE − η²E²(1−g²), g = ±ρ/‖x‖, E the residual at the perturbed point: by 0.994368067 at (2, 0.6) with η = ρ = 0.1.",
        source: "Fact 21; after arXiv 2410.14802",
        kind: Kind::Identity,
        why: "Everything here is exact; only rounding is left.",
        tolerance: 1e-14,
        bound: Bound::Equal,
        scenario: || scenario("hyperbola", &[], &[2.0, 0.6], (Method::Sam, 0.1, 0.1), 1),
        evidence: imbalance_ratio,
    },
    Claim {
        id: "balancedness-factors",
        statement: "So it is for two vectors: matrix-factorization's ‖u‖² − ‖v‖².",
        source: "Fact 21; after arXiv 2410.14802",
        kind: Kind::Identity,
        why: "Everything here is exact; only rounding is left.",
        tolerance: 1e-13,
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
        tolerance: 1e-8,
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
        tolerance: 1e-8,
        bound: Bound::Equal,
        scenario: || cube(Method::EigenSam),
        evidence: |scenario| eigen_multiplier(scenario, 2),
    },
    Claim {
        id: "eigen-sam-leaves",
        statement: "But it leaves the v2-cycle at once: its first step away from it has ηρλ1α along v1, where SAM has none.",
        source: "Fact 24, derived here; Eigen-SAM is arXiv 2501.12666's",
        kind: Kind::Identity,
        why: "Everything here is exact; only rounding is left.",
        tolerance: 1e-14,
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
