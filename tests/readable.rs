//! Numbers that a person reads are short, however large or small they are.
#![cfg(feature = "cli")]

#[path = "common/cli.rs"]
mod program;

use program::{refusal, success};
use samscope::calculus::landscape;
use samscope::optimizer::Method;
use samscope::race::{Race, Wanted, story};
use samscope::run::{OptimizerSpec, Scenario};
use samscope::sharpness::Point;
use samscope::theory::regime;

/// The words of a text that have more than so many significant digits.
fn long_words(text: &str, digits_max: usize) -> Vec<&str> {
    let significant = |word: &str| {
        let mantissa = word.split('e').next().unwrap_or_default().trim_start_matches(['−', '-', '0', '.']);
        mantissa.chars().filter(char::is_ascii_digit).count()
    };
    text.split_whitespace().filter(|word| significant(word) > digits_max).collect()
}

#[test]
fn the_badge_and_the_story_write_huge_numbers_with_a_power_of_ten() {
    let json = r#"{"loss": {"id": "typed", "expressions": ["1e23*x^2 + 1e20*y^2 + 1e12*x"]}, "init": [123456.789, -1e5],
        "optimizers": [{"id": "sam"}], "steps": 1}"#;
    let scenario = Scenario::from_json(json).expect("a scenario");
    let spec = OptimizerSpec::new(Method::Sam);
    let head = Point::measure(landscape(&scenario.loss, 2).as_ref(), 0, &scenario.init, spec.eta, spec.rho);
    let quantities: Vec<String> = regime(&spec, &head).into_iter().map(|condition| condition.quantity).collect();
    assert!(quantities.contains(&"ηλ1 = 2e21".to_owned()), "{quantities:?}");
    let mut race = Race::finished(scenario.clone(), 1, Wanted::default());
    race.show_until(Some(0));
    let told = story(race.runs(), &[], [1, 2]);
    assert_eq!(told, "SAM starts at (1.2346e5, −1e5).");
}

#[test]
fn the_tables_of_a_terminal_have_no_long_numbers() {
    let run =
        ["run", "--expr", "1e25*x^2*y^2", "--init", "1e5,-3.33333333333333", "--optimizer", "gd", "--eta", "1e-30"];
    let table = success(&[&run[..], &["--steps", "3", "--format", "table"]].concat());
    assert_eq!(long_words(&table, 5), Vec::<&str>::new(), "{table}");
    let at = ["--expr", "1e25*x^2*y^2", "--at", "1e5,-3.33333333333333", "--rho", "0.1"];
    let table = success(&[&["sharpness"][..], &at].concat());
    assert_eq!(long_words(&table, 10), Vec::<&str>::new(), "{table}");
}

#[test]
fn a_refusal_writes_what_was_given_with_a_power_of_ten() {
    let sentence = refusal(&["sharpness", "--loss", "toy4d", "--at", "0.5,0.5,0,0", "--rho", "1e300"]);
    assert!(sentence.ends_with("but is 1e300") || sentence.ends_with("but is `1e300`"), "{sentence}");
    let json = r#"{"optimizers": [{"id": "sam", "eta": 1e300}]}"#;
    let error = Scenario::from_json(json).expect_err("refused").to_string();
    assert!(error.ends_with("but is 1e300"), "{error}");
    let error = Scenario::from_json(r#"{"init": [5e-324, 0, 0, 1e99]}"#).expect_err("refused").to_string();
    assert!(error.ends_with("but is 1e99"), "{error}");
}

/// A number can be copied from a table: its minus sign is read.
#[test]
fn the_real_minus_sign_is_accepted() {
    let run = |init: &str| {
        success(&["run", "--loss", "ring", "--optimizer", "gd", "--steps", "5", "--init", init, "--format", "csv"])
    };
    assert_eq!(run("−0.45,0.1"), run("-0.45,0.1"));
}
