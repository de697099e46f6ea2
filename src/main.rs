//! A dispatcher: no argument opens the window, a subcommand goes to the command line.
use std::process::ExitCode;
fn main() -> ExitCode {
    samscope::cli::main(std::env::args_os()).unwrap_or(ExitCode::SUCCESS)
}
