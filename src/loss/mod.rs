//! What is minimized: one landscape per file, the registry that lists them, and a typed description
//! ([`LossSpec`]) that can be stored, checked and turned into a landscape again.

mod beale;
mod diagonal_net;
mod expression;
mod himmelblau;
mod hyperbola;
mod info;
mod matrix_factorization;
mod notions;
mod numbers;
mod operations;
mod product3;
mod quadratic;
mod quadratic_pair;
mod recorded;
mod refusal;
mod registry;
mod ring;
mod rosenbrock;
mod rotation;
mod saddle;
mod scalar;
mod single;
mod spec;
mod stored;
mod tiny_mlp;
mod toy4d;
mod two_moons_logistic;
mod two_wells;
mod typed;
mod valley;
mod wgsl;

pub use expression::{
    DEPTH_MAX, DIM_MAX, ExpressionError, Formula, FormulaNode, Function, NodeKind, OPERATIONS_MAX, Operator, Program,
    SAMPLES_MAX, Span, TEXT_MAX, near_word, parameters_of,
};
pub use info::{Gamma, Info, Landmark, LandmarkKind, Param, Reduction};
pub use numbers::{brief, coordinate, exact, number, rounded, short};
pub use operations::{Operations, RecordedLoss};
pub use recorded::{Recorded, record};
pub use refusal::{Field, Part, Refusal, quoted};
pub use registry::{CATALOGUE, find};
pub use scalar::{Scalar, Work, array};
pub use single::Single;
pub use spec::{DIM_PARAM, LossSpec, Parameter};
pub use typed::TypedLoss;
pub use wgsl::{FUNCTIONS, Text};

/// A differentiable loss on R^D, written once for every number type.
///
/// `gradient` is hand-written; Hessians and third derivatives come from it by exact jets
/// (`calculus`), so that no formula exists twice.
pub trait Loss<const D: usize> {
    /// Whether it is a program that is gone through instruction by instruction, as typed losses are.
    const IS_PROGRAM: bool = false;

    /// L(x).
    fn value<T: Scalar>(&self, x: &[T; D]) -> T;

    /// ∇L(x).
    fn gradient<T: Scalar>(&self, x: &[T; D]) -> [T; D];

    /// The number of coordinates in use, at most D; the others are padding, with zero derivatives.
    fn dim(&self) -> usize {
        D
    }

    /// The number n of samples; a loss without samples is its own single sample.
    fn samples(&self) -> usize {
        1
    }

    /// Whether L is the mean or the sum of its samples.
    fn reduction(&self) -> Reduction {
        Reduction::Mean
    }

    /// L_k(x) for 0 ≤ k < n.
    fn sample_value<T: Scalar>(&self, _k: usize, x: &[T; D]) -> T {
        self.value(x)
    }

    /// ∇L_k(x) for 0 ≤ k < n.
    fn sample_gradient<T: Scalar>(&self, _k: usize, x: &[T; D]) -> [T; D] {
        self.gradient(x)
    }
}

/// A computation over a landscape whose type and dimension are known only at run time: the registry
/// calls `visit` with the concrete loss.
pub trait Visitor {
    /// What the computation gives back.
    type Output;
    /// Runs it on one landscape.
    fn visit<L: Loss<D> + Clone + Send + Sync + 'static, const D: usize>(self, loss: &L) -> Self::Output;
}

/// The loss of some of the samples: their mean or their sum, as the whole loss has it.
#[derive(Clone, Copy, Debug)]
pub struct Batch<'a, L> {
    loss: &'a L,
    members: &'a [usize],
}

impl<'a, L> Batch<'a, L> {
    /// The batch of `loss`'s samples `members` (at least one, each below n).
    #[inline]
    pub fn new(loss: &'a L, members: &'a [usize]) -> Self {
        debug_assert!(!members.is_empty(), "a batch has at least one sample");
        Self { loss, members }
    }

    fn weight<const D: usize>(&self) -> f64
    where
        L: Loss<D>,
    {
        match self.loss.reduction() {
            Reduction::Mean => 1.0 / self.members.len() as f64,
            Reduction::Sum => 1.0,
        }
    }
}

impl<L: Loss<D>, const D: usize> Loss<D> for Batch<'_, L> {
    fn dim(&self) -> usize {
        self.loss.dim()
    }

    fn value<T: Scalar>(&self, x: &[T; D]) -> T {
        let sum =
            self.members.iter().map(|&k| self.loss.sample_value(k, x)).reduce(|a, b| a + b).unwrap_or(T::constant(0.0));
        if self.members.len() == 1 { sum } else { sum * self.weight() }
    }

    #[inline(always)]
    fn gradient<T: Scalar>(&self, x: &[T; D]) -> [T; D] {
        let is_single = self.members.len() == 1;
        // −0 + g is g, to the last bit; 0 + g is not where g is −0.
        let mut sum = [T::constant(if is_single { -0.0 } else { 0.0 }); D];
        for &k in self.members {
            let g = self.loss.sample_gradient(k, x);
            for (total, part) in sum.iter_mut().zip(g) {
                *total = *total + part;
            }
        }
        if is_single {
            return sum;
        }
        let weight = self.weight();
        array(|i| sum[i] * weight)
    }
}
