//! A loss as data: what a scenario stores and what is turned back into a landscape.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Info, Landmark, Visitor, registry};

/// Which landscape, with which parameters. Parameters that are absent have their defaults.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, expecting = "a loss: an object such as {\"id\": \"toy4d\"}")]
pub struct LossSpec {
    /// The catalogue's id.
    pub id: String,
    /// Parameter values by name.
    pub params: BTreeMap<String, f64>,
}

impl Default for LossSpec {
    fn default() -> Self {
        Self::new("toy4d")
    }
}

/// Why a [`LossSpec`] is refused. `field` is the path inside the scenario.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{allowed}")]
pub struct LossError {
    /// `loss.id` or `loss.params.NAME`.
    pub field: String,
    /// What is allowed there.
    pub allowed: String,
}

impl LossSpec {
    /// The landscape `id` with its default parameters.
    #[must_use]
    pub fn new(id: &str) -> Self {
        Self { id: id.to_owned(), params: BTreeMap::new() }
    }

    /// The catalogue's row.
    ///
    /// # Errors
    /// The id is unknown.
    pub fn info(&self) -> Result<&'static Info, LossError> {
        registry::find(&self.id).ok_or_else(|| LossError {
            field: "loss.id".to_owned(),
            allowed: format!(
                "must be one of {}, but is `{}`",
                registry::CATALOGUE.iter().map(|info| info.id).collect::<Vec<_>>().join(", "),
                self.id
            ),
        })
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
    /// An unknown id, an unknown parameter, or a value that is not finite or out of its range.
    pub fn resolved(&self) -> Result<Self, LossError> {
        let info = self.info()?;
        for (name, &value) in &self.params {
            let field = format!("loss.params.{name}");
            let Some(param) = info.params.iter().find(|p| p.name == name) else {
                let names = info.params.iter().map(|p| p.name).collect::<Vec<_>>().join(", ");
                let allowed = if names.is_empty() {
                    format!("is unknown: `{}` has no parameters", info.id)
                } else {
                    format!("is unknown: the parameters of `{}` are {names}", info.id)
                };
                return Err(LossError { field, allowed });
            };
            if !(param.min..=param.max).contains(&value) {
                let allowed = format!("must be a number from {} to {}, but is {value}", param.min, param.max);
                return Err(LossError { field, allowed });
            }
        }
        let params = info.params.iter().map(|p| p.name.to_owned()).zip(self.values()).collect();
        Ok(Self { id: self.id.clone(), params })
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
        match registry::dispatch(&self.id, &self.values(), dim, visitor) {
            Some(output) => output,
            None => unreachable!("validated: loss `{}` in dimension {dim}", self.id),
        }
    }
}
