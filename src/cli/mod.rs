//! The command line: clap's subcommands over the core.

mod args;
mod bench;
mod errors;
mod fields;
mod figure;
mod files;
mod flow;
mod interrupt;
mod lesson;
mod link;
mod lists;
mod loss;
mod progress;
mod run;
mod sharpness;
mod values;
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
    interrupt::listen();
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
            say(&error);
            ExitCode::from(error.exit_code())
        }
    })
}

fn execute(command: Command) -> Result<(), CliError> {
    match command {
        Command::Link(args) => link::link(&args),
        Command::Open(args) => link::open(&args).map(drop),
        Command::Losses(args) => lists::losses(args),
        Command::Optimizers(args) => lists::optimizers(args),
        Command::Glossary(args) => lists::glossary(args),
        Command::Gallery(args) => lesson::gallery(args),
        Command::Lessons(args) => lesson::lessons(args),
        Command::Lesson(args) => lesson::lesson(args),
        Command::Run(args) => run::run(&args),
        Command::Sharpness(args) => sharpness::sharpness(&args),
        Command::Flow(args) => flow::flow(&args),
        Command::Verify(args) => verify::verify(&args),
        Command::Figure(args) => figure::figure(&args),
        Command::Animate(args) => figure::animate(&args),
        Command::Field(args) => fields::field(&args),
        Command::Basin(args) => fields::basin(&args),
        Command::Sweep(args) => fields::sweep(&args),
        Command::Merge(args) => fields::merge(&args),
        Command::Bench(args) => bench::bench(args),
    }
}

/// One sentence on standard error.
fn say(sentence: impl std::fmt::Display) {
    // Nothing is left to be done where even standard error is closed.
    let _ = writeln!(std::io::stderr(), "samscope: {sentence}");
}
