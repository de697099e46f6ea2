//! What is claimed of methods beyond the paper's: ASAM.

use super::runs::{after, compare, eigenvalues, end, loss_of, phi_of, rates, scenario, sharpness_at_phi, updates};
use super::{Bound, Claim, Evidence, Formula, Kind};
use crate::optimizer::Method;
use crate::run::Scenario;

/// SAM and its kin have landed on the hyperbola after this many updates with η = 0.01.
const LANDED: u64 = 1000;

/// λ1 on the hyperbola after `tau` of d ln|x²−y²|/dτ = −2ηc², c = 2/(2−ηλ1), λ1² = (x²−y²)² + 4, by Heun's rule.
fn asam_flow(f: &Formula, lambda: f64, tau: f64, eta: f64) -> f64 {
    const STEPS: u32 = 1000;
    let sharpness = |log: f64| (libm::exp(2.0 * log) + 4.0).sqrt();
    let slope = |log: f64| {
        let faster = f.square(f.two() / (f.two() - eta * sharpness(log)));
        -f.plus(f.two() * eta * faster)
    };
    let h = tau / f64::from(STEPS);
    let start = 0.5 * libm::log(lambda * lambda - 4.0);
    let step = |log: f64, _| {
        let first = slope(log);
        log + 0.5 * h * (first + slope(log + h * first))
    };
    sharpness((0..STEPS).fold(start, step))
}

fn asam_drift(scenario: &Scenario) -> Evidence {
    let ((eta, rho), loss) = (rates(scenario), loss_of(scenario));
    let landing = phi_of(loss.as_ref(), &after(scenario, &scenario.init, LANDED));
    let start = eigenvalues(loss.as_ref(), &landing)[0];
    let tau = (scenario.steps - LANDED) as f64 * eta * rho * rho;
    compare(sharpness_at_phi(loss.as_ref(), &end(scenario)), move |f| asam_flow(f, start, tau, eta))
}

pub(super) const CLAIMS: &[Claim] = &[Claim {
    id: "asam-drift",
    statement: "On the hyperbola ASAM obeys d ln|x²−y²|/dτ = −2ηc², c = 2/(2−ηλ1): from (2, 0.52) with η = 0.01 λ1 is 4.164 at τ = 1, where SAM's is 2.056; without a finite η it would not drift.",
    source: "Fact 22, derived here; ASAM is Kwon et al.'s, arXiv 2102.11600",
    kind: Kind::Law,
    why: "The law's own remainder, O(ηρ²) a unit of τ, and where the run counts as landed.",
    tolerance: 3e-5,
    bound: Bound::Equal,
    scenario: || {
        let steps = updates(1.0, 0.01, 0.005);
        scenario("hyperbola", &[], &[2.0, 0.52], (Method::Asam, 0.01, 0.005), steps)
    },
    evidence: asam_drift,
}];
