//! Φ and the flows on Γ against closed forms.

use std::sync::Arc;

use proptest::prelude::*;
use samscope::calculus::{Landscape, VecN, landscape};
use samscope::loss::{CATALOGUE, LossSpec, Reduction};
use samscope::theory::{
    Constants, Flow, FlowRequest, FlowStop, Functional, PhiError, finite_eta_factor, flow, flow_through, ngd_flow, phi,
};

fn loss(id: &str, dim: usize, params: &[(&str, f64)]) -> Arc<dyn Landscape> {
    let mut spec = LossSpec::new(id);
    spec.params_mut().extend(params.iter().map(|(name, value)| ((*name).to_owned(), *value)));
    landscape(&spec.resolved().expect("a valid loss"), dim)
}

fn request(of: Functional, tau: f64) -> FlowRequest {
    FlowRequest { of, tau, eta: None, clarke: false }
}

#[track_caller]
fn assert_near(value: f64, expected: f64, tolerance: f64) {
    assert!((value - expected).abs() <= tolerance, "{value}, expected {expected} ± {tolerance}");
}

/// Φ on the hyperbola xy = 1: gradient flow keeps x² − y².
fn phi_of_hyperbola(x: f64, y: f64) -> [f64; 2] {
    let difference = x * x - y * y;
    // The larger root is the precise one; the sign is that of the half plane x + y > 0.
    let larger = (0.5 * (difference.abs() + (difference * difference + 4.0).sqrt())).sqrt();
    let [a, b] = if difference > 0.0 { [larger, 1.0 / larger] } else { [1.0 / larger, larger] };
    if x + y > 0.0 { [a, b] } else { [-a, -b] }
}

// ---- Φ ----

proptest! {
    #[test]
    fn phi_of_the_hyperbola_is_the_closed_form(x in -3.0..3.0_f64, y in -3.0..3.0_f64) {
        // Near x + y = 0 the start is on the stable manifold of the saddle at 0.
        prop_assume!((x + y).abs() > 1e-2);
        let found = phi(loss("hyperbola", 2, &[]).as_ref(), &[x, y]).expect("a minimum");
        let expected = phi_of_hyperbola(x, y);
        for (a, b) in found.iter().zip(expected) {
            prop_assert!((a - b).abs() < 1e-10, "{found:?}, expected {expected:?}");
        }
    }

    /// Φ is constant along gradient flow: ∂Φ∇L = 0, by central differences.
    #[test]
    fn phi_does_not_change_along_the_gradient(start in prop::array::uniform4(0.1..0.9)) {
        let toy = loss("toy4d", 4, &[]);
        let g = toy.gradient(&VecN::from_slice(&start));
        let h = 1e-4;
        let at = |s: f64| phi(toy.as_ref(), &(VecN::from_slice(&start) + g * (s * h))).expect("a minimum");
        for (a, b) in at(1.0).iter().zip(at(-1.0)) {
            // The second derivative along the gradient is left: h times its size, which is below 10³.
            prop_assert!(((a - b) / (2.0 * h)).abs() < 1e-4 , "{}", (a - b) / (2.0 * h));
        }
    }
}

/// Where F1 and F2 are constant, nothing moves along Γ; elsewhere a fine independent Runge–Kutta agrees.
#[test]
fn phi_of_toy4d() {
    let flat = loss("toy4d", 4, &[("f1_xx", 0.0), ("f1_yy", 0.0), ("f2_xx", 0.0), ("f2_yy", 0.0)]);
    let found = phi(flat.as_ref(), &[0.4, 0.7, 0.3, -0.2]).expect("a minimum");
    for (a, b) in found.iter().zip([0.4, 0.7, 0.0, 0.0]) {
        assert_near(*a, b, 1e-13);
    }
    let toy = loss("toy4d", 4, &[]);
    let start = [0.5, 0.5, 0.3, 0.3];
    let mut x = VecN::from_slice(&start);
    // λ ≤ 20: h = 0.0005 has (hλ)⁵ < 1e-10; e^(−2F2 t) has vanished at t = 16.
    let h = 5e-4;
    for _ in 0..32_000 {
        let slope = |x: VecN| -toy.gradient(&x);
        let k1 = slope(x);
        let k2 = slope(x + k1 * (0.5 * h));
        let k3 = slope(x + k2 * (0.5 * h));
        let k4 = slope(x + k3 * h);
        x += (k1 + k2 * 2.0 + k3 * 2.0 + k4) * (h / 6.0);
    }
    let found = phi(toy.as_ref(), &start).expect("a minimum");
    for (a, b) in found.iter().zip(x.iter()) {
        assert_near(*a, *b, 1e-11);
    }
}

