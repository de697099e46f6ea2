//! `--out`: tried before the work, whole or not at all, and the file that is there stays what it is.
#![cfg(all(feature = "cli", target_os = "linux"))]

#[path = "common/cli.rs"]
mod program;

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::time::{Duration, Instant};

use program::{Folder, refusal, samscope, success};

const RUN: [&str; 7] = ["run", "--loss", "ring", "--optimizer", "sam", "--steps", "5"];

fn run_to(file: &str) -> Vec<&str> {
    [&RUN[..], &["--out", file]].concat()
}

/// What is in a folder, by name.
fn names(folder: &Folder) -> Vec<String> {
    let entries = fs::read_dir(&folder.0).expect("a folder");
    let mut names: Vec<_> =
        entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8")).collect();
    names.sort();
    names
}

fn is_report(file: &str) -> bool {
    fs::read_to_string(file).is_ok_and(|text| text.starts_with("{\"version\"") && text.ends_with("}\n"))
}

/// A run of 10^12 updates takes hours; that it cannot be written is said at once.
#[test]
fn a_bad_path_is_refused_before_the_work() {
    let folder = Folder::new("out-first");
    let nowhere = folder.file("absent/it.json");
    let read_only = folder.write("read-only.json", "kept");
    fs::set_permissions(&read_only, fs::Permissions::from_mode(0o444)).expect("a read-only file");
    let name = "n".repeat(256);
    let long = folder.file(&name);
    symlink("loop.json", folder.file("loop.json")).expect("a link to itself");
    let cases = [
        (nowhere.as_str(), "entity not found"),
        (&read_only, "it is read-only"),
        (&long, "File name too long"),
        (&folder.file("loop.json"), "symbolic links"),
        (&folder.file("absent/"), ""),
        ("/", "is a directory"),
    ];
    for (path, why) in cases {
        let begin = Instant::now();
        let long_run = [&RUN[..6], &["1e12", "--eta", "1e-9", "--out", path]].concat();
        let sentence = refusal(&long_run);
        assert!(sentence.starts_with("--out: cannot write ") && sentence.contains(why), "{sentence}");
        assert!(begin.elapsed() < Duration::from_secs(20), "{path} was tried after the work");
    }
    assert!(fs::read_to_string(&read_only).is_ok_and(|text| text == "kept"));
    assert_eq!(names(&folder), ["loop.json", "read-only.json"]);
    assert!(refusal(&["open", "v1.eJyrrgUAAXUA-Q", "--out", &nowhere]).starts_with("--out: cannot write"));
    let figure = folder.file("absent/it.svg");
    assert!(refusal(&["figure", "fig1", "--steps", "1e9", "--out", &figure]).starts_with("--out: cannot write"));
}

#[test]
fn a_file_keeps_its_permissions() {
    let folder = Folder::new("out-mode");
    let file = folder.write("it.json", "old");
    for mode in [0o600, 0o640, 0o755] {
        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).expect("its permissions");
        success(&run_to(&file));
        assert_eq!(fs::metadata(&file).expect("there").permissions().mode() & 0o7777, mode);
        assert!(is_report(&file));
    }
    // A new one has those that any program's files have.
    let new = folder.file("new.json");
    success(&run_to(&new));
    let plain = folder.write("plain", "");
    let mode = |file: &str| fs::metadata(file).expect("there").permissions().mode();
    assert_eq!(mode(&new), mode(&plain));
}

/// A link is followed to its end, also where nothing is there yet.
#[test]
fn links_are_followed() {
    let folder = Folder::new("out-links");
    fs::create_dir(folder.file("sub")).expect("a folder");
    symlink("second.json", folder.file("first.json")).expect("a link");
    symlink("sub/real.json", folder.file("second.json")).expect("a link to nothing");
    for _ in 0..2 {
        success(&run_to(&folder.file("first.json")));
        assert!(is_report(&folder.file("sub/real.json")));
        for link in ["first.json", "second.json"] {
            assert!(fs::symlink_metadata(folder.file(link)).is_ok_and(|there| there.is_symlink()));
        }
    }
    symlink("absent/real.json", folder.file("lost.json")).expect("a link to nowhere");
    assert!(refusal(&run_to(&folder.file("lost.json"))).contains("lost.json: "));
}

