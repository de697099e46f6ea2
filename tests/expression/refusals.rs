//! What is refused: the sentence, and the carets under the fault.

use samscope::loss::{
    DEPTH_MAX, DIM_MAX, ExpressionError, Program, Reduction, SAMPLES_MAX, Span, TEXT_MAX, parameters_of,
};

use super::{compile_with, params, texts};

const PARAMS: [(&str, f64); 3] = [("a", 1.0), ("zero", 0.0), ("endless", f64::INFINITY)];

fn refusal(text: &str) -> ExpressionError {
    compile_with(text, &PARAMS).expect_err(text)
}

/// Text, carets under it, sentence.
type Case = (&'static str, &'static str, &'static str);

fn check(cases: &[Case]) {
    for (text, carets, sentence) in cases {
        let error = refusal(text);
        assert_eq!(error.to_string(), *sentence, "{text:?}");
        assert_eq!(error.marked(), format!("{text}\n{carets}"), "{text:?}");
        assert_eq!(error.column, carets.chars().count() - carets.trim_start().chars().count() + 1, "{text:?}");
    }
}

const OPERAND: &str = "stands where an operand should be: a number, a variable, a function or (";
const END: &str = "the formula ends where an operand should follow: a number, a variable, a function or (";
const COMMA: &str = "a comma may stand only between the arguments of a function such as min(x, y)";
const EMPTY: &str = "the formula is empty: write one such as (x*y - 1)^2";

#[test]
fn incomplete_formulas() {
    check(&[
        ("", "^", EMPTY),
        ("  ", "^^", EMPTY),
        ("x1 + ", "     ^", END),
        ("x*", "  ^", END),
        ("2^", "  ^", END),
        ("(x", "^", "this ( is never closed: add a )"),
        ("((x)", "^", "this ( is never closed: add a )"),
        ("sin(x", "   ^", "this ( is never closed: add a )"),
        ("min(x,y", "   ^", "this ( is never closed: add a )"),
        ("x)", " ^", "this ) has no ( before it: remove it or add one"),
        ("x,y", " ^", COMMA),
        ("(x,y)", "  ^", COMMA),
    ]);
    for (text, carets, found) in [
        ("x1 + * 2", "     ^", "*"),
        ("*x", "^", "*"),
        ("x^^2", "  ^", "^"),
        ("()", " ^", ")"),
        ("sin()", "    ^", ")"),
        ("max()", "    ^", ")"),
        ("min(x,,y)", "      ^", ","),
    ] {
        let error = refusal(text);
        assert_eq!(error.to_string(), format!("`{found}` {OPERAND}"));
        assert_eq!(error.marked(), format!("{text}\n{carets}"));
    }
}

#[test]
fn multiplication_is_written() {
    for (text, carets, left, right) in [
        ("1/2x", "   ^", "2", "x"),
        ("2^3x", "   ^", "3", "x"),
        ("2²x", "  ^", "2²", "x"),
        ("x y", "  ^", "x", "y"),
        ("x (y)", "  ^", "x", "("),
        ("(x)(y)", "   ^", "(x)", "("),
        ("pi(x)", "  ^", "pi", "("),
        ("1/2e", "   ^", "2", "e"),
        ("1.2.3", "   ^^", "1.2", ".3"),
        ("sin(x)cos(x)", "      ^^^", "sin(x)", "cos"),
    ] {
        let error = refusal(text);
        assert_eq!(error.to_string(), format!("put * between `{left}` and `{right}` to multiply them"));
        assert_eq!(error.marked(), format!("{text}\n{carets}"));
    }
}

#[test]
fn functions() {
    let list = "the functions are sqrt, exp, log, sin, cos, tan, sinh, cosh, tanh, abs, min, max";
    for (text, carets, name, hint) in [
        ("foo(x)", "^^^", "foo", ""),
        ("a(x)", "^", "a", ""),
        ("ln(x)", "^^", "ln", " (did you mean log?)"),
        ("1 + sine(x)", "    ^^^^", "sine", " (did you mean sin?)"),
        ("Exp(x)", "^^^", "Exp", " (did you mean exp?)"),
    ] {
        let error = refusal(text);
        assert_eq!(error.to_string(), format!("{name} is not a function{hint}; {list}"));
        assert_eq!(error.marked(), format!("{text}\n{carets}"));
    }
    check(&[
        ("sin x", "^^^", "sin is a function: put its argument in ( ), as in sin(…)"),
        ("2*cosh", "  ^^^^", "cosh is a function: put its argument in ( ), as in cosh(…)"),
        ("sin(x, y)", "^^^^^^^^^", "sin takes one argument, but has 2"),
        ("1 + min(x)", "    ^^^^^^", "min takes two or more arguments, but has one"),
    ]);
}

#[test]
fn names() {
    let variables = |name: &str| format!("{name} is not a variable: they are x1, x2, … x16");
    for name in ["x0", "x17", "x01", "x999999999999999999999"] {
        assert_eq!(refusal(&format!("y + {name}")).to_string(), variables(name));
    }
    check(&[
        ("x + b", "    ^", "the parameter `b` has no value: give it one"),
        ("X1*2", "^^", "the parameter `X1` has no value: give it one, or did you mean x1?"),
        ("xy", "^^", "the parameter `xy` has no value: give it one, or did you mean x*y?"),
        ("sinn", "^^^^", "the parameter `sinn` has no value: give it one, or did you mean sin?"),
        ("x + zer", "    ^^^", "the parameter `zer` has no value: give it one, or did you mean zero?"),
        ("endless*x", "^^^^^^^", "the value of `endless` must be a finite number, but is inf"),
    ]);
}

#[test]
fn characters_and_numbers() {
    let meaning = "has no meaning here: a formula has numbers, names, + - * / ^ ( ) and commas";
    for (text, carets, character) in [("x $ y", "  ^", "'$'"), ("x = 1", "  ^", "'='"), ("x # y", "  ^", "'#'")] {
        assert_eq!(refusal(text).to_string(), format!("the character {character} {meaning}"));
        assert_eq!(refusal(text).marked(), format!("{text}\n{carets}"));
    }
    check(&[
        ("√x", "^", "write sqrt(…) in place of √"),
        ("x ÷ 2", "  ^", "write / in place of ÷"),
        ("[x]", "^", "write ( and ) in place of ["),
        (".", "^", "a point needs a digit before or after it, such as 0.5"),
        ("1e999", "^^^^^", "`1e999` is too large: numbers go up to 1.79e308"),
    ]);
}

#[test]
fn constants_that_are_not_finite() {
    for (text, carets, source) in
        [("1/0*x", "^^^", "1/0"), ("x/(1-1)", "^^^^^^^", "x/(1-1)"), ("y + x/zero", "    ^^^^^^", "x/zero")]
    {
        let error = refusal(text);
        assert_eq!(error.to_string(), format!("`{source}` divides by 0: a divisor must be another number"));
        assert_eq!(error.marked(), format!("{text}\n{carets}"));
    }
    for (text, carets, source) in [
        ("log(0)+x", "^^^^^^", "log(0)"),
        ("sqrt(-1)*x", "^^^^^^^^", "sqrt(-1)"),
        ("x + (-2)^0.5", "    ^^^^^^^^", "(-2)^0.5"),
        ("0^-1", "^^^^", "0^-1"),
        ("1e308*10", "^^^^^^^^", "1e308*10"),
        ("1e300^2*x", "^^^^^^^", "1e300^2"),
        ("(-2)^(1/3)*x", "^^^^^^^^^^", "(-2)^(1/3)"),
    ] {
        let error = refusal(text);
        assert_eq!(error.to_string(), format!("`{source}` is not a finite number, as every constant part must be"));
        assert_eq!(error.marked(), format!("{text}\n{carets}"));
    }
}

#[test]
fn faults_in_later_lines_and_long_ones() {
    let error = refusal("x +\n\ty + $\n");
    assert_eq!((error.marked(), error.column), (" y + $\n     ^", 6));
    assert_eq!(error.span, Span { start: 9, end: 10 });
    let error = refusal(&format!("{}$ + {}", "x + ".repeat(100), "x".repeat(200)));
    let (line, carets) = error.marked().split_once('\n').expect("two lines");
    assert_eq!((line.chars().count(), error.column), (74, 401));
    assert!(line.starts_with('…') && line.ends_with('…'));
    assert_eq!(line.chars().nth(carets.chars().count() - 1), Some('$'));
    // A long piece is shortened in the sentence.
    let error = refusal(&format!("{} 2", "x".repeat(200)));
    assert_eq!(error.to_string(), format!("put * between `{}…` and `2` to multiply them", "x".repeat(24)));
}

#[test]
fn limits() {
    let long = "x".repeat(TEXT_MAX + 1);
    assert_eq!(refusal(&long).to_string(), "the formula has 10001 bytes, but at most 10000 are allowed");
    let deep = format!("{}x{}", "(".repeat(4999), ")".repeat(4999));
    let error = refusal(&deep);
    assert_eq!(error.to_string(), "the formula is nested deeper than 100 levels: split it or simplify it");
    assert_eq!(error.span, Span { start: DEPTH_MAX, end: DEPTH_MAX + 1 });
    let many = vec!["x".to_owned(); SAMPLES_MAX + 1];
    let error = parameters_of(&many).expect_err("too many");
    assert_eq!(error.to_string(), "there are 65 samples, but at most 64 are allowed");
    assert_eq!(error.sample, SAMPLES_MAX);
    assert!(parameters_of(&many[1..]).is_ok());
    assert_eq!(parameters_of(&[]).expect_err("none").to_string(), EMPTY);
    // Different functions of different numbers share nothing.
    let samples: Vec<String> = (0..SAMPLES_MAX)
        .map(|k| (0..700).map(|i| format!("sin({}*x)", 1000 * k + i)).collect::<Vec<_>>().join("+"))
        .collect();
    let error = Program::compile(&samples, Reduction::Sum, &params(&[]), None).expect_err("too long");
    assert!(error.message.starts_with("the loss is too long"), "{error}");
}

#[test]
fn dimensions() {
    let compile = |text: &str, dim| Program::compile(&texts(&["x", text]), Reduction::Sum, &params(&[]), Some(dim));
    for dim in [0, DIM_MAX + 1] {
        let error = compile("y", dim).expect_err("out of range");
        assert_eq!(error.to_string(), format!("the dimension goes from 1 to 16, but is {dim}"));
    }
    let error = compile("1 + z", 2).expect_err("x3 in dimension 2");
    assert_eq!(error.to_string(), "x3 is out of reach: the dimension is 2, so variables go up to x2");
    assert_eq!((error.sample, error.marked()), (1, "1 + z\n    ^"));
    assert!(compile("y", 2).is_ok() && compile("y", 16).is_ok());
}

#[test]
fn an_error_names_its_sample() {
    let error = parameters_of(&texts(&["x", "y", "x +"])).expect_err("incomplete");
    assert_eq!((error.sample, error.column), (2, 4));
}
