//! `samscope field`, `basin`, `sweep` and `merge`: the same file whoever computes it, in one go or in parts.
#![cfg(all(feature = "cli", target_os = "linux"))]

#[path = "common/cli.rs"]
mod program;

use std::collections::BTreeMap;
use std::fs;

use program::{Folder, json, refusal, success, with_signals};
use samscope::platform::arrays::{self, Array};

const BASIN: &str = "basin --loss ring --optimizer sam --eta 0.1 --rho 1.5 --steps 200 --size 12,9";
const SWEEP: &str =
    "sweep --loss hyperbola --optimizer sam --over eta=0.02..0.6:8 --over rho=0.01..1:7:log --steps 200";
const FIELD: &str = "field --loss toy4d --quantity r_asc --size 7,5";

fn words(line: &str) -> Vec<&str> {
    line.split_whitespace().collect()
}

/// Runs a command, and gives the bytes of its file.
#[track_caller]
fn made(line: &str, file: &str) -> Vec<u8> {
    assert!(success(&[&words(line)[..], &["--out", file]].concat()).is_empty());
    fs::read(file).expect("the file")
}

fn arrays_of(bytes: &[u8]) -> BTreeMap<String, Array> {
    arrays::read(bytes).expect("arrays")
}

#[test]
fn a_file_is_the_same_whoever_computes_it() {
    let folder = Folder::new("fields-same");
    let file = folder.file("it.npz");
    for line in [BASIN, SWEEP, FIELD] {
        let whole = made(line, &file);
        for how in ["--threads 1", "--threads 2", "--backend lanes", "--backend auto --quiet"] {
            assert!(made(&format!("{line} {how}"), &file) == whole, "{how}: {line}");
        }
        for n in [1, 3, 5] {
            let mut parts: Vec<String> = (1..=n).map(|k| folder.file(&format!("{k}.npz"))).collect();
            for (k, part) in parts.iter().enumerate() {
                made(&format!("{line} --shard {}/{n}", k + 1), part);
            }
            parts.reverse();
            assert!(made(&format!("merge {}", parts.join(" ")), &file) == whole, "{n} parts: {line}");
        }
    }
}

/// Names, shapes and types are a contract.
#[test]
fn the_arrays_are_those_of_the_contract() {
    let folder = Folder::new("fields-arrays");
    let basin = arrays_of(&made(BASIN, &folder.file("basin.npz")));
    let names: Vec<_> = basin.keys().map(String::as_str).collect();
    let contract = "alignment class classes field grad_norm lambda_1 lambda_m loss scenario steps trace u v x";
    assert_eq!(names, words(contract));
    assert_eq!((&basin["u"].shape[..], &basin["v"].shape[..]), (&[12][..], &[9][..]));
    assert_eq!((&basin["class"].shape[..], &basin["x"].shape[..]), (&[9, 12][..], &[9, 12, 2][..]));
    // The loss's own view; rows ascend in v.
    assert_eq!(basin["v"].to_floats().map(|v| (v[0], v[8])), Some((-1.6, 1.6)));
    assert!(basin["steps"].to_wholes().is_some() && basin["loss"].to_floats().is_some());
    let scenario: serde_json::Value =
        serde_json::from_str(&basin["scenario"].to_text().expect("a text")).expect("a scenario");
    assert_eq!((&scenario["steps"], &scenario["optimizers"][0]["rho"]), (&200.into(), &1.5.into()));
    let field = arrays_of(&made(FIELD, &folder.file("field.npz")));
    assert_eq!(field["value"].shape, [5, 7]);
    let part = arrays_of(&made(&format!("{BASIN} --shard 2/3"), &folder.file("part.npz")));
    assert_eq!(part["shard"].to_wholes(), Some(vec![2, 3]));
    let classes = part["class"].to_bytes().expect("bytes");
    assert!(classes[..36].iter().chain(&classes[72..]).all(|&class| class == 255));
    assert!(classes[36..72].iter().all(|&class| class < 6));
    assert!(part["loss"].to_floats().is_some_and(|loss| loss[35].is_nan() && loss[36].is_finite()));
}