/// Every name of a file shows what has been written.
#[test]
fn hard_links_stay_together() {
    let folder = Folder::new("out-hard");
    let (one, other) = (folder.write("one.json", &"old ".repeat(10_000)), folder.file("other.json"));
    fs::hard_link(&one, &other).expect("a second name");
    success(&run_to(&one));
    assert!(is_report(&one) && is_report(&other));
    assert_eq!(fs::metadata(&one).expect("there").ino(), fs::metadata(&other).expect("there").ino());
}

#[test]
fn a_long_name_is_no_obstacle() {
    let folder = Folder::new("out-long");
    let file = folder.file(&format!("{}.json", "n".repeat(245)));
    success(&run_to(&file));
    success(&run_to(&file));
    assert!(is_report(&file));
    assert_eq!(names(&folder).len(), 1);
}

/// A write that fails has one exit code, wherever it goes.
#[test]
fn a_failed_write_exits_with_2() {
    let sentence = refusal(&run_to("/dev/full"));
    assert!(sentence.starts_with("--out: cannot write /dev/full: No space left"), "{sentence}");
    let full = fs::File::options().write(true).open("/dev/full").expect("the full device");
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_samscope"));
    let output = command.args(RUN).stdout(full).output().expect("the binary starts");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("samscope: standard output: No space left"));
}

/// Numbers that are whole may be written as such in any way; `--pretty` changes spaces only.
#[test]
fn whole_numbers_and_pretty_json() {
    let run = |steps: &str, more: &[&str]| {
        let arguments = [&RUN[..6], &[steps, "--seed", "1_0", "--record", "4e0"], more].concat();
        let mut report: serde_json::Value = serde_json::from_str(&success(&arguments)).expect("JSON");
        report["runs"][0]["elapsed_s"] = 0.into();
        report
    };
    let plain = run("2000", &[]);
    assert_eq!((&plain["scenario"]["seed"], &plain["scenario"]["record"]), (&10.into(), &4.into()));
    for steps in ["2e3", "2_000", "0.2e4", "2000.0"] {
        assert_eq!(run(steps, &["--pretty"]), plain, "{steps}");
    }
    for steps in ["1.5", "-1", "1e-3", "nan", "inf_", "0x10", "1e3e", ""] {
        let sentence = refusal(&[&RUN[..6], &[steps]].concat());
        assert!(sentence.starts_with("--steps: must be a whole number from 0 up, but is `"), "{sentence}");
    }
    assert!(refusal(&[&RUN[..6], &["1e300"]].concat()).starts_with("--steps: must be a whole number from 0 to 1000"));
    let pretty = success(&["optimizers", "--pretty"]);
    assert!(pretty.starts_with("[\n  {\n    \"id\": \"gd\""), "{pretty}");
}

/// A table where it is asked for.
#[test]
fn a_table_of_ends() {
    let table = success(&[&RUN[..], &["--optimizer", "gd", "--format", "table"]].concat());
    for part in ["optimizer", "λ1", "alignment", "sam", "gd", "5 (steps)"] {
        assert!(table.contains(part), "{part} in {table}");
    }
    assert!(table.lines().all(|line| line.chars().count() <= 100), "{table}");
    let seeds =
        ["run", "--loss", "toy4d", "--optimizer", "one-sam", "--steps", "1", "--seeds", "0..99", "--format", "table"];
    let table = success(&seeds);
    assert!(table.ends_with("and 75 more: --format csv or json has all\n"), "{table}");
    assert_eq!(table.matches("one-sam").count(), 25, "{table}");
}

/// The budget is refused before the work, in one sentence.
#[test]
fn too_long_a_record_is_refused() {
    let line = "run --loss toy4d --optimizer one-sam --seeds 0..63 --steps 1e5 --record all";
    let sentence = refusal(&line.split_whitespace().collect::<Vec<_>>());
    assert!(sentence.starts_with("--record: would keep 115201152 numbers"), "{sentence}");
}

/// No window where there is no display: one sentence, without a path of whoever built the program.
#[cfg(feature = "gui")]
#[test]
fn no_display_is_told_in_one_sentence() {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_samscope"));
    let output = command
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .output()
        .expect("the binary starts");
    let sentence = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{sentence}");
    let reason = "neither WAYLAND_DISPLAY nor WAYLAND_SOCKET nor DISPLAY is set";
    assert_eq!(sentence, format!("samscope: the window cannot be opened: {reason}\n"));
    // The rest works without one.
    assert!(samscope(&["optimizers"]).status.success());
}
