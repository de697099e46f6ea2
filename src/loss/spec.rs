//! A loss as data: what a scenario stores and what is turned back into a landscape.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::stored::{Stored, unknown};
use super::{Field, Gamma, Info, Landmark, Reduction, Refusal, TypedLoss, Visitor, exact, registry};

/// Which landscape, with which parameters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Stored", into = "Stored")]
pub enum LossSpec {
    /// One of the catalogue.
    Catalogue {
        /// Its row.
        info: &'static Info,
        /// Parameter values by name; those that are absent have their defaults.
        params: BTreeMap<String, f64>,
    },
    /// One that is given by expressions.
    Typed(TypedLoss),
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

pub(super) fn param_field(name: &str) -> Field {
    Field::from(["loss", "params", name])
}

impl LossSpec {
    /// The landscape `id` of the catalogue, which has it, with its default parameters.
    ///
    /// # Panics
    /// The catalogue has no such landscape.
    #[must_use]
    pub fn new(id: &str) -> Self {
        match Self::find(id) {
            Ok(loss) => loss,
            Err(error) => unreachable!("{error}"),
        }
    }

    /// The landscape `id` of the catalogue with its default parameters.
    ///
    /// # Errors
    /// The catalogue has no such landscape.
    pub fn find(id: &str) -> Result<Self, Refusal> {
        let info = registry::find(id).ok_or_else(|| Refusal::new(["loss", "id"], unknown(id)))?;
        Ok(Self::Catalogue { info, params: BTreeMap::new() })
    }

    /// A loss given by one expression, or by one for each sample.
    #[must_use]
    pub fn typed(expressions: Vec<String>, reduction: Reduction, params: BTreeMap<String, f64>) -> Self {
        Self::Typed(TypedLoss::new(expressions, reduction, None, params))
    }

    /// Its expressions, where it is given by such.
    #[must_use]
    pub fn as_typed(&self) -> Option<&TypedLoss> {
        if let Self::Typed(typed) = self { Some(typed) } else { None }
    }

    /// The catalogue's row; a typed loss has none.
    #[must_use]
    pub fn info(&self) -> Option<&'static Info> {
        if let Self::Catalogue { info, .. } = self { Some(info) } else { None }
    }

    /// Parameter values by name; those that are absent have their defaults.
    #[must_use]
    pub fn params(&self) -> &BTreeMap<String, f64> {
        match self {
            Self::Catalogue { params, .. } => params,
            Self::Typed(typed) => &typed.params,
        }
    }

    /// Parameter values by name, to be changed.
    pub fn params_mut(&mut self) -> &mut BTreeMap<String, f64> {
        match self {
            Self::Catalogue { params, .. } => params,
            Self::Typed(typed) => typed.params_mut(),
        }
    }

    /// The number of samples.
    #[must_use]
    pub fn samples(&self) -> usize {
        match self {
            Self::Catalogue { info, .. } => (info.samples)(&self.values()),
            Self::Typed(typed) => typed.expressions().len().max(1),
        }
    }

    /// How the samples make the loss.
    #[must_use]
    pub fn reduction(&self) -> Reduction {
        match self {
            Self::Catalogue { info, .. } => info.reduction,
            Self::Typed(typed) => typed.reduction(),
        }
    }

    /// The dimensions that it is defined in with its present parameters, ascending; none where it is not valid.
    #[must_use]
    pub fn dims(&self) -> Vec<usize> {
        match self {
            Self::Catalogue { info, .. } => match info.dim_of {
                Some(dim_of) => vec![dim_of(&self.values()) as usize],
                None => info.dims.to_vec(),
            },
            Self::Typed(typed) => typed.dim().into_iter().collect(),
        }
    }

    /// The same loss in dimension `dim`: sets the parameter that decides it, where one does. Without a
    /// value that gives `dim`, nothing changes.
    #[must_use]
    pub fn in_dim(mut self, dim: usize) -> Self {
        let Some(info) = self.info() else { return self };
        let (Some(dim_of), Some(param)) = (info.dim_of, info.params.iter().find(|p| p.name == DIM_PARAM)) else {
            return self;
        };
        let before = self.clone();
        for k in param.min as u32..=param.max as u32 {
            self.params_mut().insert(DIM_PARAM.to_owned(), f64::from(k));
            if dim_of(&self.values()) == dim as f64 {
                return self;
            }
        }
        before
    }

