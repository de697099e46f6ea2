//! Claims on what the three notions of sharpness and their stochastic twins tend to on Γ (Def. 4.1, Thm 5.3): at a point of a
//! sphere of minimizers whose three normal eigenvectors lie along no axis, and whose samples' gradients are not orthogonal.

use std::sync::Arc;

use super::runs::{compare, eigenvalues, loss_of, phi_of, rates, scenario};
use super::{Bound, Claim, Kind};
use crate::calculus::{Eigen, Landscape, VecN};
use crate::optimizer::Method;
use crate::run::Scenario;
use crate::sharpness::{ascent_rise, average_rise, stochastic_sharpness, worst_direction};

/// R^D and rank H on Γ.
const D: usize = 5;
const M: usize = 3;
/// How far from Γ a direction of approach is looked at: far more than rounding, far less than ρ.
const BESIDE: f64 = 1e-11;

fn sphere(method: Method) -> Scenario {
    scenario("notions", &[("k", 3.0)], &[0.7, 1.0, 0.2, 0.5, -0.1], (method, 0.01, 1e-4), 2000)
}

/// The point of Γ where gradient flow lands, and ρ.
fn landed(scenario: &Scenario) -> (Arc<dyn Landscape>, VecN, f64) {
    let loss = loss_of(scenario);
    let x = phi_of(loss.as_ref(), &scenario.init);
    (loss, VecN::from_slice(&x), rates(scenario).1)
}

/// The non-zero eigenvalues of H there.
fn nonzero(loss: &dyn Landscape, x: &VecN) -> Vec<f64> {
    eigenvalues(loss, x)[..M].to_vec()
}

/// R^Asc/ρ² approaching Γ along the eigenvector of the `i`-th eigenvalue.
fn ascent_along(scenario: &Scenario, i: usize) -> (Vec<f64>, f64) {
    let (loss, x, rho) = landed(scenario);
    let beside = x + Eigen::new(&loss.hessian(&x)).vectors()[i] * BESIDE;
    let rise = ascent_rise(loss.as_ref(), &beside, rho).unwrap_or(f64::NAN);
    (nonzero(loss.as_ref(), &x), rise / (rho * rho))
}

const SMALL_RHO: &str = "With ρ = 1e-4 the next order, ρ times a third derivative, is left.";
const SYMMETRIC: &str = "The next order is ρ², since the mean over a sphere has no odd one; rounding beside ρ² = 1e-8.";

/// The stochastic twins beside Γ, where all samples have a gradient.
fn twins(scenario: &Scenario) -> (Vec<f64>, [f64; 3]) {
    let (loss, at, rho) = landed(scenario);
    let beside = at + VecN::from_fn(D, |_| BESIDE);
    let twins = stochastic_sharpness(loss.as_ref(), &beside, rho);
    let per_square = |rise: Option<f64>| rise.map_or(f64::NAN, |rise| rise / (rho * rho));
    let values = [
        per_square(twins.map(|t| t.e_r_max)),
        per_square(twins.and_then(|t| t.e_r_asc)),
        per_square(twins.map(|t| t.e_r_avg)),
    ];
    (nonzero(loss.as_ref(), &at), values)
}

pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "limit-max",
        statement: "On the minimizers R^Max/ρ² tends to λ1/2.",
        source: "Def. 4.1, Thm 4.2",
        kind: Kind::Theorem,
        why: SMALL_RHO,
        tolerance: 5e-4,
        bound: Bound::Equal,
        scenario: || sphere(Method::Gd),
        evidence: |scenario| {
            let (loss, x, rho) = landed(scenario);
            let lambdas = nonzero(loss.as_ref(), &x);
            let rise = worst_direction(loss.as_ref(), &x, rho).r_max / (rho * rho);
            compare(rise, move |f| f.half() * f.top(&lambdas))
        },
    },
    Claim {
        id: "limit-asc",
        statement: r"$R^{\text{Asc}}/\rho^2$ is least where one approaches along the flattest normal direction: $\lambda_M/2$.",
        source: "Def. 4.1, Thm 4.2",
        kind: Kind::Theorem,
        why: SMALL_RHO,
        tolerance: 5e-5,
        bound: Bound::Equal,
        scenario: || sphere(Method::Gd),
        evidence: |scenario| {
            let (lambdas, rise) = ascent_along(scenario, M - 1);
            compare(rise, move |f| f.half() * f.bottom(&lambdas))
        },
    },
    Claim {
        id: "limit-asc-along-sam",
        statement: r"Approached along the sharpest direction, as SAM does, the same point has $R^{\text{Asc}}/\rho^2 = \lambda_1/2$.",
        source: "Fact 2, Thm 4.2",
        kind: Kind::Theorem,
        why: SMALL_RHO,
        tolerance: 5e-4,
        bound: Bound::Equal,
        scenario: || sphere(Method::Gd),
        evidence: |scenario| {
            let (lambdas, rise) = ascent_along(scenario, 0);
            compare(rise, move |f| f.half() * f.top(&lambdas))
        },
    },
    Claim {
        id: "limit-avg",
        statement: "R^Avg/ρ² tends to Tr H/(2D).",
        source: "Def. 4.1, Thm 4.2",
        kind: Kind::Theorem,
        why: SYMMETRIC,
        tolerance: 2e-8,
        bound: Bound::Equal,
        scenario: || sphere(Method::Gd),
        evidence: |scenario| {
            let (loss, x, rho) = landed(scenario);
            let lambdas = nonzero(loss.as_ref(), &x);
            let rise = average_rise(loss.as_ref(), &x, rho).value / (rho * rho);
            compare(rise, move |f| f.trace(&lambdas) / (D as f64 * f.two()))
        },
    },
    Claim {
        id: "stochastic-limit-max",
        statement: r"Averaged over samples even the worst direction sees the trace: $E_k R_k^{\text{Max}}/\rho^2 \to \Tr H/2$, $H$ of the samples' mean.",
        source: "Thm 5.3",
        kind: Kind::Theorem,
        why: SMALL_RHO,
        tolerance: 1e-3,
        bound: Bound::Equal,
        scenario: || sphere(Method::OneSam),
        evidence: |scenario| {
            let (lambdas, [max, _, _]) = twins(scenario);
            compare(max, move |f| f.half() * f.trace(&lambdas))
        },
    },
    Claim {
        id: "stochastic-limit-asc",
        statement: r"And so does the ascent direction: $E_k R_k^{\text{Asc}}/\rho^2 \to \Tr H/2$.",
        source: "Thm 5.3",
        kind: Kind::Theorem,
        why: SMALL_RHO,
        tolerance: 1e-3,
        bound: Bound::Equal,
        scenario: || sphere(Method::OneSam),
        evidence: |scenario| {
            let (lambdas, [_, asc, _]) = twins(scenario);
            compare(asc, move |f| f.half() * f.trace(&lambdas))
        },
    },
    Claim {
        id: "stochastic-limit-avg",
        statement: "The average direction sees Tr H/(2D): E_k R_k^Avg/ρ² → Tr H/(2D).",
        source: "Thm 5.3",
        kind: Kind::Theorem,
        why: SYMMETRIC,
        tolerance: 2e-8,
        bound: Bound::Equal,
        scenario: || sphere(Method::OneSam),
        evidence: |scenario| {
            let (lambdas, [_, _, avg]) = twins(scenario);
            compare(avg, move |f| f.half() * f.trace(&lambdas) / D as f64)
        },
    },
];
