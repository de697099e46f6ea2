//! A loss as data: what a scenario stores and what is turned back into a landscape.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::compiled::Compiled;
use super::expression::{ExpressionError, Program};
use super::{Field, Gamma, Info, Landmark, Reduction, Refusal, Visitor, quoted, registry};

/// The id of a loss that is given by expressions.
const TYPED: &str = "typed";

/// Which landscape, with which parameters. Parameters of the catalogue that are absent have their defaults.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, expecting = "a loss: an object such as {\"id\": \"toy4d\"}")]
pub struct LossSpec {
    /// The catalogue's id, or `typed`.
    pub id: String,
    /// A typed loss's expressions: one, or one for each sample.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub expressions: Vec<String>,
    /// Whether a typed loss is the mean (where absent) or the sum of its samples.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reduction: Option<Reduction>,
    /// A typed loss's dimension; where absent the largest that appears in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dim: Option<usize>,
    /// Parameter values by name.
    pub params: BTreeMap<String, f64>,
    #[serde(skip)]
    compiled: Compiled,
}

impl Default for LossSpec {
    fn default() -> Self {
        Self::new("toy4d")
    }
}

/// The parameter that decides the dimension, where one does.
pub const DIM_PARAM: &str = "k";

/// A parameter with the range that is allowed for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// The value where none is given.
    pub default: f64,
    /// The smallest allowed value.
    pub min: f64,
    /// The largest allowed value.
    pub max: f64,
}

fn param_field(name: &str) -> Field {
    Field::from(["loss", "params", name])
}

/// Parameters of typed losses lie within ± this.
const TYPED_PARAM_MAX: f64 = 1e9;

