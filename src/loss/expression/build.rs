//! A parsed formula as nodes of the graph, its parameters as the numbers that they have.

use std::collections::BTreeMap;

use super::error::Fault;
use super::formula::{Formula, FormulaNode, NodeKind, Operator};
use super::graph::{Graph, Id};
use super::names::near_word;
use crate::loss::quoted;

/// What the formula's names and variables mean.
pub(super) struct Scope<'a> {
    pub parameters: &'a BTreeMap<String, f64>,
    /// The dimension, where it is given.
    pub dim: Option<usize>,
}

/// Adds the formula to the graph and gives its root.
pub(super) fn build(graph: &mut Graph, formula: &Formula, text: &str, scope: &Scope<'_>) -> Result<Id, Fault> {
    let mut ids: Vec<Id> = Vec::with_capacity(formula.nodes().len());
    for node in formula.nodes() {
        let id = match node.kind {
            NodeKind::Number(value) => graph.constant(value),
            NodeKind::Variable(index) => variable(graph, node, index, scope)?,
            NodeKind::Parameter(index) => {
                let value = parameter(node, &formula.parameters()[index], scope)?;
                graph.constant(value)
            }
            NodeKind::Negate(a) => graph.negate(ids[a]),
            NodeKind::Call(function, a) => {
                let id = graph.call(function, ids[a]);
                finite(graph, id, &[ids[a]], node, text)?
            }
            NodeKind::Binary(operator, a, b) => {
                let (a, b) = (ids[a], ids[b]);
                if operator == Operator::Div && graph.number(b) == Some(0.0) {
                    return Err(Fault::new(
                        node.span,
                        format!("`{}` divides by 0: a divisor must be another number", node.span.excerpt(text)),
                    ));
                }
                let id = binary(graph, operator, a, b);
                finite(graph, id, &[a, b], node, text)?
            }
        };
        ids.push(id);
    }
    // A formula has at least one node.
    Ok(ids[ids.len() - 1])
}

fn variable(graph: &mut Graph, node: &FormulaNode, index: usize, scope: &Scope<'_>) -> Result<Id, Fault> {
    match scope.dim {
        Some(dim) if index >= dim => {
            let message =
                format!("x{} is out of reach: the dimension is {dim}, so variables go up to x{dim}", index + 1);
            Err(Fault::new(node.span, message))
        }
        _ => Ok(graph.variable(index)),
    }
}

fn parameter(node: &FormulaNode, name: &str, scope: &Scope<'_>) -> Result<f64, Fault> {
    match scope.parameters.get(name) {
        Some(value) if value.is_finite() => Ok(*value),
        Some(value) => {
            let message = format!("the value of `{}` must be a finite number, but is {value}", quoted(name));
            Err(Fault::new(node.span, message))
        }
        None => {
            let near = near_word(name, scope.parameters.keys().cloned());
            let hint = near.map(|near| format!(", or did you mean {}?", quoted(&near))).unwrap_or_default();
            Err(Fault::new(node.span, format!("the parameter `{}` has no value: give it one{hint}", quoted(name))))
        }
    }
}

fn binary(graph: &mut Graph, operator: Operator, a: Id, b: Id) -> Id {
    match operator {
        Operator::Add => graph.add(a, b),
        Operator::Sub => graph.sub(a, b),
        Operator::Mul => graph.mul(a, b),
        Operator::Div => graph.div(a, b),
        Operator::Pow => graph.pow(a, b),
        Operator::Min => graph.min(a, b),
        Operator::Max => graph.max(a, b),
    }
}

/// `id`, unless it is made of constants and yet no constant: the graph folds finite numbers only.
fn finite(graph: &Graph, id: Id, operands: &[Id], node: &FormulaNode, text: &str) -> Result<Id, Fault> {
    let constant = |&id: &Id| graph.number(id).is_some();
    if operands.iter().all(constant) && !constant(&id) {
        let source = node.span.excerpt(text);
        return Err(Fault::new(
            node.span,
            format!("`{source}` is not a finite number, as every constant part must be"),
        ));
    }
    Ok(id)
}
