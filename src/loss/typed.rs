//! A loss that is given by expressions, and its compiled form.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::expression::{ExpressionError, Program};
use super::spec::{Parameter, param_field};
use super::{Field, Reduction, Refusal, Visitor, exact, quoted};

/// Parameters of typed losses lie within ± this.
const PARAM_MAX: f64 = 1e9;

/// One expression, or one for each sample, with the values of its parameters.
#[derive(Clone, Debug)]
pub struct TypedLoss {
    expressions: Vec<String>,
    reduction: Reduction,
    dim: Option<usize>,
    pub(super) params: BTreeMap<String, f64>,
    /// Compiled when it is first asked for; copies share it.
    program: OnceLock<Arc<Result<Program, Refusal>>>,
}

/// The program follows from the rest.
impl PartialEq for TypedLoss {
    fn eq(&self, other: &Self) -> bool {
        (&self.expressions, self.reduction, self.dim, &self.params)
            == (&other.expressions, other.reduction, other.dim, &other.params)
    }
}

impl TypedLoss {
    /// `dim` is the dimension, by default that of the largest variable.
    #[must_use]
    pub fn new(
        expressions: Vec<String>,
        reduction: Reduction,
        dim: Option<usize>,
        params: BTreeMap<String, f64>,
    ) -> Self {
        Self { expressions, reduction, dim, params, program: OnceLock::new() }
    }

    /// The same expressions as the mean or the sum of their samples.
    #[must_use]
    pub fn with_reduction(self, reduction: Reduction) -> Self {
        Self::new(self.expressions, reduction, self.dim, self.params)
    }

    /// The same expressions in dimension `dim`.
    #[must_use]
    pub fn with_dim(self, dim: usize) -> Self {
        Self::new(self.expressions, self.reduction, Some(dim), self.params)
    }

    /// The expressions: one, or one for each sample.
    #[must_use]
    pub fn expressions(&self) -> &[String] {
        &self.expressions
    }

    /// Whether it is the mean or the sum of its samples.
    #[must_use]
    pub fn reduction(&self) -> Reduction {
        self.reduction
    }

    /// The dimension that was asked for.
    #[must_use]
    pub fn asked_dim(&self) -> Option<usize> {
        self.dim
    }

    pub(super) fn params_mut(&mut self) -> &mut BTreeMap<String, f64> {
        self.program = OnceLock::new();
        &mut self.params
    }

    fn program(&self) -> Result<&Program, Refusal> {
        let compile = || {
            Program::compile(&self.expressions, self.reduction, &self.params, self.dim)
                .map_err(|error| Self::refusal(&error, &self.expressions))
        };
        self.program.get_or_init(|| Arc::new(compile())).as_ref().as_ref().map_err(Refusal::clone)
    }

    /// A refusal of `expressions`, with the place of the fault.
    #[must_use]
    pub fn refusal(error: &ExpressionError, expressions: &[String]) -> Refusal {
        let mut field = Field::from(["loss", "expressions"]);
        if expressions.len() > 1 {
            field = field.index(error.sample);
        }
        Refusal { field, allowed: error.to_string(), picture: Some(error.marked().to_owned()) }
    }

    /// The dimension; none where the expressions are refused.
    pub(super) fn dim(&self) -> Option<usize> {
        self.program().ok().map(Program::dim)
    }

    /// Whether one variable alone stands in the expressions, whatever the dimension.
    pub(super) fn is_of_one_variable(&self) -> bool {
        self.program().is_ok_and(|program| program.variables() == 1)
    }

    /// The parameters in the order in which they appear.
    pub(super) fn parameters(&self) -> Vec<Parameter> {
        let names = self.program().map_or(&[][..], Program::parameters);
        let parameter = |name: &String| Parameter { name: name.clone(), default: 1.0, min: -PARAM_MAX, max: PARAM_MAX };
        names.iter().map(parameter).collect()
    }

    /// The coordinates as the expressions call them.
    pub(super) fn coordinates(&self) -> &[String] {
        self.program().map_or(&[][..], Program::coordinates)
    }

    pub(super) fn validate(&self) -> Result<(), Refusal> {
        if let Some((name, value)) = self.params.iter().find(|(_, value)| !(-PARAM_MAX..=PARAM_MAX).contains(*value)) {
            let allowed = format!("must be a number within ±{}, but is {}", exact(PARAM_MAX), exact(*value));
            return Err(Refusal::new(param_field(name), allowed));
        }
        let names = self.program()?.parameters();
        if let Some(unused) = self.params.keys().find(|name| !names.contains(name)) {
            let names = names.join(", ");
            let which =
                if names.is_empty() { "it has none".to_owned() } else { format!("they are {}", quoted(&names)) };
            let allowed = format!("is not a parameter of the expression; {which}");
            return Err(Refusal::new(param_field(unused), allowed));
        }
        Ok(())
    }

    /// In the smallest array that holds the program's coordinates: one instance of everything for each dimension
    /// up to 16 would make the page several times larger.
    pub(super) fn visit<V: Visitor>(&self, visitor: V) -> V::Output {
        let program = match self.program() {
            Ok(program) => program,
            Err(error) => unreachable!("validated: {error}"),
        };
        match program.dim() {
            0..=2 => visitor.visit::<_, 2>(program),
            3..=4 => visitor.visit::<_, 4>(program),
            5..=8 => visitor.visit::<_, 8>(program),
            _ => visitor.visit::<_, 16>(program),
        }
    }
}
