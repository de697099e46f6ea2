//! Claims on the limiting regularizers on curved minimizers (Def. 4.1, Def. 4.3, Thm 4.2, Thm 5.3): what the perturbed losses'
//! near-minimizers are.

use super::curved::bend;
use super::runs::{compare, distance, eigenvalues, exponent, golden_section, loss_of, phi_of, rates, with};
use super::{Bound, Claim, Evidence, Formula, Kind};
use crate::calculus::{Eigen, Landscape, VecN};
use crate::optimizer::Method;
use crate::run::{Racer, Scenario};
use crate::sharpness::{ascent_rise, average_rise, stochastic_sharpness, worst_direction};

/// A rise R at a point for a ρ.
type Rise = fn(&dyn Landscape, &VecN, f64) -> f64;

fn worst(loss: &dyn Landscape, x: &VecN, rho: f64) -> f64 {
    worst_direction(loss, x, rho).r_max
}

/// Beside Γ along its flattest normal direction, where R^Asc is least.
fn ascent(loss: &dyn Landscape, x: &VecN, rho: f64) -> f64 {
    let flattest = Eigen::new(&loss.hessian(x)).vectors()[1];
    ascent_rise(loss, &(*x + flattest * 1e-11), rho).unwrap_or(f64::NAN)
}

fn average(loss: &dyn Landscape, x: &VecN, rho: f64) -> f64 {
    average_rise(loss, x, rho).value
}

/// Beside Γ, where every sample has a gradient.
fn beside(x: &VecN) -> VecN {
    *x + VecN::from_slice(&[0.0, 1e-11, 1e-11])
}

fn worst_of_samples(loss: &dyn Landscape, x: &VecN, rho: f64) -> f64 {
    stochastic_sharpness(loss, &beside(x), rho).map_or(f64::NAN, |twins| twins.e_r_max)
}

fn ascent_of_samples(loss: &dyn Landscape, x: &VecN, rho: f64) -> f64 {
    stochastic_sharpness(loss, &beside(x), rho).and_then(|twins| twins.e_r_asc).unwrap_or(f64::NAN)
}

fn average_of_samples(loss: &dyn Landscape, x: &VecN, rho: f64) -> f64 {
    stochastic_sharpness(loss, &beside(x), rho).map_or(f64::NAN, |twins| twins.e_r_avg)
}

/// The valley's point above x1.
fn on_gamma(x1: f64) -> VecN {
    VecN::from_slice(&[x1, 0.5 * x1 * x1, 0.5 * x1])
}

/// Where on the valley the rise is least.
fn least(loss: &dyn Landscape, rise: Rise, rho: f64) -> f64 {
    golden_section(-1.0, 1.5, |x1| rise(loss, &on_gamma(x1), rho))
}

/// The non-zero eigenvalues on the valley.
fn nonzero(loss: &dyn Landscape, x1: f64) -> Vec<f64> {
    eigenvalues(loss, &on_gamma(x1))[..2].to_vec()
}

/// Where the rise is least against where `of` the eigenvalues is.
fn least_at(scenario: &Scenario, rise: Rise, of: fn(&Formula, &[f64]) -> f64) -> Evidence {
    let (rho, loss) = (rates(scenario).1, loss_of(scenario));
    compare(least(loss.as_ref(), rise, rho), move |f| {
        golden_section(-1.0, 1.5, |x1| of(f, &nonzero(loss.as_ref(), x1)))
    })
}

/// How much further than at its least point a regularizer is where the perturbed loss is ρ²/2 above its least value.
fn regularizer_at_margin(scenario: &Scenario, rise: Rise, of: fn(&Formula, &[f64]) -> f64) -> Evidence {
    let (rho, loss) = (rates(scenario).1, loss_of(scenario));
    let least = least(loss.as_ref(), rise, rho);
    let margin = rise(loss.as_ref(), &on_gamma(least), rho) + 0.5 * rho * rho;
    // The valley rises from there to its end on the left.
    let (mut inside, mut outside) = (least, least - 1.5);
    for _ in 0..60 {
        let middle = 0.5 * (inside + outside);
        if rise(loss.as_ref(), &on_gamma(middle), rho) <= margin { inside = middle } else { outside = middle }
    }
    let [there, here] = [inside, least].map(|x1| nonzero(loss.as_ref(), x1));
    Box::new(move |f| super::Compared { predicted: 0.5, measured: of(f, &there) - of(f, &here) })
}

