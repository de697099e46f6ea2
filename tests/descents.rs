//! Descent on the three perturbed losses, USAM and normalized GD: where they go, in the paper's numbers.

mod common;

use common::{finished, scenario, spec};
use samscope::optimizer::Method::{
    AscDescent as ASC, AvgDescent as AVG, Gd as GD, MaxDescent as MAX, Ngd as NGD, Sam as SAM, Usam as USAM,
};
use samscope::run::{OptimizerSpec, Racer, Scenario, StopReason, Underflow};

const START: [f64; 4] = [0.5, 0.5, 0.3, 0.3];

fn run(loss: &str, params: &[(&str, f64)], init: &[f64], spec: OptimizerSpec, steps: u64) -> Racer {
    finished(&scenario(loss, params, init, spec, steps))
}

#[track_caller]
fn assert_near(value: f64, expected: f64, tolerance: f64) {
    assert!((value - expected).abs() <= tolerance, "{value}, expected {expected} ± {tolerance}");
}

// ---- Figure 1's toy: one start, three answers ----

/// Descent on L^Max goes to min λ1, as SAM does, and descent on L^Avg to min Tr: (0, 0) and (0.8, 1/7).
#[test]
fn worst_and_average_descent_go_to_their_own_minima() {
    let worst = run("toy4d", &[], &START, spec(MAX, 0.01, 0.3), 20_000);
    assert_near(worst.x()[0], 0.0, 0.01);
    assert_near(worst.x()[1], 0.0, 0.01);
    let average = run("toy4d", &[], &START, spec(AVG, 0.05, 0.3), 20_000);
    assert_near(average.x()[0], 0.8, 1e-3);
    assert_near(average.x()[1], 1.0 / 7.0, 1e-3);
}

/// 10^7 steps of descent on L^Asc with ρ = 0.3. It ends at L^Asc's own edge of stability, which goes to (1, 1), min λM,
/// only as √η → 0.
fn ascent_descent_ends_at(eta: f64, underflow: Underflow, expected: [f64; 2], tolerance: f64) {
    let racer = finished(&Scenario { underflow, ..scenario("toy4d", &[], &START, spec(ASC, eta, 0.3), 10_000_000) });
    assert_near(racer.x()[0], expected[0], tolerance);
    assert_near(racer.x()[1], expected[1], tolerance);
}

#[test]
fn ascent_descent_is_held_by_its_edge_of_stability() {
    ascent_descent_ends_at(1e-3, Underflow::Hold, [0.893, 0.224], 0.005);
    ascent_descent_ends_at(1e-4, Underflow::Hold, [0.9715, 0.5531], 0.005);
    ascent_descent_ends_at(2e-5, Underflow::Hold, [0.9874, 0.7493], 0.005);
}

/// Without the hold x3 underflows to 0 on the way, and the run, confined to a subspace, seems to reach (1, 1).
#[test]
fn without_the_hold_ascent_descent_seems_to_arrive() {
    ascent_descent_ends_at(2e-5, Underflow::Ieee, [1.0, 1.0], 0.005);
}

// ---- USAM ----

/// On a quadratic x is multiplied by 1 − ηλ(1+ρλ): stable iff ηλ(1+ρλ) < 2. λ = 4, η = 0.1: ρ = 1 is the edge, where
/// the multiplier is −1. SAM stays bounded beyond it.
#[test]
fn usam_multiplier_on_a_quadratic() {
    for rho in [0.0, 0.3, 0.9, 1.0, 1.2] {
        let x = run("quadratic", &[], &[0.5, 0.25], spec(USAM, 0.1, rho), 1).x().to_vec();
        assert_near(x[0] / 0.5, 1.0 - 0.4 * (1.0 + 4.0 * rho), 1e-15);
        assert_near(x[1] / 0.25, 1.0 - 0.1 * (1.0 + rho), 1e-15);
    }
    let end = |method, rho| run("quadratic", &[], &[0.5, 0.25], spec(method, 0.1, rho), 5000);
    assert_eq!(end(USAM, 1.01).stop_reason(), Some(StopReason::Diverged));
    assert!(end(USAM, 0.99).x()[0].abs() < 1e-12);
    let sam = end(SAM, 1.2);
    assert_eq!(sam.stop_reason(), Some(StopReason::Steps));
    assert!(sam.x()[0].abs() < 1.0, "{:?}", sam.x());
}

/// USAM does not drift along the hyperbola: a minimizer with ηλ1(1+ρλ1) < 2 is a fixed point that it settles on, another
/// one than GD's. SAM drifts on.
#[test]
fn usam_rests_on_the_hyperbola() {
    let (early, late) = (
        run("hyperbola", &[], &[], spec(USAM, 0.01, 0.1), 20_000),
        run("hyperbola", &[], &[], spec(USAM, 0.01, 0.1), 200_000),
    );
    assert_near(early.x()[0], late.x()[0], 1e-12);
    assert_near(late.x()[0] * late.x()[1], 1.0, 1e-12);
    let gd = run("hyperbola", &[], &[], spec(GD, 0.01, 0.1), 20_000);
    assert!((gd.x()[0] - late.x()[0]).abs() > 5e-4, "{:?} and {:?}", gd.x(), late.x());
    // A minimizer stays to the last bit.
    let x = [2.0, 0.5];
    assert_eq!(run("hyperbola", &[], &x, spec(USAM, 0.01, 0.1), 100).x(), &x);
}

/// x² − y²: USAM is attracted to the saddle iff ½ < ρ < (1/η−1)/2. η = 0.1: between 0.5 and 4.5.
#[test]
fn usam_at_the_saddle() {
    let end = |rho| run("saddle", &[], &[-0.3, -0.2], spec(USAM, 0.1, rho), 20_000);
    for rho in [0.52, 1.0, 4.4] {
        let racer = end(rho);
        assert!(racer.x().iter().all(|c| c.abs() < 1e-6), "ρ = {rho}: {:?}", racer.x());
    }
    for rho in [0.3, 0.48, 4.6] {
        assert_eq!(end(rho).stop_reason(), Some(StopReason::Diverged), "ρ = {rho}");
    }
}

// ---- Normalized GD ----

/// On the hyperbola it follows −¼P⊥∇ln λ1 in time η²t, by which dλ1/dτ = −(λ1²−4)/λ1². From λ1 = 4.25, τ = 2, η = 0.02:
/// 2.91201, the flow 2.91208.
#[test]
fn normalized_gd_follows_the_log_sharpness() {
    // Where λ − 2 and λ + 2 have the logarithms that the separated equation asks for: by bisection.
    let elapsed = |from: f64, to: f64| {
        let part = |lambda: f64| lambda + ((lambda - 2.0) / (lambda + 2.0)).ln();
        part(from) - part(to)
    };
    let (mut low, mut high) = (2.0, 4.25);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if elapsed(4.25, middle) > 2.0 { low = middle } else { high = middle }
    }
    assert_near(low, 2.91208, 5e-6);
    let racer = run("hyperbola", &[], &[2.0, 0.5], spec(NGD, 0.02, 0.0), 5000);
    // Φ(x): gradient flow keeps x² − y² and ends at xy = 1.
    let d = racer.x()[0] * racer.x()[0] - racer.x()[1] * racer.x()[1];
    // One step more or less is 2e-4, and so is the phase of the oscillation that the start decides.
    assert_near((d * d + 4.0).sqrt(), 2.91201, 3e-4);
    assert_near((d * d + 4.0).sqrt(), low, 3e-4);
}
