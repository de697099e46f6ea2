//! The flags, as INTERFACE names them. What they allow and what they are by default is said by the core.

use std::ops::RangeInclusive;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use super::fields::{BasinArgs, FieldArgs, MergeArgs, SweepArgs};
use super::values::{
    Coordinates, Format, eta, number, number_in, one_of, page, parameter, point, range_help, record, seeds, switch,
    tau, whole, whole_in,
};
use crate::figure::{Caption, Design, Paper};
use crate::lesson::{self, Lesson};
use crate::loss::Reduction;
use crate::optimizer::Method;
use crate::run::{OptimizerSpec, Recording, Scenario, Switch, Underflow, limits};
use crate::theory::Functional;

const EXIT_CODES: &str = "\
Exit codes: 0 done; 1 a claim fails, or the window cannot be opened; 2 bad input, or output that cannot be written;
130 interrupted.";

/// How does Sharpness-Aware Minimization minimize sharpness? Without a command: opens the window.
#[derive(Debug, Parser)]
#[command(name = "samscope", version, after_help = EXIT_CODES)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Lists the losses with their formulas, parameters and starts
    Losses(JsonArgs),
    /// Lists the optimizers with their update rules
    Optimizers(JsonArgs),
    /// Explains the symbols, settings and buttons of the window
    Glossary(JsonArgs),
    /// Lists the gallery: runs worth a look, good ones and bad ones, each with why
    Gallery(JsonArgs),
    /// Lists the lessons
    Lessons(JsonArgs),
    /// Prints a lesson: its text, its scenario, and what its run and its claims come to
    Lesson(LessonArgs),
    /// Runs one or more optimizers on a loss and prints where they end up
    Run(Box<RunArgs>),
    /// Measures the three notions of sharpness at a point and takes SAM's step there apart
    Sharpness(SharpnessArgs),
    /// Follows the limiting flow along the minimizers, from where gradient flow lands
    Flow(FlowArgs),
    /// Checks the claims: each is a statement with a prediction, held against a measurement
    Verify(VerifyArgs),
    /// Draws a figure for a paper, as SVG or PNG
    Figure(Box<FigureArgs>),
    /// Makes an animated GIF: of a run, of a basin while ρ grows, of a sweep while its runs grow longer
    Animate(Box<AnimateArgs>),
    /// Prints the permalink of a scenario file or a saved figure
    Link(LinkArgs),
    /// Prints the scenario that a permalink or a saved figure holds, or shows it in the window
    Open(OpenArgs),
    /// Computes a quantity over a plane
    Field(Box<FieldArgs>),
    /// Computes where the runs from a plane of starts end, and how sharp it is there
    Basin(Box<BasinArgs>),
    /// Computes where a run ends with a plane of settings
    Sweep(Box<SweepArgs>),
    /// Makes one file of the parts that --shard gave
    Merge(MergeArgs),
    /// Measures the speed of a step and of a frame, and the memory that a long run needs
    Bench(JsonArgs),
}

#[derive(Clone, Copy, Debug, Args)]
pub(super) struct JsonArgs {
    /// JSON instead of a table
    #[arg(long)]
    pub json: bool,
    /// Indented JSON
    #[arg(long)]
    pub pretty: bool,
}

/// What is minimized: LOSS in INTERFACE's commands.
#[derive(Debug, Args)]
pub(super) struct LossArgs {
    /// The loss (`samscope losses` lists them)
    #[arg(long = "loss", value_name = "ID")]
    pub id: Option<String>,
    /// A formula instead, in x1, x2, … or x, y, z, w, with + - * / ^, exp, log, sin, …; any other name is a parameter
    #[arg(long, value_name = "FORMULA", conflicts_with_all = ["id", "samples"], allow_hyphen_values = true)]
    pub expr: Option<String>,
    /// The formula of one sample; repeatable: the loss is their mean or sum
    #[arg(long = "sample", value_name = "FORMULA", conflicts_with = "id", allow_hyphen_values = true)]
    pub samples: Vec<String>,
    /// How the samples make up the loss [default: mean]
    #[arg(long, value_name = "HOW", value_parser = one_of(&[("mean", Reduction::Mean), ("sum", Reduction::Sum)]))]
    pub reduction: Option<Reduction>,
    /// A parameter of the loss; repeatable
    #[arg(long = "param", value_name = "NAME=VALUE", value_parser = parameter, allow_hyphen_values = true)]
    pub params: Vec<(String, f64)>,
    /// The dimension, for a loss that has several
    #[arg(long, value_name = "D", value_parser = whole::<usize>, allow_hyphen_values = true)]
    pub dim: Option<usize>,
}

