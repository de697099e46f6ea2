//! `samscope run`.

use std::time::Instant;

use super::args::{Format, RaceArgs, RunArgs, UnderflowArg};
use super::errors::{CliError, from_scenario};
use super::{files, to_json};
use crate::optimizer::{METHODS, Method};
use crate::run::{OptimizerSpec, Recording, Report, Scenario, Underflow, View};

pub(super) fn run(args: &RunArgs) -> Result<(), CliError> {
    let scenario = scenario(&args.race, None, args.record)?;
    let begin = Instant::now();
    let report = Report::run(&scenario, || begin.elapsed().as_secs_f64());
    let text = match args.format {
        Format::Json => to_json(&report)? + "\n",
        Format::Csv => report.csv(),
    };
    files::write(args.out.as_deref(), text.as_bytes())
}

/// The scenario file, or the `base`, or the defaults, with the flags on top.
pub(super) fn scenario(
    args: &RaceArgs,
    base: Option<Scenario>,
    record: Option<Recording>,
) -> Result<Scenario, CliError> {
    let file = args.scenario.as_deref().map(|path| files::read_scenario("--scenario", path)).transpose()?;
    let given = file.or(base);
    let has_loss = given.is_some();
    let mut scenario = given.unwrap_or_else(|| Scenario { optimizers: Vec::new(), ..Scenario::default() });
    scenario.record = record.unwrap_or(scenario.record);
    let mut flags = Vec::new();
    let is_new = apply_loss(args, &mut scenario, has_loss, &mut flags)?;
    apply_optimizers(args, &mut scenario, &mut flags)?;
    apply_run(args, &mut scenario, &mut flags);
    flags.extend(record.map(|_| "--record"));
    scenario.view = if is_new { View::default() } else { scenario.view };
    let scenario = scenario.resolved().map_err(|error| from_scenario(&error, &flags))?;
    if scenario.optimizers.iter().all(|optimizer| !optimizer.on) {
        let none = "optimizers: none takes part; at least one must have \"on\": true";
        return Err(CliError::Input(format!("scenario: {none}")));
    }
    Ok(if is_new { scenario.in_own_view() } else { scenario })
}

fn apply_loss(
    args: &RaceArgs,
    scenario: &mut Scenario,
    has_loss: bool,
    flags: &mut Vec<&str>,
) -> Result<bool, CliError> {
    let is_new = args.loss.apply(scenario, has_loss)?;
    flags.extend(args.loss.flags());
    if !has_loss {
        // The start is the loss's own, but it is this flag that can change it.
        flags.push("--init");
    }
    let Some(init) = &args.init else { return Ok(is_new) };
    flags.push("--init");
    scenario.init.clone_from(&init.0);
    match args.loss.dim {
        Some(dim) if dim != init.0.len() => {
            let message = format!("--init: must have {dim} numbers, as --dim says, but has {}", init.0.len());
            Err(CliError::Input(message))
        }
        _ => Ok(is_new),
    }
}

fn apply_optimizers(args: &RaceArgs, scenario: &mut Scenario, flags: &mut Vec<&str>) -> Result<(), CliError> {
    let ids = || METHODS.iter().map(|method| method.info().id).collect::<Vec<_>>().join(", ");
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

fn apply_run(args: &RaceArgs, scenario: &mut Scenario, flags: &mut Vec<&str>) {
    if args.seed.is_some() {
        scenario.seeds = None;
    }
    scenario.seed = args.seed.unwrap_or(scenario.seed);
    scenario.seeds = args.seeds.or(scenario.seeds);
    scenario.steps = args.steps.unwrap_or(scenario.steps);
    scenario.tol = args.tol.unwrap_or(scenario.tol);
    scenario.underflow = match args.underflow {
        Some(UnderflowArg::Hold) => Underflow::Hold,
        Some(UnderflowArg::Ieee) => Underflow::Ieee,
        None => scenario.underflow,
    };
    flags.extend(args.seed.map(|_| "--seed"));
    flags.extend(args.seeds.map(|_| "--seeds"));
    flags.extend(args.steps.map(|_| "--steps"));
    flags.extend(args.tol.map(|_| "--tol"));
}
