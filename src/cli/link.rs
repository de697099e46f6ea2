//! `samscope link` and `samscope open`: a scenario file as a permalink and back.

use std::path::Path;

use super::args::{LinkArgs, OpenArgs};
use super::errors::CliError;
use super::files::{self, Output, print};
use crate::run::Scenario;

pub(super) fn link(args: &LinkArgs) -> Result<(), CliError> {
    let scenario = files::read_scenario("FILE", &args.file)?;
    print(format!("{}#{}\n", args.page.as_deref().unwrap_or_default(), scenario.to_link()))
}

/// Prints or writes the scenario; with `--window` gives it back, to be shown.
pub(super) fn open(args: &OpenArgs) -> Result<Option<Scenario>, CliError> {
    let out = Output::new("--out", args.out.as_deref())?;
    let file = Path::new(&args.url);
    let scenario = if file.is_file() {
        files::read_scenario("URL", file)?
    } else {
        Scenario::from_link(&args.url).map_err(|error| CliError::Input(format!("URL: {error}")))?
    };
    if args.window {
        return Ok(Some(scenario));
    }
    out.write_json(&scenario, true)?;
    Ok(None)
}
