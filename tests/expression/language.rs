//! What a formula means.

use samscope::loss::{Formula, Function, Loss, NodeKind, Operator, Program, Reduction, parameters_of};

use super::{at, compile, compile_with, params, texts};

/// The value of a formula without variables.
fn number(text: &str) -> f64 {
    at(text, [f64::NAN; 4])
}

#[test]
fn precedence_and_associativity() {
    let cases = [
        ("-2^2", -4.0),
        ("2^3^2", 512.0),
        ("2**3**2", 512.0),
        ("2^-1", 0.5),
        ("2^-1^2", 0.5),
        ("2^-2*3", 0.75),
        ("(-2)^2", 4.0),
        ("(-2)^3", -8.0),
        ("--2", 2.0),
        ("2--3", 5.0),
        ("2*-3", -6.0),
        ("-2*3", -6.0),
        ("+2-+3", -1.0),
        ("1-2-3", -4.0),
        ("1-(2-3)", 2.0),
        ("8/4/2", 1.0),
        ("8/(4/2)", 4.0),
        ("2+3*4", 14.0),
        ("(2+3)*4", 20.0),
        ("2*3^2", 18.0),
        ("-2^2^0.5*1 + 3 - 1/2", -(2f64.powf(2f64.sqrt())) + 3.0 - 0.5),
        ("2 * 3 − 1", 5.0),
        ("2·3×4", 24.0),
        ("\t2\n+\r\n3 ", 5.0),
    ];
    for (text, value) in cases {
        assert!(
            (number(text) - value).abs() <= 1e-15 * (1.0 + value.abs()),
            "{text} is {} and not {value}",
            number(text)
        );
    }
}

#[test]
fn numbers_and_constants() {
    let cases = [
        ("1e-3*2", 2e-3),
        (".5", 0.5),
        ("2.", 2.0),
        ("2.e2", 200.0),
        ("1E+2", 100.0),
        ("007", 7.0),
        ("1e-400", 0.0),
        ("pi", std::f64::consts::PI),
        ("π", std::f64::consts::PI),
        ("e", std::f64::consts::E),
        ("0.1+0.2", 0.1 + 0.2),
    ];
    for (text, value) in cases {
        assert_eq!(number(text), value, "{text}");
    }
}

type Real = fn(f64) -> f64;

#[test]
fn functions_are_those_of_libm() {
    let cases: [(&str, Real); 10] = [
        ("sqrt", f64::sqrt),
        ("exp", libm::exp),
        ("log", libm::log),
        ("sin", libm::sin),
        ("cos", libm::cos),
        ("tan", libm::tan),
        ("sinh", libm::sinh),
        ("cosh", libm::cosh),
        ("tanh", libm::tanh),
        ("abs", f64::abs),
    ];
    for (name, function) in cases {
        let program = compile(&format!("{name}(x)"));
        for x in [0.3, 1.7, 12.5] {
            assert_eq!(program.value(&[x]).to_bits(), function(x).to_bits(), "{name}({x})");
        }
    }
    assert_eq!(at("min(x, y, z, w)", [3.0, 1.0, 2.0, 4.0]), 1.0);
    assert_eq!(at("max(x, y, z, w)", [3.0, 1.0, 2.0, 4.0]), 4.0);
    assert!(at("min(x, y)", [f64::NAN, 1.0, 0.0, 0.0]).is_nan() && at("max(x, y)", [1.0, f64::NAN, 0.0, 0.0]).is_nan());
}

#[test]
fn powers_of_negative_bases_are_products() {
    assert_eq!(at("x^3", [-1.1, 0.0, 0.0, 0.0]), (-1.1 * -1.1) * -1.1);
    assert_eq!(at("x^-2", [-3.0, 0.0, 0.0, 0.0]), 1.0 / 9.0);
    assert_eq!(at("x^(2*3)", [-1.0, 0.0, 0.0, 0.0]), 1.0);
    assert_eq!(at("x^0", [f64::NAN; 4]), 1.0);
    assert_eq!(at("x^64", [-2.0, 0.0, 0.0, 0.0]), 2f64.powi(64));
    // Beyond, pow knows whole exponents too.
    assert_eq!(at("x^65", [-2.0, 0.0, 0.0, 0.0]), -(2f64.powi(65)));
    assert!(at("x^1.5", [-2.0, 0.0, 0.0, 0.0]).is_nan());
}