impl LossSpec {
    /// The landscape `id` of the catalogue with its default parameters.
    #[must_use]
    pub fn new(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            expressions: Vec::new(),
            reduction: None,
            dim: None,
            params: BTreeMap::new(),
            compiled: Compiled::default(),
        }
    }

    /// A loss given by one expression, or by one for each sample.
    #[must_use]
    pub fn typed(expressions: Vec<String>, reduction: Reduction, params: BTreeMap<String, f64>) -> Self {
        Self { expressions, reduction: Some(reduction), params, ..Self::new(TYPED) }
    }

    /// Whether it is given by expressions.
    #[must_use]
    pub fn is_typed(&self) -> bool {
        self.id == TYPED
    }

    /// The catalogue's row.
    ///
    /// # Errors
    /// The id is unknown, or `typed`, which has no row.
    pub fn info(&self) -> Result<&'static Info, Refusal> {
        registry::find(&self.id).ok_or_else(|| {
            let ids = registry::CATALOGUE.iter().map(|info| info.id).collect::<Vec<_>>().join(", ");
            Refusal::new(["loss", "id"], format!("must be one of {ids}, {TYPED}, but is `{}`", quoted(&self.id)))
        })
    }

    /// The compiled expressions of a typed loss.
    fn program(&self) -> Result<Program, Refusal> {
        let compile = || {
            let reduction = self.reduction();
            Program::compile(&self.expressions, reduction, &self.params, self.dim)
                .map_err(|error| Self::expression_error(&error, &self.expressions))
        };
        self.compiled.get_or_compile((&self.expressions, self.reduction, self.dim, &self.params), compile)
    }

    /// A refusal of the typed `expressions`, with the place of the fault.
    #[must_use]
    pub fn expression_error(error: &ExpressionError, expressions: &[String]) -> Refusal {
        let mut field = Field::from(["loss", "expressions"]);
        if expressions.len() > 1 {
            field = field.index(error.sample);
        }
        Refusal { field, allowed: error.to_string(), picture: Some(error.marked().to_owned()) }
    }

    /// The number of samples.
    #[must_use]
    pub fn samples(&self) -> usize {
        if self.is_typed() { self.expressions.len().max(1) } else { self.info().map_or(1, |info| info.samples) }
    }

    /// How the samples make the loss.
    #[must_use]
    pub fn reduction(&self) -> Reduction {
        self.reduction.or(self.info().ok().map(|info| info.reduction)).unwrap_or(Reduction::Mean)
    }

    /// The dimensions that it is defined in with its present parameters, ascending; none where it is not valid.
    #[must_use]
    pub fn dims(&self) -> Vec<usize> {
        if self.is_typed() {
            return self.program().map(|program| program.dim()).into_iter().collect();
        }
        let Ok(info) = self.info() else { return Vec::new() };
        match info.dim_of {
            Some(dim_of) => vec![dim_of(&self.values()) as usize],
            None => info.dims.to_vec(),
        }
    }

    /// The same loss in dimension `dim`: sets the parameter that decides it, where one does. Without a
    /// value that gives `dim`, nothing changes.
    #[must_use]
    pub fn in_dim(mut self, dim: usize) -> Self {
        let Ok(info) = self.info() else { return self };
        let (Some(dim_of), Some(param)) = (info.dim_of, info.params.iter().find(|p| p.name == DIM_PARAM)) else {
            return self;
        };
        let before = self.clone();
        for k in param.min as u32..=param.max as u32 {
            self.params.insert(DIM_PARAM.to_owned(), f64::from(k));
            if dim_of(&self.values()) == dim as f64 {
                return self;
            }
        }
        before
    }

    /// Its own start in the largest of its dimensions.
    #[must_use]
    pub fn start(&self) -> Vec<f64> {
        let dim = self.dims().last().copied().unwrap_or(0);
        if self.is_typed() {
            return (0..dim).map(|i| [0.8, 0.6, 0.4, 0.2][i % 4]).collect();
        }
        self.info().map_or_else(|_| Vec::new(), |info| info.start[..dim].to_vec())
    }

    /// Γ, as far as a formula for it is known.
    #[must_use]
    pub fn gamma(&self) -> Gamma {
        self.info().map_or(Gamma::Points, |info| info.gamma)
    }

    /// The parameters with their ranges, in the row's order or in the order in which they appear in the expressions.
    #[must_use]
    pub fn parameters(&self) -> Vec<Parameter> {
        if self.is_typed() {
            let Ok(program) = self.program() else { return Vec::new() };
            let range = |name: &String| Parameter {
                name: name.clone(),
                default: 1.0,
                min: -TYPED_PARAM_MAX,
                max: TYPED_PARAM_MAX,
            };
            return program.parameters().iter().map(range).collect();
        }
        let params = self.info().map_or(&[][..], |info| info.params);
        params
            .iter()
            .map(|p| Parameter { name: p.name.to_owned(), default: p.default, min: p.min, max: p.max })
            .collect()
    }

    /// The parameter values in the row's order.
    #[must_use]
    pub fn values(&self) -> Vec<f64> {
        let params = self.info().map_or(&[][..], |info| info.params);
        params.iter().map(|p| self.params.get(p.name).copied().unwrap_or(p.default)).collect()
    }

    /// The same loss with every parameter written out.
    ///
    /// # Errors
    /// An unknown id, an unknown parameter, a value that is not finite or out of its range, or an expression that
    /// cannot be understood.
    pub fn resolved(&self) -> Result<Self, Refusal> {
        if self.is_typed() { self.resolved_typed() } else { self.resolved_row() }
    }

    fn resolved_typed(&self) -> Result<Self, Refusal> {
        for (name, &value) in &self.params {
            if !(-TYPED_PARAM_MAX..=TYPED_PARAM_MAX).contains(&value) {
                let allowed = format!("must be a number within ±{TYPED_PARAM_MAX}, but is {value}");
                return Err(Refusal::new(param_field(name), allowed));
            }
        }
        let program = self.program()?;
        if let Some(unused) = self.params.keys().find(|name| !program.parameters().contains(name)) {
            let names = program.parameters().join(", ");
            let which =
                if names.is_empty() { "it has none".to_owned() } else { format!("they are {}", quoted(&names)) };
            let allowed = format!("is not a parameter of the expression; {which}");
            return Err(Refusal::new(param_field(unused), allowed));
        }
        Ok(Self { reduction: Some(self.reduction()), ..self.clone() })
    }

    fn resolved_row(&self) -> Result<Self, Refusal> {
        let info = self.info()?;
        if !self.expressions.is_empty() || self.reduction.is_some() || self.dim.is_some() {
            let allowed = format!("are for the loss `{TYPED}` only, but this is `{}`", self.id);
            return Err(Refusal::new(["loss", "expressions"], allowed));
        }
        for (name, &value) in &self.params {
            let field = param_field(name);
            let Some(param) = info.params.iter().find(|p| p.name == name) else {
                let names = info.params.iter().map(|p| p.name).collect::<Vec<_>>().join(", ");
                let allowed = if names.is_empty() {
                    format!("is unknown: `{}` has no parameters", info.id)
                } else {
                    format!("is unknown: the parameters of `{}` are {names}", info.id)
                };
                return Err(Refusal::new(field, allowed));
            };
            if !(param.min..=param.max).contains(&value) {
                let allowed = format!("must be a number from {} to {}, but is {value}", param.min, param.max);
                return Err(Refusal::new(field, allowed));
            }
        }
        if let Some(dim_of) = info.dim_of
            && !info.dims.iter().any(|&dim| dim as f64 == dim_of(&self.values()))
        {
            let dims = info.dims.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            let allowed = format!("must be a whole number that makes the dimension one of {dims}");
            return Err(Refusal::new(param_field(DIM_PARAM), allowed));
        }
        let params = info.params.iter().map(|p| p.name.to_owned()).zip(self.values()).collect();
        Ok(Self { params, ..Self::new(&self.id) })
    }

    /// The points worth marking in dimension `dim`.
    #[must_use]
    pub fn landmarks(&self, dim: usize) -> Vec<Landmark> {
        self.info().map_or_else(|_| Vec::new(), |info| (info.landmarks)(&self.values(), dim))
    }

    /// Runs `visitor` on this landscape in dimension `dim`.
    ///
    /// # Panics
    /// The spec or the dimension was not validated first.
    pub fn visit<V: Visitor>(&self, dim: usize, visitor: V) -> V::Output {
        if self.is_typed() {
            return match self.program() {
                Ok(program) => visit_program(&program, visitor),
                Err(error) => unreachable!("validated: {error}"),
            };
        }
        match registry::dispatch(&self.id, &self.values(), dim, visitor) {
            Some(output) => output,
            None => unreachable!("validated: loss `{}` in dimension {dim}", self.id),
        }
    }
}

/// In the smallest array that holds the program's coordinates: one instance of everything for each dimension
/// up to 16 would make the page several times larger.
fn visit_program<V: Visitor>(program: &Program, visitor: V) -> V::Output {
    match program.dim() {
        0..=2 => visitor.visit::<_, 2>(program),
        3..=4 => visitor.visit::<_, 4>(program),
        5..=8 => visitor.visit::<_, 8>(program),
        _ => visitor.visit::<_, 16>(program),
    }
}
