//! The commands that docs/mathematics.md gives for the facts print the numbers that it states.
#![cfg(feature = "cli")]

#[path = "common/cli.rs"]
mod program;

use program::json;
use serde_json::Value;

/// A number of a command's JSON.
type Number = fn(&Value) -> f64;

/// A part of a command that no other has, what it shows, and the number with half of its last digit.
const SHOWN: &[(&str, Number, f64, f64)] = &[
    ("--from 0.5,0.5,0,0 --of lambda1", |out| last(out)[0], 0.30327, 5e-6),
    ("--from 0.5,0.5,0,0 --of lambda1", |out| last(out)[1], 0.02489, 5e-6),
    ("--from 0.5,0.5,0,0 --of trace", |out| last(out)[0], 0.68964, 5e-6),
    ("--from 0.5,0.5,0,0 --of trace", |out| last(out)[1], 0.23093, 5e-6),
    ("asc-descent --eta 1e-3", |out| last(out)[0], 0.893, 5e-4),
    ("asc-descent --eta 1e-3", |out| last(out)[1], 0.224, 5e-4),
    ("--underflow ieee", |out| last(out)[0], 1.0, 1e-9),
    ("--underflow ieee", |out| last(out)[1], 1.0, 1e-9),
    ("--underflow ieee", |out| last(out)[2], 0.0, 0.0),
    ("--from 2,0.5 --of lambda1 --tau 1", |out| sharpness(&last(out)), 2.0634, 5e-5),
    ("--rho 0.05 --init -1,-0.01", diverged, 1.0, 0.0),
    ("--eta 0.65 --rho 0.1", diverged, 1.0, 0.0),
    ("--from 2,0.52 --of lambda1", |out| sharpness(&last(out)), 2.4254, 5e-5),
    ("--init 2,0.5 --steps 5000", |out| sharpness_at_phi(&last(out)), 2.91220, 5e-6),
    ("--init 2,0.5 --steps 5001", |out| sharpness_at_phi(&last(out)), 2.91199, 5e-6),
    ("--eta 2e-5 --rho 0.3 --steps 1e7$", |out| last(out)[0], 0.9874, 5e-5),
    ("--eta 2e-5 --rho 0.3 --steps 1e7$", |out| last(out)[1], 0.7493, 5e-5),
    ("asc-descent --eta 1e-4", |out| last(out)[0], 0.9715, 5e-5),
    ("asc-descent --eta 1e-4", |out| last(out)[1], 0.5531, 5e-5),
    ("verify asc-edge-order-x1", |out| predicted(out, 0), 2.873, 5e-4),
    ("verify asc-edge-order-x1", |out| predicted(out, 1), 68.95, 5e-3),
    ("--init 1.833744,0.545333", |out| sharpness(&last(out)), 3.66, 5e-5),
    ("--init 1.836731,0.544446", |out| sharpness(&last(out)), 3.6505, 5e-5),
    ("--init 0.5,0.5,0.3,0 --steps 400", |out| last(out)[0], 0.1562, 5e-5),
    ("--of lambda1 --tau 0.2$", |out| last(out)[0], 0.3336, 5e-5),
    ("--of lambda1 --tau 0.2 --eta 0.05", |out| last(out)[0], 0.1578, 5e-5),
    ("verify max-descent-law", |out| predicted(out, 0), 0.1564, 5e-5),
    ("verify max-descent-law", |out| measured(out, 0), 0.1561, 5e-5),
    ("--switch sam@10000", |out| sharpness_at_phi(&last(out)), 2.05380, 5e-6),
    ("--optimizer sam --init 2,0.6 --eta 0.01", |out| sharpness_at_phi(&last(out)), 2.05378, 5e-6),
    ("verify late-sam", |out| predicted(out, 0), 2.05380, 5e-6),
    ("--rho 1e-1 --init 0.8,0 --steps 5", |out| last(out)[0].signum(), -1.0, 0.0),
    ("--rho 1e-2 --init 0.8,0 --steps 9", |out| last(out)[0].signum(), -1.0, 0.0),
    ("--rho 1e-3 --init 0.8,0 --steps 14", |out| last(out)[0].signum(), -1.0, 0.0),
    ("--rho 1e-6 --init 0.8,0 --steps 27", |out| last(out)[0].signum(), -1.0, 0.0),
    ("--rho 1e-9 --init 0.8,0 --steps 41", |out| last(out)[0].signum(), -1.0, 0.0),
    ("verify hover-x1", |out| predicted(out, 0), 0.519, 5e-4),
    ("verify hover-x1", |out| predicted(out, 1), 0.455, 5e-4),
    ("verify hover-x1", |out| measured(out, 0), 0.514, 5e-4),
    ("verify hover-x1", |out| measured(out, 1), 0.451, 5e-4),
    ("verify hover-limit-x1", |out| predicted(out, 0), 0.506, 5e-4),
    ("verify hover-limit-x1", |out| predicted(out, 1), 0.458, 5e-4),
    ("verify stochastic-bias", |out| measured(out, 0), 3.1, 0.05),
    ("verify stochastic-bias", |out| predicted(out, 1), 0.57, 5e-3),
    ("verify stochastic-bias", |out| measured(out, 1), 0.59, 5e-3),
    ("--init 2,0.6 --steps 1$", |out| imbalance(&last(out)) / 3.64, 0.994_368_067, 5e-10),
    ("--optimizer asam", |out| sharpness_at_phi(&last(out)), 4.164, 5e-4),
    ("--optimizer sam --init 2,0.52 --eta 0.01", |out| sharpness_at_phi(&last(out)), 2.0564, 5e-5),
    ("--beta 0.5", |out| sharpness_at_phi(&last(out)), 2.27667, 5e-6),
    ("verify momentum-drift", |out| predicted(out, 0), 2.27670, 5e-6),
    ("eigen-sam --eta 0.1 --rho 0.1 --init 0.025,1e-9,0", |out| last(out)[1] * 1e9, 0.48, 5e-9),
    ("eigen-sam --eta 0.1 --rho 0.1 --init 0.025,0,1e-9", |out| last(out)[2] * 1e9, 0.82, 5e-9),
    ("--optimizer sam --eta 0.1 --rho 0.1 --init 0.025,1e-9,0", |out| last(out)[1] * 1e9, 0.4, 5e-9),
    ("--optimizer sam --eta 0.1 --rho 0.1 --init 0.025,0,1e-9", |out| last(out)[2] * 1e9, 0.8, 5e-9),
];

