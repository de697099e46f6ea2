//! A parsed formula: its syntax tree, flat.

use super::error::{ExpressionError, Span};
use super::names::Function;
use super::parser;

/// A formula's syntax tree as a list in which operands come before what uses them, so that every walk is a
/// loop and no formula, however long, can overflow the stack.
#[derive(Clone, Debug, PartialEq)]
pub struct Formula {
    pub(super) nodes: Vec<FormulaNode>,
    pub(super) parameters: Vec<String>,
}

/// One node of a [`Formula`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FormulaNode {
    /// What it is.
    pub kind: NodeKind,
    /// Where it stands in the text, with the parentheses around its operands but not those around itself.
    pub span: Span,
}

/// What a node is. Operands are indices of earlier nodes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NodeKind {
    /// A number, also `pi` and `e`.
    Number(f64),
    /// x1 is variable 0.
    Variable(usize),
    /// An index into [`Formula::parameters`].
    Parameter(usize),
    /// −u
    Negate(usize),
    /// u ∘ v
    Binary(Operator, usize, usize),
    /// f(u)
    Call(Function, usize),
}

/// What is done with two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// u + v
    Add,
    /// u − v
    Sub,
    /// u v
    Mul,
    /// u / v
    Div,
    /// uᵛ
    Pow,
    /// The smaller one; three arguments are min(min(a, b), c).
    Min,
    /// The larger one.
    Max,
}

impl Formula {
    /// Parses a text.
    ///
    /// # Errors
    /// The text is not a formula, or longer or deeper than the limits; the error's sample is 0.
    pub fn parse(text: &str) -> Result<Self, ExpressionError> {
        parser::parse(text).map_err(|fault| fault.in_sample(0, text))
    }

    /// The nodes, operands first; the last one is the whole formula.
    #[must_use]
    pub fn nodes(&self) -> &[FormulaNode] {
        &self.nodes
    }

    /// The names that need a value, in order of first appearance.
    #[must_use]
    pub fn parameters(&self) -> &[String] {
        &self.parameters
    }

    /// The number of variables: the largest index that appears.
    #[must_use]
    pub fn variables(&self) -> usize {
        let index = |node: &FormulaNode| if let NodeKind::Variable(index) = node.kind { index + 1 } else { 0 };
        self.nodes.iter().map(index).max().unwrap_or(0)
    }
}
