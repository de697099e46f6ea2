//! A million texts, random and mutated: no panic, and every refusal points into its text.

use samscope::loss::{DEPTH_MAX, ExpressionError, Formula, Loss, Program, Reduction, TEXT_MAX};

use super::generator::Generator;
use super::params;

const PIECES: [&str; 48] = [
    "x",
    "y",
    "z",
    "w",
    "x1",
    "x3",
    "x16",
    "x17",
    "x0",
    "a",
    "b",
    "foo",
    "pi",
    "e",
    "1",
    "2",
    "0",
    "0.5",
    ".5",
    "1e-3",
    "1e",
    "1e400",
    "64",
    "-",
    "−",
    "+",
    "*",
    "**",
    "·",
    "/",
    "^",
    "^",
    "(",
    "(",
    ")",
    ")",
    ",",
    "sqrt(",
    "exp(",
    "log(",
    "sin(",
    "min(",
    "max(",
    "abs(",
    " ",
    "\n",
    "²",
    "\u{1F600}",
];

fn random_text(random: &mut Generator) -> String {
    let length = random.below(24);
    (0..length).map(|_| random.pick(&PIECES)).collect()
}

/// A formula with a few characters taken out, doubled or replaced by a piece.
fn mutated_text(random: &mut Generator) -> String {
    let mut characters: Vec<String> = random.formula(2, false).chars().map(String::from).collect();
    for _ in 0..=random.below(3) {
        let place = random.below(characters.len());
        match random.below(3) {
            0 => characters[place].clear(),
            1 => characters[place] = characters[place].repeat(2),
            _ => characters[place] = String::from(random.pick(&PIECES)),
        }
    }
    characters.concat()
}

fn check_refusal(text: &str, error: &ExpressionError) {
    let span = error.span;
    assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end) && span.start <= span.end, "{text:?}");
    assert!(error.column >= 1 && !error.message.is_empty() && !error.message.contains('\n'), "{text:?}: {error}");
    let lines: Vec<&str> = error.marked().split('\n').collect();
    assert!(lines.len() == 2 && lines[1].trim_start().starts_with('^'), "{text:?}: {}", error.marked());
    let width = lines[0].chars().count();
    assert!(width <= 74 && lines[1].chars().count() <= width.max(1) + 1, "{text:?}: {}", error.marked());
}

#[test]
fn a_million_texts() {
    let mut random = Generator::new(6);
    let values = params(&[("a", 1.5), ("b", -2.0), ("foo", 0.0)]);
    let (mut valid, mut compiled) = (0, 0);
    for round in 0..1_000_000 {
        let text = if round % 2 == 0 { random_text(&mut random) } else { mutated_text(&mut random) };
        match Formula::parse(&text) {
            Err(error) => check_refusal(&text, &error),
            Ok(formula) => {
                valid += 1;
                // An implied product, as in 2x, is a node without a letter of its own.
                assert!(formula.nodes().len() <= 2 * text.len(), "{text:?}");
                // Compiling takes longer than parsing.
                if valid % 8 != 0 {
                    continue;
                }
                match Program::compile(std::slice::from_ref(&text), Reduction::Mean, &values, None) {
                    Err(error) => check_refusal(&text, &error),
                    Ok(program) => {
                        compiled += 1;
                        let x: [f64; 16] = random.point();
                        std::hint::black_box((program.value(&x), program.gradient(&x)));
                    }
                }
            }
        }
    }
    assert!(valid > 50_000 && compiled > 5_000, "the generator is too wild: {valid} valid, {compiled} compiled");
}

/// Nesting of every kind, far beyond the limit and just within.
#[test]
fn nesting_does_not_reach_the_stack() {
    let kinds: [(&str, &str, &str); 6] =
        [("(", "x", ")"), ("-", "x", ""), ("+", "x", ""), ("2^", "x", ""), ("sin(", "x", ")"), ("min(1,", "x", ")")];
    for (open, middle, close) in kinds {
        let nested = |depth: usize| format!("{}{middle}{}", open.repeat(depth), close.repeat(depth));
        assert!(Formula::parse(&nested(DEPTH_MAX)).is_ok(), "{open}");
        let beyond = nested(DEPTH_MAX + 1);
        let error = Formula::parse(&beyond).expect_err("too deep");
        assert!(error.message.contains("nested deeper than 100 levels"), "{open}: {error}");
        check_refusal(&beyond, &error);
        let far = open.repeat(TEXT_MAX / open.len());
        check_refusal(&far, &Formula::parse(&far).expect_err("too deep"));
        // Deeper than any text may be long, in a thread with a small stack.
        let far = open.repeat(10_000);
        check_refusal(&far, &Formula::parse(&far).expect_err("too deep"));
    }
}

/// A long formula that is not nested is no deeper for being long.
#[test]
fn long_sums_are_flat() {
    let text = vec!["x"; TEXT_MAX / 2].join("-");
    let program = Program::compile(&[text], Reduction::Mean, &params(&[]), None).expect("long, but valid");
    assert_eq!(program.gradient(&[1.0]), [2.0 - (TEXT_MAX / 2) as f64]);
}
