//! The flags, as INTERFACE names them.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::figure::{Caption, Design};

/// How does Sharpness-Aware Minimization minimize sharpness? Without a command: opens the window.
#[derive(Debug, Parser)]
#[command(name = "samscope", version)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Lists the losses with their formulas, parameters and starts
    Losses(ListArgs),
    /// Lists the optimizers with their update rules
    Optimizers(ListArgs),
    /// Runs one or more optimizers on a loss and prints where they end
    Run(Box<RunArgs>),
    /// Measures the three notions of sharpness at a point, and takes SAM's step there apart
    Sharpness(SharpnessArgs),
    /// Follows the limiting flow on the minimizers, from where gradient flow lands
    Flow(FlowArgs),
    /// Runs the claims, each a statement with its prediction and its measurement
    Verify(VerifyArgs),
    /// Draws a figure for a paper: SVG or PNG
    Figure(Box<FigureArgs>),
    /// Makes an animated GIF of a run
    Animate(Box<AnimateArgs>),
    /// Prints the permalink of a scenario file or a saved figure
    Link(LinkArgs),
    /// Prints the scenario that a permalink or a saved figure holds, or shows it
    Open(OpenArgs),
    /// Measures the speed of a step, of a frame, and the memory of a long run
    Bench(ListArgs),
}

#[derive(Debug, Args)]
pub(super) struct ListArgs {
    /// JSON instead of a table
    #[arg(long)]
    pub json: bool,
}

/// What is minimized: LOSS in INTERFACE's commands.
#[derive(Debug, Args)]
pub(super) struct LossArgs {
    /// The loss (see `samscope losses`)
    #[arg(long = "loss", value_name = "ID")]
    pub id: Option<String>,
    /// A formula instead: x1, x2, … or x, y, z, w; + − * / ^; exp, log, sin, …; other names are parameters
    #[arg(long, value_name = "FORMULA", conflicts_with_all = ["id", "samples"], allow_hyphen_values = true)]
    pub expr: Option<String>,
    /// A sample's formula; repeatable: the loss is their mean or sum
    #[arg(long = "sample", value_name = "FORMULA", conflicts_with = "id", allow_hyphen_values = true)]
    pub samples: Vec<String>,
    /// How the samples make the loss [default: mean]
    #[arg(long, value_name = "mean|sum")]
    pub reduction: Option<ReductionArg>,
    /// A parameter of the loss; repeatable
    #[arg(long = "param", value_name = "NAME=VALUE", value_parser = parse_param, allow_hyphen_values = true)]
    pub params: Vec<(String, f64)>,
    /// The dimension, for losses that have several
    #[arg(long, value_name = "D")]
    pub dim: Option<usize>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum ReductionArg {
    Mean,
    Sum,
}

/// A scenario: a file, or flags, or both.
#[derive(Debug, Args)]
pub(super) struct RaceArgs {
    /// A scenario file; flags override it
    #[arg(long, value_name = "FILE")]
    pub scenario: Option<PathBuf>,
    #[command(flatten)]
    pub loss: LossArgs,
    /// An optimizer (see `samscope optimizers`); repeatable: a race
    #[arg(long = "optimizer", value_name = "ID")]
    pub optimizers: Vec<String>,
    /// Learning rate η [default: 0.01]
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true)]
    pub eta: Option<f64>,
    /// Perturbation radius ρ [default: 0.1]
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true)]
    pub rho: Option<f64>,
    /// Samples per batch, for sgd and m-sam [default: 1]
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub batch: Option<usize>,
    /// Seed of the random stream, 0 to 2^53−1 [default: 0]
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub seed: Option<u64>,
    /// Several seeds, both ends included: one run for each
    #[arg(long, value_name = "A..B", value_parser = parse_seeds, conflicts_with = "seed", allow_hyphen_values = true)]
    pub seeds: Option<[u64; 2]>,
    /// The start x1,x2,… [default: the loss's own]
    #[arg(long, value_name = "X1,X2,…", value_parser = parse_point, allow_hyphen_values = true)]
    pub init: Option<Coordinates>,
    /// The number of updates [default: 10000]
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub steps: Option<u64>,
    /// Converged when ‖g‖ ≤ this; 0 is off [default: 0]
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true)]
    pub tol: Option<f64>,
    /// What happens to coordinates below the smallest normal number [default: hold]
    #[arg(long, value_name = "hold|ieee")]
    pub underflow: Option<UnderflowArg>,
}

