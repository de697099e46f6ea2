//! Which instruction computes a node, together with operands that nothing else uses.

use super::graph::{Graph, Id, Node};
use super::names::Function;
use super::op::Op;

/// A [`Step`](super::tape::Step) whose arguments are nodes still.
#[derive(Clone, Copy, Debug)]
pub(super) struct Operation {
    pub op: Op,
    pub function: Function,
    arguments: [Option<Id>; 4],
    pub constants: [f64; 2],
}

impl Operation {
    fn new<const N: usize>(op: Op, arguments: [Id; N], constants: [f64; 2]) -> Self {
        let arguments = std::array::from_fn(|i| arguments.get(i).copied());
        Self { op, function: Function::Abs, arguments, constants }
    }

    pub fn arguments(&self) -> impl Iterator<Item = Id> {
        self.arguments.into_iter().flatten()
    }
}

/// Looks for fusions in the part of a graph that some outputs need.
pub(super) struct Fuser<'a> {
    graph: &'a Graph,
    /// How often each node is used, as an output too.
    uses: Vec<u32>,
}

impl<'a> Fuser<'a> {
    pub fn new(graph: &'a Graph, outputs: &[Id]) -> Self {
        let mut uses = vec![0; graph.len()];
        for output in outputs {
            uses[output.index()] += 1;
        }
        for id in graph.ids().rev() {
            if uses[id.index()] > 0 {
                for operand in graph.node(id).operands() {
                    uses[operand.index()] += 1;
                }
            }
        }
        Self { graph, uses }
    }

    /// The instruction for `id`; `None` for a variable, which has its register from the start.
    pub fn operation(&self, id: Id) -> Option<Operation> {
        let new1 = |op, a, k| Operation::new(op, [a], [k, 0.0]);
        let new2 = |op, a, b| Operation::new(op, [a, b], [0.0; 2]);
        Some(match self.graph.node(id) {
            Node::Variable(_) => return None,
            Node::Constant(bits) => Operation::new(Op::Constant, [], [f64::from_bits(bits), 0.0]),
            Node::Negate(a) => new1(Op::Negate, a, 0.0),
            Node::Add(a, b) => self.sum(a, b),
            Node::Sub(a, b) => self.difference(a, b),
            Node::Mul(a, b) => self.product(a, b),
            Node::Div(a, b) => match (self.graph.number(a), self.graph.number(b)) {
                (_, Some(k)) => new1(Op::DivConstant, a, k),
                (Some(k), None) => new1(Op::ConstantDiv, b, k),
                (None, None) => new2(Op::Div, a, b),
            },
            Node::PowConstant(a, exponent) => new1(Op::PowConstant, a, f64::from_bits(exponent)),
            Node::Pow(a, b) => new2(Op::Pow, a, b),
            Node::OverSquaredCosh(a, b) => new2(Op::OverSquaredCosh, a, b),
            Node::Call(function, a) => Operation { function, ..new1(Op::Call, a, 0.0) },
            Node::Sign(a) => new1(Op::Sign, a, 0.0),
            Node::Min(a, b) => new2(Op::Min, a, b),
            Node::Max(a, b) => new2(Op::Max, a, b),
            Node::Choose(operands) => Operation::new(Op::Choose, operands, [0.0; 2]),
            Node::Logistic(_) | Node::Softplus(_) | Node::Below(..) | Node::Equals(..) | Node::Where(_) => {
                unreachable!("in no formula")
            }
        })
    }

    /// The factors of a product that only one other node uses.
    fn inner_product(&self, id: Id) -> Option<Product> {
        match self.graph.node(id) {
            Node::Mul(a, b) if self.uses[id.index()] == 1 => {
                Some(self.graph.number(b).map_or(Product::Of(a, b), |k| Product::Scaled(a, k)))
            }
            _ => None,
        }
    }

    /// The factors of an inner product of two that vary.
    fn inner_factors(&self, id: Id) -> Option<(Id, Id)> {
        if let Some(Product::Of(a, b)) = self.inner_product(id) { Some((a, b)) } else { None }
    }

