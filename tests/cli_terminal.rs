//! The command line on a terminal: progress, a table, Ctrl-C. The terminal is made by util-linux's `script`, which every
//! Debian has (bsdutils).
#![cfg(all(feature = "cli", target_os = "linux"))]

#[path = "common/cli.rs"]
mod program;

use std::fs;
use std::io::{Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use program::Folder;

/// A run that takes hours, on toy4d.
const LONG: &str = "run --loss toy4d --optimizer one-sam --eta 1e-4 --steps 1e12";

/// What a person types.
const CTRL_C: &[u8] = b"\x03";

/// A program on a terminal of its own.
struct Terminal {
    child: Child,
    keys: ChildStdin,
    screen: ChildStdout,
    shown: String,
}

impl Terminal {
    /// `line` is a shell's, with `samscope` for the program.
    fn run(line: &str) -> Self {
        let line = format!("stty cols 120; samscope() {{ {} \"$@\"; }}; {line}", env!("CARGO_BIN_EXE_samscope"));
        // A shell's background jobs ignore Ctrl-C, and so would what they start; and no test hangs for ever.
        let mut child = Command::new("timeout")
            .args(["120", "env", "--default-signal=INT,HUP,TERM", "script", "--quiet", "--return", "--command", &line, "/dev/null"])
            .env("SHELL", "/bin/sh")
            .env("TERM", "xterm")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("`timeout` and `env` of coreutils, and `script` of util-linux (Debian: bsdutils), are needed for a terminal");
        let keys = child.stdin.take().expect("piped");
        let screen = child.stdout.take().expect("piped");
        Self { child, keys, screen, shown: String::new() }
    }

    /// The program with these arguments, once it is ready for Ctrl-C: until then that ends it without a word.
    fn run_listening(arguments: &str) -> Self {
        let program = env!("CARGO_BIN_EXE_samscope");
        let mut terminal = Self::run(&format!("sh -c 'echo number $$.; exec \"$0\" \"$@\"' {program} {arguments}"));
        terminal.wait_for(".");
        let number = terminal.shown.split(['.', ' ']).find_map(|word| word.parse::<u32>().ok()).expect("its number");
        let begin = Instant::now();
        while !is_listening(number) {
            assert!(begin.elapsed() < Duration::from_mins(1), "it doesn't wait for interrupts: {}", terminal.shown);
            std::thread::sleep(Duration::from_millis(5));
        }
        terminal
    }

    /// Reads on until `text` is shown.
    fn wait_for(&mut self, text: &str) {
        let (begin, mut part) = (Instant::now(), [0; 4096]);
        while !self.shown.contains(text) {
            assert!(begin.elapsed() < Duration::from_mins(1), "`{text}` isn't shown:\n{}", self.shown);
            let read = self.screen.read(&mut part).expect("the terminal");
            assert!(read > 0, "it ended without `{text}`:\n{}", self.shown);
            self.shown += &String::from_utf8_lossy(&part[..read]);
        }
    }

    fn press(&mut self, keys: &[u8]) {
        self.keys.write_all(keys).expect("the terminal takes keys");
    }

    /// Reads to the end; gives what was shown and the exit code.
    fn end(mut self) -> (String, Option<i32>) {
        let mut rest = Vec::new();
        self.screen.read_to_end(&mut rest).expect("the terminal");
        self.shown += &String::from_utf8_lossy(&rest);
        (self.shown, self.child.wait().expect("it ends").code())
    }
}

/// Whether a process is the program, and catches SIGINT.
fn is_listening(number: u32) -> bool {
    let status = fs::read_to_string(format!("/proc/{number}/status")).unwrap_or_default();
    let of = |field: &str| status.lines().find_map(|line| line.strip_prefix(field)).unwrap_or_default().trim();
    let caught = u64::from_str_radix(of("SigCgt:"), 16).unwrap_or(0);
    // The second signal's bit.
    of("Name:") == "samscope" && caught & 0b10 != 0
}

#[test]
fn a_terminal_gets_a_table_and_a_pipe_json() {
    let line = "samscope run --loss ring --optimizer sam --steps 5";
    let (table, code) = Terminal::run(line).end();
    assert!(code == Some(0) && table.contains("alignment") && table.contains("5 (steps)"), "{table}");
    for json in [format!("{line} --format json"), format!("{line} | cat"), format!("{line} --pretty")] {
        let (json, code) = Terminal::run(&json).end();
        assert!(code == Some(0) && json.starts_with('{') && json.contains("\"version\""), "{json}");
    }
}

/// Progress with rate and time left; an interrupt says what is lost and exits with 130.
#[test]
fn an_interrupted_run_says_what_is_lost() {
    let mut terminal = Terminal::run(&format!("samscope {LONG}"));
    terminal.wait_for(" left");
    terminal.press(CTRL_C);
    let (shown, code) = terminal.end();
    assert!(shown.contains("% of 1,000,000,000,000 updates, ") && shown.contains(" a second, "), "{shown}");
    assert_eq!(code, Some(130), "{shown}");
    let last = shown.lines().last().unwrap_or_default();
    assert!(last.contains("samscope: interrupted: "), "{shown}");
    assert!(last.ends_with(" of 1000000000000 updates are lost; with --out FILE they are kept"), "{shown}");
    assert!(!last.contains("interrupted: 0 of"), "{shown}");
}

/// With `--out` the file has the ended run and the present one as far as it has come, and nothing else is left behind.
#[test]
fn an_interrupted_run_with_out_is_kept() {
    let folder = Folder::new("interrupt");
    let file = folder.file("it.json");
    let mut terminal = Terminal::run(&format!("samscope {LONG} --record 16 --out '{file}'"));
    terminal.wait_for(" left");
    terminal.press(CTRL_C);
    let (shown, code) = terminal.end();
    assert_eq!(code, Some(130), "{shown}");
    assert!(shown.contains("samscope: interrupted: ") && shown.contains(" holds what has been done, "), "{shown}");
    let report: serde_json::Value = serde_json::from_str(&fs::read_to_string(&file).expect("written")).expect("JSON");
    let run = &report["runs"][0];
    assert_eq!(run["stop_reason"], "interrupted");
    assert!(run["steps"].as_u64() > Some(1000) && run["record"]["step"].as_array().is_some_and(|kept| kept.len() > 8));
    assert_eq!(fs::read_dir(&folder.0).expect("a folder").count(), 1);
    // The same number of updates at once ends at the same place.
    let steps = run["steps"].to_string();
    let short = LONG.replace("1e12", &steps);
    let again = program::json(&short.split_whitespace().collect::<Vec<_>>());
    assert_eq!(again["runs"][0]["final"], run["final"]);
}

/// A command without a part to keep ends with 130 too, and leaves no file.
#[test]
fn an_interrupted_figure_leaves_nothing() {
    let folder = Folder::new("interrupt-figure");
    let file = folder.file("it.svg");
    let mut terminal = Terminal::run_listening(&format!("figure curves --steps 1e11 --out '{file}'"));
    terminal.press(CTRL_C);
    let (shown, code) = terminal.end();
    assert_eq!(code, Some(130), "{shown}");
    assert!(shown.contains("samscope: interrupted"), "{shown}");
    assert_eq!(fs::read_dir(&folder.0).expect("a folder").count(), 0);
}

/// Redirected standard error has no progress in it.
#[test]
fn no_progress_without_a_terminal() {
    let folder = Folder::new("no-progress");
    let file = folder.file("stderr");
    let mut terminal = Terminal::run_listening(&format!("{LONG} 2> '{file}'"));
    // On a terminal the first would be there by now.
    std::thread::sleep(Duration::from_secs(3));
    terminal.press(CTRL_C);
    let (shown, code) = terminal.end();
    assert_eq!(code, Some(130), "{shown}");
    let sentence = fs::read_to_string(&file).expect("standard error");
    assert!(sentence.starts_with("samscope: interrupted: ") && sentence.lines().count() == 1, "{sentence}");
}