/// `samscope run` from a node's start ends where the basin says, to the bit.
#[test]
fn an_end_is_that_of_samscope_run() {
    let folder = Folder::new("fields-run");
    let basin = arrays_of(&made(BASIN, &folder.file("basin.npz")));
    let floats = |name: &str| basin[name].to_floats().expect("numbers");
    let (u, v, x) = (floats("u"), floats("v"), floats("x"));
    for node in [0, 17, 53, 107] {
        let init = format!("{:?},{:?}", u[node % 12], v[node / 12]);
        let line = format!("run --loss ring --optimizer sam --eta 0.1 --rho 1.5 --steps 200 --init {init}");
        let end = &json(&words(&line))["runs"][0];
        assert_eq!(end["final"]["x"], serde_json::json!(x[2 * node..2 * node + 2]), "from {init}");
        assert_eq!(end["final"]["loss"], floats("loss")[node]);
        assert_eq!(end["final"]["eigenvalues"][0], floats("lambda_1")[node]);
        assert_eq!(
            end["final"]["alignment"].as_f64().unwrap_or(f64::NAN).to_bits(),
            floats("alignment")[node].to_bits()
        );
    }
}

#[test]
fn tables_and_pictures_show_one_value() {
    let folder = Folder::new("fields-shown");
    let text = |line: &str, name: &str| String::from_utf8(made(line, &folder.file(name))).expect("UTF-8");
    let table = text(BASIN, "basin.csv");
    assert!(table.starts_with("x1,x2,class\n-1.6,-1.6,") && table.contains(",hallucinated\n"), "{table}");
    assert_eq!(table.lines().count(), 1 + 12 * 9);
    let table = text(&format!("{SWEEP} --of trace"), "sweep.csv");
    assert!(table.starts_with("eta,rho,trace\n0.02,0.01,"), "{table}");
    assert!(text(FIELD, "field.csv").starts_with("x1,x2,value\n"));
    let picture = text(BASIN, "basin.svg");
    assert!(picture.contains("samscope #v1.") && picture.contains("Where runs end"));
    for (line, name) in [(SWEEP, "sweep.svg"), (FIELD, "field.svg")] {
        assert!(text(line, name).contains("<image"), "{line}");
    }
    assert!(made(BASIN, &folder.file("basin.png")).starts_with(b"\x89PNG"));
}

#[test]
fn merge_refuses_what_does_not_belong_together() {
    let folder = Folder::new("fields-merge");
    let part = |line: &str, name: &str| {
        made(line, &folder.file(name));
        folder.file(name)
    };
    let first = part(&format!("{BASIN} --shard 1/2"), "1.npz");
    let second = part(&format!("{BASIN} --shard 2/2"), "2.npz");
    let third = part(&format!("{BASIN} --shard 3/3"), "3.npz");
    let other = part(&format!("{} --shard 2/2", BASIN.replace("--eta 0.1", "--eta 0.2")), "other.npz");
    let whole = part(BASIN, "whole.npz");
    let text = folder.write("text.npz", "no arrays");
    let out = folder.file("out.npz");
    let merged = |parts: &[&str]| refusal(&[&["merge"], parts, &["--out", &out]].concat());
    assert_eq!(merged(&[&first]), "part 2 of 2 is missing");
    assert!(merged(&[&first, &other]).ends_with("are parts of different things"));
    assert!(merged(&[&first, &third]).ends_with("are parts of different things"));
    assert!(merged(&[&first, &second, &first]).ends_with("are the same part, 1 of 2"));
    assert!(merged(&[&whole]).ends_with("is not a part: it was made without --shard"));
    assert!(merged(&[&text]).contains("cannot read"));
    assert!(merged(&[&folder.file("absent.npz")]).contains("cannot read"));
    assert!(!fs::exists(&out).expect("a folder"));
}

