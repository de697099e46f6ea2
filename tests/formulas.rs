//! Every formula of the product is typeset with glyphs that the font has, and nothing in it lies over anything else.

use samscope::formula::{Mark, Typeset, extent, in_unicode, typeset, typeset_in_text};
use samscope::lesson::{Prose, all, glossary};
use samscope::loss::CATALOGUE;
use samscope::optimizer::METHODS;
use samscope::sharpness::Anatomy;
use samscope::theory::claims;

/// Every formula there is, and whether it stands within a text.
fn formulas() -> Vec<(String, bool)> {
    let mut formulas: Vec<_> = glossary().map(|entry| (entry.formula.to_owned(), false)).collect();
    formulas.retain(|(source, _)| !source.is_empty());
    formulas.extend(CATALOGUE.iter().map(|info| (format!("L = {}", info.formula), false)));
    formulas.extend(METHODS.iter().map(|method| (method.info().update.to_owned(), false)));
    formulas.push((Anatomy::EXPANSION.to_owned(), false));
    for claim in claims::all() {
        formulas.extend(claim.statement.split('$').skip(1).step_by(2).map(|source| (source.to_owned(), true)));
    }
    for lesson in all() {
        let texts = [&lesson.question, &lesson.predict, &lesson.watch, &lesson.answer, &lesson.why];
        for block in texts.into_iter().flat_map(|text| Prose::source(text).split("\n\n")) {
            let pieces = block.trim().replace("$$", "$");
            let stands_alone = block.trim().starts_with("$$");
            formulas.extend(pieces.split('$').skip(1).step_by(2).map(|source| (source.to_owned(), !stands_alone)));
        }
    }
    formulas
}

/// The ink of each mark: left, top, right and bottom.
fn inks(formula: &Typeset) -> Vec<[f32; 4]> {
    let ink = |mark: &Mark| match mark {
        Mark::Glyph { char, at: [x, y], size } => {
            let extent = extent(*char).unwrap_or_else(|| panic!("the font has no {char:?}"));
            let [left, right] = extent.ink;
            [x + left * size, y - extent.above * size, x + right * size, y + extent.below * size]
        }
        Mark::Bar { from, to } => [from[0], from[1], to[0], to[1]],
    };
    formula.marks.iter().map(ink).collect()
}

/// How far two rectangles lie over each other, in the direction in which that is less.
fn overlap(a: [f32; 4], b: [f32; 4]) -> f32 {
    let along = |low: usize, high: usize| a[high].min(b[high]) - a[low].max(b[low]);
    along(0, 2).min(along(1, 3))
}

#[test]
fn every_formula_is_typeset() {
    let formulas = formulas();
    assert!(formulas.len() > 100, "{}", formulas.len());
    for (source, is_in_text) in formulas {
        let parts = if is_in_text { typeset_in_text(&source) } else { typeset(&source) };
        let parts = parts.unwrap_or_else(|error| panic!("{source}: {error}"));
        assert!(!parts.is_empty(), "{source}");
        for part in parts {
            let inks = inks(&part);
            for (i, a) in inks.iter().enumerate() {
                let inside =
                    a[0] > -0.1 && a[2] < part.width + 0.1 && a[1] > -part.above - 0.01 && a[3] < part.below + 0.01;
                assert!(inside, "{source}: {:?} leaves the room that the formula takes", part.marks[i]);
                for (k, b) in inks.iter().enumerate().skip(i + 1) {
                    // Slanted letters lean over what is lowered behind them.
                    let [first, second] = [part.marks[i], part.marks[k]];
                    assert!(overlap(*a, *b) < 0.12, "{source}: {first:?} and {second:?} lie over each other");
                }
            }
        }
    }
}

/// A formula within a text stays a line high, or lines would move apart.
#[test]
fn a_formula_within_a_text_is_a_line_high() {
    for (source, _) in formulas().into_iter().filter(|(_, is_in_text)| *is_in_text) {
        for part in typeset_in_text(&source).expect(&source) {
            assert!(part.above < 0.96 && part.below < 0.31, "{source}: {} and {}", part.above, part.below);
        }
    }
}

