//! A node with a factor beside it.

use super::graph::{Graph, Id};

/// factor · node, or the factor alone. Constants gather in the factor, so that no operation is spent on them
/// until the node is needed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Term {
    factor: f64,
    node: Option<Id>,
}

impl From<Id> for Term {
    fn from(node: Id) -> Self {
        Self { factor: 1.0, node: Some(node) }
    }
}

impl Term {
    pub const ONE: Self = Self { factor: 1.0, node: None };

    /// The product as one node.
    pub fn node(self, graph: &mut Graph) -> Id {
        let factor = graph.constant(self.factor);
        self.node.map_or(factor, |node| graph.mul(node, factor))
    }

    pub fn negated(self) -> Self {
        Self { factor: -self.factor, ..self }
    }

    pub fn times(self, graph: &mut Graph, node: Id) -> Self {
        match graph.number(node) {
            Some(number) => self.scaled(graph, number),
            None => Self { node: Some(self.node.map_or(node, |own| graph.mul(own, node))), ..self },
        }
    }

    pub fn over(self, graph: &mut Graph, node: Id) -> Self {
        let own = self.own(graph);
        Self { node: Some(graph.div(own, node)), ..self }
    }

    pub fn over_squared_cosh(self, graph: &mut Graph, node: Id) -> Self {
        let own = self.own(graph);
        Self { node: Some(graph.over_squared_cosh(own, node)), ..self }
    }

    /// The node without its factor.
    fn own(self, graph: &mut Graph) -> Id {
        self.node.unwrap_or_else(|| graph.constant(1.0))
    }

    /// self · number. Where the factor would over- or underflow, it becomes part of the node.
    pub fn scaled(self, graph: &mut Graph, number: f64) -> Self {
        let factor = self.factor * number;
        if factor.is_normal() {
            return Self { factor, ..self };
        }
        let (node, number) = (self.node(graph), graph.constant(number));
        graph.mul(node, number).into()
    }

    /// The sum of at least one term, with a factor that all share outside.
    pub fn sum(graph: &mut Graph, terms: &[Self]) -> Self {
        let merged = merged(terms);
        if let &[only] = merged.as_slice() {
            return only;
        }
        let shared = merged[0].factor.abs();
        let is_shared = shared.is_normal() && merged.iter().all(|term| term.factor.abs() == shared);
        let factor = if is_shared { shared } else { 1.0 };
        let nodes = merged.into_iter().map(|term| Self { factor: term.factor / factor, ..term });
        let nodes: Vec<Id> = nodes.map(|term| term.node(graph)).collect();
        Self { factor, node: nodes.into_iter().reduce(|total, next| graph.add(total, next)) }
    }
}

/// The terms in order of first appearance, those of the same node added.
fn merged(terms: &[Term]) -> Vec<Term> {
    let mut merged: Vec<Term> = Vec::with_capacity(terms.len());
    for term in terms {
        match merged.iter_mut().find(|known| known.node == term.node) {
            Some(known) => known.factor += term.factor,
            None => merged.push(*term),
        }
    }
    merged
}