/// A point of Γ is its own limit; every loss of the catalogue with minima has one from its own start.
#[test]
fn phi_of_every_loss() {
    for info in CATALOGUE.iter().filter(|info| info.id != "saddle") {
        let spec = LossSpec::new(info.id).resolved().expect("a loss");
        for dim in spec.dims() {
            let loss = landscape(&spec, dim);
            let found = phi(loss.as_ref(), &spec.start()[..dim]).unwrap_or_else(|error| panic!("{}: {error}", info.id));
            let gradient = loss.gradient(&VecN::from_slice(&found)).norm();
            assert!(gradient < 1e-11, "{}: ‖g‖ = {gradient} at {found:?}", info.id);
            let again = phi(loss.as_ref(), &found).expect("a minimum");
            assert!(found.iter().zip(&again).all(|(a, b)| (a - b).abs() < 1e-12), "{}: {found:?}, {again:?}", info.id);
        }
    }
}

#[test]
fn phi_says_why_there_is_none() {
    let refusal = |id: &str, x: &[f64]| phi(loss(id, x.len(), &[]).as_ref(), x).expect_err("no minimum");
    assert_eq!(refusal("saddle", &[-1.0, 0.0]), PhiError::NotAMinimum);
    assert_eq!(refusal("saddle", &[-1.0, -0.01]), PhiError::Diverges);
    assert_eq!(refusal("ring", &[0.0, 0.0]), PhiError::NotAMinimum);
    assert_eq!(refusal("hyperbola", &[1.0, -1.0]), PhiError::NotAMinimum);
    assert_eq!(refusal("hyperbola", &[f64::NAN, -1.0]), PhiError::NotFinite);
}

// ---- Flows ----

/// toy4d: λ1 = 2F1 gives x1 ∝ e^(−2τ), x2 ∝ e^(−12τ); the samples' mean trace F1 + F2 gives x1 − 0.8 ∝ e^(−5τ),
/// x2 − 1/7 ∝ e^(−7τ).
#[test]
fn flows_on_toy4d_are_the_closed_forms() {
    let toy = loss("toy4d", 4, &[]);
    let stops: Vec<f64> = (1..20).map(|i| 0.1 * f64::from(i)).collect();
    for (of, rates, rest) in
        [(Functional::Lambda1, [2.0, 12.0], [0.0, 0.0]), (Functional::Trace, [5.0, 7.0], [0.8, 1.0 / 7.0])]
    {
        let path = flow_through(toy.as_ref(), &[0.5, 0.6, 0.0, 0.0], &request(of, 2.0), &stops).expect("a flow");
        assert_eq!(path.stop_reason, FlowStop::Tau);
        for stop in &stops {
            assert!(path.tau.contains(stop), "{stop} is among the times");
        }
        for (tau, x) in path.tau.iter().zip(&path.x) {
            for i in 0..2 {
                let start: f64 = [0.5, 0.6][i] - rest[i];
                assert_near(x[i], rest[i] + start * (-rates[i] * tau).exp(), 1e-10);
            }
            assert_eq!(x[2..], [0.0, 0.0]);
        }
        assert_eq!(*path.tau.last().expect("a point"), 2.0);
    }
}

