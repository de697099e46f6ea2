//! A number that records what is done with it.

use std::cell::RefCell;
use std::ops::{Add, Div, Mul, Neg, Sub};

use super::expression::{Function, Graph, Id};
use super::{Operations, Scalar};

thread_local! {
    /// What is being recorded.
    static GRAPH: RefCell<Graph> = RefCell::default();
}

/// A number that has no value yet: formulas and update rules that are called with it become a [`Operations`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recorded(Id);

/// What a truth will be.
#[derive(Clone, Copy, Debug)]
pub struct RecordedTruth(Id);

/// Records what `of` makes of so many numbers. Nothing else can be recorded meanwhile.
pub fn record(inputs: usize, of: impl FnOnce(&[Recorded]) -> Vec<Recorded>) -> Operations {
    let outer = GRAPH.take();
    let inputs: Vec<_> = (0..inputs).map(|index| with(|graph| graph.variable(index))).collect();
    let outputs = of(&inputs).into_iter().map(|output| output.0).collect();
    Operations::new(GRAPH.replace(outer), outputs)
}

fn with(of: impl FnOnce(&mut Graph) -> Id) -> Recorded {
    GRAPH.with_borrow_mut(|graph| Recorded(of(graph)))
}

impl Recorded {
    /// The number, where it is the same whatever is put in.
    #[must_use]
    pub fn number(self) -> Option<f64> {
        GRAPH.with_borrow(|graph| graph.number(self.0))
    }
}

// No operation is inlined: a formula is then a list of calls, which weighs little on the page.
macro_rules! operators {
    ($($trait:ident $name:ident;)+) => {
        $(impl $trait for Recorded {
            type Output = Self;
            #[inline(never)]
            fn $name(self, other: Self) -> Self {
                with(|graph| graph.$name(self.0, other.0))
            }
        })+
    };
    (f64: $($trait:ident $name:ident;)+) => {
        $(impl $trait<f64> for Recorded {
            type Output = Self;
            #[inline(never)]
            fn $name(self, other: f64) -> Self {
                $trait::$name(self, Self::constant(other))
            }
        })+
    };
}

operators! { Add add; Sub sub; Div div; }
operators! { f64: Add add; Sub sub; Mul mul; }

/// 0·u is 0: whatever is not finite is seen in the results, and derivatives are full of such products.
impl Mul for Recorded {
    type Output = Self;
    #[inline(never)]
    fn mul(self, other: Self) -> Self {
        let is_zero = |factor: Self| factor.number() == Some(0.0);
        if is_zero(self) || is_zero(other) {
            return Self::constant(0.0);
        }
        with(|graph| graph.mul(self.0, other.0))
    }
}

impl Neg for Recorded {
    type Output = Self;
    #[inline(never)]
    fn neg(self) -> Self {
        with(|graph| graph.negate(self.0))
    }
}

macro_rules! functions {
    ($($name:ident $function:ident;)+) => {
        $(#[inline(never)]
        fn $name(self) -> Self {
            with(|graph| graph.call(Function::$function, self.0))
        })+
    };
}

impl Scalar for Recorded {
    type Truth = RecordedTruth;

    #[inline(never)]
    fn constant(value: f64) -> Self {
        with(|graph| graph.constant(value))
    }

    #[inline(never)]
    fn is_below(self, other: Self) -> RecordedTruth {
        RecordedTruth(with(|graph| graph.below(self.0, other.0)).0)
    }

    #[inline(never)]
    fn equals(self, other: Self) -> RecordedTruth {
        RecordedTruth(with(|graph| graph.equals(self.0, other.0)).0)
    }

    #[inline(never)]
    fn choose(truth: RecordedTruth, then: Self, otherwise: Self) -> Self {
        with(|graph| graph.where_true(truth.0, then.0, otherwise.0))
    }

    functions! { exp Exp; ln Log; sin Sin; cos Cos; tan Tan; sinh Sinh; cosh Cosh; tanh Tanh; sqrt Sqrt; abs Abs; }

    #[inline(never)]
    fn logistic(self) -> Self {
        with(|graph| graph.logistic(self.0))
    }

    #[inline(never)]
    fn softplus(self) -> Self {
        with(|graph| graph.softplus(self.0))
    }

    #[inline(never)]
    fn over_squared_cosh(self, u: Self) -> Self {
        with(|graph| graph.over_squared_cosh(self.0, u.0))
    }

    fn powf(self, p: f64) -> Self {
        self.pow(Self::constant(p))
    }

    #[inline(never)]
    fn pow(self, p: Self) -> Self {
        with(|graph| graph.pow(self.0, p.0))
    }

    #[inline(never)]
    fn sign(self) -> Self {
        with(|graph| graph.sign(self.0))
    }
}
