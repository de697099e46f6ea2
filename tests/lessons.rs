//! The lessons: each is whole, its run decides between its choices, its claims hold, and no number of its answer is typed in.

use std::collections::BTreeSet;

use samscope::lesson::{Lesson, Prose, Solution, all};
use samscope::run::Side;

fn solved() -> Vec<(&'static Lesson, Solution)> {
    all().iter().map(|lesson| (lesson, Solution::new(lesson).finished())).collect()
}

/// What is left of a text without formulas, code, measured numbers and names that have a digit in them.
fn bare(text: &str) -> String {
    let without = |text: &str, begin: char, end: char| {
        let mut parts = text.split(begin);
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |rest, part| rest + part.split_once(end).map_or("", |(_, after)| after))
    };
    let text: String = text.replace("$$", "$").split(['$', '`']).step_by(2).collect();
    let mut text = without(&text, '{', '}');
    for name in ["1-SAM", "2-cycle", "Theorem 4.5"] {
        text = text.replace(name, "");
    }
    text
}

#[test]
fn every_lesson_is_answered_by_its_own_run_and_its_claims_hold() {
    for (lesson, solution) in solved() {
        let title = &lesson.title;
        let missing: Vec<_> = solution.numbers().into_iter().filter(|(_, number)| number.is_none()).collect();
        assert!(missing.is_empty(), "{title}: not measured: {missing:?}");
        let right = solution.holds().filter(|holds| *holds == Some(true)).count();
        let numbers = solution.numbers();
        assert_eq!(right, 1, "{title}: {:?}: {numbers:?}", solution.holds().collect::<Vec<_>>());
        assert!(!lesson.claims.is_empty() && solution.verdicts().len() == lesson.claims.len(), "{title}");
        assert!(solution.verdicts().iter().all(|verdict| verdict.holds), "{title}: {:?}", solution.verdicts());
    }
}

#[test]
fn every_lesson_has_all_its_parts() {
    assert_eq!(all().len(), 12);
    let titles: BTreeSet<_> = all().iter().map(|lesson| &lesson.title).collect();
    assert_eq!(titles.len(), 12, "titles differ");
    for (i, lesson) in all().iter().enumerate() {
        assert_eq!(lesson.number, i + 1);
        assert!((2..=4).contains(&lesson.choices.len()), "{}", lesson.title);
        let shows_curves = lesson.scenario.view.side == Side::Curves;
        assert_eq!(lesson.curve.is_some(), shows_curves, "{}: the curve of its lecture", lesson.title);
        assert!(lesson.tries.len() >= 2 && !lesson.sources.is_empty(), "{}", lesson.title);
        for other in &lesson.tries {
            assert_ne!(other.scenario, lesson.scenario, "{}: {}", lesson.title, other.text);
        }
        for prose in [&lesson.question, &lesson.predict, &lesson.watch, &lesson.answer, &lesson.why] {
            for paragraph in prose.paragraphs(|_| None) {
                assert!(!paragraph.text().contains(['\\', '$', '{']), "{}: {}", lesson.title, paragraph.text());
            }
        }
        let formulas = lesson.why.paragraphs(|_| None).into_iter().filter(|line| line.formula().is_some()).count();
        assert!(formulas >= 1, "{}: no formula", lesson.title);
        let asks = lesson.question.source().contains('?') && lesson.predict.source().contains('?');
        assert!(asks, "{}: asks nothing", lesson.title);
    }
}

/// What lesson five is about is seen on its map: the hop is wider than the dot at the head, also on a phone.
#[test]
fn the_hop_is_wider_than_the_head() {
    let lesson = &all()[4];
    let solution = Solution::new(lesson).finished();
    let distance = solution.measured("sam.norm").expect("the cycle's radius");
    let [low, high] = lesson.scenario.view.bounds.map(|bounds| [bounds[2], bounds[3]]).expect("its view");
    let pixels_per_unit = 300.0 / (high - low);
    assert!(2.0 * distance * pixels_per_unit > 3.0 * 9.0, "{distance}");
}

/// A result that is typed in would be a digit, in a text, or a decimal fraction, in a formula.
#[test]
fn no_result_is_typed_in() {
    for lesson in all() {
        let texts = [&lesson.question, &lesson.predict, &lesson.watch, &lesson.answer, &lesson.why];
        let sources =
            texts.into_iter().map(Prose::source).chain(lesson.choices.iter().map(|choice| choice.text.as_str()));
        for source in sources {
            let bare = bare(source);
            assert!(!bare.contains(|c: char| c.is_ascii_digit()), "{}: a number is typed in: {bare}", lesson.title);
            let decimal =
                |formula: &str| formula.as_bytes().windows(2).any(|pair| pair[0] == b'.' && pair[1].is_ascii_digit());
            assert!(!source.split('$').skip(1).step_by(2).any(decimal), "{}: {source}", lesson.title);
        }
    }
    assert!(bare("it is 0.0087 there").contains("0.0087"), "the test sees a number");
}

#[test]
fn what_a_file_lacks_is_told() {
    let text = include_str!("../assets/lessons/03-first-approximation.md");
    assert!(Lesson::parse(3, text).is_ok());
    for (from, to, words) in [
        ("## Why", "## Because", "no section `## Why`"),
        ("`limit-asc`", "`limit`", "`limit` is not a claim"),
        ("{1.r_asc}", "{1.rasc}", "`rasc` is no quantity"),
        ("{1.r_asc}", "{sam.r_asc}", "`sam` does not take part in the run"),
        ("{1.r_asc}", "{1.middle.r_asc}", "{1.middle.r_asc} is no measurement"),
        ("1.r_asc < 2.r_asc", "1.r_asc = 2.r_asc", "must be a comparison"),
        ("\"steps\": 500", "\"step\": 500", "Run: step"),
        ("Curve: `r_asc`", "Curve: `trace`", "Run: `trace` is no curve that is shown"),
        ("optimizers.1.eta = 0.3", "optimizers.7.eta = 0.3", "there is nothing at this path"),
        ("optimizers.1.eta = 0.3", "optimizers.1.eta = -1", "optimizers[1].eta"),
    ] {
        assert!(text.contains(from), "{from}");
        let error = Lesson::parse(3, &text.replacen(from, to, 1)).expect_err(to);
        assert!(error.contains(words), "{to}: `{error}`");
    }
}