#[derive(Debug, Args)]
pub(super) struct RunArgs {
    #[command(flatten)]
    pub race: RaceArgs,
    /// Which iterates are kept: none, all, or at most N in pairs of consecutive steps [default: none]
    #[arg(long, value_name = "none|N|all", value_parser = parse_record, allow_hyphen_values = true)]
    pub record: Option<crate::run::Recording>,
    /// The output's format
    #[arg(long, value_name = "json|csv", default_value = "json")]
    pub format: Format,
    /// Writes to this file instead of standard output
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct FigureArgs {
    #[arg(value_name = "ID", value_parser = Design::named, help = figures())]
    pub figure: &'static Design,
    #[command(flatten)]
    pub race: RaceArgs,
    /// The figure's width in millimetres, 60 to 400
    #[arg(long, value_name = "MM", default_value = "174", allow_hyphen_values = true)]
    pub width: f64,
    /// The steps at which fig1 has surfaces [default: the start and the ends]
    #[arg(long, value_name = "S1,S2,…", value_delimiter = ',', allow_hyphen_values = true)]
    pub surface_steps: Option<Vec<u64>>,
    /// A PNG's pixels per inch, 30 to 1200
    #[arg(long, value_name = "N", default_value = "300", allow_hyphen_values = true)]
    pub dpi: f64,
    /// Whether the caption is drawn; it is always in the file's description
    #[arg(long, value_name = "none|full", default_value = "full", value_parser = parse_caption)]
    pub caption: Caption,
    /// Writes to this file: .svg or .png
    #[arg(long, value_name = "FILE.svg|FILE.png")]
    pub out: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct AnimateArgs {
    #[arg(value_name = "ID", default_value = "fig1", value_parser = Design::named, help = figures())]
    pub figure: &'static Design,
    #[command(flatten)]
    pub race: RaceArgs,
    /// The number of pictures, 2 to 1000
    #[arg(long, value_name = "N", default_value = "60", allow_hyphen_values = true)]
    pub frames: usize,
    /// Pictures per second, 1 to 50
    #[arg(long, value_name = "N", default_value = "15", allow_hyphen_values = true)]
    pub fps: u16,
    /// The width in pixels, 100 to 2000
    #[arg(long, value_name = "PIXELS", default_value = "800", allow_hyphen_values = true)]
    pub width: u32,
    /// Whether the caption is drawn; it is always in the file's description
    #[arg(long, value_name = "none|full", default_value = "full", value_parser = parse_caption)]
    pub caption: Caption,
    /// Writes to this file
    #[arg(long, value_name = "FILE.gif")]
    pub out: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct SharpnessArgs {
    #[command(flatten)]
    pub loss: LossArgs,
    /// The point x1,x2,… [default: the loss's own start]
    #[arg(long, value_name = "X1,X2,…", value_parser = parse_point, allow_hyphen_values = true)]
    pub at: Option<Coordinates>,
    /// Perturbation radius ρ
    #[arg(long, value_name = "NUMBER", default_value = "0.1", allow_hyphen_values = true)]
    pub rho: f64,
    /// JSON instead of a table
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(super) struct FlowArgs {
    #[command(flatten)]
    pub loss: LossArgs,
    /// Where gradient flow starts, which lands on the minimizers
    #[arg(long, value_name = "X1,X2,…", value_parser = parse_point, allow_hyphen_values = true)]
    pub from: Coordinates,
    /// What the flow makes smaller: the largest eigenvalue (full-batch SAM) or the trace (1-SAM)
    #[arg(long, value_name = "lambda1|trace")]
    pub of: FunctionalArg,
    /// How far it goes, in τ = ηρ²t
    #[arg(long, value_name = "NUMBER", value_parser = parse_tau, allow_hyphen_values = true)]
    pub tau: f64,
    /// With a learning rate: the finite-η law instead of the limit
    #[arg(long, value_name = "NUMBER", value_parser = parse_eta, allow_hyphen_values = true)]
    pub eta: Option<f64>,
    /// JSON instead of a table
    #[arg(long)]
    pub json: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum FunctionalArg {
    Lambda1,
    Trace,
}

#[derive(Debug, Args)]
pub(super) struct LinkArgs {
    /// A scenario file; - is standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The page's address, which the link then begins with [default: the part from # on alone]
    #[arg(long, value_name = "URL")]
    pub page: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct OpenArgs {
    /// A permalink, whole or from # on; or a scenario file, or a figure that samscope saved
    #[arg(value_name = "URL", allow_hyphen_values = true)]
    pub url: String,
    /// Writes to this file instead of standard output
    #[arg(long, value_name = "FILE", conflicts_with = "window")]
    pub out: Option<PathBuf>,
    /// Opens the window with it instead
    #[arg(long)]
    pub window: bool,
}

#[derive(Debug, Args)]
pub(super) struct VerifyArgs {
    /// The claims to run [default: all]
    #[arg(value_name = "ID")]
    pub ids: Vec<String>,
    /// JSON instead of a table
    #[arg(long)]
    pub json: bool,
}

/// A list of numbers; a type of its own, since clap takes a bare `Vec` for a repeated flag.
#[derive(Clone, Debug)]
pub(super) struct Coordinates(pub Vec<f64>);

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Format {
    Json,
    Csv,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum UnderflowArg {
    Hold,
    Ieee,
}

fn parse_number(text: &str) -> Result<f64, String> {
    text.trim().parse().map_err(|_| format!("must be numbers, but has `{text}`"))
}

fn parse_tau(text: &str) -> Result<f64, String> {
    let tau = parse_number(text)?;
    if tau >= 0.0 && tau.is_finite() { Ok(tau) } else { Err(format!("must be a number from 0 up, but is `{text}`")) }
}

fn parse_eta(text: &str) -> Result<f64, String> {
    let eta = parse_number(text)?;
    if eta > 0.0 && eta.is_finite() { Ok(eta) } else { Err(format!("must be a number above 0, but is `{text}`")) }
}

fn parse_point(text: &str) -> Result<Coordinates, String> {
    text.split(',').map(parse_number).collect::<Result<_, _>>().map(Coordinates)
}

fn parse_param(text: &str) -> Result<(String, f64), String> {
    let (name, value) = text.split_once('=').ok_or_else(|| format!("must be NAME=VALUE, but is `{text}`"))?;
    Ok((name.trim().to_owned(), parse_number(value)?))
}

fn parse_seeds(text: &str) -> Result<[u64; 2], String> {
    let wrong = || format!("must be A..B with two whole numbers, but is `{text}`");
    let (first, last) = text.split_once("..").ok_or_else(wrong)?;
    let number = |text: &str| text.trim().parse::<u64>().map_err(|_| wrong());
    Ok([number(first)?, number(last)?])
}

fn parse_record(text: &str) -> Result<crate::run::Recording, String> {
    match text {
        "none" => Ok(crate::run::Recording::None),
        "all" => Ok(crate::run::Recording::All),
        _ => text
            .parse()
            .map(crate::run::Recording::Points)
            .map_err(|_| format!("must be `none`, `all` or a whole number, but is `{text}`")),
    }
}

fn parse_caption(text: &str) -> Result<Caption, String> {
    match text {
        "none" => Ok(Caption::None),
        "full" => Ok(Caption::Full),
        _ => Err(format!("must be `none` or `full`, but is `{text}`")),
    }
}

fn figures() -> String {
    format!("The figure: {}", Design::ALL.map(|design| design.id).join(", "))
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
