//! What the paper proves and what is known beyond it, seen in runs. The numbers are Wen, Ma, Li, “How Does
//! Sharpness-Aware Minimization Minimize Sharpness?” (arXiv 2211.05729), or follow from it by the formulas given here;
//! flows are integrated here too, by Runge–Kutta.

mod common;

use common::{finished, scenario, spec};
use proptest::prelude::*;
use samscope::optimizer::Method::{Gd as GD, OneSam as ONE_SAM, Sam as SAM};
use samscope::run::{OptimizerSpec, Racer, Recording, Scenario, StopReason};
use samscope::sharpness::lambda_edge;

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

// ---- Quadratics: Thm 4.8 ----

/// diag(4,1), η = ρ = 0.1: SAM's 2-cycle has ‖x‖ = ηρλ1/(2−ηλ1) = 0.025, ‖g‖ = 0.1; GD goes to 0. On the cycle SAM's
/// edge of stability is λ1 itself (Agarwala & Dauphin's formula).
#[test]
fn sam_ends_in_a_two_cycle_on_a_quadratic() {
    let sam = run("quadratic", &[], &[], spec(SAM, 0.1, 0.1), 2000);
    let point = sam.measure(sam.step(), sam.x());
    assert_near(length(sam.x()), 0.025, 1e-15);
    assert_near(point.grad_norm, 0.1, 1e-14);
    assert_near(point.alignment.expect("a gradient"), 1.0, 1e-15);
    assert_near(point.rayleigh.expect("a gradient"), 4.0, 1e-14);
    assert_near(point.lambda_edge, 4.0, 1e-13);
    assert_near(lambda_edge(0.1, 0.1, 0.1), 4.0, 1e-15);
    let next = after("quadratic", &[], sam.x(), &spec(SAM, 0.1, 0.1));
    assert_near(next[0], -sam.x()[0], 1e-15);
    let gd = run("quadratic", &[], &[], spec(GD, 0.1, 0.1), 20_000);
    assert!(length(gd.x()) < 1e-300, "{:?}", gd.x());
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

/// Why v1 wins: near a v_k-cycle mode j is multiplied by 1 − ηλj − (λj/λk)²(2−ηλk). diag(4,2,1), η = 0.1: 0.4 and 0.8
/// on the v1-cycle; −6.6 for v1 on the v2-cycle.
#[test]
fn sharper_modes_destabilize_a_cycle() {
    let params = [("l1", 4.0), ("l2", 2.0), ("l3", 1.0)];
    let multipliers = |on: usize, lambda: f64| {
        let mut x = [1e-9; 3];
        x[on] = 0.1 * 0.1 * lambda / (2.0 - 0.1 * lambda);
        after("quadratic", &params, &x, &spec(SAM, 0.1, 0.1)).iter().map(|c| c / 1e-9).collect::<Vec<_>>()
    };
    // The remainder is of third order in 1e-9; rounding of 1e-2 beside 1e-9 doesn't mix between coordinates.
    let v1_cycle = multipliers(0, 4.0);
    assert_near(v1_cycle[1], 0.4, 1e-9);
    assert_near(v1_cycle[2], 0.8, 1e-9);
    assert_near(multipliers(1, 2.0)[0], -6.6, 1e-9);
}

/// Off quadratics `lambda_edge` equals λ1 up to O(ρ) per iterate and O(ρ²) on average over the two: with half the ρ, half and
/// a quarter.
#[test]
fn edge_of_stability_off_quadratics() {
    let gaps = |rho: f64| {
        let spec = spec(SAM, 0.1, rho);
        let first = run("hyperbola", &[], &[1.2, 1.0 / 1.2], spec.clone(), 1000);
        let gap = |x: &[f64]| {
            let point = first.measure(0, x);
            point.eigenvalues[0] - point.lambda_edge
        };
        let second = after("hyperbola", &[], first.x(), &spec);
        (gap(first.x()).abs(), (0.5 * (gap(first.x()) + gap(&second))).abs())
    };
    for rho in [0.02, 0.01] {
        let ((each, mean), (each_half, mean_half)) = (gaps(rho), gaps(0.5 * rho));
        assert_near(each / each_half, 2.0, 0.15);
        assert_near(mean / mean_half, 4.0, 0.25);
    }
}

// ---- Hyperbola: Thm 4.5, and its correction for finite η ----

/// Φ(x): gradient flow keeps x² − y² and ends at xy = 1.
fn phi(x: &[f64]) -> [f64; 2] {
    let difference = x[0] * x[0] - x[1] * x[1];
    let square = 0.5 * (difference + (difference * difference + 4.0).sqrt());
    [square.sqrt(), 1.0 / square.sqrt()]
}

fn sharpness([x, y]: [f64; 2]) -> f64 {
    x * x + y * y
}

/// X(τ) of dX/dτ = −½ s(λ1) P⊥∇λ1 on xy = 1 by fourth-order Runge–Kutta; s = 1 is Thm 4.5's flow.
fn flow(mut x: [f64; 2], tau: f64, speed: impl Fn(f64) -> f64) -> [f64; 2] {
    let slope = |[x, y]: [f64; 2]| {
        // ∇λ1 = (2x, 2y); the tangent is (−x, y).
        let along = (-2.0 * x * x + 2.0 * y * y) / (x * x + y * y);
        let scale = -0.5 * speed(x * x + y * y) * along;
        [-scale * x, scale * y]
    };
    let shifted = |x: [f64; 2], k: [f64; 2], h: f64| [x[0] + h * k[0], x[1] + h * k[1]];
    let steps = 2000;
    let h = tau / f64::from(steps);
    for _ in 0..steps {
        let k1 = slope(x);
        let k2 = slope(shifted(x, k1, 0.5 * h));
        let k3 = slope(shifted(x, k2, 0.5 * h));
        let k4 = slope(shifted(x, k3, h));
        x = [0, 1].map(|i| x[i] + h / 6.0 * (k1[i] + 2.0 * k2[i] + 2.0 * k3[i] + k4[i]));
    }
    x
}

/// λ1 at Φ of the iterate at t = τ/(ηρ²).
fn sam_sharpness(init: [f64; 2], eta: f64, rho: f64, tau: f64) -> f64 {
    let steps = (tau / (eta * rho * rho)).round() as u64;
    sharpness(phi(run("hyperbola", &[], &init, spec(SAM, eta, rho), steps).x()))
}

/// Thm 4.5: from λ1 = 4.25 the flow has λ1(τ)² − 4 = (λ1(0)² − 4)e^(−4τ): 2.0634 at τ = 1. SAM's distance from it is
/// O(η): it halves with η (and ρ), and extrapolation to η = 0 leaves its square.
#[test]
fn sam_follows_the_riemannian_flow_of_the_sharpness() {
    let flowed = sharpness(flow([2.0, 0.5], 1.0, |_| 1.0));
    assert_near(flowed, (4.0 + (4.25_f64.powi(2) - 4.0) * (-4.0_f64).exp()).sqrt(), 1e-11);
    assert_near(flowed, 2.0634, 5e-5);
    let (coarse, fine) = (sam_sharpness([2.0, 0.5], 0.02, 0.01, 1.0), sam_sharpness([2.0, 0.5], 0.01, 0.005, 1.0));
    assert_near((flowed - coarse) / (flowed - fine), 2.0, 0.1);
    assert_near(2.0 * fine - coarse, flowed, 6e-4);
}

/// GD rests where it lands; SAM goes on to the flattest minimum, (1, 1).
#[test]
fn sam_slides_along_the_valley_and_gd_does_not() {
    let landed = run("hyperbola", &[], &[], spec(GD, 0.01, 0.1), 10_000);
    let later = run("hyperbola", &[], &[], spec(GD, 0.01, 0.1), 1_000_000);
    assert_near(length(landed.x()), length(later.x()), 1e-12);
    assert_near(landed.x()[0] * landed.x()[1], 1.0, 1e-12);
    // Φ(2, 0.6), which GD misses by O(η).
    assert_near(sharpness(phi(&[2.0, 0.6])), sharpness([landed.x()[0], landed.x()[1]]), 0.01);
    let sam = run("hyperbola", &[], &[], spec(SAM, 0.05, 0.02), 1_000_000);
    assert_near(sharpness(phi(sam.x())), 2.0, 1e-6);
}

/// The finite-η law: the gradient is taken at ρ + a = 2ρ/(2−ηλ1) from Γ, which speeds the drift up by (2/(2−ηλ1))².
/// From (2, 0.52), ρ = 0.02, τ = 0.5: λ1 by SAM, by Thm 4.5, by the law started where SAM has locked into its 2-cycle.
#[test]
fn finite_learning_rate_law() {
    let (init, rho, tau) = ([2.0, 0.52], 0.02, 0.5);
    for (eta, measured, law) in [(0.2, 2.0820, 2.0819), (0.1, 2.2144, 2.2144), (0.02, 2.3779, 2.3780)] {
        let by_sam = sam_sharpness(init, eta, rho, tau);
        let locked = 100;
        let landing = phi(run("hyperbola", &[], &init, spec(SAM, eta, rho), locked).x());
        let left = tau - locked as f64 * eta * rho * rho;
        let by_law = sharpness(flow(landing, left, |lambda| (2.0 / (2.0 - eta * lambda)).powi(2)));
        assert_near(by_sam, measured, 5e-5);
        // Which step counts as locked moves the last digit.
        assert_near(by_law, law, 1e-4);
        assert_near(by_law, by_sam, 5e-5);
        assert_near(sharpness(flow(phi(&init), tau, |_| 1.0)), 2.4254, 5e-5);
    }
}

// ---- Saddle, ring, wells, maximum ----

/// x² − y² (λ = μ = 2), η = 0.1: trapped, since η < 2μ/(λ(λ+μ)) = ½, but in a finite basin only.
#[test]
fn sam_is_trapped_at_a_saddle() {
    let end = |y0: f64, rho: f64| run("saddle", &[], &[-1.0, y0], spec(SAM, 0.1, rho), 5000);
    let trapped = end(-0.01, 0.1);
    assert_near(trapped.x()[0].abs(), 0.1 * 0.1 * 2.0 / (2.0 - 0.2), 1e-15);
    assert!(trapped.x()[1].abs() < 1e-300);
    for rho in [0.05, 0.03, 0.01] {
        assert_eq!(end(-0.01, rho).stop_reason(), Some(StopReason::Diverged), "ρ = {rho} escapes");
    }
    for (rho, largest) in [(0.1, 0.0324), (0.03, 0.0040)] {
        let (mut low, mut high) = (1e-4, 0.1);
        for _ in 0..40 {
            let middle = 0.5 * (low + high);
            if end(middle, rho).stop_reason() == Some(StopReason::Diverged) { high = middle } else { low = middle }
        }
        assert_near(low, largest, 5e-5);
    }
    // The transverse multiplier 1 + ημ − (μ/λ)²(2−ηλ) = −0.6, and 2.22 where μ = 2, λ = 8 (η above the bound 0.05).
    let transverse = |a: f64, rho: f64| {
        let cycle = 0.1 * rho * 2.0 * a / (2.0 - 0.1 * 2.0 * a);
        after("saddle", &[("a", a)], &[cycle, 1e-9], &spec(SAM, 0.1, rho))[1] / 1e-9
    };
    assert_near(transverse(1.0, 0.1), -0.6, 1e-9);
    assert_near(transverse(4.0, 0.1), 1.2 - 1.2 / 16.0, 1e-9);
}

/// Ring, 1 < ρ < 2: SAM settles at r = ρ − 1, where L = 0.140625 and the gradient is not 0, since L(x + ρĝ) = 0 there.
#[test]
fn sam_hallucinates_a_minimum_inside_the_ring() {
    let radius =
        |r0: f64, eta, rho, steps| length(run("ring", &[], &[0.6 * r0, 0.8 * r0], spec(SAM, eta, rho), steps).x());
    let racer = run("ring", &[], &[], spec(SAM, 0.1, 1.5), 1000);
    let point = racer.measure(racer.step(), racer.x());
    assert_near(length(racer.x()), 0.5, 1e-14);
    assert_near(point.loss, 0.140_625, 1e-14);
    assert_near(point.grad_norm, 0.375, 1e-14);
    assert_near((radius(0.5 + 1e-6, 0.1, 1.5, 1) - 0.5) / 1e-6, 1.0 - 2.0 * 0.1, 1e-5);
    for r0 in [0.02, 0.1, 0.5, 0.9, 1.0, 1.3, 1.7, 2.1, 2.5] {
        assert_near(radius(r0, 0.01, 1.5, 20_000), 0.5, 1e-12);
    }
    // ρ < 1: starts with r0 < ρ stay around the centre, a maximum; others reach the ring.
    for r0 in [0.02, 0.3, 0.49] {
        assert!(radius(r0, 0.01, 0.5, 20_000) < 0.01, "{r0}");
    }
    for r0 in [0.51, 0.8, 2.0] {
        assert_near(radius(r0, 0.01, 0.5, 20_000), 1.0, 0.02);
    }
}

/// The toy of Optax's SAM example: the flat well for SAM with ρ = 0.1, the sharp one for GD and for ρ = 0.05.
#[test]
fn sam_leaves_the_sharp_well() {
    let sam = run("two-wells", &[], &[], spec(SAM, 0.01, 0.1), 4000);
    assert_near(sam.x()[0], 1.9592, 5e-5);
    assert_near(sam.x()[1].abs(), 0.0017, 5e-5);
    let gd = run("two-wells", &[], &[], spec(GD, 0.01, 0.1), 8000);
    assert_near(gd.x()[0], 0.0425, 5e-5);
    assert_near(gd.x()[1], 0.0, 1e-10);
    let timid = run("two-wells", &[], &[], spec(SAM, 0.01, 0.05), 4000);
    assert!(length(timid.x()) < 0.2, "{:?}", timid.x());
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

/// product3 lives in three dimensions, yet M = 1: on Γ one eigenvalue is not zero, so λ1 = λM = Tr. SAM finds the
/// flattest point all the same.
#[test]
fn product3_cannot_tell_the_notions_apart() {
    let racer = run("product3", &[], &[], spec(SAM, 0.05, 0.01), 2_000_000);
    for (x, y) in [(1.0, 1.0), (2.0, 0.3), (-0.7, 1.9)] {
        let point = racer.measure(0, &[x, y, 1.0 / (x * y)]);
        assert_near(point.trace, point.eigenvalues[0], 1e-13 * point.trace);
        assert!(point.eigenvalues[1..].iter().all(|l| l.abs() < 1e-13 * point.trace), "{:?}", point.eigenvalues);
    }
    let next = after("product3", &[], racer.x(), racer.optimizer());
    for (a, b) in racer.x().iter().zip(next) {
        // The cycle's mean is off by O(ρ²) = O(1e-4).
        assert_near(0.5 * (a + b), 1.0, 2e-4);
    }
}

// ---- Figure 1's toy ----

/// Three methods, one start, three minima.
#[test]
fn toy4d_end_points() {
    let toy = |method, steps| run("toy4d", &[], &[0.5, 0.5, 0.3, 0.3], spec(method, 0.01, 0.1), steps);
    let gd = toy(GD, 100_000);
    assert_near(gd.x()[0], 0.538, 5e-4);
    assert_near(gd.x()[1], 0.495, 5e-4);
    assert!(gd.x()[2].abs() < 1e-100 && gd.x()[3].abs() < 1e-100);
    let half_way = toy(SAM, 10_000);
    assert_near(half_way.x()[0], 0.053, 5e-4);
    assert_near(half_way.x()[1], 0.0, 1e-6);
    let sam = toy(SAM, 100_000);
    assert!(sam.x()[0].abs() < 1e-3 && sam.x()[1].abs() < 1e-3, "{:?}", sam.x());
    // ηρλ1/(2−ηλ1) with λ1 = 2F1(0,0) = 16.
    assert_near(sam.x()[2].abs(), 0.01 * 0.1 * 16.0 / (2.0 - 0.16), 1e-14);
    assert_near(sam.x()[2].abs(), 0.008_695_7, 5e-8);
    assert!(sam.measure(0, sam.x()).alignment > Some(0.999));
}

/// 1-SAM hovers near the trace's minimum (0.8, 1/7), moved by η: each sample's drift has its own factor
/// (2/(2−ηλ))², λ = 2F1 or 2F2, so at η = 0.01 it comes to rest around (0.776, 0.126).
#[test]
fn toy4d_end_points_of_one_sam() {
    let toy = |seed, steps| {
        let start = scenario("toy4d", &[], &[0.5, 0.5, 0.3, 0.3], spec(ONE_SAM, 0.01, 0.1), steps);
        Scenario { seed, record: Recording::Points(4096), ..start }
    };
    for seed in 0..20 {
        let racer = finished(&toy(seed, 100_000));
        let distance = length(&[racer.x()[0] - 0.776, racer.x()[1] - 0.126]);
        assert!(distance < 0.04, "seed {seed}: {:?} is {distance} away", racer.x());
    }
    // The long-time mean tells the two rest points, 0.03 apart, from one another.
    let racer = finished(&toy(0, 4_000_000));
    let late: Vec<_> = racer.kept().into_iter().filter(|(step, _)| *step > 100_000).collect();
    let mean = |i: usize| late.iter().map(|(_, x)| x[i]).sum::<f64>() / late.len() as f64;
    // Where w1∇F1 + w2∇F2 = 0 with the weights w_k = (2/(2−2ηF_k))², by fixed-point iteration.
    let (mut x1, mut x2) = (0.8, 1.0 / 7.0);
    for _ in 0..200 {
        let (f1, f2) = (x1 * x1 + 6.0 * x2 * x2 + 8.0, 4.0 * (1.0_f64 - x1).powi(2) + (1.0_f64 - x2).powi(2) + 1.0);
        let weight = |f: f64| (2.0 / (2.0 - 0.01 * 2.0 * f)).powi(2);
        let (w1, w2) = (weight(f1), weight(f2));
        (x1, x2) = (4.0 * w2 / (w1 + 4.0 * w2), w2 / (6.0 * w1 + w2));
    }
    assert_near(x1, 0.776, 5e-4);
    assert_near(x2, 0.126, 5e-4);
    // Hovering with a spread of 0.5ρ√η = 0.005 and a memory of 2·10^3 steps leaves 0.0005 over this run.
    assert_near(mean(0), x1, 0.002);
    assert_near(mean(1), x2, 0.002);
}
