//! The commands that docs/mathematics.md gives for the facts print the numbers that it states: all but the long ones.
#![cfg(feature = "cli")]

#[path = "common/cli.rs"]
mod program;

use program::json;
use serde_json::Value;

/// What is read off the last point.
type Number = fn(&[f64]) -> f64;

/// A part of a command that no other has, what it shows, and the number with half of its last digit.
const SHOWN: &[(&str, Number, f64, f64)] = &[
    ("--init 1.833744,0.545333 --steps", sharpness, 3.66, 5e-5),
    ("--init 1.836731,0.544446 --steps", sharpness, 3.6505, 5e-5),
    ("--init 0.5,0.5,0.3,0 --steps 400", |x| x[0], 0.1562, 5e-5),
    ("--of lambda1 --tau 0.2", |x| x[0], 0.3336, 5e-5),
    ("--of lambda1 --tau 0.2 --eta 0.05", |x| x[0], 0.1578, 5e-5),
    ("--rho 1e-1 --init 0.8,0 --steps 5", |x| x[0].signum(), -1.0, 0.0),
    ("--rho 1e-2 --init 0.8,0 --steps 9", |x| x[0].signum(), -1.0, 0.0),
    ("--rho 1e-3 --init 0.8,0 --steps 14", |x| x[0].signum(), -1.0, 0.0),
    ("--rho 1e-6 --init 0.8,0 --steps 27", |x| x[0].signum(), -1.0, 0.0),
    ("--rho 1e-9 --init 0.8,0 --steps 41", |x| x[0].signum(), -1.0, 0.0),
    ("--init 2,0.6 --steps 1", |x| (x[0] * x[0] - x[1] * x[1]) / 3.64, 0.994_368_067, 5e-10),
    ("--init 0.025,1e-9,0 --steps 1", |x| x[1] * 1e9, 0.48, 5e-9),
    ("--init 0.025,0,1e-9 --steps 1", |x| x[2] * 1e9, 0.82, 5e-9),
];

/// The hyperbola's λ1 where xy = 1.
fn sharpness(x: &[f64]) -> f64 {
    x[0] * x[0] + x[1] * x[1]
}

/// The last point of a run or a flow.
fn last_point(command: &[&str]) -> Vec<f64> {
    let (flags, path): (&[&str], fn(&Value) -> &Value) = match command[0] {
        "run" => (&["--format", "json"], |output| &output["runs"][0]["final"]["x"]),
        _ => (&["--json"], |output| output["x"].as_array().and_then(|x| x.last()).expect("a path")),
    };
    let output = json(&[command, flags].concat());
    let x = path(&output).as_array().expect("a point").iter();
    x.map(|coordinate| coordinate.as_f64().expect("a number")).collect()
}

#[test]
fn the_documented_commands_print_their_numbers() {
    let text = std::fs::read_to_string("docs/mathematics.md").expect("the documentation");
    let commands = text.lines().filter_map(|line| line.strip_prefix("    samscope "));
    let quick = commands.filter(|line| line.contains("--init") || line.starts_with("flow"));
    for &(part, number, expected, tolerance) in SHOWN {
        let command =
            quick.clone().find(|line| line.ends_with(part) || (part.ends_with("--steps") && line.contains(part)));
        let words: Vec<&str> = command.unwrap_or_else(|| panic!("no command with {part}")).split_whitespace().collect();
        let shown = number(&last_point(&words));
        assert!((shown - expected).abs() <= tolerance, "{part}: {shown}, expected {expected}");
        // The step before the last one of phase I is still on the near side.
        if let Some((steps, before)) = words.split_last().filter(|_| part.contains("--init 0.8,0")) {
            let fewer = (steps.parse::<u64>().expect("a number of steps") - 1).to_string();
            assert!(last_point(&[before, &[fewer.as_str()]].concat())[0] > 0.0, "{part}: crosses before");
        }
    }
}
