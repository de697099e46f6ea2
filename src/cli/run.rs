//! `samscope run`.

use std::fs;
use std::path::Path;
use std::time::Instant;

use super::args::{Format, RunArgs, UnderflowArg};
use super::errors::{CliError, from_scenario};
use super::{csv, print, to_json};
use crate::optimizer::{METHODS, Method};
use crate::run::{OptimizerSpec, Report, Scenario, Underflow};

pub(super) fn run(args: &RunArgs) -> Result<(), CliError> {
    let scenario = scenario(args)?;
    let begin = Instant::now();
    let report = Report::run(&scenario, || begin.elapsed().as_secs_f64());
    let text = match args.format {
        Format::Json => to_json(&report)? + "\n",
        Format::Csv => csv::flat(&report)?,
    };
    match &args.out {
        Some(path) => write_whole(path, &text),
        None => print(&text),
    }
}

/// The scenario file, or the defaults, with the flags on top.
fn scenario(args: &RunArgs) -> Result<Scenario, CliError> {
    let mut scenario = match &args.scenario {
        Some(path) => from_file(path)?,
        None => Scenario { optimizers: Vec::new(), ..Scenario::default() },
    };
    let mut flags = Vec::new();
    apply_loss(args, &mut scenario, &mut flags)?;
    apply_optimizers(args, &mut scenario, &mut flags)?;
    apply_run(args, &mut scenario, &mut flags);
    scenario.resolved().map_err(|error| from_scenario(&error, &flags))
}

fn from_file(path: &Path) -> Result<Scenario, CliError> {
    let text = fs::read_to_string(path)
        .map_err(|error| CliError::Input(format!("--scenario: cannot read {}: {error}", path.display())))?;
    Scenario::from_json(&text).map_err(|error| CliError::Input(format!("--scenario {}: {error}", path.display())))
}

fn apply_loss(args: &RunArgs, scenario: &mut Scenario, flags: &mut Vec<&str>) -> Result<(), CliError> {
    args.loss.apply(scenario, args.scenario.is_some())?;
    flags.extend(args.loss.flags());
    if args.scenario.is_none() {
        // The start is the loss's own, but it is this flag that can change it.
        flags.push("--init");
    }
    let Some(init) = &args.init else { return Ok(()) };
    flags.push("--init");
    scenario.init.clone_from(&init.0);
    match args.loss.dim {
        Some(dim) if dim != init.0.len() => {
            let message = format!("--init: must have {dim} numbers, as --dim says, but has {}", init.0.len());
            Err(CliError::Input(message))
        }
        _ => Ok(()),
    }
}

fn apply_optimizers(args: &RunArgs, scenario: &mut Scenario, flags: &mut Vec<&str>) -> Result<(), CliError> {
    let ids = || METHODS.iter().map(|info| info.id).collect::<Vec<_>>().join(", ");
    if !args.optimizers.is_empty() {
        flags.push("--optimizer");
        scenario.optimizers = args
            .optimizers
            .iter()
            .map(|id| {
                let method = Method::find(id)
                    .ok_or_else(|| CliError::Input(format!("--optimizer: must be one of {}, but is `{id}`", ids())))?;
                Ok(OptimizerSpec::new(method))
            })
            .collect::<Result<_, CliError>>()?;
    } else if scenario.optimizers.is_empty() {
        return Err(CliError::Input(format!("--optimizer: is missing; it must be one of {}", ids())));
    }
    for optimizer in &mut scenario.optimizers {
        optimizer.eta = args.eta.unwrap_or(optimizer.eta);
        optimizer.rho = args.rho.unwrap_or(optimizer.rho);
        optimizer.batch = args.batch.unwrap_or(optimizer.batch);
    }
    flags.extend(args.eta.map(|_| "--eta"));
    flags.extend(args.rho.map(|_| "--rho"));
    flags.extend(args.batch.map(|_| "--batch"));
    Ok(())
}

fn apply_run(args: &RunArgs, scenario: &mut Scenario, flags: &mut Vec<&str>) {
    if args.seed.is_some() {
        scenario.seeds = None;
    }
    scenario.seed = args.seed.unwrap_or(scenario.seed);
    scenario.seeds = args.seeds.or(scenario.seeds);
    scenario.steps = args.steps.unwrap_or(scenario.steps);
    scenario.record = args.record.unwrap_or(scenario.record);
    scenario.tol = args.tol.unwrap_or(scenario.tol);
    scenario.underflow = match args.underflow {
        Some(UnderflowArg::Hold) => Underflow::Hold,
        Some(UnderflowArg::Ieee) => Underflow::Ieee,
        None => scenario.underflow,
    };
    flags.extend(args.seed.map(|_| "--seed"));
    flags.extend(args.seeds.map(|_| "--seeds"));
    flags.extend(args.steps.map(|_| "--steps"));
    flags.extend(args.record.map(|_| "--record"));
    flags.extend(args.tol.map(|_| "--tol"));
}

/// Writes beside the target and renames, so that no half-written file is left behind.
fn write_whole(path: &Path, text: &str) -> Result<(), CliError> {
    let failed = |error: std::io::Error| CliError::Input(format!("--out: cannot write {}: {error}", path.display()));
    let mut partial = path.as_os_str().to_owned();
    partial.push(".partial");
    let written = fs::write(&partial, text).and_then(|()| fs::rename(&partial, path));
    if written.is_err() {
        // The file may not even exist; the first error is the one to tell.
        let _ = fs::remove_file(&partial);
    }
    written.map_err(failed)
}
