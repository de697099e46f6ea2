//! Computes a field, tile by tile, with progress; what an interrupt leaves is kept.

use std::ops::{ControlFlow, Range};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::args::{BackendChoice, WorkArgs};
use super::files::{self, Kept, Product};
use super::refusal;
use crate::cli::errors::CliError;
use crate::cli::files::Output;
use crate::cli::interrupt::Watch;
use crate::cli::progress::Progress;
use crate::field::{Backend, Field, Here, Values};
use crate::loss::quoted;
use crate::platform::compute::Threads;
#[cfg(feature = "gpu")]
use crate::platform::compute::{Card, Gpu};

/// What a tile costs, in updates: some hundredths of a second.
const TILE_COST: u64 = 1 << 20;
/// The most nodes of a tile.
const TILE_NODES: usize = 1 << 12;
/// How long an interrupt may go unnoticed.
const PATIENCE: Duration = Duration::from_millis(50);

/// Computes the field, or the part of it that is asked for, and writes it.
pub(super) fn compute(field: Field, of: &str, args: &WorkArgs) -> Result<(), CliError> {
    field.validate().map_err(|error| refusal(&error))?;
    let product = Product::of(&args.out)?;
    if args.shard.is_some() && product != Product::Arrays {
        return Err(CliError::Input(
            "--shard: needs --out FILE.npz, a part from which `samscope merge` makes the whole".to_owned(),
        ));
    }
    let mut backend = backend(args)?;
    let out = Output::new("--out", Some(&args.out))?;
    let mut kept = Kept::new(field, args.shard);
    let part = part_of(&args.out);
    if args.resume && part.exists() {
        kept = files::resumed(&kept, &part)?;
    }
    let todo = missing(&kept.values, args.shard.map_or(0..kept.field.count(), |shard| shard.nodes(kept.field.count())));
    let is_interrupted = run(&mut kept, todo, backend.as_mut(), args.quiet).is_break();
    if args.backend == Some(BackendChoice::Gpu) && !args.quiet {
        // Others may have computed in its place.
        eprintln!("computed by {}", backend.name());
    }
    if is_interrupted {
        return Err(interrupted(&kept, &part)?);
    }
    out.write(files::product(product, &kept, of)?)?;
    if args.resume && part.exists() {
        std::fs::remove_file(&part)
            .map_err(|error| CliError::Output(format!("--resume: cannot remove {}: {error}", part.display())))?;
    }
    Ok(())
}

fn backend(args: &WorkArgs) -> Result<Box<dyn Backend>, CliError> {
    let threads = |count| {
        let threads = Threads::new(count).map_err(|error| CliError::Output(format!("--threads: {error}")))?;
        Ok::<Box<dyn Backend>, CliError>(Box::new(threads))
    };
    match (args.backend.unwrap_or(BackendChoice::Auto), args.threads) {
        (BackendChoice::Auto | BackendChoice::Threads, count) => threads(count.unwrap_or(0)),
        (BackendChoice::Lanes, None | Some(1)) => Ok(Box::new(Here::default())),
        (BackendChoice::Lanes, Some(_)) => {
            Err(CliError::Input("--threads: must be 1 with --backend lanes, which is one thread".to_owned()))
        }
        #[cfg(feature = "gpu")]
        (BackendChoice::Gpu, count) => {
            let card = Card::new().map_err(|why| CliError::Output(format!("--backend gpu: {why}")))?;
            let gpu = Gpu::new(Arc::new(card), count.unwrap_or(0));
            Ok(Box::new(gpu.map_err(|error| CliError::Output(format!("--threads: {error}")))?))
        }
        #[cfg(not(feature = "gpu"))]
        (BackendChoice::Gpu, _) => {
            Err(CliError::Input("--backend: gpu is not in this build; it must be auto, lanes or threads".to_owned()))
        }
    }
}

/// `FILE.part`.
fn part_of(out: &Path) -> PathBuf {
    let mut name = out.as_os_str().to_owned();
    name.push(".part");
    PathBuf::from(name)
}

/// The stretches of nodes that have not been computed.
fn missing(values: &Values, nodes: Range<usize>) -> Vec<Range<usize>> {
    let mut stretches: Vec<Range<usize>> = Vec::new();
    for node in nodes.filter(|&node| !values.has(node)) {
        match stretches.last_mut() {
            Some(last) if last.end == node => last.end += 1,
            _ => stretches.push(node..node + 1),
        }
    }
    stretches
}

/// Breaks where it has been interrupted.
fn run(kept: &mut Kept, todo: Vec<Range<usize>>, backend: &mut dyn Backend, is_quiet: bool) -> ControlFlow<()> {
    let field = Arc::new(kept.field.clone());
    let size = field.tile_nodes(TILE_COST, TILE_NODES);
    let total: u64 = todo.iter().map(|nodes| nodes.len() as u64).sum();
    let progress = (!is_quiet).then(|| Progress::new(total, "nodes"));
    let interrupts = Watch::begin();
    // Nodes: a tile may come back in parts, and tiles together.
    let mut open = total;
    for nodes in todo {
        for first in nodes.clone().step_by(size) {
            backend.submit(&field, (first..(first + size).min(nodes.end)).collect());
        }
    }
    let mut done = 0;
    while open > 0 {
        if interrupts.is_interrupted() {
            backend.cancel();
            return ControlFlow::Break(());
        }
        if let Some(tile) = backend.poll(PATIENCE) {
            kept.values.put(&tile.nodes, &tile.values);
            open -= tile.values.len() as u64;
            done += tile.values.len() as u64;
        }
        if let Some(progress) = &progress {
            progress.show(done, String::new);
        }
    }
    ControlFlow::Continue(())
}

/// Keeps what there is, and says how to go on.
fn interrupted(kept: &Kept, part: &Path) -> Result<CliError, CliError> {
    let out = Output::new("--out", Some(part))?;
    out.write(files::product(Product::Arrays, kept, "")?)?;
    let done = (0..kept.values.len()).filter(|&node| kept.values.has(node)).count();
    let (name, len) = (quoted(&part.display().to_string()), kept.values.len());
    Ok(CliError::Interrupted(format!(": {name} has {done} of {len} nodes; the same command with --resume goes on")))
}