/// Hyperbola: λ1(τ)² − 4 = (λ1(0)² − 4) e^(−4τ). There λ1 is also the trace.
#[test]
fn flow_on_the_hyperbola_is_the_closed_form() {
    let hyperbola = loss("hyperbola", 2, &[]);
    for of in [Functional::Lambda1, Functional::Trace] {
        let path = flow(hyperbola.as_ref(), &[2.0, 0.5], &request(of, 1.0)).expect("a flow");
        for ((tau, x), value) in path.tau.iter().zip(&path.x).zip(&path.value) {
            assert_near(*value, (4.0 + (4.25_f64.powi(2) - 4.0) * (-4.0 * tau).exp()).sqrt(), 1e-9);
            assert_near(x[0] * x[1], 1.0, 1e-14);
        }
        assert_near(*path.value.last().expect("a point"), 2.0634, 5e-5);
    }
    let rest = flow(hyperbola.as_ref(), &[2.0, 0.6], &request(Functional::Lambda1, 100.0)).expect("a flow");
    assert_eq!(rest.stop_reason, FlowStop::Rest);
    assert_near(rest.end()[0], 1.0, 1e-10);
}

/// The finite-η law for λ1 alone: dλ/dτ = −2 (2/(2−ηλ))² (λ² − 4)/λ, by an independent Runge–Kutta.
#[test]
fn finite_eta_law_on_the_hyperbola() {
    let hyperbola = loss("hyperbola", 2, &[]);
    for eta in [0.02, 0.1, 0.2, 0.4] {
        let request = FlowRequest { eta: Some(eta), ..request(Functional::Lambda1, 0.5) };
        let path = flow(hyperbola.as_ref(), &[2.0, 0.5], &request).expect("a flow");
        let slope = |lambda: f64| -2.0 * finite_eta_factor(eta, lambda) * (lambda * lambda - 4.0) / lambda;
        let (mut lambda, h) = (4.25, 0.5 / 100_000.0);
        for _ in 0..100_000 {
            let k1 = slope(lambda);
            let k2 = slope(lambda + 0.5 * h * k1);
            let k3 = slope(lambda + 0.5 * h * k2);
            let k4 = slope(lambda + h * k3);
            lambda += h / 6.0 * (k1 + 2.0 * k2 + 2.0 * k3 + k4);
        }
        assert_near(*path.value.last().expect("a point"), lambda, 1e-9);
    }
    let beyond = FlowRequest { eta: Some(0.5), ..request(Functional::Lambda1, 0.5) };
    assert_eq!(flow(hyperbola.as_ref(), &[2.0, 0.5], &beyond).expect_err("no cycle"), PhiError::NoCycle);
}

/// Samples with orthogonal gradients: each has its own factor, which moves the rest point on toy4d to (0.776, 0.126).
#[test]
fn finite_eta_law_of_the_trace() {
    let toy = loss("toy4d", 4, &[]);
    let request = FlowRequest { eta: Some(0.01), ..request(Functional::Trace, 50.0) };
    let path = flow(toy.as_ref(), &[0.5, 0.6, 0.0, 0.0], &request).expect("a flow");
    assert_eq!(path.stop_reason, FlowStop::Rest);
    let x = path.end();
    assert_near(x[0], 0.776, 5e-4);
    assert_near(x[1], 0.126, 5e-4);
    // w1∇F1 + w2∇F2 = 0 with w_k = (2/(2−2ηF_k))².
    let (f1, f2) = (x[0] * x[0] + 6.0 * x[1] * x[1] + 8.0, 4.0 * (1.0 - x[0]).powi(2) + (1.0 - x[1]).powi(2) + 1.0);
    let (w1, w2) = (finite_eta_factor(0.01, 2.0 * f1), finite_eta_factor(0.01, 2.0 * f2));
    assert_near(w1 * 2.0 * x[0] - w2 * 8.0 * (1.0 - x[0]), 0.0, 1e-8);
    assert_near(w1 * 12.0 * x[1] - w2 * 2.0 * (1.0 - x[1]), 0.0, 1e-8);
}

/// NGD: −¼P⊥∇ln λ1 has dλ/dτ = −(λ² − 4)/λ² on the hyperbola.
#[test]
fn flow_of_normalized_gradient_descent() {
    let hyperbola = loss("hyperbola", 2, &[]);
    let path = ngd_flow(hyperbola.as_ref(), &[2.0, 0.5], 1.0, Constants::default()).expect("a flow");
    // λ + ln((λ−2)/(λ+2)) falls by τ.
    let integral = |lambda: f64| lambda + ((lambda - 2.0) / (lambda + 2.0)).ln();
    let end = *path.value.last().expect("a point");
    assert_near(integral(4.25) - integral(end), 1.0, 1e-9);
}