/// A scenario: a file, or flags, or both.
#[derive(Debug, Args)]
pub(super) struct RaceArgs {
    /// A scenario file, or a figure that samscope saved; - is standard input; flags override it
    #[arg(long, value_name = "FILE")]
    pub scenario: Option<PathBuf>,
    #[command(flatten)]
    pub loss: LossArgs,
    /// An optimizer (`samscope optimizers` lists them); repeatable: a race
    #[arg(long = "optimizer", value_name = "ID")]
    pub optimizers: Vec<String>,
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true, value_parser = number, help = format!(
        "Learning rate η, above 0 and up to {} [default: {}]", limits::ETA_MAX, defaults().eta
    ))]
    pub eta: Option<f64>,
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true, value_parser = number, help = format!(
        "{} [default: {}]", range_help("Perturbation radius ρ", 0.0..=limits::RHO_MAX), defaults().rho
    ))]
    pub rho: Option<f64>,
    #[arg(long, value_name = "N", allow_hyphen_values = true, value_parser = whole::<usize>, help = format!(
        "Samples per batch, from 1 to all of the loss's, for sgd and m-sam [default: {}]", defaults().batch
    ))]
    pub batch: Option<usize>,
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true, value_parser = number, help = format!(
        "Heavy-ball momentum β, from 0 to below {} [default: {}]", limits::BETA_END, defaults().beta
    ))]
    pub beta: Option<f64>,
    /// From this step on another optimizer, with the same settings
    #[arg(long, value_name = "ID@STEP", value_parser = switch)]
    pub switch: Option<Switch>,
    #[arg(long, value_name = "N", allow_hyphen_values = true, value_parser = whole::<u64>, help = format!(
        "Seed of the random stream, from 0 to {} [default: {}]", limits::SEED_MAX, Scenario::default().seed
    ))]
    pub seed: Option<u64>,
    #[arg(long, value_name = "A..B", value_parser = seeds, conflicts_with = "seed", allow_hyphen_values = true, help = format!(
        "Several seeds, both ends included, at most {}: one run for each", limits::SEEDS_MAX
    ))]
    pub seeds: Option<[u64; 2]>,
    #[arg(long, value_name = "X1,X2,…", value_parser = point, allow_hyphen_values = true, help = format!(
        "The start, each coordinate within ±{:e} [default: the loss's own]", limits::INIT_MAX
    ))]
    pub init: Option<Coordinates>,
    #[arg(long, value_name = "N", allow_hyphen_values = true, value_parser = whole::<u64>, help = format!(
        "The number of updates, such as 100000 or 1e5, up to {:e} [default: {}]",
        limits::STEPS_MAX as f64, Scenario::default().steps
    ))]
    pub steps: Option<u64>,
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true, value_parser = number, help = format!(
        "A run has converged when ‖g‖ is at most this; 0 turns that off [default: {}]", Scenario::default().tol
    ))]
    pub tol: Option<f64>,
    /// What becomes of a coordinate below the smallest normal number: it is held there, or underflows as IEEE 754 has it
    /// [default: hold]
    #[arg(long, value_name = "HOW", value_parser = one_of(&[("hold", Underflow::Hold), ("ieee", Underflow::Ieee)]))]
    pub underflow: Option<Underflow>,
}

