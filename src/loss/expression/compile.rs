//! Formulas to programs: the whole loss's, and every sample's.

use super::OPERATIONS_MAX;
use super::assemble::assemble;
use super::build::{Scope, build};
use super::differentiate::gradient;
use super::error::{ExpressionError, Fault, Span};
use super::formula::Formula;
use super::graph::{Graph, Id};
use super::tape::Tape;
use crate::loss::Reduction;

/// The largest graph, which bounds the time and memory that compiling takes.
const NODES_MAX: usize = 4 * OPERATIONS_MAX;

/// A function and its gradient.
#[derive(Debug)]
pub(super) struct Tapes {
    pub value: Tape,
    pub gradient: Tape,
}

/// A function's value and partial derivatives, as nodes.
#[derive(Clone)]
struct Part {
    value: Id,
    gradient: Vec<Id>,
}

impl Part {
    /// Both functions' values and partial derivatives by `join`.
    fn zip(&self, other: &Self, mut join: impl FnMut(Id, Id) -> Id) -> Self {
        let gradient = self.gradient.iter().zip(&other.gradient).map(|(a, b)| join(*a, *b)).collect();
        Self { value: join(self.value, other.value), gradient }
    }

    fn tapes(&self, graph: &Graph, dim: usize) -> Option<Tapes> {
        let value = assemble(graph, &[self.value], dim, OPERATIONS_MAX)?;
        let gradient = assemble(graph, &self.gradient, dim, OPERATIONS_MAX)?;
        Some(Tapes { value, gradient })
    }
}

/// The programs of the whole loss, and where there are several samples, of each.
pub(super) fn compile(
    formulas: &[Formula],
    texts: &[String],
    reduction: Reduction,
    scope: &Scope<'_>,
    dim: usize,
) -> Result<(Tapes, Vec<Tapes>), ExpressionError> {
    let mut graph = Graph::default();
    let mut parts: Vec<Part> = Vec::with_capacity(formulas.len());
    let mut total: Option<Part> = None;
    for (k, (formula, text)) in formulas.iter().zip(texts).enumerate() {
        let value = build(&mut graph, formula, text, scope).map_err(|fault| fault.in_sample(k, text))?;
        let part = Part { value, gradient: gradient(&mut graph, value, dim) };
        // Summed at once, in the order of the samples as in a batch: no sample's results wait for the next.
        total = Some(match total {
            None => part.clone(),
            Some(total) => total.zip(&part, |a, b| graph.add(a, b)),
        });
        parts.push(part);
        if graph.len() > NODES_MAX {
            return Err(too_long(k, text));
        }
    }
    let too_long = |k: usize| too_long(k, &texts[k]);
    let Some(mut whole) = total else { unreachable!("there is at least one sample") };
    if parts.len() > 1 && reduction == Reduction::Mean {
        let weight = graph.constant(1.0 / parts.len() as f64);
        whole = whole.zip(&whole, |sum, _| graph.mul(sum, weight));
    }
    let whole = whole.tapes(&graph, dim).ok_or_else(|| too_long(parts.len() - 1))?;
    if parts.len() == 1 {
        return Ok((whole, Vec::new()));
    }
    let samples = parts.iter().enumerate().map(|(k, part)| part.tapes(&graph, dim).ok_or_else(|| too_long(k)));
    Ok((whole, samples.collect::<Result<_, _>>()?))
}

fn too_long(sample: usize, text: &str) -> ExpressionError {
    let message =
        format!("the loss is too long: up to here it needs more than the {OPERATIONS_MAX} operations allowed");
    Fault::new(Span::of(text), message).in_sample(sample, text)
}
