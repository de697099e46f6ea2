//! Claims on phase I from a start off Γ: how far SAM lands from where gradient flow does, which is what the theorems' errors
//! have of order ρ.

use super::curved::bend;
use super::runs::{compare, end, loss_of, phi_of, rates, with};
use super::{Bound, Claim, Evidence, Kind};
use crate::calculus::{Landscape, VecN};
use crate::optimizer::Method;
use crate::run::Scenario;

/// The time of gradient flow after which it has landed.
const LANDED: f64 = 12.0;
/// The step of Φ's central differences.
const NUDGE: f64 = 1e-4;

/// ∂Φ(x)v.
fn moved(loss: &dyn Landscape, x: &VecN, v: &VecN) -> VecN {
    let at = |by: f64| VecN::from_slice(&phi_of(loss, &(*x + *v * by)));
    (at(NUDGE) - at(-NUDGE)) * (0.5 / NUDGE)
}

/// H ĝ, the first order in ρ of SAM's step.
fn perturbation(loss: &dyn Landscape, x: &VecN) -> VecN {
    loss.gradient(x).unit().map_or(VecN::zeros(x.len()), |direction| loss.hessian(x).times(&direction))
}

/// The mean over samples of ∇²L_k ĝ_k.
fn perturbation_of_samples(loss: &dyn Landscape, x: &VecN) -> VecN {
    let n = loss.samples();
    let sum =
        (0..n).map(|k| perturbation(loss.sample(k).as_ref(), x)).fold(VecN::zeros(x.len()), |sum, part| sum + part);
    sum * (1.0 / n as f64)
}

/// ∫ ∂Φ(x_t) of that dt along gradient flow from the start, by trapezia.
fn integral(scenario: &Scenario, perturbation: fn(&dyn Landscape, &VecN) -> VecN) -> VecN {
    const STEPS: u32 = 400;
    let (loss, width) = (loss_of(scenario), LANDED / f64::from(STEPS));
    let down = |x: &VecN| -loss.gradient(x);
    let mut x = VecN::from_slice(&scenario.init);
    let mut sum = x * 0.0;
    for k in 0..=STEPS {
        let weight = if k == 0 || k == STEPS { 0.5 * width } else { width };
        sum += moved(loss.as_ref(), &x, &perturbation(loss.as_ref(), &x)) * weight;
        // A step of Runge and Kutta's rule.
        let first = down(&x);
        let second = down(&(x + first * (0.5 * width)));
        let third = down(&(x + second * (0.5 * width)));
        let fourth = down(&(x + third * width));
        x += (first + (second + third) * 2.0 + fourth) * (width / 6.0);
    }
    sum
}

/// Where the scenario lands with its ρ, less where it does with ρ = 0 by the same draws, over ρ: the mean over seeds.
fn shift(scenario: &Scenario, seeds: u64) -> VecN {
    let ((eta, rho), loss) = (rates(scenario), loss_of(scenario));
    let landed = |seed: u64, rho: f64| {
        let run = Scenario { seed, ..with(scenario, eta, rho, (LANDED / eta) as u64) };
        VecN::from_slice(&phi_of(loss.as_ref(), &end(&run)))
    };
    let of = |seed| (landed(seed, rho) - landed(seed, 0.0)) * (1.0 / rho);
    (0..seeds).map(of).fold(VecN::zeros(scenario.dim()), |sum, shift| sum + shift) * (1.0 / seeds as f64)
}

/// The first coordinate of the shift against −∫ ∂Φ of the perturbation.
fn against_integral(scenario: &Scenario, seeds: u64, perturbation: fn(&dyn Landscape, &VecN) -> VecN) -> Evidence {
    let integral = integral(scenario, perturbation)[0];
    compare(shift(scenario, seeds)[0], move |f| -f.plus(integral))
}

pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "landing-sam",
        statement: "SAM lands O(ρ) beside where gradient descent does: Φ is shifted by −ρ∫∂Φ H ĝ dt along gradient flow from the start, on the curved valley by −0.132ρ in x1.",
        source: "Thm 4.5, derived here",
        kind: Kind::Law,
        why: "η = 0.001 moves the shift by 2e-4, and SAM drifts by 4e-6 of it before it has landed.",
        tolerance: 5e-4,
        bound: Bound::Equal,
        scenario: || bend((Method::Sam, 0.001, 1e-5), 12_000),
        evidence: |scenario| against_integral(scenario, 1, perturbation),
    },
    Claim {
        id: "landing-one-sam",
        statement: "So does 1-SAM, by −ρ∫∂Φ E_k[∇²L_k ĝ_k] dt, here by −0.110ρ: the ρ of Thm 5.4's error, which a start on the minimizers is free of.",
        source: "Thm 5.4, derived here",
        kind: Kind::Law,
        why: "The mean over 64 seeds is uncertain by 2e-4, and η = 0.001 moves it by 4e-4.",
        tolerance: 1.5e-3,
        bound: Bound::Equal,
        scenario: || bend((Method::OneSam, 0.001, 1e-5), 12_000),
        evidence: |scenario| against_integral(scenario, 64, perturbation_of_samples),
    },
];
