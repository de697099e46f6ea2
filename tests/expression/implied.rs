//! What may be left out: the sign between a number and what it multiplies, and ^ before raised digits.

use samscope::loss::Formula;

/// The trees without the places.
fn tree(text: &str) -> Vec<samscope::loss::NodeKind> {
    let formula = Formula::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    formula.nodes().iter().map(|node| node.kind).collect()
}

#[test]
fn the_same_formulas_in_short() {
    for (short, long) in [
        ("2x", "2*x"),
        ("2 x", "2*x"),
        ("0.5(x - 1)", "0.5*(x - 1)"),
        ("3sin(x)", "3*sin(x)"),
        ("2x^3", "2*x^3"),
        ("-2x", "-2*x"),
        ("3*2x", "3*2*x"),
        ("1 - 2x + 3y", "1 - 2*x + 3*y"),
        ("2pi", "2*pi"),
        ("2e", "2*e"),
        ("2e3x1", "2000*x1"),
        ("x²", "x^2"),
        ("-x²", "-x^2"),
        ("2x²", "2*x^2"),
        ("(x + y)¹⁰", "(x + y)^10"),
        ("sin(x)²", "sin(x)^2"),
        ("min(2x, y²)", "min(2*x, y^2)"),
        ("2^x²", "2^x^2"),
    ] {
        assert_eq!(tree(short), tree(long), "{short}");
    }
}
