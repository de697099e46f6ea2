//! The flags, as INTERFACE names them.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

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
    /// Measures the speed of a step, of a frame, and the memory of a long run
    Bench(ListArgs),
}

#[derive(Debug, Args)]
pub(super) struct ListArgs {
    /// JSON instead of a table
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(super) struct RunArgs {
    /// A scenario file; flags override it
    #[arg(long, value_name = "FILE")]
    pub scenario: Option<PathBuf>,
    /// The loss (see `samscope losses`)
    #[arg(long, value_name = "ID")]
    pub loss: Option<String>,
    /// A parameter of the loss; repeatable
    #[arg(long = "param", value_name = "NAME=VALUE", value_parser = parse_param, allow_hyphen_values = true)]
    pub params: Vec<(String, f64)>,
    /// The dimension, for losses that have several
    #[arg(long, value_name = "D")]
    pub dim: Option<usize>,
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
    /// The start x1,x2,… [default: the loss's own]
    #[arg(long, value_name = "X1,X2,…", value_parser = parse_point, allow_hyphen_values = true)]
    pub init: Option<Coordinates>,
    /// The number of updates [default: 10000]
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub steps: Option<u64>,
    /// Which iterates are kept: none, all, or at most N in pairs of consecutive steps [default: none]
    #[arg(long, value_name = "none|N|all", value_parser = parse_record, allow_hyphen_values = true)]
    pub record: Option<crate::run::Recording>,
    /// Converged when ‖g‖ ≤ this; 0 is off [default: 0]
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true)]
    pub tol: Option<f64>,
    /// What happens to coordinates below the smallest normal number [default: hold]
    #[arg(long, value_name = "hold|ieee")]
    pub underflow: Option<UnderflowArg>,
    /// The output's format
    #[arg(long, value_name = "json|csv", default_value = "json")]
    pub format: Format,
    /// Writes to this file instead of standard output
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
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

fn parse_point(text: &str) -> Result<Coordinates, String> {
    text.split(',').map(parse_number).collect::<Result<_, _>>().map(Coordinates)
}

fn parse_param(text: &str) -> Result<(String, f64), String> {
    let (name, value) = text.split_once('=').ok_or_else(|| format!("must be NAME=VALUE, but is `{text}`"))?;
    Ok((name.trim().to_owned(), parse_number(value)?))
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
