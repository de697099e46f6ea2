//! A dispatcher: no argument opens the window, a subcommand goes to the command line; in the browser
//! it starts the page.

#[cfg(target_arch = "wasm32")]
fn main() {
    #[cfg(feature = "gui")]
    samscope::entry::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    #[cfg(feature = "cli")]
    let scenario = match samscope::cli::main(std::env::args_os()) {
        samscope::cli::Outcome::Done(code) => return code,
        samscope::cli::Outcome::Window(scenario) => scenario,
    };
    #[cfg(not(feature = "cli"))]
    let scenario = None;
    open_window(scenario)
}

#[cfg(all(not(target_arch = "wasm32"), feature = "gui"))]
fn open_window(scenario: Option<Box<samscope::run::Scenario>>) -> std::process::ExitCode {
    match samscope::entry::open_window(scenario) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => fail(&format!("the window cannot be opened: {error}")),
    }
}

#[cfg(all(not(target_arch = "wasm32"), not(feature = "gui")))]
fn open_window(_scenario: Option<Box<samscope::run::Scenario>>) -> std::process::ExitCode {
    fail("this build has no window; see `samscope --help` for the commands")
}

#[cfg(not(target_arch = "wasm32"))]
fn fail(message: &str) -> std::process::ExitCode {
    use std::io::Write;
    // Nothing is left to be done where even standard error is closed.
    let _ = writeln!(std::io::stderr(), "samscope: {message}");
    std::process::ExitCode::from(1)
}
