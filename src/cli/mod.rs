//! The command line: clap's subcommands over the core.

mod args;
mod bench;
mod csv;
mod errors;
mod flow;
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

/// Runs the command line in `arguments` (the program's name first). `None` where there is no
/// subcommand: then the caller opens the window.
#[must_use]
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> Option<ExitCode> {
    let outcome = match Cli::try_parse_from(arguments) {
        Ok(Cli { command: None }) => return None,
        Ok(Cli { command: Some(command) }) => execute(command),
        Err(error) if errors::is_help(&error) => {
            return Some(if error.print().is_ok() { ExitCode::SUCCESS } else { ExitCode::from(1) });
        }
        Err(error) => Err(errors::from_clap(&error)),
    };
    Some(match outcome {
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
        Command::Losses(args) => lists::losses(args.json),
        Command::Optimizers(args) => lists::optimizers(args.json),
        Command::Run(args) => run::run(&args),
        Command::Sharpness(args) => sharpness::sharpness(&args),
        Command::Flow(args) => flow::flow(&args),
        Command::Verify(args) => verify::verify(&args),
        Command::Bench(args) => bench::bench(args.json),
    }
}

/// Prints to standard output; a reader that went away is not an error.
fn print(text: &str) -> Result<(), CliError> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(CliError::Output(format!("standard output: {error}")))
        }
        _ => Ok(()),
    }
}

fn to_json<T: serde::Serialize>(value: &T) -> Result<String, CliError> {
    serde_json::to_string(value).map_err(|error| CliError::Output(format!("cannot write JSON: {error}")))
}
