//! `cargo test`, its tests counted and the slow ones listed.

use std::{path::Path, process::Command};

use anyhow::{Result, ensure};

use crate::process;

/// A test that takes longer is listed, in seconds.
const SLOW_S: f64 = 1.0;

/// Lets the tests tell their times, which they do only where unstable options are allowed. By way of a runner: as an
/// environment variable of cargo's it would have everything compiled again.
const TIMED: &str = "target.'cfg(unix)'.runner = ['env', 'RUSTC_BOOTSTRAP=1']";

/// The command for tests of the release profile, with what it names of them.
pub fn command<'a>(targets: impl IntoIterator<Item = &'a str>) -> Command {
    let mut cargo = process::cargo(["test", "--release", "--locked", "--workspace", "--no-fail-fast"]);
    cargo.args(targets);
    cargo
}

/// The tests whose name contains a word, and what has been seen of them.
pub struct Tests<'a> {
    only: &'a str,
    count: usize,
    /// Seconds and name.
    slow: Vec<(f64, String)>,
}

impl<'a> Tests<'a> {
    pub fn of(only: &'a str) -> Self {
        Self { only, count: 0, slow: Vec::new() }
    }

    /// Runs those of these targets.
    pub fn run<'t>(&mut self, targets: impl IntoIterator<Item = &'t str>) -> Result<()> {
        let targets: Vec<&str> = targets.into_iter().collect();
        // Examples in the documentation are compiled one by one, and don't know of times.
        let are_timed = !targets.contains(&"--doc");
        self.watched(command(targets), are_timed, &[])
    }

    /// Runs those of one target that need what its Python can import from a folder, and are left out elsewhere.
    pub fn run_with_python(&mut self, target: &str, packages: &Path) -> Result<()> {
        let mut cargo = command(["--test", target]);
        cargo.env("PYTHONPATH", packages);
        self.watched(cargo, true, &["--ignored"])
    }

    fn watched(&mut self, mut cargo: Command, are_timed: bool, flags: &[&str]) -> Result<()> {
        if cfg!(unix) && are_timed {
            cargo.args(["--config", TIMED, "--", "-Zunstable-options", "--report-time"]);
        } else {
            cargo.arg("--");
        }
        cargo.args(flags).arg(self.only);
        process::run_watched(cargo, |line| self.see(line))
    }

    fn see(&mut self, line: &str) {
        let Some(rest) = line.strip_prefix("test ").filter(|rest| rest.contains(" ... ")) else { return };
        self.count += 1;
        let timed = rest.split_once(" ... ").zip(rest.rsplit_once(" <"));
        let Some(((name, _), (_, time))) = timed else { return };
        let seconds = time.strip_suffix("s>").and_then(|seconds| seconds.parse().ok()).unwrap_or(0.0);
        if seconds > SLOW_S {
            self.slow.push((seconds, name.to_owned()));
        }
    }

    /// Lists the slow ones; fails where no test was meant.
    pub fn finish(mut self) -> Result<()> {
        self.slow.sort_by(|a, b| b.0.total_cmp(&a.0));
        if !self.slow.is_empty() {
            println!("tests that took over {SLOW_S} s, several at once:");
        }
        for (seconds, name) in &self.slow {
            println!("{seconds:6.1} s  {name}");
        }
        ensure!(self.count > 0, "there is no test whose name contains `{}`", self.only);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_counted_and_slow_ones_kept() {
        let mut tests = Tests::of("");
        for line in [
            "running 3 tests",
            "test a::quick ... ok <0.012s>",
            "test slow ... FAILED <12.500s>",
            "test b ... ok",
            "test result: ok.",
        ] {
            tests.see(line);
        }
        assert_eq!((tests.count, &tests.slow), (3, &vec![(12.5, "slow".to_owned())]));
        assert!(tests.finish().is_ok() && Tests::of("nothing").finish().is_err());
    }
}
