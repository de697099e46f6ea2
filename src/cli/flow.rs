//! `samscope flow`.

use super::args::FlowArgs;
use super::errors::CliError;
use super::files::show;
use super::lists::{precise, table};
use crate::theory::{Flow, FlowRequest, FlowStop, Functional, PhiError, flow as follow};

/// At most about this many rows in a table.
const ROWS: usize = 25;

pub(super) fn flow(args: &FlowArgs) -> Result<(), CliError> {
    let from = &args.from.0;
    let loss = args.loss.landscape_at(from, "--from")?;
    let request = FlowRequest { of: args.of, tau: args.tau, eta: args.eta, clarke: false };
    let path = follow(loss.as_ref(), from, &request).map_err(refusal)?;
    show(args.json, &path, || in_rows(&path))
}

/// Under the flag that can change it.
fn refusal(error: PhiError) -> CliError {
    let flag = if error == PhiError::NoCycle { "--eta" } else { "--from" };
    CliError::Input(format!("{flag}: {error}"))
}

fn in_rows(path: &Flow) -> String {
    let last = path.tau.len() - 1;
    let stride = path.tau.len().div_ceil(ROWS);
    let shown = (0..=last).filter(|i| i % stride == 0 || *i == last);
    let rows = shown.map(|i| [precise(path.tau[i]), point(&path.x[i]), precise(path.value[i])]);
    let value = match path.functional {
        Functional::Lambda1 => "λ1",
        Functional::Trace => "Tr of the samples' mean",
    };
    let ending = match path.stop_reason {
        FlowStop::Tau => "It went as far as it was asked to.",
        FlowStop::EigenvalueCrossing => "It stops where λ1 = λ2: there the theorem says nothing further.",
        FlowStop::LeftGamma => "It stops where the Hessian's rank changes.",
        FlowStop::Rest => "It is at rest.",
    };
    format!("{}{ending}\n", table(["τ", "x", value], rows))
}

fn point(x: &[f64]) -> String {
    x.iter().copied().map(precise).collect::<Vec<_>>().join(", ")
}
