//! The gradient of a node as further nodes, in reverse mode.

use super::graph::{Graph, Id, Node};
use super::names::Function;
use super::term::Term;

/// ∂root/∂x_i for i < `dim`.
pub(super) fn gradient(graph: &mut Graph, root: Id, dim: usize) -> Vec<Id> {
    let zero = graph.constant(0.0);
    let mut partials = vec![zero; dim];
    // What root's derivative by each node is made of, complete once every user of the node was visited.
    let mut adjoints: Vec<Vec<Term>> = vec![Vec::new(); root.index() + 1];
    adjoints[root.index()].push(Term::ONE);
    for id in root.descending() {
        let terms = std::mem::take(&mut adjoints[id.index()]);
        if terms.is_empty() || graph.number(id).is_some() {
            continue;
        }
        let adjoint = Term::sum(graph, &terms);
        if let Node::Variable(index) = graph.node(id) {
            partials[index] = adjoint.node(graph);
        } else {
            propagate(graph, id, adjoint, &mut |operand, term| adjoints[operand.index()].push(term));
        }
    }
    partials
}

/// Gives every operand of `id` its share of the adjoint.
fn propagate(graph: &mut Graph, id: Id, adjoint: Term, give: &mut impl FnMut(Id, Term)) {
    if let Some((base, n)) = graph.as_power(id) {
        let slope = graph.integer_power(base, n - 1);
        let share = adjoint.times(graph, slope);
        give(base, share.scaled(graph, f64::from(n)));
        return;
    }
    match graph.node(id) {
        Node::Constant(_) | Node::Variable(_) | Node::Sign(_) | Node::Choose(_) | Node::OverSquaredCosh(..) => {}
        Node::Negate(a) => give(a, adjoint.negated()),
        Node::Add(a, b) => {
            give(a, adjoint);
            give(b, adjoint);
        }
        Node::Sub(a, b) => {
            give(a, adjoint);
            give(b, adjoint.negated());
        }
        Node::Mul(a, b) if a == b => {
            let share = adjoint.times(graph, a);
            give(a, share.scaled(graph, 2.0));
        }
        Node::Mul(a, b) => {
            give(a, adjoint.times(graph, b));
            if graph.number(b).is_none() {
                give(b, adjoint.times(graph, a));
            }
        }
        Node::Div(a, b) => quotient(graph, id, (a, b), adjoint, give),
        Node::PowConstant(a, exponent) => {
            let exponent = f64::from_bits(exponent);
            let less = graph.constant(exponent - 1.0);
            let slope = graph.pow(a, less);
            let share = adjoint.times(graph, slope);
            give(a, share.scaled(graph, exponent));
        }
        Node::Pow(a, b) => power(graph, id, (a, b), adjoint, give),
        Node::Call(function, a) => give(a, slope(graph, function, a, id, adjoint)),
        Node::Min(a, b) | Node::Max(a, b) => {
            let (whole, zero) = (adjoint.node(graph), graph.constant(0.0));
            let (first, second) = (graph.choose(a, id, whole, zero), graph.choose(a, id, zero, whole));
            give(a, first.into());
            give(b, second.into());
        }
        Node::Logistic(_) | Node::Softplus(_) | Node::Below(..) | Node::Equals(..) | Node::Where(_) => {
            unreachable!("in no formula")
        }
    }
}

/// q = a/b: ∂q/∂a = 1/b, ∂q/∂b = −q/b.
fn quotient(graph: &mut Graph, q: Id, (a, b): (Id, Id), adjoint: Term, give: &mut impl FnMut(Id, Term)) {
    if let Some(divisor) = graph.number(b) {
        return give(a, adjoint.scaled(graph, divisor.recip()));
    }
    if graph.number(a).is_some() {
        let share = adjoint.times(graph, q);
        return give(b, share.over(graph, b).negated());
    }
    let share = adjoint.over(graph, b);
    give(a, share);
    give(b, share.times(graph, q).negated());
}

/// p = aᵇ with a varying b: ∂p/∂a = b aᵇ⁻¹, ∂p/∂b = p log a.
fn power(graph: &mut Graph, p: Id, (a, b): (Id, Id), adjoint: Term, give: &mut impl FnMut(Id, Term)) {
    if graph.number(a).is_none() {
        let one = graph.constant(1.0);
        let less = graph.sub(b, one);
        let power = graph.pow(a, less);
        let slope = graph.mul(b, power);
        give(a, adjoint.times(graph, slope));
    }
    let log = graph.call(Function::Log, a);
    let share = adjoint.times(graph, p);
    give(b, share.times(graph, log));
}

/// adjoint · f′(a), where `value` is f(a).
fn slope(graph: &mut Graph, function: Function, a: Id, value: Id, adjoint: Term) -> Term {
    match function {
        Function::Sqrt => {
            let share = adjoint.over(graph, value);
            share.scaled(graph, 0.5)
        }
        Function::Exp => adjoint.times(graph, value),
        Function::Log => adjoint.over(graph, a),
        Function::Sin => {
            let cos = graph.call(Function::Cos, a);
            adjoint.times(graph, cos)
        }
        Function::Cos => {
            let sin = graph.call(Function::Sin, a);
            adjoint.times(graph, sin).negated()
        }
        Function::Tan => {
            let (one, square) = (graph.constant(1.0), graph.mul(value, value));
            let slope = graph.add(square, one);
            adjoint.times(graph, slope)
        }
        Function::Sinh => {
            let cosh = graph.call(Function::Cosh, a);
            adjoint.times(graph, cosh)
        }
        Function::Cosh => {
            let sinh = graph.call(Function::Sinh, a);
            adjoint.times(graph, sinh)
        }
        Function::Tanh => adjoint.over_squared_cosh(graph, a),
        Function::Abs => {
            let sign = graph.sign(a);
            adjoint.times(graph, sign)
        }
    }
}
