//! The real binary: what it prints and how it refuses.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value;

pub fn samscope(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_samscope")).args(arguments).output().expect("the binary starts")
}

/// The binary with the signals that end a program as a terminal's programs have them: what a shell starts in the background, or
/// `nohup`, ignores some.
pub fn with_signals() -> Command {
    let mut command = Command::new("env");
    command.args(["--default-signal=INT,HUP,TERM", env!("CARGO_BIN_EXE_samscope")]);
    command
}

/// Standard output of a command that succeeds.
#[track_caller]
pub fn success(arguments: &[&str]) -> String {
    let output = samscope(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[track_caller]
pub fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&success(arguments)).expect("JSON")
}

/// The one sentence of a command that is refused: exit code 2, one line, nothing on standard output.
#[track_caller]
pub fn refusal(arguments: &[&str]) -> String {
    let output = samscope(arguments);
    let sentence = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {sentence}");
    assert!(output.stdout.is_empty(), "{arguments:?} prints {}", String::from_utf8_lossy(&output.stdout));
    assert_eq!(sentence.lines().count(), 1, "{arguments:?}: {sentence}");
    assert!(sentence.ends_with('\n') && sentence.starts_with("samscope: "), "{arguments:?}: {sentence}");
    sentence.trim_start_matches("samscope: ").trim_end().to_owned()
}

/// A folder of a test's own, removed at its end.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("cli-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).expect("a temporary folder");
        Self(path)
    }

    pub fn file(&self, name: &str) -> String {
        self.0.join(name).to_str().expect("UTF-8").to_owned()
    }

    pub fn write(&self, name: &str, text: &str) -> String {
        fs::write(self.file(name), text).expect("a temporary file");
        self.file(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Nothing depends on its being gone.
        let _ = fs::remove_dir_all(&self.0);
    }
}
