//! `samscope flow` and `samscope verify` as others use them.
#![cfg(feature = "cli")]

#[path = "common/cli.rs"]
mod program;

use program::{refusal, success};
use serde_json::Value;

const FLOW: [&str; 9] = ["flow", "--loss", "hyperbola", "--from", "2,0.5", "--of", "lambda1", "--tau", "1"];

fn flow<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [FLOW.as_slice(), more].concat()
}

/// INTERFACE's keys, in its order, to the last bit.
#[test]
fn flow_prints_its_json() {
    let text = success(&["flow", "--loss", "hyperbola", "--from", "2,0.5", "--of", "lambda1", "--tau", "0", "--json"]);
    let golden = r#"{"phi":[2.0,0.5],"functional":"lambda1","eta":null,"tau":[0.0],"x":[[2.0,0.5]],"value":[4.25],"stop_reason":"tau"}"#;
    assert_eq!(text, format!("{golden}\n"));
    let path: Value = serde_json::from_str(&success(&flow(&["--json", "--eta", "0.1"]))).expect("JSON");
    assert_eq!(path["eta"], 0.1);
    let lengths = ["tau", "x", "value"].map(|key| path[key].as_array().expect("a list").len());
    assert!(lengths[0] > 64 && lengths.iter().all(|length| *length == lengths[0]), "{lengths:?}");
    let limit: Value = serde_json::from_str(&success(&flow(&["--json"]))).expect("JSON");
    let last = |path: &Value| path["value"].as_array().and_then(|values| values.last()?.as_f64()).expect("a number");
    let closed_form = (4.0 + (4.25_f64.powi(2) - 4.0) * (-4.0_f64).exp()).sqrt();
    assert!((last(&limit) - closed_form).abs() < 1e-9);
    assert!(last(&path) < last(&limit), "the finite-η law is faster");
}

#[test]
fn flow_prints_a_table() {
    let text = success(&flow(&[]));
    assert!(text.contains("λ1") && text.contains("4.25") && text.contains("2.063386457"), "{text}");
    assert!(text.ends_with("It went as far as it was asked to.\n"), "{text}");
    let rest = success(&["flow", "--loss", "toy4d", "--from", "0.5,0.5,0.3,0.3", "--of", "trace", "--tau", "99"]);
    assert!(rest.ends_with("It is at rest.\n"), "{rest}");
    let tie =
        ["flow", "--loss", "toy4d", "--param", "f2_0=4", "--from", "0.5,0.5,0,0", "--of", "lambda1", "--tau", "2"];
    assert!(success(&tie).contains("λ1 = λ2"));
}

#[test]
fn flow_refuses_in_one_sentence() {
    assert!(refusal(&["flow", "--from", "1,1", "--of", "trace", "--tau", "1"]).starts_with("--loss: is missing"));
    assert_eq!(refusal(&["flow", "--loss", "ring", "--of", "trace", "--tau", "1"]), "--from: is missing");
    let with_from =
        |from: &str| refusal(&["flow", "--loss", "saddle", "--from", from, "--of", "lambda1", "--tau", "1"]);
    assert_eq!(with_from("-1,0"), "--from: gradient flow from here stops at a saddle or a maximum, not at a minimum");
    assert_eq!(with_from("-1,0.1"), "--from: gradient flow from here runs away and reaches no minimum");
    assert!(with_from("1,2,3").starts_with("--from: must have 2 numbers"), "{}", with_from("1,2,3"));
    let last = |flag: &str, value: &str| {
        let mut arguments = flow(&[]);
        arguments.extend([flag, value]);
        if flag == "--tau" {
            arguments.drain(7..9);
        }
        refusal(&arguments)
    };
    assert!(last("--tau", "-1").starts_with("--tau: must be a number from 0 up"));
    assert!(last("--eta", "0").starts_with("--eta: must be a number above 0"));
    assert!(last("--eta", "0.5").starts_with("--eta: with this η, ηλ1 is 2 or more"));
}

/// A claim by name, as JSON to the last bit and as a table.
#[test]
fn verify_runs_the_claims_that_it_is_asked_for() {
    let text = success(&["verify", "one-normal-direction", "--json"]);
    let golden = concat!(
        r#"{"claims":[{"id":"one-normal-direction","statement":"product3 lives in three dimensions, but its minimizers "#,
        r#"have one normal direction: M = 1, so λ1, λM and the trace are one number.","source":"Fact 9","kind":"identity","#,
        r#""predicted":1.0,"measured":1.0,"tolerance":0.1,"holds":true}],"held":1,"failed":0}"#,
    );
    assert_eq!(text, format!("{golden}\n"));
    let table = success(&["verify", "two-cycle", "ring-radius"]);
    assert!(table.contains("✓ two-cycle") && table.contains("Thm 4.8") && table.contains("✓ ring-radius"), "{table}");
    assert!(table.ends_with("2 of 2 claims hold: 1 theorem, 1 law.\n"), "{table}");
}

#[test]
fn verify_refuses_unknown_claims() {
    assert_eq!(
        refusal(&["verify", "two-cycle", "nonsense"]),
        "ID: `nonsense` is not a claim; `samscope verify` without an ID names all of them"
    );
}

/// All of them, within the time that a reader waits.
#[test]
fn verify_holds() {
    let report: Value = serde_json::from_str(&success(&["verify", "--json"])).expect("JSON");
    assert_eq!(report["failed"], 0);
    assert_eq!(report["held"], samscope::theory::claims::all().count());
}
