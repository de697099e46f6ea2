//! What is claimed of methods beyond the paper's: ASAM, heavy-ball momentum, SAM late.

use super::runs::{
    after, compare, eigenvalues, end, length, loss_of, phi_of, rates, scenario, sharpness_at_phi, sharpness_of, updates,
};
use super::{Bound, Claim, Evidence, Formula, Kind};
use crate::optimizer::Method;
use crate::run::{Scenario, Switch};

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

/// The run from its landing after `landed` updates to its end: λ1 at Φ of its last iterate, against the finite-η law.
fn lawful(scenario: &Scenario, landed: u64) -> Evidence {
    let ((eta, rho), beta, loss) = (rates(scenario), scenario.optimizers[0].beta, loss_of(scenario));
    let landing = end(&Scenario { steps: landed, ..scenario.clone() });
    let steps = (scenario.steps - landed) as f64;
    compare(sharpness_at_phi(loss.as_ref(), &end(scenario)), move |f| {
        let beta = if beta > 0.0 { f.plus(beta) } else { 0.0 };
        let flow = f.lawful(loss.as_ref(), &landing, steps * eta / (1.0 - beta) * rho * rho, eta / (1.0 + beta));
        sharpness_of(loss.as_ref(), flow)
    })
}

/// A run with momentum.
fn heavy(mut scenario: Scenario, beta: f64) -> Scenario {
    scenario.optimizers[0].beta = beta;
    scenario
}

/// Gradient descent for this many updates, then SAM for τ = 1.
const LATE: u64 = 10_000;

fn late_sam() -> Scenario {
    let steps = LATE + updates(1.0, 0.01, 0.005);
    let mut scenario = scenario("hyperbola", &[], &[2.0, 0.6], (Method::Gd, 0.01, 0.005), steps);
    scenario.optimizers[0].switch = Some(Switch { id: Method::Sam, step: LATE });
    scenario
}

const REMAINDER: &str = "The law's own remainder, O(ηρ²) a unit of τ, and where the run counts as landed.";

pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "asam-drift",
        statement: "On the hyperbola ASAM obeys d ln|x²−y²|/dτ = −2ηc², c = 2/(2−ηλ1): from (2, 0.52) with η = 0.01 λ1 is 4.164 at τ = 1, where SAM's is 2.056; without a finite η it would not drift.",
        source: "Fact 22, derived here; ASAM is Kwon et al.'s, arXiv 2102.11600",
        kind: Kind::Law,
        why: REMAINDER,
        tolerance: 3e-5,
        bound: Bound::Equal,
        scenario: || {
            let steps = updates(1.0, 0.01, 0.005);
            scenario("hyperbola", &[], &[2.0, 0.52], (Method::Asam, 0.01, 0.005), steps)
        },
        evidence: asam_drift,
    },
    Claim {
        id: "eigen-sam-law",
        statement: "Eigen-SAM obeys the finite-η law as well: aligned, it perturbs along ±v1 as SAM does. On the hyperbola from (2, 0.52) with η = 0.1 and ρ = 0.02 λ1 is 2.2144 at τ = 0.5.",
        source: "Facts 11 and 24, derived here; Eigen-SAM is arXiv 2501.12666's",
        kind: Kind::Law,
        why: REMAINDER,
        tolerance: 1e-5,
        bound: Bound::Equal,
        scenario: || {
            let steps = updates(0.5, 0.1, 0.02);
            scenario("hyperbola", &[], &[2.0, 0.52], (Method::EigenSam, 0.1, 0.02), steps)
        },
        evidence: |scenario| lawful(scenario, 100),
    },
    Claim {
        id: "momentum-drift",
        statement: "With heavy-ball momentum β SAM drifts as the finite-η law of η/(1+β) says, faster by 1/(1−β): hyperbola, η = 0.1, ρ = 0.01, β = 0.5: λ1 is 2.2767 after 25 000 steps from (2, 0.52).",
        source: "Fact 23, derived here",
        kind: Kind::Law,
        why: "The law's own remainder, O(ρ²), and where the run counts as landed.",
        tolerance: 5e-5,
        bound: Bound::Equal,
        scenario: || heavy(scenario("hyperbola", &[], &[2.0, 0.52], (Method::Sam, 0.1, 0.01), 25_000), 0.5),
        evidence: |scenario| lawful(scenario, 100),
    },
    Claim {
        id: "momentum-cycle",
        statement: "On a quadratic SAM with momentum β ends on the 2-cycle of η/(1+β): ‖x‖ → ηρλ1/(2(1+β) − ηλ1), 0.02 for diag(4,1), η = ρ = 0.1, β = 0.2.",
        source: "Fact 23, derived here",
        kind: Kind::Law,
        why: "Only rounding is left.",
        tolerance: 5e-17,
        bound: Bound::Equal,
        scenario: || heavy(scenario("quadratic", &[], &[0.8, 0.6], (Method::Sam, 0.1, 0.1), 2000), 0.2),
        evidence: |scenario| {
            let ((eta, rho), beta) = (rates(scenario), scenario.optimizers[0].beta);
            compare(length(&end(scenario)), move |f| f.amplitude(eta / (1.0 + f.plus(beta)), rho, f.top(&[4.0, 1.0])))
        },
    },
    Claim {
        id: "late-sam",
        statement: "Late SAM reaches what SAM reaches: on the hyperbola after 10 000 steps of gradient descent and τ = 1 of SAM λ1 is 2.0538, as by the finite-η law from where it landed.",
        source: "Fact 18; late SAM is Zhou et al.'s, arXiv 2410.10373",
        kind: Kind::Law,
        why: REMAINDER,
        tolerance: 2e-7,
        bound: Bound::Equal,
        scenario: late_sam,
        evidence: |scenario| lawful(scenario, LATE + LANDED),
    },
    Claim {
        id: "late-sam-as-sam",
        statement: "SAM throughout, for the same τ = 1, reaches 2.0538 too.",
        source: "Fact 18; late SAM is Zhou et al.'s, arXiv 2410.10373",
        kind: Kind::Law,
        why: REMAINDER,
        tolerance: 2e-7,
        bound: Bound::Equal,
        scenario: || {
            let steps = updates(1.0, 0.01, 0.005);
            scenario("hyperbola", &[], &[2.0, 0.6], (Method::Sam, 0.01, 0.005), steps)
        },
        evidence: |scenario| lawful(scenario, LANDED),
    },
];