#[derive(Debug, Args)]
pub(super) struct RunArgs {
    #[command(flatten)]
    pub race: RaceArgs,
    #[arg(long, value_name = "none|N|all", value_parser = record, allow_hyphen_values = true, help = format!(
        "Which iterates are kept: none, all (up to {:e} steps), or at most N ({} to {:e}) in pairs of consecutive steps \
         [default: none]",
        limits::RECORD_ALL_MAX as f64, limits::RECORD_POINTS.start(), *limits::RECORD_POINTS.end() as f64
    ))]
    pub record: Option<Recording>,
    /// The output's format [default: a table on a terminal, else JSON]
    #[arg(long, value_name = "FORMAT", value_parser = one_of(&Format::ALL))]
    pub format: Option<Format>,
    /// Indented JSON
    #[arg(long)]
    pub pretty: bool,
    /// Writes to this file instead of standard output; after Ctrl-C it holds what has been done
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// A PNG's pixels per inch.
const DPI: RangeInclusive<f64> = 30.0..=1200.0;
/// The frames of an animation.
const FRAMES: RangeInclusive<u64> = 2..=1000;
/// Frames per second.
const FPS: RangeInclusive<u64> = 1..=50;
/// The pixels in a row of a GIF.
const GIF_WIDTH: RangeInclusive<u64> = 100..=2000;

/// What is said of a figure's sheet, still or moving.
#[derive(Debug, Args)]
pub(super) struct PaperArgs {
    /// Whether the caption is drawn; it is always in the file's description
    #[arg(long, value_name = "HOW", default_value = "full",
        value_parser = one_of(&[("full", Caption::Full), ("none", Caption::None)]))]
    pub caption: Caption,
    /// The figure's width to its height, such as 16:9 for slides, from 1:2 to 4:1 [default: as high as it needs to be]
    #[arg(long, value_name = "W:H", allow_hyphen_values = true, value_parser = Paper::ratio)]
    pub ratio: Option<f64>,
}

#[derive(Debug, Args)]
pub(super) struct FigureArgs {
    #[arg(value_name = "ID", value_parser = Design::named, help = figures())]
    pub figure: &'static Design,
    #[command(flatten)]
    pub race: RaceArgs,
    #[arg(long, value_name = "MM", allow_hyphen_values = true, default_value_t = Paper::default().width,
        value_parser = number_in(Paper::WIDTHS), help = range_help("The figure's width in millimetres", Paper::WIDTHS))]
    pub width: f64,
    /// The steps at which fig1 has surfaces [default: the start and the ends]
    #[arg(long, value_name = "S1,S2,…", value_delimiter = ',', allow_hyphen_values = true, value_parser = whole::<u64>)]
    pub surface_steps: Option<Vec<u64>>,
    #[arg(long, value_name = "N", allow_hyphen_values = true, default_value = "300",
        value_parser = number_in(DPI), help = range_help("A PNG's pixels per inch", DPI))]
    pub dpi: f64,
    #[command(flatten)]
    pub paper: PaperArgs,
    /// Writes to this file, as the kind that its name ends in
    #[arg(long, value_name = "FILE.svg|FILE.png")]
    pub out: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct AnimateArgs {
    #[arg(value_name = "ID", default_value = "fig1", value_parser = Design::named, help = figures())]
    pub figure: &'static Design,
    #[command(flatten)]
    pub race: RaceArgs,
    #[arg(long, value_name = "N", allow_hyphen_values = true, default_value = "60",
        value_parser = whole_in::<usize>(FRAMES), help = range_help("The number of frames", FRAMES))]
    pub frames: usize,
    #[arg(long, value_name = "N", allow_hyphen_values = true, default_value = "15",
        value_parser = whole_in::<u16>(FPS), help = range_help("Frames per second", FPS))]
    pub fps: u16,
    #[arg(long, value_name = "PIXELS", allow_hyphen_values = true, default_value = "800",
        value_parser = whole_in::<u32>(GIF_WIDTH), help = range_help("The width in pixels", GIF_WIDTH))]
    pub width: u32,
    #[command(flatten)]
    pub paper: PaperArgs,
    /// Writes to this file
    #[arg(long, value_name = "FILE.gif")]
    pub out: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct SharpnessArgs {
    #[command(flatten)]
    pub loss: LossArgs,
    /// The point x1,x2,… [default: the loss's own start]
    #[arg(long, value_name = "X1,X2,…", value_parser = point, allow_hyphen_values = true)]
    pub at: Option<Coordinates>,
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true, default_value_t = defaults().rho,
        value_parser = number, help = range_help("Perturbation radius ρ", 0.0..=limits::RHO_MAX))]
    pub rho: f64,
    #[command(flatten)]
    pub json: JsonArgs,
}

