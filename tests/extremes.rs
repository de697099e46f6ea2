//! Derivatives at the ends of what a number can hold: finite where the function's are, and no word about eigenvalues
//! where they aren't.

use samscope::calculus::{VecN, landscape};
use samscope::optimizer::METHODS;
use samscope::run::{Report, Scenario};
use samscope::sharpness::SharpnessReport;
use serde_json::json;

/// Every method for some steps on a typed loss.
fn scenario(text: &str, init: &[f64]) -> Scenario {
    let loss = json!({ "id": "typed", "expressions": [text] });
    let methods: Vec<_> = METHODS.iter().map(|method| json!({ "id": method })).collect();
    let scenario = json!({ "loss": loss, "init": init, "optimizers": methods, "steps": 50, "record": "none" });
    Scenario::from_json(&scenario.to_string()).expect("a scenario of this test")
}

/// L, L′, L″ and L‴ of a formula in x.
fn derivatives(text: &str, x: f64) -> [f64; 4] {
    let (loss, x) = (landscape(&scenario(text, &[1.0]).loss, 1), VecN::from_slice(&[x]));
    let along = loss.along(&x, &VecN::axis(1, 0));
    assert_eq!(along.gradient, loss.gradient(&x), "{text}: a jet's value is the number's");
    assert_eq!(loss.hessian(&x).at(0, 0).to_bits(), along.first[0].to_bits(), "{text}: H");
    [loss.value(&x), along.gradient[0], along.first[0], along.second[0]]
}

#[track_caller]
fn assert_close(text: &str, x: f64, expected: [f64; 4]) {
    let found = derivatives(text, x);
    for (found, expected) in found.into_iter().zip(expected) {
        // Below the normal numbers digits go.
        let tolerance = 1e-12 * expected.abs() + f64::MIN_POSITIVE;
        let fits = found == expected || (found - expected).abs() <= tolerance;
        assert!(fits, "{text} at {x}: {found:e}, expected {expected:e}");
    }
}

/// Each function as far out as its own derivatives are finite.
#[test]
fn derivatives_are_finite_where_the_function_s_are() {
    for x in [250.0, 299.9, 300.1, 340.0, 354.0, 356.0, 400.0, 711.0, 1e4, 1e300] {
        // tanh′ = s = 1/cosh², tanh″ = −2 tanh s, tanh‴ = (4 tanh² − 2s) s, and s = 4e^(−2x) to the last digit here.
        let s = 4.0 * (-2.0_f64 * x).exp();
        // Beyond 355 cosh² has overflowed and the gradient is 0, although 4e^(−2x) is not yet.
        let slope = if x > 355.0 { 0.0 } else { s };
        assert_close("tanh(x)", x, [1.0, slope, -2.0 * s, 4.0 * s]);
        assert_close("tanh(x)", -x, [-1.0, slope, 2.0 * s, 4.0 * s]);
        assert_close("3*tanh(-2*x)", 0.5 * x, [-3.0, -6.0 * slope, 24.0 * s, -96.0 * s]);
    }
    for x in [700.0, -700.0, 709.0] {
        let (s, c) = (libm::sinh(x), libm::cosh(x));
        assert_close("sinh(x)", x, [s, c, s, c]);
        assert_close("cosh(x)", x, [c, s, c, s]);
    }
    for x in [-745.0, -1e300, 709.0] {
        assert_close("exp(x)", x, [libm::exp(x); 4]);
    }
    for x in [1e-100_f64, 1e100] {
        assert_close("log(x)", x, [x.ln(), 1.0 / x, -1.0 / (x * x), 2.0 / (x * x * x)]);
        let root = x.sqrt();
        assert_close("sqrt(x)", x, [root, 0.5 / root, -0.25 / (root * x), 0.375 / (root * x * x)]);
        assert_close("x^2.5", x, [root * x * x, 2.5 * root * x, 3.75 * root, 1.875 / root]);
    }
    for x in [1e150, 1e-300, -1e300] {
        let sign = f64::signum(x);
        assert_close("abs(x)", x, [x.abs(), sign, 0.0, 0.0]);
        assert_close(
            "sqrt(1 + 0*x) + max(x, 2*x)",
            x,
            [1.0 + x.max(2.0 * x), if x > 0.0 { 2.0 } else { 1.0 }, 0.0, 0.0],
        );
    }
    assert_close("abs(x)^3", 0.0, [0.0; 4]);
    assert_close("x^3.5", 0.0, [0.0; 4]);
}

/// Far out on a plateau nothing diverges, whichever derivatives a method needs.
#[test]
fn runs_on_a_plateau_do_not_diverge() {
    for (text, init) in
        [("tanh(x)+0.001*x^2", &[400.0][..]), ("(tanh(x*y)-0.5)^2", &[20.0, 20.0]), ("tanh(x*y)^2", &[17.7, 20.0])]
    {
        for run in Report::run(&scenario(text, init), || 0.0).expect("it runs").runs {
            assert_ne!(json!(run.stop_reason), "diverged", "{text}: {:?}", run.optimizer);
        }
    }
}

/// Where H is not finite, nothing that is read off its eigenpairs is a number.
#[test]
fn an_infinite_hessian_has_no_rank_and_no_alignment() {
    for (text, at) in [("x^1.5 + x", &[0.0][..]), ("x^1.5 + x*y", &[0.0, 1.0]), ("x^1.5", &[0.0])] {
        let scenario = Scenario { steps: 0, ..scenario(text, at) };
        let point = json!(Report::run(&scenario, || 0.0).expect("it runs").runs[0].last);
        let report = SharpnessReport::at(landscape(&scenario.loss, at.len()).as_ref(), at, 0.1);
        assert!(!report.on_gamma, "{text}");
        let report = json!(report);
        for (json, fields) in
            [(point, &["alignment", "rayleigh"][..]), (report, &["rank", "alignment", "s_max", "s_asc", "s_avg"])]
        {
            for &field in fields {
                assert_eq!(json.get(field), Some(&json!(null)), "{text}: {field}");
            }
        }
    }
}
