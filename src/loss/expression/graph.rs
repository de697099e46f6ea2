//! Formulas as one graph of operations in which equal ones are the same node.

use std::collections::HashMap;

use super::names::Function;
use super::op::{larger, smaller};
use crate::loss::Scalar;

/// A node's number. Operands have smaller numbers than what uses them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::loss) struct Id(u32);

impl Id {
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// This number and all below, descending.
    pub fn descending(self) -> impl Iterator<Item = Self> {
        (0..=self.0).rev().map(Self)
    }
}

/// An operation. A constant operand of a sum or product is the second one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::loss) enum Node {
    /// A number's bits.
    Constant(u64),
    Variable(usize),
    Negate(Id),
    Add(Id, Id),
    Sub(Id, Id),
    Mul(Id, Id),
    Div(Id, Id),
    /// The first over the squared cosh of the second.
    OverSquaredCosh(Id, Id),
    /// A power with a constant exponent, given by its bits.
    PowConstant(Id, u64),
    Pow(Id, Id),
    Call(Function, Id),
    Sign(Id),
    Min(Id, Id),
    Max(Id, Id),
    /// The third where the first, an argument of min or max, attains the second, the extreme; else the fourth.
    Choose([Id; 4]),
    /// 1/(1 + e⁻ˣ). This and what follows comes from losses and methods of ours ([`Recorded`](crate::loss::Recorded)); no formula
    /// that is typed has it.
    Logistic(Id),
    Softplus(Id),
    /// The truth that the first is less than the second.
    Below(Id, Id),
    /// The truth that both are the same.
    Equals(Id, Id),
    /// The second where the first, a truth, holds; else the third.
    Where([Id; 3]),
}

impl Node {
    /// What it uses.
    pub fn operands(self) -> impl Iterator<Item = Id> {
        let operands = match self {
            Self::Constant(_) | Self::Variable(_) => [None; 4],
            Self::Negate(a)
            | Self::PowConstant(a, _)
            | Self::Call(_, a)
            | Self::Sign(a)
            | Self::Logistic(a)
            | Self::Softplus(a) => [Some(a), None, None, None],
            Self::Add(a, b)
            | Self::Sub(a, b)
            | Self::Mul(a, b)
            | Self::Div(a, b)
            | Self::OverSquaredCosh(a, b)
            | Self::Pow(a, b)
            | Self::Min(a, b)
            | Self::Max(a, b)
            | Self::Below(a, b)
            | Self::Equals(a, b) => [Some(a), Some(b), None, None],
            Self::Where([a, b, c]) => [Some(a), Some(b), Some(c), None],
            Self::Choose(operands) => operands.map(Some),
        };
        operands.into_iter().flatten()
    }
}

/// Integer powers up to this one are products, which are exact in sign for negative bases, and fast.
const PRODUCT_POWER_MAX: f64 = 64.0;

/// The operations of all samples and of their gradients.
///
/// The constructors simplify, but only so that no result changes in any bit, the sign of a zero aside:
/// 0·u stays, since u may be infinite or NaN, and factors are merged only where one is a power of two.
#[derive(Clone, Debug, Default)]
pub(in crate::loss) struct Graph {
    nodes: Vec<Node>,
    known: HashMap<Node, Id>,
    /// The products (and their inverses) that are integer powers: base and exponent.
    powers: HashMap<Id, (Id, i32)>,
}

impl Graph {
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    pub fn node(&self, id: Id) -> Node {
        self.nodes[id.index()]
    }

