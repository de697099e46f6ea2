//! `samscope run`.

use std::fs;
use std::path::Path;
use std::time::Instant;

use super::args::{Format, RunArgs, UnderflowArg};
use super::errors::{CliError, from_scenario};
use super::{csv, print, to_json};
use crate::loss::LossSpec;
use crate::optimizer::{METHODS, Method};
use crate::run::{OptimizerSpec, Report, Scenario, ScenarioError, Underflow, View};

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
    flags.push("--loss");
    match &args.loss {
        // Another loss: the file's parameters, start and view do not fit it.
        Some(id) if *id != scenario.loss.id || args.scenario.is_none() => {
            scenario.loss = LossSpec::new(id);
            scenario.init = Vec::new();
            scenario.view = View::default();
        }
        None if args.scenario.is_none() => {
            return Err(CliError::Input("--loss: is missing; `samscope losses` lists the ids".to_owned()));
        }
        _ => {}
    }
    if !args.params.is_empty() {
        flags.push("--param");
        scenario.loss.params.extend(args.params.iter().cloned());
    }
    if let Some(init) = &args.init {
        flags.push("--init");
        scenario.init.clone_from(&init.0);
    }
    let Some(dim) = args.dim else { return Ok(()) };
    let info = scenario.loss.info().map_err(|error| from_scenario(&ScenarioError::from(error), flags))?;
    if !info.dims.contains(&dim) {
        let dims = info.dims.iter().map(ToString::to_string).collect::<Vec<_>>().join(" or ");
        return Err(CliError::Input(format!("--dim: must be {dims} for `{}`, but is {dim}", info.id)));
    }
    if args.init.is_some() && scenario.init.len() != dim {
        let message = format!("--init: must have {dim} numbers, as --dim says, but has {}", scenario.init.len());
        return Err(CliError::Input(message));
    }
    if args.init.is_none() && scenario.init.len() != dim {
        scenario.init = info.start[..dim].to_vec();
    }
    Ok(())
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
    scenario.seed = args.seed.unwrap_or(scenario.seed);
    scenario.steps = args.steps.unwrap_or(scenario.steps);
    scenario.record = args.record.unwrap_or(scenario.record);
    scenario.tol = args.tol.unwrap_or(scenario.tol);
    scenario.underflow = match args.underflow {
        Some(UnderflowArg::Hold) => Underflow::Hold,
        Some(UnderflowArg::Ieee) => Underflow::Ieee,
        None => scenario.underflow,
    };
    flags.extend(args.seed.map(|_| "--seed"));
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
