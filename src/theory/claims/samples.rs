//! Claims on losses that are made of samples: Setting 5.1, Thm 5.2's manifold of minimizers, Lemma 5.5's alignment, Example 5.8.

use std::collections::BTreeMap;

use super::convergence::angle_to_sharpest;
use super::curved::{landing, sheet};
use super::runs::{
    COUNT, ROUNDING, compare, eigenvalues, exponent, golden_section, loss_of, rates, scenario, scenario_of,
};
use super::{Bound, Claim, Kind};
use crate::calculus::{Eigen, Landscape, VecN};
use crate::loss::{LossSpec, Reduction};
use crate::optimizer::Method;
use crate::run::Scenario;
use crate::sharpness::stochastic_sharpness;

fn one_sam(eta: f64, rho: f64) -> (Method, f64, f64) {
    (Method::OneSam, eta, rho)
}

/// f_1 = x1 x2 and f_2 = x1 x3 are to be y1 and y2. Only y = 0 is a critical value.
fn products(y: [f64; 2]) -> Scenario {
    let samples = vec!["(x1*x2-y1)^2/2".to_owned(), "(x1*x3-y2)^2/2".to_owned()];
    let params = BTreeMap::from([("y1".to_owned(), y[0]), ("y2".to_owned(), y[1])]);
    let loss = LossSpec::typed(samples, Reduction::Mean, params);
    scenario_of(loss, &[0.5, 1.0, 0.8], (Method::Gd, 0.1, 0.1), 0)
}

/// rank H where gradient flow from the start ends.
fn rank_at_landing(scenario: &Scenario) -> f64 {
    let loss = loss_of(scenario);
    Eigen::new(&loss.hessian(&landing(scenario, loss.as_ref()))).rank() as f64
}

/// The mean rank of the samples' Hessians there.
fn rank_of_samples(scenario: &Scenario) -> f64 {
    let loss = loss_of(scenario);
    let x = landing(scenario, loss.as_ref());
    let ranks = (0..loss.samples()).map(|k| Eigen::new(&loss.sample(k).hessian(&x)).rank());
    ranks.sum::<usize>() as f64 / loss.samples() as f64
}

/// The largest angle over samples between ∇L_k and ±v1(∇²L_k) at distances 0.04 … 0.005 from Γ: its exponent.
fn sample_alignment(scenario: &Scenario) -> f64 {
    let loss = loss_of(scenario);
    let x = landing(scenario, loss.as_ref());
    let away = VecN::from_fn(x.len(), |i| 1.0 / (1.0 + i as f64));
    let angles = [0.04, 0.02, 0.01, 0.005].map(|distance| {
        let at = x + away * distance;
        let of = |k| angle_to_sharpest(loss.sample(k).as_ref(), &at);
        (distance, (0..loss.samples()).map(of).fold(0.0, f64::max))
    });
    exponent(&angles)
}

/// The least over directions of x of the larger angle between a sample's gradient and its own sharpest direction: of all
/// whole degrees the best, then within a degree of it.
fn least_common_angle(loss: &dyn Landscape) -> f64 {
    let samples = [0, 1].map(|k| loss.sample(k));
    let larger = |direction: f64| {
        let x = VecN::from_slice(&[libm::cos(direction), libm::sin(direction)]);
        samples.iter().map(|sample| angle_to_sharpest(sample.as_ref(), &x)).fold(0.0, f64::max)
    };
    let degree = std::f64::consts::PI / 180.0;
    let best = (0..180).map(|k| f64::from(k) * degree).min_by(|a, b| larger(*a).total_cmp(&larger(*b))).unwrap_or(0.0);
    larger(golden_section(best - degree, best + degree, larger))
}

pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "samples-rank-one",
        statement: "In the setting of Sec. 5 each sample's Hessian has rank one on the minimizers.",
        source: "Setting 5.1",
        kind: Kind::Theorem,
        why: COUNT,
        tolerance: 0.1,
        bound: Bound::Equal,
        scenario: || sheet(one_sam(0.01, 0.01), 0),
        evidence: |scenario| compare(rank_of_samples(scenario), |f| f.order(1.0)),
    },
    Claim {
        id: "minimizers-codimension",
        statement: "M samples in general position have minimizers of dimension D − M with rank H = M: three in R⁵.",
        source: "Thm 5.2",
        kind: Kind::Theorem,
        why: COUNT,
        tolerance: 0.1,
        bound: Bound::Equal,
        scenario: || sheet(one_sam(0.01, 0.01), 0),
        evidence: |scenario| compare(rank_at_landing(scenario), |f| f.order(3.0)),
    },
    Claim {
        id: "minimizers-almost-every-label",
        statement: "That holds for almost every label: f = (x1x2, x1x3) = y has rank H = 2 for each of 64 labels y.",
        source: "Thm 5.2",
        kind: Kind::Theorem,
        why: COUNT,
        tolerance: 0.01,
        bound: Bound::Equal,
        scenario: || products([0.5, -0.3]),
        evidence: |_| {
            let label = |k: u32| [libm::sin(f64::from(k)), libm::cos(2.0 * f64::from(k))];
            let sum = (0..64).map(|k| rank_at_landing(&products(label(k)))).sum::<f64>();
            compare(sum / 64.0, |f| f.order(2.0))
        },
    },
    Claim {
        id: "minimizers-critical-label",
        statement: "Its exception is the critical value y = 0, where the rank is 1 on one branch of the minimizers.",
        source: "Thm 5.2",
        kind: Kind::Identity,
        why: COUNT,
        tolerance: 0.1,
        bound: Bound::Equal,
        scenario: || products([0.0, 0.0]),
        evidence: |scenario| compare(rank_at_landing(scenario), |f| f.order(1.0)),
    },
    Claim {
        id: "sample-alignment",
        statement: "Near the minimizers each ∇L_k points along the one sharp direction of ∇²L_k, up to the distance: 1-SAM needs no phase to align.",
        source: "Lemma 5.5",
        kind: Kind::Theorem,
        why: "A fit over distances of 0.04 … 0.005, whose next order is small here.",
        tolerance: 1e-3,
        bound: Bound::Equal,
        scenario: || sheet(one_sam(0.01, 0.01), 0),
        evidence: |scenario| compare(sample_alignment(scenario), |f| f.order(1.0)),
    },
    Claim {
        id: "not-rank-one",
        statement: "Where the samples' Hessians have full rank E_k R_k^Max/ρ² is the mean of their λ1/2, 2 for quadratic-pair, not Tr H/2, which is 2.5.",
        source: "Thm 5.3's condition",
        kind: Kind::Identity,
        why: ROUNDING,
        tolerance: 1e-14,
        bound: Bound::Equal,
        scenario: || scenario("quadratic-pair", &[], &[0.0, 0.0], one_sam(0.1, 0.1), 0),
        evidence: |scenario| {
            let ((_, rho), loss) = (rates(scenario), loss_of(scenario));
            let lambdas = eigenvalues(loss.sample(0).as_ref(), &scenario.init);
            let twins = stochastic_sharpness(loss.as_ref(), &VecN::from_slice(&scenario.init), rho);
            let rise = twins.map_or(f64::NAN, |twins| twins.e_r_max);
            compare(rise / (rho * rho), move |f| f.half() * f.top(&lambdas))
        },
    },
    Claim {
        id: "no-common-alignment",
        statement: r"Two samples with different sharpest directions cannot both be aligned: over all points the larger of the two angles is least half-way between, atan($\lambda_2/\lambda_1$ · tan(angle/2)).",
        source: "Example 5.8",
        kind: Kind::Theorem,
        why: ROUNDING,
        tolerance: 5e-16,
        bound: Bound::Equal,
        scenario: || scenario("quadratic-pair", &[], &[0.8, 0.6], (Method::OneSam, 0.1, 0.1), 4000),
        evidence: |scenario| {
            compare(least_common_angle(loss_of(scenario).as_ref()), |f| {
                libm::atan(0.25 * libm::tan(f.half() * std::f64::consts::FRAC_PI_4))
            })
        },
    },
];