    /// All numbers, ascending.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = Id> + use<> {
        (0..self.nodes.len() as u32).map(Id)
    }

    /// The number that a constant node has.
    pub fn number(&self, id: Id) -> Option<f64> {
        if let Node::Constant(bits) = self.node(id) { Some(f64::from_bits(bits)) } else { None }
    }

    /// u and n where this product was made as uⁿ.
    pub fn as_power(&self, id: Id) -> Option<(Id, i32)> {
        self.powers.get(&id).copied()
    }

    fn add_node(&mut self, node: Node) -> Id {
        *self.known.entry(node).or_insert_with(|| {
            self.nodes.push(node);
            Id(self.nodes.len() as u32 - 1)
        })
    }

    /// `node`, or the number that it has where its operands are constant and the number is finite.
    fn folded(&mut self, node: Node, value: Option<f64>) -> Id {
        match value {
            Some(value) if value.is_finite() => self.constant(value),
            _ => self.add_node(node),
        }
    }

    fn numbers(&self, a: Id, b: Id) -> Option<(f64, f64)> {
        Some((self.number(a)?, self.number(b)?))
    }

    fn negated(&self, id: Id) -> Option<Id> {
        if let Node::Negate(inner) = self.node(id) { Some(inner) } else { None }
    }

    pub fn constant(&mut self, value: f64) -> Id {
        self.add_node(Node::Constant(value.to_bits()))
    }

    pub fn variable(&mut self, index: usize) -> Id {
        self.add_node(Node::Variable(index))
    }

    pub fn negate(&mut self, a: Id) -> Id {
        if let Some(inner) = self.negated(a) {
            return inner;
        }
        self.folded(Node::Negate(a), self.number(a).map(|a| -a))
    }

    /// The operands of a sum or product in the one order in which they are stored.
    fn ordered(&self, a: Id, b: Id) -> (Id, Id) {
        let last = |id: Id| (self.number(id).is_some(), id);
        if last(a) <= last(b) { (a, b) } else { (b, a) }
    }

    pub fn add(&mut self, a: Id, b: Id) -> Id {
        let (a, b) = self.ordered(a, b);
        if self.number(b) == Some(0.0) {
            return a;
        }
        if let Some(b) = self.negated(b) {
            return self.sub(a, b);
        }
        if let Some(a) = self.negated(a) {
            return self.sub(b, a);
        }
        self.folded(Node::Add(a, b), self.numbers(a, b).map(|(a, b)| a + b))
    }

    pub fn sub(&mut self, a: Id, b: Id) -> Id {
        if let Some(b) = self.number(b) {
            let b = self.constant(-b);
            return self.add(a, b);
        }
        if self.number(a) == Some(0.0) {
            return self.negate(b);
        }
        if let Some(b) = self.negated(b) {
            return self.add(a, b);
        }
        self.add_node(Node::Sub(a, b))
    }

    pub fn mul(&mut self, a: Id, b: Id) -> Id {
        let (a, b) = self.ordered(a, b);
        if let Some((left, right)) = self.numbers(a, b) {
            return self.folded(Node::Mul(a, b), Some(left * right));
        }
        if let Some(factor) = self.number(b) {
            return self.scale(a, b, factor);
        }
        match (self.negated(a), self.negated(b)) {
            (Some(a), Some(b)) => self.mul(a, b),
            (Some(a), None) => {
                let product = self.mul(a, b);
                self.negate(product)
            }
            (None, Some(b)) => {
                let product = self.mul(a, b);
                self.negate(product)
            }
            (None, None) => self.add_node(Node::Mul(a, b)),
        }
    }

    /// a · factor, where `b` is the factor's node.
    fn scale(&mut self, a: Id, b: Id, factor: f64) -> Id {
        if factor == 1.0 {
            return a;
        }
        if factor == -1.0 {
            return self.negate(a);
        }
        if let Some(inner) = self.negated(a) {
            let factor = self.constant(-factor);
            return self.mul(inner, factor);
        }
        if let Node::Mul(inner, other) = self.node(a)
            && let Some(other) = self.number(other)
            && (is_power_of_two(factor) || is_power_of_two(other))
            && (factor * other).is_normal()
        {
            let factor = self.constant(factor * other);
            return self.mul(inner, factor);
        }
        self.add_node(Node::Mul(a, b))
    }

    pub fn div(&mut self, a: Id, b: Id) -> Id {
        if let Some((left, right)) = self.numbers(a, b) {
            return self.folded(Node::Div(a, b), Some(left / right));
        }
        match self.number(b) {
            // The inverse is exact.
            Some(divisor) if is_power_of_two(divisor) && divisor.recip().is_normal() => {
                let factor = self.constant(divisor.recip());
                self.mul(a, factor)
            }
            _ => self.add_node(Node::Div(a, b)),
        }
    }

    /// a/cosh²b, where b varies.
    pub fn over_squared_cosh(&mut self, a: Id, b: Id) -> Id {
        self.add_node(Node::OverSquaredCosh(a, b))
    }

    /// aᵇ: a product where b is a small integer, a root where it is ½.
    pub fn pow(&mut self, a: Id, b: Id) -> Id {
        let Some(exponent) = self.number(b) else {
            return self.add_node(Node::Pow(a, b));
        };
        if exponent == exponent.trunc() && exponent.abs() <= PRODUCT_POWER_MAX {
            return self.integer_power(a, exponent as i32);
        }
        if exponent == 0.5 {
            return self.call(Function::Sqrt, a);
        }
        self.folded(Node::PowConstant(a, exponent.to_bits()), self.number(a).map(|a| Scalar::powf(a, exponent)))
    }

    /// aⁿ by squaring and multiplying; the inverse of that where n < 0.
    pub fn integer_power(&mut self, a: Id, n: i32) -> Id {
        let power = match n {
            0 => return self.constant(1.0),
            1 => return a,
            n if n < 0 => {
                let (one, denominator) = (self.constant(1.0), self.integer_power(a, -n));
                self.div(one, denominator)
            }
            n if n % 2 == 0 => {
                let root = self.integer_power(a, n / 2);
                self.mul(root, root)
            }
            n => {
                let rest = self.integer_power(a, n - 1);
                self.mul(rest, a)
            }
        };
        // (−x)² may be the same node as an older x·x: what differentiates it has to be older still.
        if a < power {
            self.powers.entry(power).or_insert((a, n));
        }
        power
    }

    pub fn call(&mut self, function: Function, a: Id) -> Id {
        self.folded(Node::Call(function, a), self.number(a).map(|a| function.apply(a)))
    }

    pub fn sign(&mut self, a: Id) -> Id {
        self.add_node(Node::Sign(a))
    }

    pub fn min(&mut self, a: Id, b: Id) -> Id {
        if a == b { a } else { self.folded(Node::Min(a, b), self.numbers(a, b).map(|(a, b)| smaller(a, b))) }
    }

    pub fn max(&mut self, a: Id, b: Id) -> Id {
        if a == b { a } else { self.folded(Node::Max(a, b), self.numbers(a, b).map(|(a, b)| larger(a, b))) }
    }

    pub fn logistic(&mut self, a: Id) -> Id {
        self.folded(Node::Logistic(a), self.number(a).map(Scalar::logistic))
    }

    pub fn softplus(&mut self, a: Id) -> Id {
        self.folded(Node::Softplus(a), self.number(a).map(Scalar::softplus))
    }

    pub fn below(&mut self, a: Id, b: Id) -> Id {
        self.add_node(Node::Below(a, b))
    }

    pub fn equals(&mut self, a: Id, b: Id) -> Id {
        self.add_node(Node::Equals(a, b))
    }

    pub fn where_true(&mut self, truth: Id, there: Id, elsewhere: Id) -> Id {
        let known = match self.node(truth) {
            Node::Below(a, b) => self.numbers(a, b).map(|(a, b)| a < b),
            Node::Equals(a, b) => self.numbers(a, b).map(|(a, b)| a == b),
            _ => None,
        };
        match known {
            Some(true) => there,
            Some(false) => elsewhere,
            None if there == elsewhere => there,
            None => self.add_node(Node::Where([truth, there, elsewhere])),
        }
    }

    pub fn choose(&mut self, argument: Id, extreme: Id, there: Id, elsewhere: Id) -> Id {
        if there == elsewhere { there } else { self.add_node(Node::Choose([argument, extreme, there, elsewhere])) }
    }
}

fn is_power_of_two(number: f64) -> bool {
    const MANTISSA: u64 = (1 << 52) - 1;
    number.is_normal() && number.to_bits() & MANTISSA == 0
}