/// Isolated minima: nothing to slide on.
#[test]
fn a_flow_on_a_point_rests() {
    let path =
        flow(loss("quadratic", 2, &[]).as_ref(), &[0.8, 0.6], &request(Functional::Lambda1, 1.0)).expect("a flow");
    assert_eq!((path.stop_reason, path.x.len()), (FlowStop::Rest, 1));
    let path = flow(loss("hyperbola", 2, &[]).as_ref(), &[2.0, 0.6], &request(Functional::Trace, 0.0)).expect("a flow");
    assert_eq!((path.stop_reason, path.x.len()), (FlowStop::Tau, 1));
}

// ---- Ties ----

/// With F2's least value 4, F1 = F2 is reached on the way; closed forms give where.
#[test]
fn a_crossing_stops_the_flow_exactly_there() {
    let toy = loss("toy4d", 4, &[("f2_0", 4.0)]);
    let path = flow(toy.as_ref(), &[0.5, 0.5, 0.0, 0.0], &request(Functional::Lambda1, 2.0)).expect("a flow");
    assert_eq!(path.stop_reason, FlowStop::EigenvalueCrossing);
    let at = |tau: f64| [0.5 * (-2.0 * tau).exp(), 0.5 * (-12.0 * tau).exp()];
    let gap =
        |[x1, x2]: [f64; 2]| x1 * x1 + 6.0 * x2 * x2 + 8.0 - (4.0 * (1.0 - x1).powi(2) + (1.0 - x2).powi(2) + 4.0);
    let (mut low, mut high) = (0.0, 2.0);
    for _ in 0..100 {
        let middle = 0.5 * (low + high);
        if gap(at(middle)) > 0.0 { low = middle } else { high = middle }
    }
    assert_near(*path.tau.last().expect("a point"), low, 1e-10);
    let x = path.end();
    assert!((gap([x[0], x[1]]) / 16.0).abs() < 1e-11, "{}", gap([x[0], x[1]]));
    // Started on a tie, it stops at once.
    let path = flow(toy.as_ref(), x, &request(Functional::Lambda1, 2.0)).expect("a flow");
    assert_eq!((path.stop_reason, path.x.len()), (FlowStop::EigenvalueCrossing, 1));
}

fn clarke(loss: &dyn Landscape, from: &[f64], tau: f64, eta: Option<f64>, stops: &[f64]) -> Flow {
    let request = FlowRequest { of: Functional::Lambda1, tau, eta, clarke: true };
    flow_through(loss, from, &request, stops).expect("a flow")
}

/// F1 = x1² + x2² + 1 and F2 = (1−x1)² + (1−x2)² + 1 are equal on x1 + x2 = 1. There P⊥∂λ1's shortest element is along
/// that line, and x1 − x2 ∝ e^(−2τ).
#[test]
fn the_clarke_flow_slides_along_the_tie() {
    let params = [("f1_xx", 1.0), ("f1_yy", 1.0), ("f1_0", 1.0), ("f2_xx", 1.0), ("f2_yy", 1.0), ("f2_0", 1.0)];
    let toy = loss("toy4d", 4, &params);
    // F1 is larger where x1 + x2 > 1; λ1's flow contracts towards (0, 0) until it meets the tie.
    let from = [1.4, 0.2, 0.0, 0.0];
    let meeting = f64::ln(from[0] + from[1]) / 2.0;
    let path = clarke(toy.as_ref(), &from, 1.5, None, &[]);
    assert_eq!(path.stop_reason, FlowStop::Tau);
    let difference = (from[0] - from[1]) * (-2.0 * meeting).exp();
    let mut on_tie = 0;
    for (tau, x) in path.tau.iter().zip(&path.x) {
        if *tau <= meeting {
            assert_near(x[0], from[0] * (-2.0 * tau).exp(), 1e-10);
        } else {
            on_tie += 1;
            assert_near(x[0] + x[1], 1.0, 1e-12);
            assert_near(x[0] - x[1], difference * (-2.0 * (tau - meeting)).exp(), 1e-10);
        }
    }
    assert!(on_tie > 10, "{on_tie} points on the tie");
    // The finite-η law speeds both up; on the tie it has λ = 2F.
    let fast = clarke(toy.as_ref(), &from, 1.5, Some(0.1), &[]);
    assert_eq!(fast.stop_reason, FlowStop::Tau);
    assert!((fast.end()[0] - fast.end()[1]).abs() < (path.end()[0] - path.end()[1]).abs());
    let rest = clarke(toy.as_ref(), &from, 100.0, None, &[]);
    assert_eq!(rest.stop_reason, FlowStop::Rest);
    assert_near(rest.end()[0], 0.5, 1e-9);
}

