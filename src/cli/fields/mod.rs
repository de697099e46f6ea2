//! `samscope field`, `basin`, `sweep` and `merge`: a value at each node of a plane, as files.

mod args;
mod files;
mod merge;
mod plane;
mod values;
mod work;

pub(super) use args::{BasinArgs, FieldArgs, MergeArgs, SweepArgs};
pub(super) use merge::merge;

use super::errors::CliError;
use super::run::scenario;
use crate::field::{Field, Kind, Over};
use crate::loss::{Part, Refusal};
use crate::run::{Layout, OptimizerSpec, Scenario, SweepAxis};

/// What is written of a quantity's field.
const VALUE: &str = "value";

pub(super) fn field(args: &FieldArgs) -> Result<(), CliError> {
    let init = args.init.as_ref().map(|init| init.0.clone());
    let mut optimizer = OptimizerSpec::default();
    optimizer.rho = args.rho.unwrap_or(optimizer.rho);
    let loss = args.loss.spec(init.as_deref())?;
    let scenario =
        Scenario { loss, init: init.unwrap_or_default(), optimizers: vec![optimizer], ..Scenario::default() };
    let flags = [&args.loss.flags()[..], &["--init", "--rho"]].concat();
    let scenario = scenario.resolved().map_err(|error| super::errors::from_scenario(&error, &flags))?;
    let (scenario, plane) = args.plane.of(scenario.in_own_view())?;
    work::compute(Field { scenario, kind: Kind::Quantity { quantity: args.quantity, plane } }, VALUE, &args.work)
}

pub(super) fn basin(args: &BasinArgs) -> Result<(), CliError> {
    let (mut scenario, plane) = args.plane.of(one_run(scenario(&args.race, None, None)?)?)?;
    scenario.view.layout = Layout::Basin;
    work::compute(Field { scenario, kind: Kind::Basin { plane } }, &args.of, &args.work)
}

pub(super) fn sweep(args: &SweepArgs) -> Result<(), CliError> {
    let over = <[_; 2]>::try_from(args.over.clone())
        .map_err(|_| CliError::Input("--over: must be given twice, for the columns and for the rows".to_owned()))?;
    if args.tau == Some(0.0) {
        return Err(CliError::Input("--tau: must be a number above 0, but is 0".to_owned()));
    }
    let mut scenario = one_run(scenario(&args.race, None, None)?)?;
    let axis = |Over { setting, nodes }: &Over| SweepAxis {
        setting: setting.clone(),
        from: nodes.from,
        to: nodes.to,
        log: nodes.log,
    };
    // Its link shows it.
    (scenario.view.layout, scenario.view.sweep) = (Layout::Sweep, Some(over.each_ref().map(axis)));
    work::compute(Field { scenario, kind: Kind::Sweep { over, tau: args.tau } }, &args.of, &args.work)
}

/// A node has one run.
fn one_run(scenario: Scenario) -> Result<Scenario, CliError> {
    match scenario.seeds {
        Some([first, last]) if first != last => {
            Err(CliError::Input("--seeds: each node has one run; give --seed instead".to_owned()))
        }
        _ => Ok(scenario),
    }
}

/// What is refused of a field, under the flag that can change it.
fn refusal(error: &Refusal) -> CliError {
    let flag = match error.field.parts()[..] {
        [Part::Name("size"), ..] => "--size: ",
        [Part::Name("bounds"), ..] => "--bounds: ",
        [Part::Name("optimizers"), ..] => "--optimizer: ",
        [Part::Name("over"), Part::Name(name)] => return CliError::Input(format!("--over {name}: {}", error.allowed)),
        [Part::Name("over"), ..] => "--over: ",
        [Part::Name("tau"), ..] => "--tau: ",
        _ => "",
    };
    CliError::Input(format!("{flag}{}", error.allowed))
}
