//! Operations as text in the language of graphics cards.

use std::fmt::Write;

use super::Operations;
use super::expression::{Function, Node};

/// The functions that a [`Text`] calls.
pub const FUNCTIONS: &str = include_str!("functions.wgsl");

/// Operations as statements of WGSL.
#[derive(Clone, Debug)]
pub struct Text {
    /// The statements: constants named `nK`.
    pub statements: String,
    /// The expressions that the outputs are.
    pub outputs: Vec<String>,
}

impl Text {
    /// With these expressions for the inputs; `None` where a constant is beyond what f32 has.
    #[must_use]
    pub fn of(operations: &Operations, inputs: &[String]) -> Option<Self> {
        let graph = operations.graph();
        let mut names: Vec<String> = graph.ids().map(|id| format!("n{}", id.index())).collect();
        for id in graph.ids() {
            match graph.node(id) {
                Node::Variable(index) => names[id.index()].clone_from(&inputs[index]),
                Node::Constant(bits) => names[id.index()] = literal(f64::from_bits(bits)).unwrap_or_default(),
                _ => {}
            }
        }
        let mut statements = String::new();
        for &id in operations.needed() {
            let name = &names[id.index()];
            if name.is_empty() {
                return None;
            }
            if matches!(graph.node(id), Node::Constant(_)) {
                continue;
            }
            // Writing to a text cannot fail.
            let _ = writeln!(statements, "        let {name} = {};", expression(graph.node(id), &names)?);
        }
        let outputs = operations.outputs().iter().map(|output| names[output.index()].clone()).collect();
        Some(Self { statements, outputs })
    }
}

/// A node's operation; `None` where f32 does not have its exponent.
fn expression(node: Node, names: &[String]) -> Option<String> {
    let n = |id: super::expression::Id| &names[id.index()];
    Some(match node {
        Node::Variable(_) | Node::Constant(_) => unreachable!("a name is all there is of it"),
        Node::Negate(a) => format!("-{}", n(a)),
        Node::Add(a, b) => format!("{} + {}", n(a), n(b)),
        Node::Sub(a, b) => format!("{} - {}", n(a), n(b)),
        Node::Mul(a, b) => format!("{} * {}", n(a), n(b)),
        Node::Div(a, b) => format!("{} / {}", n(a), n(b)),
        Node::OverSquaredCosh(a, b) => format!("over_squared_cosh({}, {})", n(a), n(b)),
        Node::PowConstant(a, p) => format!("pow_({}, {})", n(a), literal(f64::from_bits(p))?),
        Node::Pow(a, b) => format!("pow_({}, {})", n(a), n(b)),
        Node::Call(function, a) => format!("{}({})", name(function), n(a)),
        Node::Sign(a) => format!("sign_({})", n(a)),
        Node::Logistic(a) => format!("logistic({})", n(a)),
        Node::Softplus(a) => format!("softplus({})", n(a)),
        Node::Below(a, b) => format!("{} < {}", n(a), n(b)),
        Node::Equals(a, b) => format!("{} == {}", n(a), n(b)),
        Node::Where([truth, a, b]) => format!("select({}, {}, {})", n(b), n(a), n(truth)),
        Node::Min(..) | Node::Max(..) | Node::Choose(_) => unreachable!("recorded as comparisons"),
    })
}

fn name(function: Function) -> &'static str {
    match function {
        Function::Sqrt => "sqrt",
        Function::Exp => "exp_",
        Function::Log => "ln_",
        Function::Sin => "sin_",
        Function::Cos => "cos_",
        Function::Tan => "tan_",
        Function::Sinh => "sinh_",
        Function::Cosh => "cosh_",
        Function::Tanh => "tanh_",
        Function::Abs => "abs",
    }
}

/// A constant with all of its digits; `None` where f32 has none that is near.
fn literal(value: f64) -> Option<String> {
    let single = value as f32;
    (value == 0.0 || single.is_normal()).then(|| format!("({single:?}f)"))
}
