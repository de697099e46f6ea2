//! What the claims show of one run, where it is to hold of many: random quadratics, all starts in the ring, every η.

mod common;

use common::{finished, scenario, spec};
use proptest::prelude::*;
use samscope::optimizer::Method::Sam as SAM;
use samscope::run::{OptimizerSpec, Racer, Recording, Scenario};

fn run(loss: &str, params: &[(&str, f64)], init: &[f64], spec: OptimizerSpec, steps: u64) -> Racer {
    finished(&scenario(loss, params, init, spec, steps))
}

/// The iterate after one more step.
fn after(loss: &str, params: &[(&str, f64)], x: &[f64], spec: &OptimizerSpec) -> Vec<f64> {
    run(loss, params, x, spec.clone(), 1).x().to_vec()
}

fn length(x: &[f64]) -> f64 {
    x.iter().map(|c| c * c).sum::<f64>().sqrt()
}

#[track_caller]
fn assert_near(value: f64, expected: f64, tolerance: f64) {
    assert!((value - expected).abs() <= tolerance, "{value}, expected {expected} ± {tolerance}");
}

proptest! {
    /// Thm 4.8 for random quadratics, rotations and starts: ±v1 with ‖x‖ → ηρλ1/(2−ηλ1). The theorem has ηλ1 < 1;
    /// seen up to ηλ1 < 2.
    #[test]
    fn the_two_cycle_attracts_almost_every_start(
        eta_lambda in 0.2..1.9, ratios in prop::array::uniform2(0.05..0.8), angles in prop::array::uniform2(-3.0..3.0),
        start in prop::array::uniform3(0.1..1.0), rho in 0.01..0.5,
    ) {
        let eta: f64 = 0.1;
        let l1: f64 = eta_lambda / eta;
        let params = [("l1", l1), ("l2", ratios[0] * l1), ("l3", ratios[1] * l1), ("angle12", angles[0]), ("angle23", angles[1])];
        let spec = spec(SAM, eta, rho);
        let racer = run("quadratic", &params, &start, spec.clone(), 20_000);
        let cycle: f64 = eta * rho * l1 / (2.0 - eta_lambda);
        let amplitude = length(racer.x());
        prop_assert!((amplitude / cycle - 1.0).abs() < 1e-9, "{amplitude}, expected {cycle}");
        let alignment = racer.measure(0, racer.x()).alignment.expect("a gradient");
        prop_assert!(alignment > 1.0 - 1e-9, "{alignment}");
        let next = after("quadratic", &params, racer.x(), &spec);
        let sum: Vec<f64> = next.iter().zip(racer.x()).map(|(a, b)| a + b).collect();
        prop_assert!(length(&sum) < 1e-9 * cycle, "the next iterate is the opposite one");
    }
}

/// Ring: with 1 < ρ < 2 every start settles at r = ρ − 1; with ρ < 1 starts with r0 < ρ stay around the centre, a
/// maximum, and others reach the ring.
#[test]
fn rho_decides_where_sam_settles_in_the_ring() {
    let radius = |r0: f64, rho| length(run("ring", &[], &[0.6 * r0, 0.8 * r0], spec(SAM, 0.01, rho), 20_000).x());
    for r0 in [0.02, 0.1, 0.5, 0.9, 1.0, 1.3, 1.7, 2.1, 2.5] {
        assert_near(radius(r0, 1.5), 0.5, 1e-12);
    }
    for r0 in [0.02, 0.3, 0.49] {
        assert!(radius(r0, 0.5) < 0.01, "{r0}");
    }
    for r0 in [0.51, 0.8, 2.0] {
        assert_near(radius(r0, 0.5), 1.0, 0.02);
    }
}

/// L = −½μy²: SAM never leaves |y| ≤ ημρ, yet two runs separate by 1 + ημ per step.
#[test]
fn sam_is_chaotic_at_a_maximum() {
    let params = [("a", 0.0), ("b", 0.5)];
    let rho = 0.1;
    for eta in [0.1, 0.5, 0.9] {
        let band = eta * rho;
        let sam = spec(SAM, eta, rho);
        for start in [0.3 * band, 0.09] {
            let recorded =
                Scenario { record: Recording::All, ..scenario("saddle", &params, &[1.0, start], sam.clone(), 20_000) };
            let racer = finished(&recorded);
            let heights: Vec<f64> = racer.kept().iter().skip(200).map(|(_, x)| x[1]).collect();
            let (low, high) = heights.iter().fold((0.0, 0.0), |(l, h): (f64, f64), &y| (l.min(y), h.max(y)));
            assert!(low >= -band * (1.0 + 1e-12) && high <= band * (1.0 + 1e-12), "η = {eta}: {low} … {high}");
            assert!(low < -0.95 * band && high > 0.95 * band, "η = {eta}: it fills the band, {low} … {high}");
        }
        let height = |start: f64| run("saddle", &params, &[1.0, start], sam.clone(), 20).x()[1];
        let exponent = ((height(0.3 * band + 1e-12) - height(0.3 * band)) / 1e-12).abs().ln() / 20.0;
        assert_near(exponent, (1.0 + eta).ln(), 1e-3);
    }
}