#[test]
fn bad_input_is_refused_in_one_sentence() {
    let folder = Folder::new("fields-refused");
    let file = folder.file("it.npz");
    let cases = [
        (format!("{BASIN} --backend lanes --threads 2"), "--threads: must be 1"),
        (format!("{BASIN} --shard 3/2"), "--shard: must be K/N with 1 ≤ K ≤ N, but is `3/2`"),
        (format!("{BASIN} --axes 1,1"), "--axes: must be two different coordinates from 1 to 2"),
        (format!("{BASIN} --bounds 1,0,0,1"), "--bounds: must be null or x min < x max"),
        (format!("{BASIN} --bounds 0,1e9,0,1"), "--bounds: must lie within ±1e8"),
        (format!("{BASIN} --through 1,2,3"), "--through: must have 2 numbers, but has 3"),
        (format!("{BASIN} --of r_max"), "--of: must be one of class, steps, loss"),
        (format!("{BASIN} --optimizer gd"), "--optimizer: must be one method"),
        (format!("{BASIN} --seeds 0..3"), "--seeds: each node has one run"),
        (format!("{FIELD} --quantity nothing"), "--quantity: is given twice"),
        ("field --loss ring --quantity nothing".to_owned(), "--quantity: must be one of loss, "),
        ("sweep --loss ring --optimizer sam --over eta=0.1..1:5".to_owned(), "--over: must be given twice"),
        (format!("{SWEEP} --over c=1..2:3"), "--over: must be given twice"),
        (
            "sweep --loss ring --optimizer sam --over eta=1..0.1:5 --over rho=0..1:5".to_owned(),
            "--over eta: must go from",
        ),
        (
            "sweep --loss ring --optimizer sam --over eta=0.1..1:1 --over rho=0..1:5".to_owned(),
            "--over: must be NAME=A..B:n",
        ),
        ("sweep --loss ring --optimizer sam --over eta=0.1..1:5 --over q=0..1:5".to_owned(), "--over q: is unknown"),
        (format!("{SWEEP} --tau 1"), "--steps: cannot be given together with --tau"),
    ];
    for (line, sentence) in cases {
        let refused = refusal(&[&words(&line)[..], &["--out", &file]].concat());
        assert!(refused.starts_with(sentence), "{line}: {refused}");
    }
    let shard = refusal(&[&words(BASIN)[..], &["--shard", "1/2", "--out", &folder.file("it.csv")]].concat());
    assert!(shard.starts_with("--shard: needs --out FILE.npz"), "{shard}");
    let kind = refusal(&[&words(BASIN)[..], &["--out", &folder.file("it.txt")]].concat());
    assert!(kind.starts_with("--out: must end in .npz or .csv or .svg or .png"), "{kind}");
    assert_eq!(fs::read_dir(&folder.0).expect("a folder").count(), 0);
}

/// Ctrl-C keeps what is done, and `--resume` goes on to the same file.
#[test]
fn an_interrupt_keeps_what_is_done() {
    let folder = Folder::new("fields-resume");
    let (file, part) = (folder.file("it.npz"), folder.file("it.npz.part"));
    let line = "basin --loss toy4d --optimizer sam --steps 20000 --size 24 --backend lanes";
    let whole = made(line, &folder.file("whole.npz"));
    let arguments = [&words(line)[..], &["--out", &file]].concat();
    let begin = || with_signals().args(&arguments).stderr(std::process::Stdio::null()).spawn().expect("it starts");
    // One that comes too early finds nothing to keep, one that comes too late the whole file.
    let mut wait = std::time::Duration::from_millis(100);
    let is_kept = (0..40).any(|_| {
        let mut child = begin();
        std::thread::sleep(wait);
        let pid = child.id().to_string();
        assert!(std::process::Command::new("kill").args(["-INT", &pid]).status().expect("kill").success());
        let status = child.wait().expect("it ends");
        let is_late = fs::exists(&file).expect("a folder");
        if is_late {
            fs::remove_file(&file).expect("it was there");
        }
        wait = if is_late { wait * 2 / 3 } else { wait * 3 / 2 };
        status.code() == Some(130) && fs::exists(&part).expect("a folder")
    });
    assert!(is_kept, "no interrupt came in the middle");
    assert!(!fs::exists(&file).expect("a folder"));
    let done = |file: &str| {
        let class = arrays_of(&fs::read(file).expect("a file"))["class"].to_bytes().expect("classes");
        class.iter().filter(|&&class| class != 255).count()
    };
    assert!((0..576).contains(&done(&part)));
    // Another command's part is refused, and nothing is lost by it.
    let other = refusal(&[&arguments[..], &["--rho", "0.2", "--resume"]].concat());
    assert!(other.starts_with("--resume: ") && other.contains("is of another command"), "{other}");
    assert!(success(&[&arguments[..], &["--resume"]].concat()).is_empty());
    assert!(fs::read(&file).expect("the file") == whole && !fs::exists(&part).expect("a folder"));
    // Without a part it begins.
    assert!(made(&format!("{BASIN} --resume"), &file) == made(BASIN, &file));
}
