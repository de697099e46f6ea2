//! The cluster example: parts on HyperQueue, one of which is killed on its way.
#![cfg(all(feature = "cli", target_os = "linux"))]

#[path = "common/cli.rs"]
mod program;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use program::{Folder, success};

const SWEEP: &str =
    "sweep --loss hyperbola --optimizer sam --over eta=0.02..0.6:48 --over rho=0.01..1:48:log --steps 100000";

/// Kills the first part that is begun, after a tenth of a second.
const KILLER: &str = r#"#!/bin/sh
if mkdir "$0.once" 2>/dev/null; then exec timeout --signal=KILL 0.1 SAMSCOPE "$@"; fi
exec SAMSCOPE "$@"
"#;

#[test]
#[ignore = "needs a Python that can import hyperqueue: `cargo xtask test core` gives it one"]
fn a_killed_part_is_done_again_and_the_merged_file_is_the_same() {
    let folder = Folder::new("cluster");
    let words: Vec<&str> = SWEEP.split_whitespace().collect();
    let (whole, merged) = (folder.file("whole.npz"), folder.file("merged.npz"));
    success(&[&words[..], &["--out", &whole]].concat());
    let killer = folder.write("killer", &KILLER.replace("SAMSCOPE", env!("CARGO_BIN_EXE_samscope")));
    fs::set_permissions(&killer, fs::Permissions::from_mode(0o755)).expect("a program");
    let driver = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/cluster/shards.py");
    let arguments = ["--shards", "4", "--out", &merged, "--local", "2", "--samscope", &killer, "--"];
    let output = Command::new("python3").arg(driver).args(arguments).args(words).output().expect("Python starts");
    let messages = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && messages.contains("a part failed"), "{messages}");
    assert!(fs::read(&merged).expect("a file") == fs::read(&whole).expect("a file"));
    // Nothing is left of the parts.
    let mut names: Vec<_> =
        fs::read_dir(&folder.0).expect("a folder").map(|entry| entry.expect("an entry").file_name()).collect();
    names.sort();
    assert_eq!(names, ["killer", "killer.once", "merged.npz", "whole.npz"]);
}