/// Where F2 falls on both sides of the line F1 = F2, the flow crosses it: it goes on along F2 alone.
#[test]
fn the_clarke_flow_leaves_a_one_sided_tie() {
    // F1 = x2² + 8 and F2 = ½(1−x1)² + 9(1−x2)²/9 …: F2's flow goes to (1, 1), F1's to x2 = 0.
    let params = [("f1_xx", 4.0), ("f1_yy", 0.0), ("f1_0", 1.0), ("f2_xx", 1.0), ("f2_yy", 0.0), ("f2_0", 1.0)];
    let toy = loss("toy4d", 4, &params);
    // 4x1² + 1 = (1−x1)² + 1 at x1 = 1/3 and −1. From x1 = −2 F1 is larger; at −1, ∇F1 = −8 and ∇F2 = −4 agree in sign:
    // the flow crosses to the right where F2 is larger, follows it, and meets the tie at 1/3 with opposite signs.
    let stops = [0.05, 0.1, 0.2, 0.5];
    let path = clarke(toy.as_ref(), &[-2.0, 0.3, 0.0, 0.0], 3.0, None, &stops);
    let crossing = 2.0_f64.ln() / 8.0;
    for (tau, x) in path.tau.iter().zip(&path.x) {
        let expected = if *tau <= crossing {
            -2.0 * (-8.0 * tau).exp()
        } else {
            // x1 − 1 ∝ e^(−2τ) until it meets 1/3, where it rests.
            (1.0 - 2.0 * (-2.0 * (tau - crossing)).exp()).min(1.0 / 3.0)
        };
        assert_near(x[0], expected, 1e-9);
    }
    assert_eq!(path.stop_reason, FlowStop::Rest);
}

/// λ1 − λ2 = 4r, r = |(x1, x2)|, is a cone: its two eigenvectors turn with the angle, and at the tip the subdifferential
/// is a disk. λ1 = 2(M + r) with M = 3 + ½r² + ½(x3−1)²: r + 1 and x3 − 1 fall by e^(−τ), and from the tip on r stays 0.
#[test]
fn the_clarke_flow_slides_on_from_the_tip_of_a_cone() {
    let m = "(3+(x1^2+x2^2)/2+(x3-1)^2/2)";
    let formula = format!("({m}+x1)*x4^2 + 2*x2*x4*x5 + ({m}-x1)*x5^2");
    let spec = LossSpec::typed(vec![formula], Reduction::Mean, std::collections::BTreeMap::new());
    let cone = landscape(&spec.resolved().expect("a loss"), 5);
    let path = clarke(cone.as_ref(), &[0.3, 0.4, 2.0, 0.0, 0.0], 1.0, None, &[]);
    assert_eq!(path.stop_reason, FlowStop::Tau);
    for (tau, x) in path.tau.iter().zip(&path.x) {
        let fall = (-tau).exp();
        assert_near(x[0].hypot(x[1]), (1.5 * fall - 1.0).max(0.0), 1e-9);
        assert_near(x[2] - 1.0, fall, 1e-9);
    }
    let meets = path.tau.iter().any(|tau| (tau - 1.5_f64.ln()).abs() < 1e-9);
    assert!(meets, "the tip is one of its points");
    let stops = flow(cone.as_ref(), &[0.3, 0.4, 2.0, 0.0, 0.0], &request(Functional::Lambda1, 1.0)).expect("a flow");
    assert_eq!(stops.stop_reason, FlowStop::EigenvalueCrossing);
}