#[derive(Debug, Args)]
pub(super) struct FlowArgs {
    #[command(flatten)]
    pub loss: LossArgs,
    /// Where gradient flow starts; from where it lands on the minimizers the limiting flow goes on
    #[arg(long, value_name = "X1,X2,…", value_parser = point, allow_hyphen_values = true)]
    pub from: Coordinates,
    /// What the flow makes smaller: the largest eigenvalue (full-batch SAM) or the trace (1-SAM)
    #[arg(long, value_name = "WHAT", value_parser = one_of(&[("lambda1", Functional::Lambda1), ("trace", Functional::Trace)]))]
    pub of: Functional,
    /// How far it goes, in τ = ηρ²t, from 0 up
    #[arg(long, value_name = "NUMBER", value_parser = tau, allow_hyphen_values = true)]
    pub tau: f64,
    /// With a learning rate, above 0: the finite-η law instead of the limit
    #[arg(long, value_name = "NUMBER", value_parser = eta, allow_hyphen_values = true)]
    pub eta: Option<f64>,
    #[command(flatten)]
    pub json: JsonArgs,
}

#[derive(Debug, Args)]
pub(super) struct LinkArgs {
    /// A scenario file, or a figure that samscope saved; - is standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The page's address, with which the link then begins [default: only the part from # on]
    #[arg(long, value_name = "URL", value_parser = page)]
    pub page: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct OpenArgs {
    /// A permalink, whole or from # on, a scenario file, or a figure that samscope saved
    #[arg(value_name = "URL", allow_hyphen_values = true)]
    pub url: String,
    /// Writes to this file instead of standard output
    #[arg(long, value_name = "FILE", conflicts_with = "window")]
    pub out: Option<PathBuf>,
    /// Opens the window with it instead
    #[arg(long)]
    pub window: bool,
}

#[derive(Clone, Copy, Debug, Args)]
pub(super) struct LessonArgs {
    /// Its number (`samscope lessons` lists them)
    #[arg(value_name = "N", value_parser = lesson, allow_hyphen_values = true)]
    pub lesson: &'static Lesson,
    #[command(flatten)]
    pub json: JsonArgs,
}

fn lesson(text: &str) -> Result<&'static Lesson, String> {
    lesson::find(whole::<usize>(text)?)
}

#[derive(Debug, Args)]
pub(super) struct VerifyArgs {
    /// The claims to check [default: all]
    #[arg(value_name = "ID")]
    pub ids: Vec<String>,
    /// Writes what was found to this file too, as a page or as text to hand on: statement, source, prediction,
    /// measurement, tolerance, verdict, and how to open the run
    #[arg(long, value_name = "FILE.html|FILE.md")]
    pub report: Option<PathBuf>,
    /// The page's address, which the report's links then open [default: they are commands]
    #[arg(long, value_name = "URL", value_parser = page, requires = "report")]
    pub page: Option<String>,
    #[command(flatten)]
    pub json: JsonArgs,
}

fn figures() -> String {
    format!("The figure: {}", Design::ids())
}

/// A method's settings where no flag says otherwise.
fn defaults() -> OptimizerSpec {
    OptimizerSpec::new(Method::Sam)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clap::CommandFactory;

    use super::*;

    /// clap itself asserts that in debug builds alone; where two arguments have one name, both are refused.
    #[test]
    fn no_command_has_two_arguments_of_one_name() {
        for command in Cli::command().get_subcommands() {
            let mut names = BTreeSet::new();
            for argument in command.get_arguments() {
                assert!(names.insert(argument.get_id().as_str()), "{}: {}", command.get_name(), argument.get_id());
            }
        }
    }
}