fn only(source: &str) -> Typeset {
    let mut parts = typeset(source).expect(source);
    assert_eq!(parts.len(), 1, "{source}");
    parts.remove(0)
}

#[test]
fn the_parts_of_a_fraction_stand_clear_of_its_bar() {
    for set in [typeset, typeset_in_text] {
        let formula = set(r"\frac{g}{H}").expect("a fraction").remove(0);
        let [above, below, bar] = inks(&formula)[..] else { panic!("{formula:?}") };
        assert!(above[3] < bar[1] && bar[3] < below[1], "{above:?} {bar:?} {below:?}");
        for part in [above, below] {
            assert!(bar[0] <= part[0] + 0.02 && part[2] <= bar[2] + 0.02, "{part:?} {bar:?}");
        }
    }
}

#[test]
fn scripts_are_small_and_in_their_places() {
    let formula = only("x_1^2");
    let sizes: Vec<f32> = formula
        .marks
        .iter()
        .filter_map(|mark| if let Mark::Glyph { size, .. } = mark { Some(*size) } else { None })
        .collect();
    assert_eq!(sizes, [1.0, 0.7, 0.7]);
    let [base, low, high] = inks(&formula)[..] else { panic!("{formula:?}") };
    assert!(high[3] < low[1], "the one above the other");
    assert!(low[3] > base[3] && high[1] < base[1], "{base:?} {low:?} {high:?}");
    assert!(low[0] > base[2] - 0.1 && high[0] > base[2] - 0.1);
}

#[test]
fn roots_and_brackets_grow_with_what_is_inside() {
    let height = |source: &str| {
        let [sign, ..] = inks(&only(source))[..] else { panic!("{source}") };
        sign[3] - sign[1]
    };
    assert!(height(r"\sqrt{x}") < height(r"\sqrt{\frac{x}{y}}"));
    assert!(height(r"\left(x\right)") < height(r"\left(\frac{x}{y}\right)"));
    assert!(height(r"\left|x\right|") < height(r"\left|\frac{x}{y}\right|"));
    let root = only(r"\sqrt{x + 1}");
    let inks = inks(&root);
    let (bar, inside) = (inks[1], &inks[2..]);
    assert!(inside.iter().all(|ink| bar[3] < ink[1] && bar[0] < ink[0] + 0.1 && ink[2] < bar[2] + 0.02), "{inks:?}");
}

#[test]
fn a_hat_stands_over_its_letter() {
    for letter in ["g", "x", "H"] {
        let [base, hat] = inks(&only(&format!(r"\hat {letter}")))[..] else { panic!("{letter}") };
        assert!(hat[3] < base[1] + 0.02, "{letter}: {base:?} {hat:?}");
        assert!((hat[0] + hat[2] - base[0] - base[2]).abs() < 0.2, "{letter}");
    }
}

#[test]
fn a_minus_is_a_sign_or_an_operation() {
    let width = |source: &str| only(source).width;
    assert!(width("a - b") > width("a") + width("-b") + 0.2, "it stands apart between two numbers");
    assert!((width("(-b)") - width("(b)") - width("-b") + width("b")).abs() < 1e-5, "before one it does not");
}

#[test]
fn formulas_are_written_on_a_line() {
    for (source, text) in [
        (r"\frac{\rho^2}{2}\lambda_1", "ρ²/2 λ1"),
        (r"\frac{dX}{d\tau} = -\tfrac12 P^{\perp} \nabla\lambda_1(H(X))", "dX/dτ = −½ P⟂ ∇λ1(H(X))"),
        (r"\left(\frac{\lambda_j}{\lambda_k}\right)^2", "(λj/λk)²"),
        (r"\sqrt{1 + x}", "√(1 + x)"),
        (r"\text{1-SAM: } a \quad b", "1-SAM: a; b"),
        (r"L^{\text{Asc}} \le \|\hat g\|", "L^Asc ≤ ‖ĝ‖"),
        (r"f1_{xx} x_{i+1} + f1_0 u^{\top} v", "f1_xx x_(i+1) + f1_0 uᵀ v"),
        (r"\hat\lambda \in \nabla L", "λ\u{302} ∈ ∇L"),
        (r"\nonsense", r"\nonsense"),
    ] {
        assert_eq!(in_unicode(source), text);
    }
}
