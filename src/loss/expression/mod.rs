//! Losses that a user types: `0.5*(x*y - c)^2`.
//!
//! A text goes through [`Formula::parse`] to a graph in which equal operations are one node (`build`, `graph`);
//! reverse mode adds the gradient as further nodes (`differentiate`, `term`); what an output needs becomes a program of
//! fused instructions over a few registers (`fuse`, `schedule`, `assemble`), which runs over every [`Scalar`] (`op`, `tape`).
//!
//! The language: variables x1 … x16, and x, y, z, w for the first four; numbers, `pi`, `e`; `+ - * / ^` (or `**`)
//! where `^` is right-associative and tighter than a sign; [`Function`]s, `min` and `max`; every other word is a
//! parameter. Multiplication is written, but for a number before a name or a parenthesis (`2x`); `x²` is `x^2`.
//!
//! Derivatives where there is none: |u|′ is sign(u), 0 at 0; that of min and max is the derivative of the first
//! argument that attains it; all others are what their formula gives in IEEE arithmetic. uᵛ is u·…·u for whole
//! constants |v| ≤ 64, and exp(v log u), with its derivatives, where v varies.

mod assemble;
mod build;
mod compile;
mod differentiate;
mod error;
mod formula;
mod fuse;
mod graph;
mod lexer;
mod names;
mod op;
mod parser;
mod schedule;
mod tape;
mod term;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use error::{ExpressionError, Span};
pub use formula::{Formula, FormulaNode, NodeKind, Operator};
pub use names::{Function, near_word};

pub(super) use graph::{Graph, Id, Node};

use super::{Loss, Reduction, Scalar};
use build::Scope;
use compile::Tapes;
use error::Fault;

/// The largest dimension, and the number of the last variable.
pub const DIM_MAX: usize = 16;
/// The longest text of a sample, in bytes.
pub const TEXT_MAX: usize = 10_000;
/// The deepest nesting of parentheses, signs and powers.
pub const DEPTH_MAX: usize = 100;
/// The largest number of samples.
pub const SAMPLES_MAX: usize = 64;
/// The largest number of instructions of the loss's value, and of its gradient.
pub const OPERATIONS_MAX: usize = 50_000;

/// A typed loss, compiled: cheap to clone, and evaluated without allocation (but for very long formulas).
///
/// It is a [`Loss`] in every dimension D ≥ [`dim`](Self::dim): further coordinates are ignored, and the partial
/// derivatives by them are exactly 0.
#[derive(Clone, Debug)]
pub struct Program {
    compiled: Arc<Compiled>,
}

#[derive(Debug)]
struct Compiled {
    dim: usize,
    variables: usize,
    reduction: Reduction,
    parameters: Vec<String>,
    coordinates: Vec<String>,
    whole: Tapes,
    /// Empty where the loss is its own single sample.
    samples: Vec<Tapes>,
}

impl Program {
    /// Compiles a loss: one text, or the mean or sum of several. `params` are the values of the words that are
    /// parameters (others in it are ignored); `dim` is the dimension, by default the largest variable's number.
    ///
    /// # Errors
    /// The first fault: a text is not a formula, a parameter has no finite value, a constant part is not finite,
    /// a variable is beyond `dim`, or a limit of this module is exceeded.
    pub fn compile(
        texts: &[String],
        reduction: Reduction,
        params: &BTreeMap<String, f64>,
        dim: Option<usize>,
    ) -> Result<Self, ExpressionError> {
        let formulas = parse_all(texts)?;
        if let Some(dim) = dim
            && !(1..=DIM_MAX).contains(&dim)
        {
            let message = format!("the dimension goes from 1 to {DIM_MAX}, but is {dim}");
            return Err(Fault::new(Span::default(), message).in_sample(0, &texts[0]));
        }
        let appearing = formulas.iter().map(Formula::variables).max().unwrap_or(0).max(1);
        let scope = Scope { parameters: params, dim };
        let dim = dim.unwrap_or(appearing);
        let (whole, samples) = compile::compile(&formulas, texts, reduction, &scope, dim)?;
        let coordinates = coordinates(&formulas, texts, dim);
        let parameters = names_of(&formulas);
        let variables = formulas.iter().map(Formula::variables).max().unwrap_or(0);
        Ok(Self { compiled: Arc::new(Compiled { dim, variables, reduction, parameters, coordinates, whole, samples }) })
    }

