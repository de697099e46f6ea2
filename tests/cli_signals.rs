//! A signal that asks the program to end does not leave a part of a file behind.
#![cfg(all(unix, feature = "cli"))]

#[path = "common/cli.rs"]
mod program;

use std::fs;
use std::process::{Command, ExitStatus, Stdio};
use std::time::Duration;

use program::{Folder, with_signals};

/// Files in the folder.
fn names(folder: &Folder) -> Vec<String> {
    let entries = fs::read_dir(&folder.0).expect("a folder");
    entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
}

/// A program that writes a long record, asked to end while it does; `None` where it was quicker than this test.
fn asked_while_writing(folder: &Folder, signal: &str) -> Option<ExitStatus> {
    let line = "run --loss quadratic --optimizer gd --steps 2e4 --tol 0 --record all --pretty --out";
    let mut command = with_signals();
    command.args(line.split(' ')).arg(folder.file("it.json")).stderr(Stdio::null());
    let mut child = command.spawn().expect("it starts");
    // The first, an empty one, tries whether there can be one; a part is there while the record is written.
    let is_writing = || {
        let partial = names(folder).into_iter().find(|name| name.ends_with(".partial"));
        partial.and_then(|name| fs::metadata(folder.0.join(name)).ok()).is_some_and(|part| part.len() > 0)
    };
    while !is_writing() {
        if child.try_wait().expect("a child").is_some() {
            return None;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    let id = child.id().to_string();
    assert!(Command::new("kill").args(["-s", signal, &id]).status().expect("kill").success());
    Some(child.wait().expect("it ends"))
}

#[test]
fn a_signal_waits_for_a_file_that_is_being_written() {
    for signal in ["TERM", "HUP", "INT"] {
        let folder = Folder::new(&format!("signal-{signal}"));
        let status = (0..100).find_map(|_| asked_while_writing(&folder, signal));
        let status = status.unwrap_or_else(|| panic!("{signal}: it always ended before it could be asked to"));
        assert!(status.code().is_some(), "{signal} killed it");
        assert_eq!(names(&folder), ["it.json"], "{signal}");
        let text = fs::read_to_string(folder.file("it.json")).expect("whole");
        assert!(text.ends_with("}\n"), "{signal}");
    }
}
