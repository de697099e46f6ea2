//! `samscope run`.

use std::ops::ControlFlow;
use std::path::Path;
use std::time::Instant;

use super::args::{RaceArgs, RunArgs};
use super::errors::{CliError, from_scenario};
use super::files::{self, Output};
use super::interrupt::Watch;
use super::lists::table;
use super::progress::Progress;
use super::values::{Format, ids};
use crate::loss::{quoted, short};
use crate::optimizer::Method;
use crate::run::{OptimizerSpec, Recording, Report, ReportProgress, RunResult, Scenario, View};

/// At most about this many rows in a table.
const ROWS: usize = 25;

pub(super) fn run(args: &RunArgs) -> Result<(), CliError> {
    let scenario = scenario(&args.race, None, args.record)?;
    let out = Output::new("--out", args.out.as_deref())?;
    let default = if out.is_terminal() && !args.pretty { Format::Table } else { Format::Json };
    let (report, is_interrupted) = report(&scenario)?;
    let lost_or_kept = is_interrupted.then(|| lost_or_kept(&report, out.path()));
    if lost_or_kept.is_none() || out.path().is_some() {
        match args.format.unwrap_or(default) {
            Format::Json => out.write_json(&report, args.pretty),
            Format::Csv => out.write(report.csv()),
            Format::Table => out.write(in_rows(&report)),
        }?;
    }
    lost_or_kept.map_or(Ok(()), |what| Err(CliError::Interrupted(what)))
}

/// The report, and whether Ctrl-C has cut it short.
fn report(scenario: &Scenario) -> Result<(Report, bool), CliError> {
    let begin = Instant::now();
    let progress = Progress::new(Report::updates(scenario), "updates");
    let interrupts = Watch::begin();
    let mut is_interrupted = false;
    let watch = |ReportProgress { updates, measured, .. }| {
        progress.show(updates, || if measured > 0 { format!("; {measured} points measured") } else { String::new() });
        // The first one ends the run, whose record is then measured; another one cuts that short.
        let is_new = interrupts.is_interrupted();
        is_interrupted |= is_new;
        if is_new { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let report = Report::run_watched(scenario, || begin.elapsed().as_secs_f64(), watch);
    let report = report.map_err(|error| CliError::Input(format!("--{}: {}", error.field, error.allowed)))?;
    Ok((report, is_interrupted))
}

/// What has become of the work after an interrupt.
fn lost_or_kept(report: &Report, out: Option<&Path>) -> String {
    let updates: u64 = report.runs.iter().map(|run| run.steps).sum();
    let planned = Report::updates(&report.scenario);
    match out {
        Some(path) => {
            format!(
                ": {} holds what has been done, {updates} of {planned} updates",
                quoted(&path.display().to_string())
            )
        }
        None => format!(": {updates} of {planned} updates are lost; with --out FILE they are kept"),
    }
}

/// The runs' ends.
fn in_rows(report: &Report) -> String {
    let row = |run: &RunResult| {
        let end = &run.last;
        let reason = serde_json::to_string(&run.stop_reason).unwrap_or_default();
        let x = end.x.iter().copied().map(short).collect::<Vec<_>>().join(", ");
        [
            run.optimizer.info().id.to_owned(),
            run.seed.to_string(),
            format!("{} ({})", run.steps, reason.trim_matches('"')),
            short(end.loss),
            short(end.eigenvalues[0]),
            short(end.trace),
            end.alignment.map_or("–".to_owned(), short),
            x,
        ]
    };
    let header = ["optimizer", "seed", "steps", "L", "λ1", "Tr H", "alignment", "x"];
    let more = match report.runs.len().saturating_sub(ROWS) {
        0 => String::new(),
        more => format!("and {more} more: --format csv or json has all\n"),
    };
    table(header, report.runs.iter().take(ROWS).map(row)) + &more
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
    scenario.has_runs().map_err(|error| from_scenario(&error, &flags))?;
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
    let optimizers = &mut scenario.optimizers;
    put(args.eta, "--eta", flags, optimizers.iter_mut().map(|optimizer| &mut optimizer.eta));
    put(args.rho, "--rho", flags, optimizers.iter_mut().map(|optimizer| &mut optimizer.rho));
    put(args.batch, "--batch", flags, optimizers.iter_mut().map(|optimizer| &mut optimizer.batch));
    put(args.beta, "--beta", flags, optimizers.iter_mut().map(|optimizer| &mut optimizer.beta));
    let switch = args.switch.map(Some);
    put(switch, "--switch", flags, optimizers.iter_mut().map(|optimizer| &mut optimizer.switch));
    Ok(())
}

/// Puts what a flag gives, if it is given, in its places, and notes the flag.
fn put<'a, T: Copy + 'a>(
    given: Option<T>,
    flag: &'static str,
    flags: &mut Vec<&str>,
    places: impl IntoIterator<Item = &'a mut T>,
) {
    let Some(value) = given else { return };
    flags.push(flag);
    places.into_iter().for_each(|place| *place = value);
}

fn apply_run(args: &RaceArgs, scenario: &mut Scenario, flags: &mut Vec<&str>) {
    if args.seed.is_some() {
        scenario.seeds = None;
    }
    put(args.seed, "--seed", flags, [&mut scenario.seed]);
    put(args.seeds.map(Some), "--seeds", flags, [&mut scenario.seeds]);
    put(args.steps, "--steps", flags, [&mut scenario.steps]);
    put(args.tol, "--tol", flags, [&mut scenario.tol]);
    put(args.underflow, "--underflow", flags, [&mut scenario.underflow]);
}
