//! `samscope figure` and `samscope animate`.

use std::io::{IsTerminal, Write};
use std::path::Path;

use super::args::{AnimateArgs, FigureArgs, RaceArgs};
use super::errors::{CliError, from_scenario};
use super::files;
use super::run::scenario;
use crate::figure::{Design, Draughtsman, FigureRequest, Film, Paper, raster};
use crate::run::Scenario;

/// Millimetres per inch.
const INCH: f64 = 25.4;

pub(super) fn figure(args: &FigureArgs) -> Result<(), CliError> {
    let mut scenario = shown(args.figure, &args.race)?;
    if let Some(steps) = &args.surface_steps {
        scenario.view.surface_steps.clone_from(steps);
        scenario = scenario.resolved().map_err(|error| from_scenario(&error, &["--surface-steps"]))?;
    }
    within("--width", args.width, Paper::WIDTHS)?;
    within("--dpi", args.dpi, 30.0..=1200.0)?;
    let is_png = kind(&args.out, &["svg", "png"])? == "png";
    let request =
        FigureRequest { width: args.width, caption: args.caption, ..FigureRequest::new(args.figure, scenario) };
    let pixels = (args.width / INCH * args.dpi).round() as u32;
    if is_png {
        request.check_pixels(pixels).map_err(|error| CliError::Input(format!("--width and --dpi: {error}")))?;
    }
    let svg = Draughtsman::default().svg(&request).map_err(CliError::Input)?;
    if !is_png {
        return files::write(Some(&args.out), svg.as_bytes());
    }
    let png = raster::png(&svg, pixels).map_err(CliError::Output)?;
    files::write(Some(&args.out), &png)
}

pub(super) fn animate(args: &AnimateArgs) -> Result<(), CliError> {
    let scenario = shown(args.figure, &args.race)?;
    within("--frames", args.frames as f64, 2.0..=1000.0)?;
    within("--fps", f64::from(args.fps), 1.0..=50.0)?;
    within("--width", f64::from(args.width), 100.0..=2000.0)?;
    kind(&args.out, &["gif"])?;
    let request = FigureRequest { caption: args.caption, ..FigureRequest::new(args.figure, scenario) };
    request.check_pixels(args.width).map_err(|error| CliError::Input(format!("--width: {error}")))?;
    let film = Film { width: args.width, frames: args.frames, fps: args.fps };
    let gif = raster::film(&mut Draughtsman::default(), &request, film, show_progress).map_err(CliError::Output)?;
    on_terminal(format_args!("\r     \r"));
    files::write(Some(&args.out), &gif.unwrap_or_default())
}

/// Says on a terminal how far an animation has come; never ends it.
fn show_progress(share: f64) -> bool {
    on_terminal(format_args!("\r{:.0} %", 100.0 * share));
    false
}

fn on_terminal(text: std::fmt::Arguments) {
    let mut terminal = std::io::stderr();
    if terminal.is_terminal() {
        // A terminal that has gone away is no reason to stop.
        let _ = terminal.write_fmt(text);
    }
}

/// The scenario that a figure shows.
fn shown(design: &Design, race: &RaceArgs) -> Result<Scenario, CliError> {
    let mut base = (design.scenario)();
    if race.loss.id.is_some() || race.loss.expr.is_some() || !race.loss.samples.is_empty() {
        // Its many steps are for the loss that it is about.
        base.steps = Scenario::default().steps;
    }
    scenario(race, Some(base), None)
}

fn within(flag: &str, value: f64, allowed: std::ops::RangeInclusive<f64>) -> Result<(), CliError> {
    if allowed.contains(&value) {
        return Ok(());
    }
    let (low, high) = allowed.into_inner();
    Err(CliError::Input(format!("{flag}: must be a number from {low} to {high}, but is {value}")))
}

/// The file's extension, one of those allowed.
fn kind<'a>(path: &Path, allowed: &[&'a str]) -> Result<&'a str, CliError> {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or("").to_lowercase();
    allowed.iter().copied().find(|kind| *kind == extension).ok_or_else(|| {
        let allowed = allowed.iter().map(|kind| format!(".{kind}")).collect::<Vec<_>>().join(" or ");
        CliError::Input(format!("--out: must end in {allowed}, but is {}", path.display()))
    })
}