fn half_of_top(f: &Formula, lambdas: &[f64]) -> f64 {
    f.half() * f.top(lambdas)
}

fn half_of_bottom(f: &Formula, lambdas: &[f64]) -> f64 {
    f.half() * f.bottom(lambdas)
}

/// D = 3.
fn mean_of_all(f: &Formula, lambdas: &[f64]) -> f64 {
    f.half() * f.trace(lambdas) / 3.0
}

/// R^Asc/ρ² where gradient flow lands, approached from 3600 directions around Γ.
fn approached(scenario: &Scenario) -> (Vec<f64>, Vec<f64>) {
    let (rho, loss) = (rates(scenario).1, loss_of(scenario));
    let x = VecN::from_slice(&phi_of(loss.as_ref(), &scenario.init));
    let eigen = Eigen::new(&loss.hessian(&x));
    let rise = |k: u32| {
        let angle = std::f64::consts::PI * f64::from(k) / 3600.0;
        let beside = x + (eigen.vectors()[0] * libm::cos(angle) + eigen.vectors()[1] * libm::sin(angle)) * 1e-11;
        ascent_rise(loss.as_ref(), &beside, rho).unwrap_or(f64::NAN) / (rho * rho)
    };
    (eigen.values[..2].to_vec(), (0..3600).map(rise).collect())
}

/// How far Φ(x_t) is from Φ(x_0) when descent on L^Max first has L ≤ ρ², for η = ρ = 0.002 … 0.00025: its exponent.
fn before_transition(scenario: &Scenario) -> f64 {
    let loss = loss_of(scenario);
    let start = phi_of(loss.as_ref(), &scenario.init);
    let moved = [0.002, 0.001, 0.0005, 0.00025].map(|rho| {
        let mut racer = Racer::new(with(scenario, rho, rho, u64::MAX).run_spec(0));
        while loss.value(&VecN::from_slice(racer.x())) > rho * rho && racer.stop_reason().is_none() {
            racer.advance(1);
        }
        (rho, distance(&phi_of(loss.as_ref(), racer.x()), &start))
    });
    exponent(&moved)
}

const SMALL_RHO: &str = "With ρ = 0.0001 the next order, O(ρ) times derivatives, is left.";

fn small() -> Scenario {
    bend((Method::MaxDescent, 0.01, 1e-4), 0)
}

pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "least-max",
        statement: "On a curved valley R^Max is least where λ1 is, at x1 = −0.110.",
        source: "Thm 4.2",
        kind: Kind::Theorem,
        why: SMALL_RHO,
        tolerance: 3e-5,
        bound: Bound::Equal,
        scenario: small,
        evidence: |scenario| least_at(scenario, worst, Formula::top),
    },
    Claim {
        id: "least-asc",
        statement: "R^Asc, approached from its best side, is least where λM is, at x1 = 1.049.",
        source: "Thm 4.2",
        kind: Kind::Theorem,
        why: "λM is so flat there that rounding of the rise, 1e-8 of it, moves its least point by 1e-4.",
        tolerance: 3e-4,
        bound: Bound::Equal,
        scenario: small,
        evidence: |scenario| least_at(scenario, ascent, Formula::bottom),
    },
    Claim {
        id: "least-avg",
        statement: "R^Avg is least where the trace is, at x1 = 0.080: three notions, three minimizers.",
        source: "Thm 4.2",
        kind: Kind::Theorem,
        why: "The next order is ρ² = 1e-8, since the mean over a sphere has no odd one.",
        tolerance: 5e-8,
        bound: Bound::Equal,
        scenario: small,
        evidence: |scenario| least_at(scenario, average, Formula::trace),
    },
    Claim {
        id: "margin-max",
        statement: "A minimizer of L whose L^Max is Δρ² above the least one has λ1/2 up to Δ above its least value, here for Δ = ½.",
        source: "Thm 4.2",
        kind: Kind::Theorem,
        why: SMALL_RHO,
        tolerance: 5e-4,
        bound: Bound::Equal,
        scenario: small,
        evidence: |scenario| regularizer_at_margin(scenario, worst, half_of_top),
    },
    Claim {
        id: "margin-asc",
        statement: "So it is for L^Asc and λM/2.",
        source: "Thm 4.2",
        kind: Kind::Theorem,
        why: SMALL_RHO,
        tolerance: 2e-4,
        bound: Bound::Equal,
        scenario: small,
        evidence: |scenario| regularizer_at_margin(scenario, ascent, half_of_bottom),
    },
    Claim {
        id: "margin-avg",
        statement: "And for L^Avg and Tr H/(2D).",
        source: "Thm 4.2",
        kind: Kind::Theorem,
        why: "The next order is ρ² = 1e-8, since the mean over a sphere has no odd one.",
        tolerance: 1e-8,
        bound: Bound::Equal,
        scenario: small,
        evidence: |scenario| regularizer_at_margin(scenario, average, mean_of_all),
    },
    Claim {
        id: "before-transition",
        statement: "The regularizer counts only once the loss is O(ρ²): until then descent on L^Max has moved Φ(x_t) by O(η + ρ) from Φ(x_0).",
        source: "Thm 4.2",
        kind: Kind::Theorem,
        why: "A fit over ρ = 0.002 … 0.00025 still feels the next order.",
        tolerance: 0.05,
        bound: Bound::Equal,
        scenario: || bend((Method::MaxDescent, 0.01, 0.01), 1),
        evidence: |scenario| compare(before_transition(scenario), |f| f.order(1.0)),
    },
    Claim {
        id: "asc-infimum",
        statement: "Over all directions from which the minimizers are approached the least R^Asc/ρ² is λM/2, which is its limiting regularizer.",
        source: "Def. 4.3",
        kind: Kind::Theorem,
        why: SMALL_RHO,
        tolerance: 2e-5,
        bound: Bound::Equal,
        scenario: small,
        evidence: |scenario| {
            let (lambdas, rises) = approached(scenario);
            compare(rises.into_iter().fold(f64::INFINITY, f64::min), move |f| half_of_bottom(f, &lambdas))
        },
    },
    Claim {
        id: "asc-supremum",
        statement: "The largest is λ1/2: R^Asc has no limit there.",
        source: "Def. 4.3",
        kind: Kind::Theorem,
        why: SMALL_RHO,
        tolerance: 5e-4,
        bound: Bound::Equal,
        scenario: small,
        evidence: |scenario| {
            let (lambdas, rises) = approached(scenario);
            compare(rises.into_iter().fold(0.0, f64::max), move |f| half_of_top(f, &lambdas))
        },
    },
    Claim {
        id: "stochastic-least-max",
        statement: "Averaged over samples even the worst direction's rise is least where the trace is, not λ1: at x1 = 0.080.",
        source: "Thm 5.3",
        kind: Kind::Theorem,
        why: SMALL_RHO,
        tolerance: 3e-5,
        bound: Bound::Equal,
        scenario: small,
        evidence: |scenario| least_at(scenario, worst_of_samples, Formula::trace),
    },
    Claim {
        id: "stochastic-least-asc",
        statement: "The ascent direction's too.",
        source: "Thm 5.3",
        kind: Kind::Theorem,
        why: SMALL_RHO,
        tolerance: 1e-4,
        bound: Bound::Equal,
        scenario: small,
        evidence: |scenario| least_at(scenario, ascent_of_samples, Formula::trace),
    },
    Claim {
        id: "stochastic-least-avg",
        statement: "And the average direction's.",
        source: "Thm 5.3",
        kind: Kind::Theorem,
        why: "The next order is ρ² = 1e-8, since the mean over a sphere has no odd one.",
        tolerance: 5e-8,
        bound: Bound::Equal,
        scenario: small,
        evidence: |scenario| least_at(scenario, average_of_samples, Formula::trace),
    },
];
