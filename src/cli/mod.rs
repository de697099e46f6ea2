//! The command line: clap's subcommands over the core.

mod args;
mod bench;
mod errors;
mod figure;
mod files;
mod flow;
mod link;
mod lists;
mod loss;
mod run;
mod sharpness;
mod verify;

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Command};
use errors::CliError;

use crate::run::Scenario;

/// What the command line comes to.
#[derive(Debug)]
pub enum Outcome {
    /// The command has been carried out or refused.
    Done(ExitCode),
    /// The caller opens the window, with this scenario where one was asked for.
    Window(Option<Box<Scenario>>),
}

/// Runs the command line in `arguments` (the program's name first).
#[must_use]
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> Outcome {
    let outcome = match Cli::try_parse_from(arguments) {
        Ok(Cli { command: None }) => return Outcome::Window(None),
        Ok(Cli { command: Some(Command::Open(args)) }) => match link::open(&args) {
            Ok(Some(scenario)) => return Outcome::Window(Some(Box::new(scenario))),
            outcome => outcome.map(drop),
        },
        Ok(Cli { command: Some(command) }) => execute(command),
        Err(error) if errors::is_help(&error) => {
            return Outcome::Done(if error.print().is_ok() { ExitCode::SUCCESS } else { ExitCode::from(1) });
        }
        Err(error) => Err(errors::from_clap(&error)),
    };
    Outcome::Done(match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nothing is left to be done where even standard error is closed.
            let _ = writeln!(std::io::stderr(), "samscope: {error}");
            ExitCode::from(error.exit_code())
        }
    })
}

fn execute(command: Command) -> Result<(), CliError> {
    match command {
        Command::Link(args) => link::link(&args),
        Command::Open(args) => link::open(&args).map(drop),
        Command::Losses(args) => lists::losses(args.json),
        Command::Optimizers(args) => lists::optimizers(args.json),
        Command::Run(args) => run::run(&args),
        Command::Sharpness(args) => sharpness::sharpness(&args),
        Command::Flow(args) => flow::flow(&args),
        Command::Verify(args) => verify::verify(&args),
        Command::Figure(args) => figure::figure(&args),
        Command::Animate(args) => figure::animate(&args),
        Command::Bench(args) => bench::bench(args.json),
    }
}

fn print(text: &str) -> Result<(), CliError> {
    print_bytes(text.as_bytes())
}

/// Prints to standard output; a reader that went away is not an error.
fn print_bytes(bytes: &[u8]) -> Result<(), CliError> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(CliError::Output(format!("standard output: {error}")))
        }
        _ => Ok(()),
    }
}

fn to_json<T: serde::Serialize>(value: &T) -> Result<String, CliError> {
    serde_json::to_string(value).map_err(|error| CliError::Output(format!("cannot write JSON: {error}")))
}
