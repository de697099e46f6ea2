//! Whatever is given, a refusal is one short sentence that a terminal shows as it is.
#![cfg(feature = "cli")]

#[path = "common/cli.rs"]
mod common;

use samscope::loss::quoted;
use samscope::run::Scenario;

#[track_caller]
fn assert_short(sentence: &str) {
    assert!(sentence.chars().count() < 700, "{} characters: {}…", sentence.chars().count(), &sentence[..200]);
    assert!(!sentence.chars().any(char::is_control), "{sentence:?}");
}

/// A text that is long, breaks the line and clears the screen, wherever a text can stand.
#[test]
fn what_is_repeated_is_short_and_harmless() {
    let long = "\u{1b}[2J\n`, expected \"k".repeat(5000);
    let given = serde_json::to_string(&long).expect("JSON");
    let cases = [
        format!("{{{given}: 1}}"),
        format!("{{\"loss\": {given}}}"),
        format!("{{\"loss\": {{\"id\": {given}}}}}"),
        format!("{{\"loss\": {{{given}: 1}}}}"),
        format!("{{\"loss\": {{\"id\": \"ring\", \"params\": {{{given}: 1}}}}}}"),
        format!("{{\"loss\": {{\"id\": \"ring\", \"params\": {{{given}: true}}}}}}"),
        format!("{{\"loss\": {{\"id\": \"typed\", \"expressions\": [\"x\"], \"params\": {{{given}: 1}}}}}}"),
        format!("{{\"loss\": {{\"id\": \"typed\", \"expressions\": [{given}]}}}}"),
        format!("{{\"loss\": {{\"id\": \"typed\", \"expressions\": [\"{}\"]}}}}", "a".repeat(9000)),
        format!("{{\"init\": [{given}]}}"),
        format!("{{\"optimizers\": [{{\"id\": {given}}}]}}"),
        format!("{{\"record\": {given}}}"),
        format!("{{\"underflow\": {given}}}"),
        format!("{{\"view\": {{\"quantity\": {given}}}}}"),
        format!("{{\"view\": {{\"surface_steps\": [{}0]}}}}", "123456789, ".repeat(1000)),
        format!("{{\"seed\": {}}}", "9".repeat(10_000)),
        format!("{{\"seed\": 1}} {given}"),
        given.clone(),
    ];
    for json in cases {
        let error = Scenario::from_json(&json).expect_err("refused");
        assert_short(&error.to_string());
        assert_short(&error.field.to_string());
    }
}

#[test]
fn a_quotation_keeps_the_beginning_and_the_end() {
    assert_eq!(quoted("η = 'a' \"b\" \\c"), "η = 'a' \"b\" \\c");
    assert_eq!(quoted("a\nb\u{1b}[2J\u{202e}"), "a\\nb\\u{1b}[2J\\u{202e}");
    let path = format!("/{}/scenario.json", "folder/".repeat(100));
    let short = quoted(&path);
    assert_eq!(short.chars().count(), 80);
    assert!(
        short.starts_with("/folder/folder/") && short.contains('…') && short.ends_with("//scenario.json"),
        "{short}"
    );
    assert_eq!(quoted(&"x".repeat(80)), "x".repeat(80));
}

/// What only fits no field but a text can be: too long, marked, said twice, a report.
#[test]
fn texts_are_read_as_people_have_them() {
    let scenario = Scenario::from_json("\u{feff}{\"seed\": 7}").expect("a mark at the beginning is no matter");
    assert_eq!(scenario.seed, 7);
    let refused = |text: &str| Scenario::from_json(text).expect_err("refused").to_string();
    let long = format!("{{\"{}\": 1}}", "k".repeat(8 << 20));
    assert!(refused(&long).contains("must be at most 1048576 bytes of JSON"), "{}", refused(&long));
    let twice = r#"{"loss": {"id": "hyperbola", "params": {"c": 1, "c": 2}}}"#;
    assert!(refused(twice).contains("`c` is given twice"), "{}", refused(twice));
    assert!(refused(r#"{"seed": 1, "seed": 2}"#).contains("duplicate field `seed`"));
    let report = r#"{"version": 1, "scenario": {"optimizers": [{"eta": "fast"}]}, "runs": []}"#;
    let error = samscope::figure::read_scenario(report.as_bytes()).expect_err("refused");
    assert!(error.starts_with("scenario.optimizers[0].eta: cannot be read"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_device_without_end_is_too_large() {
    let sentence = common::refusal(&["link", "/dev/zero"]);
    assert!(sentence.contains("too large: at most 16 MiB are read"), "{sentence}");
}

#[test]
fn a_race_without_methods_is_refused() {
    let folder = common::Folder::new("none_on");
    let file = folder.write("off.json", r#"{"optimizers": [{"on": false}, {"id": "gd", "on": false}]}"#);
    let sentence = common::refusal(&["run", "--scenario", &file]);
    assert!(sentence.contains("optimizers: none takes part"), "{sentence}");
}

/// Names of thousands of letters are not compared: fifty of them with as many took 9 s.
#[test]
fn long_names_have_no_hint() {
    let name = |length: usize, k: usize| format!("{}{k}", "a".repeat(length));
    let refused = |length: usize| {
        let scenario = serde_json::json!({
            "loss": {"id": "typed", "expressions": [name(length, 1)], "params": {name(length, 2): 1}}
        });
        Scenario::from_json(&scenario.to_string()).expect_err("no value").to_string()
    };
    assert!(refused(20).contains("did you mean aaaa"), "{}", refused(20));
    assert!(refused(9000).ends_with("has no value: give it one"), "{}", refused(9000));
}
