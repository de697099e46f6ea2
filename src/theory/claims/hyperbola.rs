//! Claims on the hyperbola ½(xy − 1)²: Thm 4.5, Cor. 4.6, alignment, rates, and the
//! methods that don't drift.

use super::convergence::{alignment_error, flow_error, sharpness_error};
use super::runs::{
    after, compare, distance, eigenvalues, end, exponent, from, length, loss_of, phi_of, rates, run, scenario,
    sharpness_at_phi, sharpness_of, updates, with,
};
use super::{Bound, Claim, Evidence, Formula, Kind};
use crate::calculus::{Eigen, VecN};
use crate::optimizer::Method;
use crate::run::Scenario;
use crate::theory::Functional;

/// SAM has locked into its 2-cycle after this many updates.
pub(super) const LOCKED: u64 = 100;

pub(super) fn hyperbola(init: [f64; 2], (method, eta, rho): (Method, f64, f64), steps: u64) -> Scenario {
    scenario("hyperbola", &[], &init, (method, eta, rho), steps)
}

/// η = 0.04 … 0.005, for Thm 4.5's order in η.
const ETAS: [f64; 4] = [0.04, 0.02, 0.01, 0.005];

/// How much λ1(Φ) falls per update, averaged over `steps` after locking.
fn rate_of_fall(scenario: &Scenario, steps: u64) -> f64 {
    let loss = loss_of(scenario);
    let first = after(scenario, &scenario.init, LOCKED);
    let last = after(scenario, &first, steps);
    (sharpness_at_phi(loss.as_ref(), &first) - sharpness_at_phi(loss.as_ref(), &last)) / steps as f64
}

/// SAM's edge of stability minus λ1 at the two points of the 2-cycle.
fn edge_gaps(scenario: &Scenario, rho: f64) -> [f64; 2] {
    let racer = run(&with(scenario, rates(scenario).0, rho, 1000));
    let next = after(&with(scenario, rates(scenario).0, rho, 1), racer.x(), 1);
    [racer.x().to_vec(), next].map(|x| {
        let point = racer.measure(0, &x);
        point.eigenvalues[0] - point.lambda_edge
    })
}

const RHOS: [f64; 4] = [0.02, 0.01, 0.005, 0.0025];
/// The edges' orders in ρ, whose next one is large.
const SMALL_RHOS: [f64; 4] = [0.004, 0.002, 0.001, 0.0005];

pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "hyperbola-flow",
        statement: r"SAM slides along $xy = 1$ to the flattest point: $\lambda_1^2 - 4$ shrinks by $e^{-4\eta\rho^2t}$, so from 4.25 it is 2.0634 at $\eta\rho^2t = 1$.",
        source: "Thm 4.5, fact 4",
        kind: Kind::Law,
        why: "Runs with η = 0.04, 0.02, 0.01 are extrapolated to η = 0; the third power of η is left.",
        tolerance: 1e-4,
        bound: Bound::Equal,
        scenario: || hyperbola([2.0, 0.5], (Method::Sam, 0.01, 0.005), updates(1.0, 0.01, 0.005)),
        evidence: |scenario| {
            let loss = loss_of(scenario);
            let [coarse, middle, fine] = [0.04, 0.02, 0.01].map(|eta| {
                let end = end(&with(scenario, eta, 0.5 * eta, updates(1.0, eta, 0.5 * eta)));
                sharpness_at_phi(loss.as_ref(), &end)
            });
            // The values of the parabola through the three, at 0.
            compare((8.0 * fine - 6.0 * middle + coarse) / 3.0, |f| {
                let four = f.square(2.0);
                (four + (4.25 * 4.25 - four) * libm::exp(-f.two() * 2.0)).sqrt()
            })
        },
    },
    Claim {
        id: "phase-one",
        statement: "First SAM follows gradient flow to within ηρλ1/(2−ηλ1) of the minimizers, O(ηρ), and stays at that distance.",
        source: "Thm 4.5, Thm 4.8",
        kind: Kind::Theorem,
        why: "The mean over the cycle's two points is off by O(ρ²) of the distance.",
        tolerance: 1e-7,
        bound: Bound::Equal,
        scenario: || hyperbola([2.0, 0.6], (Method::Sam, 0.05, 0.01), 300),
        evidence: |scenario| {
            let ((eta, rho), racer) = (rates(scenario), run(scenario));
            let loss = racer.landscape().clone();
            let away = |x: &[f64]| distance(x, &phi_of(loss.as_ref(), x));
            let mean = 0.5 * (away(racer.x()) + away(&after(scenario, racer.x(), 1)));
            let lambdas = eigenvalues(loss.as_ref(), &phi_of(loss.as_ref(), racer.x()));
            compare(mean, move |f| f.amplitude(eta, rho, f.top(&lambdas)))
        },
    },
    Claim {
        id: "flow-convergence",
        statement: "The distance between Φ(x_t) and the limiting flow of λ1 is O(η): it halves with η.",
        source: "Thm 4.5",
        kind: Kind::Theorem,
        why: "A fit over η = 0.04 … 0.005 with ρ = η/2, whose next order is small here.",
        tolerance: 0.015,
        bound: Bound::Equal,
        scenario: || hyperbola([2.0, 0.52], (Method::Sam, 0.01, 0.005), updates(0.5, 0.01, 0.005)),
        evidence: |scenario| flow_error(scenario, ETAS, 0.5),
    },
    Claim {
        id: "sharpness-convergence",
        statement: "Along the run the worst-direction sharpness R^Max(x_t)/ρ² is λ1(X)/2 of the flow up to O(η).",
        source: "Cor. 4.6",
        kind: Kind::Theorem,
        why: "A fit over η = 0.04 … 0.005 with ρ = η/2 still feels the next order.",
        tolerance: 0.05,
        bound: Bound::Equal,
        scenario: || hyperbola([2.0, 0.52], (Method::Sam, 0.01, 0.005), updates(0.5, 0.01, 0.005)),
        evidence: |scenario| sharpness_error(scenario, ETAS, 0.5),
    },
    Claim {
        id: "alignment",
        statement: "The gradient aligns with the sharpest direction: the angle between g and v1 is O(ρ).",
        source: "Thm 4.5",
        kind: Kind::Theorem,
        why: "A fit over ρ = 0.01 … 0.00125 still feels the next order.",
        tolerance: 0.05,
        bound: Bound::Equal,
        scenario: || hyperbola([2.0, 0.52], (Method::Sam, 0.05, 0.01), updates(0.1, 0.05, 0.01)),
        evidence: |scenario| compare(alignment_error(scenario, [0.01, 0.005, 0.0025, 0.00125], 0.1), |f| f.order(1.0)),
    },
    Claim {
        id: "sam-rate",
        statement: "SAM lowers the sharpness by O(ηρ²) per step: half the ρ, a quarter of the speed.",
        source: "Thm 4.5",
        kind: Kind::Theorem,
        why: "The speed changes a little along the way, and by O(ρ²).",
        tolerance: 0.05,
        bound: Bound::Equal,
        scenario: || hyperbola([2.0, 0.52], (Method::Sam, 0.05, 0.01), 2000),
        evidence: |scenario| {
            let eta = rates(scenario).0;
            let falls = RHOS.map(|rho| (rho, rate_of_fall(&with(scenario, eta, rho, 1), 2000)));
            compare(exponent(&falls), |f| f.order(2.0))
        },
    },
    Claim {
        id: "ngd-rate",
        statement: "Normalized gradient descent lowers it by O(η²) per step.",
        source: "Rates after Thm 4.5",
        kind: Kind::Law,
        why: "The speed changes a little along the way, and by O(η²).",
        tolerance: 0.05,
        bound: Bound::Equal,
        scenario: || hyperbola([2.0, 0.52], (Method::Ngd, 0.01, 0.1), 2000),
        evidence: |scenario| {
            let falls = RHOS.map(|eta| (eta, rate_of_fall(&with(scenario, eta, 0.1, 1), 2000)));
            compare(exponent(&falls), |f| f.order(2.0))
        },
    },
    Claim {
        id: "ngd-flow",
        statement: "Normalized gradient descent follows −¼ P⊥∇ln λ1 in time η²t: from 4.25, λ1 is 2.912 at η²t = 2.",
        source: "Fact 14; Arora, Li, Panigrahi, arXiv 2205.09745",
        kind: Kind::Law,
        why: "Its error after an even number of steps is 0.3η² = 1.2e-4.",
        tolerance: 1.5e-4,
        bound: Bound::Equal,
        scenario: || hyperbola([2.0, 0.5], (Method::Ngd, 0.02, 0.1), 5000),
        evidence: |scenario| {
            let ((eta, _), loss) = (rates(scenario), loss_of(scenario));
            let measured = sharpness_at_phi(loss.as_ref(), &end(scenario));
            let (start, tau) = (scenario.init.clone(), eta * eta * scenario.steps as f64);
            compare(measured, move |f| sharpness_of(loss.as_ref(), f.ngd(loss.as_ref(), &start, tau)))
        },
    },
    Claim {
        id: "ngd-order",
        statement: "Its error after an even number of steps is O(η²): 0.301η² at η²t = 2.",
        source: "Fact 14, seen here",
        kind: Kind::Regression,
        why: "Half of the last digit that is stated, and the next order.",
        tolerance: 1e-3,
        bound: Bound::Equal,
        scenario: || hyperbola([2.0, 0.5], (Method::Ngd, 0.01, 0.1), 20_000),
        evidence: |scenario| {
            let ((eta, _), loss) = (rates(scenario), loss_of(scenario));
            let tau = eta * eta * scenario.steps as f64;
            let flow = Formula::right().ngd(loss.as_ref(), &scenario.init, tau);
            let error = sharpness_at_phi(loss.as_ref(), &end(scenario)) - sharpness_of(loss.as_ref(), flow);
            compare(error / (eta * eta), |f| f.known(0.301))
        },
    },
    Claim {
        id: "gd-stays",
        statement: "Gradient descent stays where gradient flow meets the minimizers, as sharp as it landed: after a million steps λ1 is still that of Φ(start).",
        source: "Fact 4",
        kind: Kind::Law,
        why: "A step multiplies x² − y² by 1 − η²r², r the residual: in all that is 1.5e-4 of λ1.",
        tolerance: 5e-4,
        bound: Bound::Equal,
        scenario: || hyperbola([2.0, 0.6], (Method::Gd, 0.01, 0.1), 1_000_000),
        evidence: stays,
    },
    Claim {
        id: "usam-stays",
        statement: r"USAM doesn't drift along the minimizers either: those with $\eta\lambda_1(1+\rho\lambda_1) < 2$ are its fixed points. After a million steps it is where it landed, near $\Phi$(start).",
        source: "Fact 5; Dai, Ahn, Sra, arXiv 2305.15287",
        kind: Kind::Law,
        why: "On the way down its perturbation ρg shrinks x² − y² by about ρr0²/λ1 in all.",
        tolerance: 1e-2,
        bound: Bound::Equal,
        scenario: || hyperbola([2.0, 0.6], (Method::Usam, 0.01, 0.1), 1_000_000),
        evidence: stays,
    },
    Claim {
        id: "phi-gradient",
        statement: "A gradient step moves Φ by O(η²) only, since ∂Φ(x)∇L(x) = 0: half the η, a quarter of the way.",
        source: "Φ's definition (Sec. 3)",
        kind: Kind::Theorem,
        why: "A fit over η = 0.02 … 0.0025: the hyperbola has no third order.",
        tolerance: 1e-5,
        bound: Bound::Equal,
        scenario: || hyperbola([2.0, 0.6], (Method::Gd, 0.01, 0.1), 1),
        evidence: |scenario| {
            let loss = loss_of(scenario);
            let start = phi_of(loss.as_ref(), &scenario.init);
            let moves = RHOS.map(|eta| {
                let end = end(&with(scenario, eta, 0.1, 1));
                (eta, distance(&phi_of(loss.as_ref(), &end), &start))
            });
            compare(exponent(&moves), |f| f.order(2.0))
        },
    },
    Claim {
        id: "phi-projects",
        statement: "On the minimizers ∂Φ is the projection on their tangent: from (2, ½) a nudge along x moves Φ by |t·e1| = √(1 − (v1·e1)²) of it.",
        source: "Φ's definition (Sec. 3)",
        kind: Kind::Theorem,
        why: "Central differences of 1e-4 leave their square times a third of a derivative.",
        tolerance: 2e-9,
        bound: Bound::Equal,
        scenario: || hyperbola([2.0, 0.5], (Method::Gd, 0.01, 0.1), 0),
        evidence: |scenario| {
            let (loss, x) = (loss_of(scenario), scenario.init.clone());
            let [there, back] =
                [1e-4, -1e-4].map(|h| phi_of(loss.as_ref(), &end(&from(scenario, &[x[0] + h, x[1]], 0))));
            let v = Eigen::new(&loss.hessian(&VecN::from_slice(&x))).vectors()[0];
            compare(length(&[(there[0] - back[0]) / 2e-4, (there[1] - back[1]) / 2e-4]), move |f| {
                (1.0 - f.square(v[0])).sqrt()
            })
        },
    },
    Claim {
        id: "edge-off-quadratics",
        statement: "Off quadratics SAM's edge of stability is λ1 up to O(ρ) at each iterate.",
        source: "Fact 3, derived here from the edge of Long and Bartlett, arXiv 2309.12488",
        kind: Kind::Law,
        why: "A fit over ρ = 0.004 … 0.0005 still feels the next order.",
        tolerance: 0.01,
        bound: Bound::Equal,
        scenario: || hyperbola([1.2, 1.0 / 1.2], (Method::Sam, 0.1, 0.01), 1000),
        evidence: |scenario| {
            let gaps = SMALL_RHOS.map(|rho| (rho, edge_gaps(scenario, rho)[0].abs()));
            compare(exponent(&gaps), |f| f.order(1.0))
        },
    },
    Claim {
        id: "edge-off-quadratics-mean",
        statement: "Averaged over the two points of the cycle it is λ1 up to O(ρ²).",
        source: "Fact 3, derived here from the edge of Long and Bartlett, arXiv 2309.12488",
        kind: Kind::Law,
        why: "A fit over ρ = 0.004 … 0.0005 still feels the next order.",
        tolerance: 0.003,
        bound: Bound::Equal,
        scenario: || hyperbola([1.2, 1.0 / 1.2], (Method::Sam, 0.1, 0.01), 1000),
        evidence: |scenario| {
            let gaps = SMALL_RHOS.map(|rho| (rho, (0.5 * edge_gaps(scenario, rho).iter().sum::<f64>()).abs()));
            compare(exponent(&gaps), |f| f.order(2.0))
        },
    },
];

/// λ1 at the end against λ1 at Φ of the start, which gradient flow reaches along x² − y² = const; spoilt, it would have
/// followed SAM's flow.
fn stays(scenario: &Scenario) -> Evidence {
    let ((eta, rho), loss, start) = (rates(scenario), loss_of(scenario), scenario.init.clone());
    let measured = sharpness_at_phi(loss.as_ref(), &end(scenario));
    let tau = eta * rho * rho * scenario.steps as f64;
    compare(measured, move |f| {
        let kept = start[0] * start[0] - start[1] * start[1];
        let flowed = Formula::right().flowed(loss.as_ref(), &start, Functional::Lambda1, tau);
        f.rests((kept * kept + f.square(2.0)).sqrt(), sharpness_of(loss.as_ref(), flowed))
    })
}
