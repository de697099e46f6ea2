//! `cargo xtask test`: every check, each run whatever became of the others, and a table at the end.

use std::{fs, time::Instant};

use anyhow::{Context, Result, ensure};
use clap::ValueEnum;

use crate::{cargo_test::Tests, native_test, page_tests, process, repo, setup, table, web};

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

/// Runs these parts (none: all); of the tests those whose name contains `only`.
pub fn run(parts: &[Part], only: &str, no_build: bool) -> Result<()> {
    let parts = if parts.is_empty() { Part::value_variants() } else { parts };
    let mut rows = vec![["part", "result", "seconds"].map(str::to_owned)];
    let mut failures = Vec::new();
    for (name, check) in checks(parts, only, no_build) {
        println!("== {name}");
        let start = Instant::now();
        let result = check();
        let verdict = if result.is_ok() { "passed" } else { "failed" };
        rows.push([name.to_owned(), verdict.to_owned(), format!("{:.0}", start.elapsed().as_secs_f64())]);
        if let Err(error) = result {
            println!("{name} failed: {error:#}");
            failures.push(name);
        }
    }
    println!("\n{}", table::align(rows));
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
        checks.push(("core", Box::new(|| core(only))));
    }
    if wants(Part::Ui) {
        checks.push(("ui", Box::new(|| ui(only))));
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

/// Lints in the profiles in which the parts after it compile, so that no procedural macro is built twice: the release
/// profile (as this tool itself), and the page's.
fn lint() -> Result<()> {
    setup::lint_tools()?;
    setup::wasm_target()?;
    let clippy = |arguments: &str| {
        let mut cargo = process::cargo(["clippy", "--locked"]);
        cargo.args(arguments.split(' ')).args(["--", "-D", "warnings"]);
        process::run(cargo)
    };
    all([
        clippy("--release --workspace --all-targets"),
        clippy(
            "--profile web --target wasm32-unknown-unknown --no-default-features --features gui --lib --bin samscope",
        ),
        // With the features of the whole workspace, as the lints above: their dependencies serve it too.
        documentation(&["--workspace"]),
        documentation(&["--no-default-features"]),
    ])
}

/// The library's documentation, as docs.rs builds it, without a warning.
fn documentation(flags: &[&str]) -> Result<()> {
    let mut doc = process::cargo(["doc", "--release", "--locked", "--no-deps", "--lib"]);
    doc.args(flags).env("RUSTDOCFLAGS", "-D warnings");
    process::run(doc)
}

fn core(only: &str) -> Result<()> {
    // Its graphics by software stand in for a card.
    setup::virtual_display()?;
    native_test::build()?;
    let names = integration_tests()?;
    let names = names.iter().filter(|name| !is_ui(name)).flat_map(|name| ["--test", name]);
    let mut tests = Tests::of(only);
    all([
        tests.run(["--lib", "--bins"].into_iter().chain(names)),
        tests.run(["--doc"]),
        setup::hyperqueue().and_then(|packages| tests.run_with_python("cli_cluster", &packages)),
        process::run(process::cargo(["check", "--release", "--locked", "--no-default-features", "--lib"])),
        tests.finish(),
    ])
}

fn ui(only: &str) -> Result<()> {
    // Its graphics by software draw the pictures.
    setup::virtual_display()?;
    native_test::build()?;
    let names: Vec<String> = integration_tests()?.into_iter().filter(|name| is_ui(name)).collect();
    // Without a name cargo would run everything: no test is a failure, not a pass.
    ensure!(!names.is_empty(), "there is no tests/ui*.rs");
    let mut tests = Tests::of(only);
    all([tests.run(names.iter().flat_map(|name| ["--test", name])), tests.finish()])
}

fn native(no_build: bool) -> Result<()> {
    if !no_build {
        native_test::build()?;
    }
    native_test::run(&repo::samscope_exe()?)
}

fn page(only: &str, no_build: bool) -> Result<()> {
    if !no_build {
        native_test::build()?;
        web::build(None)?;
    }
    page_tests::run(only)
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

/// Fails with all the failures.
fn all(results: impl IntoIterator<Item = Result<()>>) -> Result<()> {
    let failures = results.into_iter().filter_map(Result::err).map(|error| format!("{error:#}"));
    let failures: Vec<String> = failures.collect();
    ensure!(failures.is_empty(), "{}", failures.join("; "));
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
    fn all_failures_are_told() {
        let bad = |name| process::run(process::command(name));
        let error = all([bad("no-such-a"), Ok(()), bad("no-such-b")]).expect_err("two fail").to_string();
        assert!(error.contains("no-such-a") && error.contains("no-such-b"), "{error}");
    }
}