#[test]
fn derivatives_at_kinks() {
    let slope = |text: &str, x: [f64; 2]| compile(text).gradient(&x);
    assert_eq!(slope("abs(x)", [0.0, 0.0])[0], 0.0);
    assert_eq!(slope("abs(x)", [-2.0, 0.0])[0], -1.0);
    // The first argument that attains the extreme.
    assert_eq!(slope("min(2*x, 3*y)", [0.0, 0.0]), [2.0, 0.0]);
    assert_eq!(slope("max(2*x, 3*y)", [0.0, 0.0]), [2.0, 0.0]);
    assert_eq!(slope("max(2*x, 3*y, 5*y)", [1.0, 1.0]), [0.0, 5.0]);
    assert_eq!(slope("min(1, y)", [1.0, 1.0]), [0.0, 0.0]);
    assert_eq!(slope("sqrt(x)", [0.0, 0.0])[0], f64::INFINITY);
    assert_eq!(slope("x^y", [2.0, 3.0])[0], 12.0);
    // tanh's slope far out is small, not 0 and not noise.
    let far = slope("tanh(x)", [15.0, 0.0])[0];
    assert!((far / (4.0 * libm::exp(-30.0)) - 1.0).abs() < 1e-12, "{far:e}");
    // An equal node made by two powers: neither share is lost.
    assert_eq!(slope("x*x + (-x)^2 + (-x)^3", [3.0, 0.0])[0], 12.0 - 27.0);
}

#[test]
fn names_are_variables_or_parameters() {
    assert_eq!(compile("x1 + y").dim(), 2);
    assert_eq!(compile("x16").dim(), 16);
    assert_eq!(compile("w").dim(), 4);
    assert_eq!(compile("1").dim(), 1);
    assert_eq!(compile("x1*x2*x3*x4 - x*y*z*w").value(&[2.0, 3.0, 5.0, 7.0]), 0.0);
    let program = compile_with("b*x^2 + a1_ - b + λ", &[("a1_", 2.0), ("b", 3.0), ("λ", 0.5), ("unused", 1.0)]);
    let program = program.expect("every parameter has a value");
    assert_eq!(program.parameters(), ["b", "a1_", "λ"]);
    assert_eq!(program.value(&[2.0]), 12.0 + 2.0 - 3.0 + 0.5);
    assert_eq!(parameters_of(&texts(&["c*x + a", "a - b"])), Ok(texts(&["c", "a", "b"])));
}

#[test]
fn dimension_may_be_larger_than_what_appears() {
    let program = Program::compile(&texts(&["x"]), Reduction::Mean, &params(&[]), Some(3)).expect("valid");
    assert_eq!(program.dim(), 3);
    assert_eq!(Loss::<5>::dim(&program), 3);
    assert_eq!(program.gradient(&[7.0; 5]), [1.0, 0.0, 0.0, 0.0, 0.0]);
}

#[test]
fn the_tree_can_be_walked() {
    let formula = Formula::parse("min(a, sin(x2)) - 3").expect("valid");
    let kinds: Vec<_> = formula.nodes().iter().map(|node| node.kind).collect();
    let expected = [
        NodeKind::Parameter(0),
        NodeKind::Variable(1),
        NodeKind::Call(Function::Sin, 1),
        NodeKind::Binary(Operator::Min, 0, 2),
        NodeKind::Number(3.0),
        NodeKind::Binary(Operator::Sub, 3, 4),
    ];
    assert_eq!(kinds, expected);
    assert_eq!((formula.parameters(), formula.variables()), (["a".to_owned()].as_slice(), 2));
    let root = formula.nodes()[5].span;
    assert_eq!((root.start, root.end), (0, 19));
}
