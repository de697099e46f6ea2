//! `cargo xtask test`: every check, each run whatever became of the others, and a table at the end.

use std::{fs, process::Command, time::Instant};

use anyhow::{Context, Result, bail, ensure};
use clap::ValueEnum;

use crate::{native_test, page_tests, process, repo, setup, table, web};

/// A part of the checks, in the order in which they run: the quick ones first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Part {
    /// Formatting and lints, natively and for the browser
    Lint,
    /// The library, the command line, the documentation's examples, this tool
    Core,
    /// The window's panels without a window
    Ui,
    /// The native window on a virtual display
    Native,
    /// The built page in Chromium and Firefox, and its size
    Page,
}

/// A row of the final table: a name and how to run it.
type Check<'a> = (&'static str, Box<dyn Fn() -> Result<()> + 'a>);

/// Runs these parts (none: all).
pub fn run(parts: &[Part], only: &str, no_build: bool) -> Result<()> {
    let parts = if parts.is_empty() { Part::value_variants() } else { parts };
    let mut rows = vec![vec!["part".to_owned(), "result".to_owned(), "seconds".to_owned()]];
    let mut failures = Vec::new();
    for (name, check) in checks(parts, only, no_build) {
        println!("== {name}");
        let start = Instant::now();
        let result = check();
        let verdict = if result.is_ok() { "passed" } else { "failed" };
        rows.push(vec![name.to_owned(), verdict.to_owned(), format!("{:.0}", start.elapsed().as_secs_f64())]);
        if let Err(error) = result {
            println!("{name} failed: {error:#}");
            failures.push(name);
        }
    }
    println!("\n{}", table::align(&rows));
    ensure!(failures.is_empty(), "failed: {}", failures.join(", "));
    Ok(())
}

fn checks<'a>(parts: &[Part], only: &'a str, no_build: bool) -> Vec<Check<'a>> {
    let wants = |part| parts.contains(&part);
    let mut checks: Vec<Check> = Vec::new();
    if wants(Part::Lint) {
        checks.push(("format", Box::new(format)));
        checks.push(("lint", Box::new(lint)));
    }
    if wants(Part::Core) {
        checks.push(("core", Box::new(core)));
    }
    if wants(Part::Ui) {
        checks.push(("ui", Box::new(ui)));
    }
    if wants(Part::Native) {
        checks.push(("native", Box::new(move || native(no_build))));
    }
    if wants(Part::Page) {
        checks.push(("page", Box::new(move || page(only, no_build))));
    }
    checks
}

fn format() -> Result<()> {
    setup::lint_tools()?;
    process::run(process::cargo(["fmt", "--all", "--check"]))
}

fn lint() -> Result<()> {
    setup::lint_tools()?;
    setup::wasm_target()?;
    let clippy = |arguments: &str| {
        let mut cargo = process::cargo(["clippy", "--locked"]);
        cargo.args(arguments.split(' ')).args(["--", "-D", "warnings"]);
        cargo
    };
    run_all([
        clippy("--workspace --all-targets"),
        clippy("--target wasm32-unknown-unknown --no-default-features --features gui --lib --bin samscope"),
        documentation(&[]),
        documentation(&["--no-default-features"]),
    ])
}

/// The library's documentation, as docs.rs builds it, without a warning.
fn documentation(features: &[&str]) -> Command {
    let mut doc = process::cargo(["doc", "--locked", "--no-deps", "--lib"]);
    doc.args(features).env("RUSTDOCFLAGS", "-D warnings");
    doc
}

fn core() -> Result<()> {
    build_tests()?;
    let mut tests = release_tests(["--lib", "--bins"]);
    for name in integration_tests()?.iter().filter(|name| !is_ui(name)) {
        tests.args(["--test", name]);
    }
    run_all([
        tests,
        release_tests(["--doc"]),
        process::cargo(["check", "--locked", "--no-default-features", "--lib"]),
        process::cargo(["test", "--locked", "--package", "xtask"]),
    ])
}

fn ui() -> Result<()> {
    build_tests()?;
    let names: Vec<String> = integration_tests()?.into_iter().filter(|name| is_ui(name)).collect();
    // Without a name cargo would run everything: no test is a failure, not a pass.
    ensure!(!names.is_empty(), "there is no tests/ui*.rs");
    process::run(release_tests(names.iter().flat_map(|name| ["--test", name.as_str()])))
}

fn native(no_build: bool) -> Result<()> {
    if !no_build {
        build_tests()?;
    }
    native_test::run(&repo::samscope_exe()?)
}

fn page(only: &str, no_build: bool) -> Result<()> {
    if !no_build {
        build_tests()?;
        web::build(None)?;
    }
    page_tests::run(only)
}

/// The one release build that every part uses: it leaves the native binary beside the tests.
fn build_tests() -> Result<()> {
    process::run(release_tests(["--no-run"]))
}

fn release_tests<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Command {
    let mut cargo = process::cargo(["test", "--release", "--locked", "--no-fail-fast"]);
    cargo.args(arguments);
    cargo
}

fn integration_tests() -> Result<Vec<String>> {
    let folder = repo::root().join("tests");
    let mut names = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        let is_test = path.extension().is_some_and(|extension| extension == "rs") || path.join("main.rs").is_file();
        let stem = path.file_stem().and_then(|stem| stem.to_str());
        names.extend(stem.filter(|_| is_test).map(str::to_owned));
    }
    names.sort();
    Ok(names)
}

fn is_ui(test: &str) -> bool {
    test.starts_with("ui")
}

/// Runs every command, even after one has failed, and fails with all the failures.
fn run_all(commands: impl IntoIterator<Item = Command>) -> Result<()> {
    let failures: Vec<String> = commands
        .into_iter()
        .filter_map(|command| process::run(command).err())
        .map(|error| format!("{error:#}"))
        .collect();
    if !failures.is_empty() {
        bail!("{}", failures.join("; "));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_run_in_their_order_whatever_the_command_line_says() {
        let names: Vec<_> = checks(&[Part::Page, Part::Lint], "", false).iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["format", "lint", "page"]);
    }

    #[test]
    fn all_commands_run_and_all_failures_are_told() {
        let bad = process::command;
        let error = run_all([bad("no-such-a"), process::cargo(["version"]), bad("no-such-b")]);
        let error = error.expect_err("two commands fail").to_string();
        assert!(error.contains("no-such-a") && error.contains("no-such-b"), "{error}");
    }
}
