//! `samscope lessons` and `samscope lesson N`.
#![cfg(feature = "cli")]

#[path = "common/cli.rs"]
mod program;

use program::{json, refusal, success};
use samscope::run::Scenario;
use serde_json::Value;

#[test]
fn lessons_are_listed() {
    let list = json(&["lessons", "--json"]);
    let list = list.as_array().expect("a list");
    assert_eq!(list.len(), 12);
    assert_eq!((&list[1]["number"], &list[1]["title"]), (&2.into(), &"Three methods, three minima".into()));
    assert!(success(&["lessons"]).contains("Where SAM goes wrong"));
}

#[test]
fn a_lesson_is_told_with_its_scenario_numbers_and_verdicts() {
    let lesson = json(&["lesson", "5", "--json"]);
    let right: Vec<_> = lesson["choices"].as_array().expect("choices").iter().map(|choice| &choice["right"]).collect();
    assert_eq!(right, [false, false, true]);
    let norm = lesson["numbers"]["sam.norm"].as_f64().expect("a number");
    assert!((norm - 0.075).abs() < 1e-6, "the 2-cycle's amplitude ηρλ1/(2−ηλ1): {norm}");
    assert!(lesson["claims"].as_array().expect("claims").iter().all(|claim| claim["holds"] == true));
    assert!(lesson["answer"][0].as_str().expect("text").contains("0.075"), "{}", lesson["answer"]);
    Scenario::from_json(&lesson["scenario"].to_string()).expect("a scenario file");
    let text = success(&["lesson", "5"]);
    for part in
        ["QUESTION", "PREDICT", "✓ It hops to and fro along the steepest", "two-cycle: predicted 0.025", "SOURCES"]
    {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert!(!text.contains('{') || text.contains("\"loss\""), "no measurement is left open");
    assert!(text.lines().all(|line| line.chars().count() <= 160), "lines are short");
}

#[test]
fn a_number_that_is_no_lesson_is_refused() {
    for (number, words) in
        [("0", "must be a number from 1 to 12, but is 0"), ("13", "but is 13"), ("two", "whole number")]
    {
        let sentence = refusal(&["lesson", number]);
        assert!(sentence.starts_with("N: ") && sentence.contains(words), "{sentence}");
    }
    assert!(matches!(json(&["lesson", "1", "--json"])["sources"], Value::Array(_)));
}
