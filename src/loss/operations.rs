//! What has been [recorded](record): a straight line of operations, which runs over every number type.

use super::expression::{Graph, Id, Node};
use super::{DIM_MAX, Loss, LossSpec, Recorded, Reduction, Scalar, Visitor, array, record};

/// Operations from some numbers to others, without cases but by choice.
#[derive(Clone, Debug)]
pub struct Operations {
    graph: Graph,
    outputs: Vec<Id>,
    /// The nodes that the outputs need, operands first.
    needed: Vec<Id>,
}

/// What a node is when it has run.
#[derive(Clone, Copy)]
enum Value<T: Scalar> {
    Number(T),
    Truth(T::Truth),
}

impl<T: Scalar> Value<T> {
    fn number(self) -> T {
        match self {
            Self::Number(number) => number,
            Self::Truth(_) => unreachable!("a truth is only chosen by"),
        }
    }
}

impl Operations {
    pub(super) fn new(graph: Graph, outputs: Vec<Id>) -> Self {
        let mut is_needed = vec![false; graph.len()];
        for output in &outputs {
            is_needed[output.index()] = true;
        }
        let mut needed = Vec::new();
        for id in graph.ids().rev().filter(|id| !matches!(graph.node(*id), Node::Variable(_))) {
            if is_needed[id.index()] {
                graph.node(id).operands().for_each(|operand| is_needed[operand.index()] = true);
                needed.push(id);
            }
        }
        needed.reverse();
        Self { graph, outputs, needed }
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.needed.len()
    }

    /// The outputs for these inputs.
    pub fn run<T: Scalar>(&self, inputs: &[T]) -> Vec<T> {
        let mut values: Vec<Value<T>> = vec![Value::Number(T::constant(0.0)); self.graph.len()];
        for id in self.graph.ids() {
            if let Node::Variable(index) = self.graph.node(id) {
                values[id.index()] = Value::Number(inputs[index]);
            }
        }
        for &id in &self.needed {
            values[id.index()] = self.value(id, &values);
        }
        self.outputs.iter().map(|output| values[output.index()].number()).collect()
    }

    fn value<T: Scalar>(&self, id: Id, values: &[Value<T>]) -> Value<T> {
        let n = |id: Id| values[id.index()].number();
        Value::Number(match self.graph.node(id) {
            Node::Variable(_) => return values[id.index()],
            Node::Below(a, b) => return Value::Truth(n(a).is_below(n(b))),
            Node::Equals(a, b) => return Value::Truth(n(a).equals(n(b))),
            Node::Where([truth, a, b]) => match values[truth.index()] {
                Value::Truth(truth) => T::choose(truth, n(a), n(b)),
                Value::Number(_) => unreachable!("the first is a truth"),
            },
            Node::Constant(bits) => T::constant(f64::from_bits(bits)),
            Node::Negate(a) => -n(a),
            Node::Add(a, b) => match self.graph.number(b) {
                Some(k) => n(a) + k,
                None => n(a) + n(b),
            },
            Node::Sub(a, b) => n(a) - n(b),
            Node::Mul(a, b) => match self.graph.number(b) {
                Some(k) => n(a) * k,
                None => n(a) * n(b),
            },
            Node::Div(a, b) => n(a) / n(b),
            Node::OverSquaredCosh(a, b) => n(a).over_squared_cosh(n(b)),
            Node::PowConstant(a, p) => n(a).powf(f64::from_bits(p)),
            Node::Pow(a, b) => n(a).pow(n(b)),
            Node::Call(function, a) => function.apply(n(a)),
            Node::Sign(a) => n(a).sign(),
            Node::Logistic(a) => n(a).logistic(),
            Node::Softplus(a) => n(a).softplus(),
            Node::Min(..) | Node::Max(..) | Node::Choose(_) => unreachable!("recorded as comparisons"),
        })
    }

    pub(super) fn graph(&self) -> &Graph {
        &self.graph
    }

    pub(super) fn outputs(&self) -> &[Id] {
        &self.outputs
    }

    pub(super) fn needed(&self) -> &[Id] {
        &self.needed
    }
}

/// A resolved loss in dimension D, recorded.
#[derive(Clone, Debug)]
pub struct RecordedLoss {
    /// L(x) of x.
    pub value: Operations,
    /// ∇L(x) of x.
    pub gradient: Operations,
    /// Σ w_k ∇L_k(x) of x and the weights, where they were asked for.
    pub weighted: Option<Operations>,
}

impl RecordedLoss {
    /// Records a loss; `weighted`: its samples, too, to be weighted.
    #[must_use]
    pub fn of(loss: &LossSpec, dim: usize, weighted: bool) -> Self {
        loss.visit(dim, Record { dim, weighted })
    }

    /// The weight of each sample in a batch of so many.
    #[must_use]
    pub fn weight(loss: &LossSpec, members: usize) -> f64 {
        match loss.reduction() {
            Reduction::Mean => 1.0 / members as f64,
            Reduction::Sum => 1.0,
        }
    }
}

struct Record {
    dim: usize,
    weighted: bool,
}

impl Visitor for Record {
    type Output = RecordedLoss;

    fn visit<L: Loss<D> + Clone + Send + Sync + 'static, const D: usize>(self, loss: &L) -> RecordedLoss {
        const { assert!(D <= DIM_MAX) };
        let gradient = |x: &[Recorded]| loss.gradient(&padded::<D>(x)).to_vec();
        // A loss without samples has no code for one.
        let sample_gradient = |k: usize, x: &[Recorded]| {
            if loss.samples() > 1 { loss.sample_gradient(k, &padded::<D>(x)).to_vec() } else { gradient(x) }
        };
        self.recorded(&Formulas {
            samples: loss.samples(),
            value: &|x| loss.value(&padded::<D>(x)),
            gradient: &gradient,
            sample_gradient: &sample_gradient,
        })
    }
}

/// What a loss is recorded by, behind pointers: for each one there is no more code than its formulas.
struct Formulas<'a> {
    samples: usize,
    value: &'a dyn Fn(&[Recorded]) -> Recorded,
    gradient: &'a dyn Fn(&[Recorded]) -> Vec<Recorded>,
    sample_gradient: &'a dyn Fn(usize, &[Recorded]) -> Vec<Recorded>,
}

impl Record {
    fn recorded(&self, of: &Formulas) -> RecordedLoss {
        let dim = self.dim;
        let own = |mut gradient: Vec<Recorded>| {
            gradient.truncate(dim);
            gradient
        };
        let weighted = |inputs: &[Recorded]| {
            let (x, weights) = inputs.split_at(dim);
            let mut sum = vec![Recorded::constant(0.0); dim];
            for (k, &weight) in weights.iter().enumerate() {
                for (sum, part) in sum.iter_mut().zip((of.sample_gradient)(k, x)) {
                    *sum = *sum + part * weight;
                }
            }
            sum
        };
        RecordedLoss {
            value: record(dim, |x| vec![(of.value)(x)]),
            gradient: record(dim, |x| own((of.gradient)(x))),
            weighted: self.weighted.then(|| record(dim + of.samples, weighted)),
        }
    }
}

/// The coordinates of x, zeros behind them.
fn padded<const D: usize>(x: &[Recorded]) -> [Recorded; D] {
    array(|i| x.get(i).copied().unwrap_or(Recorded::constant(0.0)))
}
