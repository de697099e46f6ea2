//! Values to the last bit, and gradient, Hessian and third derivatives against jets and differences.

use samscope::calculus::{Jet, Vector};
use samscope::loss::{Formula, Loss, Program};

use super::generator::Generator;
use super::{compile, gradient, gradient_jets, hessian, params, reference};

/// Against another exact derivative.
const EXACT: f64 = 1e-9;
/// Against differences.
const FINITE: f64 = 1e-6;

/// Simplified, fused and in registers, a formula has the bits that its tree gives.
#[test]
fn values_are_those_of_the_tree_to_the_last_bit() {
    let mut random = Generator::new(3);
    for _ in 0..3000 {
        let text = random.formula(5, false);
        let formula = Formula::parse(&text).expect("generated formulas are valid");
        let program = compile(&text);
        for _ in 0..3 {
            let x: [f64; 3] = random.point();
            let (own, expected) = (program.value(&x), reference::value(&formula, &params(&[]), &x));
            // Adding 0 makes −0 and 0 the same.
            assert_eq!((own + 0.0).to_bits(), (expected + 0.0).to_bits(), "{text} at {x:?}: {own} and {expected}");
        }
    }
}

/// The value along x + tv, with its first two derivatives.
fn jet(program: &Program, x: &Vector<3>, v: &Vector<3>) -> Jet {
    let along: [Jet; 3] = std::array::from_fn(|i| Jet::along(x[i], v[i]));
    program.value(&along)
}

fn close(what: &str, text: &str, a: f64, b: f64, tolerance: f64) {
    let same = a == b || (a - b).abs() <= tolerance;
    assert!(same || (a.is_nan() && b.is_nan()), "{what} of {text}: {a:e} and {b:e}, tolerance {tolerance:e}");
}

/// ∇L·v and vᵀHv, by the gradient program, against the jets of the value program: kinks included.
#[test]
fn gradient_and_hessian_agree_with_jets_of_the_value() {
    let mut random = Generator::new(4);
    for _ in 0..3000 {
        let text = random.formula(5, false);
        let program = compile(&text);
        let (x, v) = (Vector::<3>::from(random.point()), Vector::<3>::from(random.point()));
        let jet = jet(&program, &x, &v);
        let (g, h) = (gradient(&program, &x), hessian(&program, &x));
        let scale = 1.0 + jet.value.abs() + g.amax() + h.amax();
        close("slope", &text, g.dot(&v), jet.first, EXACT * scale);
        close("curvature", &text, v.dot(&(h * v)), jet.second, EXACT * scale);
    }
}

/// The central difference of f along v, extrapolated to step 0, and how uncertain it is.
fn difference(f: impl Fn(f64) -> f64) -> (f64, f64) {
    let h = 1e-3;
    let central = |h: f64| (f(h) - f(-h)) / (2.0 * h);
    let (coarse, middle, fine) = (central(h), central(h / 2.0), central(h / 4.0));
    let (first, second) = ((4.0 * middle - coarse) / 3.0, (4.0 * fine - middle) / 3.0);
    let best = (16.0 * second - first) / 15.0;
    (best, 4.0 * (second - first).abs())
}

/// Gradient, Hessian and third derivative along a line, each against differences of the one before.
#[test]
fn derivatives_agree_with_differences() {
    let mut random = Generator::new(5);
    for _ in 0..1500 {
        let text = random.formula(4, true);
        let program = compile(&text);
        let (x, v) = (Vector::<3>::from(random.point()), Vector::<3>::from(random.point()));
        let (g, h, t) = (
            gradient(&program, &x),
            hessian(&program, &x),
            Vector::<3>::from(gradient_jets(&program, &x, &v).map(|jet| jet.second)),
        );
        let scale = FINITE * (1.0 + program.value(&[x[0], x[1], x[2]]).abs() + g.amax() + h.amax() + t.amax());
        let (slope, doubt) = difference(|s| program.value(&(x + s * v).into()));
        close("slope", &text, g.dot(&v), slope, scale + doubt);
        let (curvature, doubt) = difference(|s| gradient(&program, &(x + s * v)).dot(&v));
        close("curvature", &text, v.dot(&(h * v)), curvature, scale + doubt);
        for axis in 0..3 {
            let (change, doubt) = difference(|s| (hessian(&program, &(x + s * v)) * v)[axis]);
            close("third derivative", &text, t[axis], change, scale + doubt);
        }
    }
}
