//! `samscope merge`.

use std::path::PathBuf;

use super::VALUE;
use super::args::MergeArgs;
use super::files::{self, Kept, Product};
use crate::cli::errors::CliError;
use crate::cli::files::Output;
use crate::field::{Field, Kind};
use crate::loss::quoted;

pub(in crate::cli) fn merge(args: &MergeArgs) -> Result<(), CliError> {
    let product = Product::of(&args.out)?;
    let out = Output::new("--out", Some(&args.out))?;
    let mut whole: Option<(Kept, Vec<Option<PathBuf>>)> = None;
    for path in &args.parts {
        let part = files::read(path)?;
        let name = quoted(&path.display().to_string());
        let Some(shard) = part.shard else {
            return Err(CliError::Input(format!("{name} is not a part: it was made without --shard")));
        };
        let nodes = shard.nodes(part.field.count());
        let ends = !matches!(part.field.kind, Kind::Quantity { .. });
        if ends && nodes.clone().any(|node| !part.values.has(node)) {
            return Err(CliError::Input(format!("{name} is not complete; compute it with --resume")));
        }
        let new = || (Kept::new(part.field.clone(), None), vec![None; shard.n as usize]);
        let (kept, taken) = whole.get_or_insert_with(new);
        if kept.field != part.field || taken.len() as u64 != shard.n {
            let first = quoted(&args.parts[0].display().to_string());
            return Err(CliError::Input(format!("{name} and {first} are parts of different things")));
        }
        if let Some(other) = taken[shard.k as usize - 1].replace(path.clone()) {
            let other = quoted(&other.display().to_string());
            return Err(CliError::Input(format!("{other} and {name} are the same part, {} of {}", shard.k, shard.n)));
        }
        kept.values.copy(&part.values, nodes);
    }
    let Some((kept, taken)) = whole else { return Err(CliError::Input("PART: is missing".to_owned())) };
    if let Some(missing) = taken.iter().position(Option::is_none) {
        return Err(CliError::Input(format!("part {} of {} is missing", missing + 1, taken.len())));
    }
    out.write(files::product(product, &kept, of(&kept.field, args.of.as_deref())?)?)
}

/// The value that is shown.
fn of<'a>(field: &Field, asked: Option<&'a str>) -> Result<&'a str, CliError> {
    match (&field.kind, asked) {
        (Kind::Quantity { .. }, None) => Ok(VALUE),
        (Kind::Quantity { .. }, Some(_)) => Err(CliError::Input("--of: is for basins and sweeps only".to_owned())),
        (Kind::Basin { .. }, asked) => Ok(asked.unwrap_or("class")),
        (Kind::Sweep { .. }, asked) => Ok(asked.unwrap_or("lambda_1")),
    }
}
