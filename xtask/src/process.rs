//! Running other programs: from the repository's root, the project's own tools first on `PATH`.

use std::{
    env,
    ffi::{OsStr, OsString},
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
};

use anyhow::{Context, Result, bail, ensure};

use crate::repo;

/// A command that runs in the repository's root and finds the project's own tools first.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(repo::root()).env("PATH", search_path());
    command
}

/// `cargo` with these arguments.
pub fn cargo<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> Command {
    let mut cargo = command("cargo");
    cargo.args(arguments);
    cargo
}

fn search_path() -> OsString {
    let inherited = env::var_os("PATH").unwrap_or_default();
    let own = ["bin", "npm/binaryen/node_modules/.bin"].map(|folder| repo::tools_dir().join(folder));
    let folders = own.into_iter().chain(env::split_paths(&inherited));
    env::join_paths(folders).unwrap_or(inherited)
}

/// Says what runs, runs it with its output shown, and fails when it fails.
pub fn run(mut command: Command) -> Result<()> {
    let line = line_of(&command);
    eprintln!("$ {line}");
    let status = command.status().with_context(|| format!("cannot start `{line}`"))?;
    ensure!(status.success(), "`{line}` failed");
    Ok(())
}

/// [`run`], with every line of its standard output shown to `watch` too.
pub fn run_watched(mut command: Command, mut watch: impl FnMut(&str)) -> Result<()> {
    let line = line_of(&command);
    eprintln!("$ {line}");
    command.stdout(Stdio::piped());
    let mut running = Running::start(command)?;
    let output = running.child().stdout.take().context("no output")?;
    for text in BufReader::new(output).lines() {
        let text = text.with_context(|| format!("`{line}` printed no UTF-8"))?;
        println!("{text}");
        watch(&text);
    }
    ensure!(running.child().wait()?.success(), "`{line}` failed");
    Ok(())
}

/// The native binary, with the features that it has beside the tests: none is built twice.
pub fn build_samscope() -> Result<()> {
    run(cargo(["build", "--release", "--locked", "--workspace", "--bin", "samscope"]))
}

/// [`run`], for a command that ends only when it is told to: where the system can, it takes this process's place, so
/// that whoever stops the one stops the other.
pub fn run_last(command: Command) -> Result<()> {
    #[cfg(unix)]
    {
        let mut command = command;
        let line = line_of(&command);
        eprintln!("$ {line}");
        let error = std::os::unix::process::CommandExt::exec(&mut command);
        Err(error).with_context(|| format!("cannot start `{line}`"))
    }
    #[cfg(not(unix))]
    run(command)
}

/// Runs a command in silence and returns its standard output; on failure the error carries its standard error.
pub fn capture(mut command: Command) -> Result<Vec<u8>> {
    let line = line_of(&command);
    let output = command.output().with_context(|| format!("cannot start `{line}`"))?;
    if !output.status.success() {
        bail!("`{line}` failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(output.stdout)
}

/// [`capture`], for commands that print text.
pub fn capture_text(command: Command) -> Result<String> {
    let line = line_of(&command);
    String::from_utf8(capture(command)?).with_context(|| format!("`{line}` printed no UTF-8"))
}

/// The program that a command of this name would start.
pub fn find(program: &str) -> Option<PathBuf> {
    let file = format!("{program}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&search_path()).map(|folder| folder.join(&file)).find(|path| path.is_file())
}

fn line_of(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

/// A program in the background, stopped when this is dropped.
pub struct Running(Child);

impl Running {
    pub fn start(mut command: Command) -> Result<Self> {
        let line = line_of(&command);
        Ok(Self(command.spawn().with_context(|| format!("cannot start `{line}`"))?))
    }

    pub fn is_alive(&mut self) -> bool {
        matches!(self.0.try_wait(), Ok(None))
    }

    pub fn child(&mut self) -> &mut Child {
        &mut self.0
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Both fail only when it has ended already, which is what is wanted.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_line_reads_as_it_was_typed() {
        assert_eq!(line_of(&cargo(["test", "--lib"])), "cargo test --lib");
    }

    #[test]
    fn a_failing_command_says_which_and_why() {
        let error = capture(cargo(["no-such-subcommand-here"])).expect_err("it must fail").to_string();
        assert!(error.contains("cargo no-such-subcommand-here"), "{error}");
    }
}
