//! `samscope figure` and `samscope animate`.

use super::args::{AnimateArgs, FigureArgs, PaperArgs, RaceArgs};
use super::errors::{CliError, from_scenario};
use super::files::{Output, kind};
use super::progress::Progress;
use super::run::scenario;
use crate::figure::{Animation, Design, Draughtsman, FigureRequest, raster};
use crate::run::Scenario;

/// Millimetres per inch.
pub(super) const INCH: f64 = 25.4;

pub(super) fn figure(args: &FigureArgs) -> Result<(), CliError> {
    let mut scenario = shown(args.figure, &args.race)?;
    if let Some(steps) = &args.surface_steps {
        scenario.view.surface_steps.clone_from(steps);
        scenario = scenario.resolved().map_err(|error| from_scenario(&error, &["--surface-steps"]))?;
    }
    let is_png = kind("--out", &args.out, &["svg", "png"])? == "png";
    let request = FigureRequest { width: args.width, ..on_paper(&args.paper, args.figure, scenario) };
    let pixels = (args.width / INCH * args.dpi).round() as u32;
    if is_png {
        request.check_pixels(pixels).map_err(|error| CliError::Input(format!("--width and --dpi: {error}")))?;
    }
    let out = Output::new("--out", Some(&args.out))?;
    let svg = Draughtsman::default().svg(&request).map_err(CliError::Input)?;
    if is_png { out.write(raster::png(&svg, pixels).map_err(CliError::Output)?) } else { out.write(svg) }
}

pub(super) fn animate(args: &AnimateArgs) -> Result<(), CliError> {
    let scenario = shown(args.figure, &args.race)?;
    kind("--out", &args.out, &["gif"])?;
    let request = on_paper(&args.paper, args.figure, scenario);
    request.check_pixels(args.width).map_err(|error| CliError::Input(format!("--width: {error}")))?;
    let out = Output::new("--out", Some(&args.out))?;
    let animation = Animation { width: args.width, frames: args.frames, fps: args.fps };
    let progress = Progress::new(animation.frames as u64, "frames");
    let show_progress = |share: f64| {
        progress.show((share * animation.frames as f64) as u64, String::new);
        false
    };
    let gif =
        raster::animation(&mut Draughtsman::default(), &request, animation, show_progress).map_err(CliError::Input)?;
    drop(progress);
    out.write(gif.unwrap_or_default())
}

fn on_paper(args: &PaperArgs, design: &Design, scenario: Scenario) -> FigureRequest {
    FigureRequest { caption: args.caption, ratio: args.ratio, ..FigureRequest::new(design, scenario) }
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
