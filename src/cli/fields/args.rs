//! The flags of `field`, `basin`, `sweep` and `merge`.

use std::path::PathBuf;

use clap::Args;

use super::values::{Shard, Size, axes, base, bounds, of_ends, over, quantity, shard, size};
use crate::cli::args::{LossArgs, RaceArgs};
use crate::cli::values::{Coordinates, number, one_of, point, range_help, tau, whole};
use crate::field::Over;
use crate::run::{OptimizerSpec, limits};
use crate::sharpness::MapQuantity;

/// The nodes along a side where nothing is said.
pub(super) const SIZE: usize = 512;

/// The plane whose nodes are computed: PLANE in INTERFACE's commands.
#[derive(Debug, Args)]
pub(in crate::cli) struct PlaneArgs {
    /// The two coordinates along the plane, counted from 1 [default: those of the loss's own view]
    #[arg(long, value_name = "I,J", value_parser = axes, allow_hyphen_values = true)]
    pub axes: Option<[usize; 2]>,
    /// A point of the plane: the one on Γ that the view goes through, the start, or any [default: the view's]
    #[arg(long, value_name = "gamma|start|X1,X2,…", value_parser = base, allow_hyphen_values = true)]
    pub through: Option<super::values::Base>,
    /// The rectangle in the plane [default: the view's]
    #[arg(long, value_name = "U0,U1,V0,V1", value_parser = bounds, allow_hyphen_values = true)]
    pub bounds: Option<[f64; 4]>,
    #[arg(long, value_name = "W[,H]", value_parser = size, allow_hyphen_values = true, help = format!(
        "Nodes in a row, and rows [default: {SIZE},{SIZE}]"
    ))]
    pub size: Option<Size>,
}

/// How the nodes are computed, and where to.
#[derive(Debug, Args)]
pub(in crate::cli) struct WorkArgs {
    /// Writes to this file, as the kind that its name ends in: all arrays, the value that --of names, or its picture
    #[arg(long, value_name = "FILE.npz|.csv|.png|.svg")]
    pub out: PathBuf,
    /// Who computes: this thread alone (lanes), all processors (threads), with the same results to the bit, or the graphics card (gpu) with
    /// the precision of f32 [default: auto, which is threads]
    #[arg(long, value_name = "WHO", value_parser = one_of(&BackendChoice::ALL))]
    pub backend: Option<BackendChoice>,
    /// How many threads; 0 is one for each processor [default: 0]
    #[arg(long, value_name = "N", value_parser = whole::<usize>, allow_hyphen_values = true)]
    pub threads: Option<usize>,
    /// Computes one part of N only, for `samscope merge`
    #[arg(long, value_name = "K/N", value_parser = shard, allow_hyphen_values = true)]
    pub shard: Option<Shard>,
    /// Goes on from FILE.part, which an interrupted command left; begins where there is none
    #[arg(long)]
    pub resume: bool,
    /// Shows no progress
    #[arg(long)]
    pub quiet: bool,
}

/// Who computes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum BackendChoice {
    Auto,
    Lanes,
    Threads,
    Gpu,
}

impl BackendChoice {
    const ALL: [(&'static str, Self); 4] =
        [("auto", Self::Auto), ("lanes", Self::Lanes), ("threads", Self::Threads), ("gpu", Self::Gpu)];
}

#[derive(Debug, Args)]
pub(in crate::cli) struct FieldArgs {
    #[command(flatten)]
    pub loss: LossArgs,
    #[arg(long, value_name = "ID", value_parser = quantity, help = format!(
        "What there is at a node: {}", super::values::quantities()
    ))]
    pub quantity: MapQuantity,
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true, value_parser = number, help = format!(
        "{} [default: {}]", range_help("Perturbation radius ρ", 0.0..=limits::RHO_MAX), OptimizerSpec::default().rho
    ))]
    pub rho: Option<f64>,
    /// The point that --through start means [default: the loss's own start]
    #[arg(long, value_name = "X1,X2,…", value_parser = point, allow_hyphen_values = true)]
    pub init: Option<Coordinates>,
    #[command(flatten)]
    pub plane: PlaneArgs,
    #[command(flatten)]
    pub work: WorkArgs,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct BasinArgs {
    #[command(flatten)]
    pub race: RaceArgs,
    #[command(flatten)]
    pub plane: PlaneArgs,
    #[arg(long, value_name = "Q", default_value = "class", value_parser = of_ends, help = super::values::of_help())]
    pub of: String,
    #[command(flatten)]
    pub work: WorkArgs,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct SweepArgs {
    #[command(flatten)]
    pub race: RaceArgs,
    /// A setting with its values, n of them in equal steps or ratios: eta, rho, beta, batch or a parameter of the loss; given twice, for
    /// the columns and for the rows
    #[arg(long, value_name = "NAME=A..B:n[:log]", value_parser = over, allow_hyphen_values = true)]
    pub over: Vec<Over>,
    /// Each run goes on for this time τ = ηρ²t, above 0, in place of --steps
    #[arg(long, value_name = "NUMBER", value_parser = tau, allow_hyphen_values = true, conflicts_with = "steps")]
    pub tau: Option<f64>,
    #[arg(long, value_name = "Q", default_value = "lambda_1", value_parser = of_ends, help = super::values::of_help())]
    pub of: String,
    #[command(flatten)]
    pub work: WorkArgs,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct MergeArgs {
    /// The files of all parts of one field, basin or sweep, in any order
    #[arg(value_name = "PART", required = true)]
    pub parts: Vec<PathBuf>,
    /// Writes to this file, as the kind that its name ends in
    #[arg(long, value_name = "FILE.npz|.csv|.png|.svg")]
    pub out: PathBuf,
    /// The value that a picture and a CSV file show [default: class for a basin, lambda_1 for a sweep]
    #[arg(long, value_name = "Q", value_parser = of_ends)]
    pub of: Option<String>,
}