    fn product(&self, a: Id, b: Id) -> Operation {
        if let Some(k) = self.graph.number(b) {
            return match self.inner_factors(a) {
                Some((p, q)) => Operation::new(Op::MulMulConstant, [p, q], [k, 0.0]),
                None => Operation::new(Op::MulConstant, [a], [k, 0.0]),
            };
        }
        let inner = |inner: Id, outer: Id| self.inner_factors(inner).map(|(p, q)| [p, q, outer]);
        match inner(a, b).or_else(|| inner(b, a)) {
            // A square's factor is used twice, so it is no inner product.
            Some(factors) => Operation::new(Op::MulMul, factors, [0.0; 2]),
            None => Operation::new(Op::Mul, [a, b], [0.0; 2]),
        }
    }

    fn sum(&self, a: Id, b: Id) -> Operation {
        if let Some(k) = self.graph.number(b) {
            return self.sum_with_constant(a, k);
        }
        let fused = |product: Id, rest: Id| self.inner_product(product).map(|product| self.product_plus(product, rest));
        let longest = [fused(b, a), fused(a, b)].into_iter().flatten().max_by_key(|fused| fused.arguments().count());
        longest.unwrap_or_else(|| Operation::new(Op::Add, [a, b], [0.0; 2]))
    }

    fn product_plus(&self, product: Product, rest: Id) -> Operation {
        match product {
            Product::Of(a, b) => {
                let inner = |inner: Id, outer: Id| self.inner_factors(inner).map(|(p, q)| [p, q, outer, rest]);
                match inner(a, b).or_else(|| inner(b, a)) {
                    Some(arguments) => Operation::new(Op::MulMulAdd, arguments, [0.0; 2]),
                    None => Operation::new(Op::MulAdd, [a, b, rest], [0.0; 2]),
                }
            }
            Product::Scaled(a, k) => match self.inner_factors(a) {
                Some((p, q)) => Operation::new(Op::MulMulConstantAdd, [p, q, rest], [k, 0.0]),
                None => Operation::new(Op::ScaleAdd, [a, rest], [k, 0.0]),
            },
        }
    }

    fn sum_with_constant(&self, a: Id, k: f64) -> Operation {
        match self.inner_product(a) {
            Some(Product::Scaled(a, factor)) => return Operation::new(Op::Affine, [a], [factor, k]),
            Some(Product::Of(a, b)) => return Operation::new(Op::MulAddConstant, [a, b], [k, 0.0]),
            None => {}
        }
        if let Node::Add(p, q) = self.graph.node(a)
            && self.uses[a.index()] == 1
            && let Some(([p, q], rest)) = self.product_and_rest(p, q)
        {
            return Operation::new(Op::MulAddAddConstant, [p, q, rest], [k, 0.0]);
        }
        Operation::new(Op::AddConstant, [a], [k, 0.0])
    }

    fn product_and_rest(&self, p: Id, q: Id) -> Option<([Id; 2], Id)> {
        let split = |product: Id, rest: Id| self.inner_factors(product).map(|(a, b)| ([a, b], rest));
        split(p, q).or_else(|| split(q, p))
    }

    fn difference(&self, a: Id, b: Id) -> Operation {
        if let Some(k) = self.graph.number(a) {
            return match self.inner_product(b) {
                Some(Product::Scaled(b, factor)) => Operation::new(Op::Affine, [b], [-factor, k]),
                Some(Product::Of(p, q)) => Operation::new(Op::ConstantSubMul, [p, q], [k, 0.0]),
                None => Operation::new(Op::ConstantSub, [b], [k, 0.0]),
            };
        }
        match (self.inner_product(a), self.inner_product(b)) {
            // a − b·k is a + b·(−k), to the bit.
            (_, Some(Product::Scaled(b, k))) => self.product_plus(Product::Scaled(b, -k), a),
            (_, Some(Product::Of(p, q))) => Operation::new(Op::SubMul, [p, q, a], [0.0; 2]),
            (Some(Product::Of(p, q)), None) => Operation::new(Op::MulSub, [p, q, b], [0.0; 2]),
            (Some(Product::Scaled(..)) | None, None) => Operation::new(Op::Sub, [a, b], [0.0; 2]),
        }
    }
}

/// a·b, or a·k.
#[derive(Clone, Copy)]
enum Product {
    Of(Id, Id),
    Scaled(Id, f64),
}
