//! A formula's value straight from its syntax tree: what the compiled program has to give, to the last bit.

use std::collections::BTreeMap;

use samscope::loss::{Formula, NodeKind, Operator};

pub fn value(formula: &Formula, params: &BTreeMap<String, f64>, x: &[f64]) -> f64 {
    let mut values: Vec<f64> = Vec::new();
    for node in formula.nodes() {
        values.push(match node.kind {
            NodeKind::Number(value) => value,
            NodeKind::Variable(index) => x[index],
            NodeKind::Parameter(index) => params[&formula.parameters()[index]],
            NodeKind::Negate(a) => -values[a],
            NodeKind::Call(function, a) => function.apply(values[a]),
            NodeKind::Binary(operator, a, b) => {
                let constant = is_constant(formula, b);
                binary(operator, values[a], values[b], constant)
            }
        });
    }
    values[values.len() - 1]
}

fn binary(operator: Operator, a: f64, b: f64, constant: bool) -> f64 {
    match operator {
        Operator::Add => a + b,
        Operator::Sub => a - b,
        Operator::Mul => a * b,
        Operator::Div => a / b,
        Operator::Pow if constant && b.fract() == 0.0 && b.abs() <= 64.0 => whole_power(a, b as i32),
        Operator::Pow if constant && b == 0.5 => a.sqrt(),
        Operator::Pow => libm::pow(a, b),
        Operator::Min => a.min(b),
        Operator::Max => a.max(b),
    }
}

fn whole_power(a: f64, n: i32) -> f64 {
    match n {
        0 => 1.0,
        1 => a,
        n if n < 0 => 1.0 / whole_power(a, -n),
        n if n % 2 == 0 => whole_power(a, n / 2) * whole_power(a, n / 2),
        n => whole_power(a, n - 1) * a,
    }
}

/// Whether no variable is below this node.
fn is_constant(formula: &Formula, node: usize) -> bool {
    match formula.nodes()[node].kind {
        NodeKind::Number(_) | NodeKind::Parameter(_) => true,
        NodeKind::Variable(_) => false,
        NodeKind::Negate(a) | NodeKind::Call(_, a) => is_constant(formula, a),
        NodeKind::Binary(_, a, b) => is_constant(formula, a) && is_constant(formula, b),
    }
}