    /// The same loss as pictures need it: one of one variable lies in the plane, with a second coordinate that it does
    /// not depend on.
    #[must_use]
    pub fn in_plane(self) -> Self {
        match self {
            Self::Typed(typed) if typed.dim() == Some(1) => Self::Typed(typed.with_dim(2)),
            loss => loss,
        }
    }

    /// The loss that pictures of this one in dimension `dim` speak of: one of one variable that lies in the plane without its
    /// second coordinate, whose eigenvalue 0 would hide a negative one. Undoes [`in_plane`](Self::in_plane).
    #[must_use]
    pub fn out_of_plane(&self, dim: usize) -> Option<Self> {
        let typed = self.as_typed().filter(|typed| dim == 2 && typed.is_of_one_variable())?;
        Some(Self::Typed(typed.clone().with_dim(1)))
    }

    /// Its own start in the largest of its dimensions.
    #[must_use]
    pub fn start(&self) -> Vec<f64> {
        let dim = self.dims().last().copied().unwrap_or(0);
        match self {
            Self::Catalogue { info, .. } => info.start[..dim].to_vec(),
            Self::Typed(_) => (0..dim).map(|i| [0.8, 0.6, 0.4, 0.2][i % 4]).collect(),
        }
    }

    /// The name of coordinate `index`, counted from 0, as the formula has it: x1, x2, … where it does not say.
    #[must_use]
    pub fn coordinate(&self, index: usize) -> String {
        let named = match self {
            Self::Catalogue { info, .. } => info.coordinates.get(index).map(|&name| name.to_owned()),
            Self::Typed(typed) => typed.coordinates().get(index).cloned(),
        };
        named.unwrap_or_else(|| format!("x{}", index + 1))
    }

    /// Γ, as far as a formula for it is known.
    #[must_use]
    pub fn gamma(&self) -> Gamma {
        self.info().map_or(Gamma::Points, |info| info.gamma)
    }

    /// The parameters with their ranges, in the row's order or in the order in which they appear in the expressions.
    #[must_use]
    pub fn parameters(&self) -> Vec<Parameter> {
        match self {
            Self::Catalogue { info, .. } => info
                .params
                .iter()
                .map(|p| Parameter { name: p.name.to_owned(), default: p.default, min: p.min, max: p.max })
                .collect(),
            Self::Typed(typed) => typed.parameters(),
        }
    }

    /// The parameter values in the row's order.
    #[must_use]
    pub fn values(&self) -> Vec<f64> {
        let params = self.info().map_or(&[][..], |info| info.params);
        params.iter().map(|p| self.params().get(p.name).copied().unwrap_or(p.default)).collect()
    }

    /// The same loss with every parameter written out.
    ///
    /// # Errors
    /// An unknown parameter, a value that is not finite or out of its range, or an expression that cannot be
    /// understood.
    pub fn resolved(&self) -> Result<Self, Refusal> {
        match self {
            Self::Catalogue { info, params } => {
                self.validate_row(info, params)?;
                let params = info.params.iter().map(|p| p.name.to_owned()).zip(self.values()).collect();
                Ok(Self::Catalogue { info, params })
            }
            Self::Typed(typed) => typed.validate().map(|()| self.clone()),
        }
    }

    fn validate_row(&self, info: &Info, params: &BTreeMap<String, f64>) -> Result<(), Refusal> {
        for (name, &value) in params {
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
                let allowed = format!(
                    "must be a number from {} to {}, but is {}",
                    exact(param.min),
                    exact(param.max),
                    exact(value)
                );
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
        Ok(())
    }

    /// The points worth marking in dimension `dim`.
    #[must_use]
    pub fn landmarks(&self, dim: usize) -> Vec<Landmark> {
        self.info().map_or_else(Vec::new, |info| (info.landmarks)(&self.values(), dim))
    }

    /// Runs `visitor` on this landscape in dimension `dim`.
    ///
    /// # Panics
    /// The spec or the dimension was not validated first.
    pub fn visit<V: Visitor>(&self, dim: usize, visitor: V) -> V::Output {
        match self {
            Self::Typed(typed) => typed.visit(visitor),
            Self::Catalogue { info, .. } => match registry::dispatch(info.id, &self.values(), dim, visitor) {
                Some(output) => output,
                None => unreachable!("validated: loss `{}` in dimension {dim}", info.id),
            },
        }
    }
}