    /// The dimension.
    #[must_use]
    pub fn dim(&self) -> usize {
        self.compiled.dim
    }

    /// The largest variable's number; 0 without one.
    #[must_use]
    pub fn variables(&self) -> usize {
        self.compiled.variables
    }

    /// The parameters that the texts use, in order of first appearance.
    #[must_use]
    pub fn parameters(&self) -> &[String] {
        &self.compiled.parameters
    }

    /// The coordinates as the texts call them.
    #[must_use]
    pub fn coordinates(&self) -> &[String] {
        &self.compiled.coordinates
    }

    #[inline]
    fn sample(&self, k: usize) -> &Tapes {
        self.compiled.samples.get(k).unwrap_or(&self.compiled.whole)
    }
}

/// The parameters that the texts use, in order of first appearance.
///
/// # Errors
/// A text is not a formula, or a limit is exceeded.
pub fn parameters_of(samples: &[String]) -> Result<Vec<String>, ExpressionError> {
    parse_all(samples).map(|formulas| names_of(&formulas))
}

fn parse_all(samples: &[String]) -> Result<Vec<Formula>, ExpressionError> {
    if let Some(text) = samples.get(SAMPLES_MAX) {
        let message = format!("there are {} samples, but at most {SAMPLES_MAX} are allowed", samples.len());
        return Err(Fault::new(Span::of(text), message).in_sample(SAMPLES_MAX, text));
    }
    if samples.is_empty() {
        return Err(Fault::new(Span::default(), parser::EMPTY).in_sample(0, ""));
    }
    let parse = |(k, text): (usize, &String)| parser::parse(text).map_err(|fault| fault.in_sample(k, text));
    samples.iter().enumerate().map(parse).collect()
}

fn names_of(formulas: &[Formula]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in formulas.iter().flat_map(Formula::parameters) {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}

/// The coordinates by the names under which they first appear. One that does not appear is named as the others are.
fn coordinates(formulas: &[Formula], texts: &[String], dim: usize) -> Vec<String> {
    let mut names = vec![None; dim];
    for (formula, text) in formulas.iter().zip(texts) {
        for node in formula.nodes() {
            if let NodeKind::Variable(index) = node.kind {
                names[index].get_or_insert(&text[node.span.start..node.span.end]);
            }
        }
    }
    let letters = names.iter().flatten().any(|name| names::LETTERS.contains(name));
    let other = |index: usize| match names::LETTERS.get(index) {
        Some(&letter) if letters => letter.to_owned(),
        _ => format!("x{}", index + 1),
    };
    names.iter().enumerate().map(|(index, name)| name.map_or_else(|| other(index), str::to_owned)).collect()
}

impl<const D: usize> Loss<D> for Program {
    const IS_PROGRAM: bool = true;

    #[inline]
    fn value<T: Scalar>(&self, x: &[T; D]) -> T {
        debug_assert!(self.dim() <= D, "a program runs in its own dimension or a larger one");
        self.compiled.whole.value.value(x)
    }

    // Always inlined up to the dispatch loop; Tape::run says why.
    #[inline(always)]
    fn gradient<T: Scalar>(&self, x: &[T; D]) -> [T; D] {
        debug_assert!(self.dim() <= D, "a program runs in its own dimension or a larger one");
        self.compiled.whole.gradient.gradient(x)
    }

    fn dim(&self) -> usize {
        self.compiled.dim
    }

    fn samples(&self) -> usize {
        self.compiled.samples.len().max(1)
    }

    fn reduction(&self) -> Reduction {
        self.compiled.reduction
    }

    #[inline]
    fn sample_value<T: Scalar>(&self, k: usize, x: &[T; D]) -> T {
        self.sample(k).value.value(x)
    }

    #[inline(always)]
    fn sample_gradient<T: Scalar>(&self, k: usize, x: &[T; D]) -> [T; D] {
        self.sample(k).gradient.gradient(x)
    }
}