/// The last point of a run or a flow.
fn last(output: &Value) -> Vec<f64> {
    let x = match &output["runs"] {
        Value::Null => output["x"].as_array().and_then(|x| x.last()).expect("a path"),
        runs => &runs[0]["final"]["x"],
    };
    x.as_array().expect("a point").iter().map(|coordinate| coordinate.as_f64().expect("a number")).collect()
}

/// 1 where the run has diverged.
fn diverged(output: &Value) -> f64 {
    f64::from(u8::from(output["runs"][0]["stop_reason"] == "diverged"))
}

/// The k-th claim's prediction.
fn predicted(output: &Value, k: usize) -> f64 {
    output["claims"][k]["predicted"].as_f64().expect("a number")
}

/// What the k-th claim's runs gave.
fn measured(output: &Value, k: usize) -> f64 {
    output["claims"][k]["measured"].as_f64().expect("a number")
}

/// The hyperbola's λ1 where xy = 1.
fn sharpness(x: &[f64]) -> f64 {
    x[0] * x[0] + x[1] * x[1]
}

/// What gradient flow keeps on the hyperbola.
fn imbalance(x: &[f64]) -> f64 {
    x[0] * x[0] - x[1] * x[1]
}

/// Its λ1 where gradient flow ends.
fn sharpness_at_phi(x: &[f64]) -> f64 {
    imbalance(x).hypot(2.0)
}

/// Whether a command is the one that `part` means, which ends in `$` where nothing may follow.
fn is_meant(command: &str, part: &str) -> bool {
    part.strip_suffix('$').map_or_else(|| command.contains(part), |end| command.ends_with(end))
}

fn output(words: &[&str]) -> Value {
    let flags: &[&str] = if words[0] == "run" { &["--format", "json"] } else { &["--json"] };
    json(&[words, flags].concat())
}

#[test]
fn the_documented_commands_print_their_numbers() {
    let text = std::fs::read_to_string("docs/mathematics.md").expect("the documentation");
    let commands: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("    samscope ")).collect();
    for part in SHOWN.iter().map(|shown| shown.0) {
        let count = commands.iter().filter(|command| is_meant(command, part)).count();
        assert_eq!(count, 1, "{count} commands are meant by {part}");
    }
    for command in commands {
        let words: Vec<&str> = command.split_whitespace().collect();
        let out = output(&words);
        let shown: Vec<_> = SHOWN.iter().filter(|shown| is_meant(command, shown.0)).collect();
        assert!(!shown.is_empty(), "nothing is expected of {command}");
        for (_, number, expected, tolerance) in shown {
            let shown = number(&out);
            assert!((shown - expected).abs() <= *tolerance, "{command}: {shown}, expected {expected}");
        }
        // The step before the last one of phase I is still on the near side.
        if let Some((steps, before)) = words.split_last().filter(|_| command.contains("--init 0.8,0")) {
            let fewer = (steps.parse::<u64>().expect("a number of steps") - 1).to_string();
            assert!(last(&output(&[before, &[fewer.as_str()]].concat()))[0] > 0.0, "{command}: crosses before");
        }
    }
}
