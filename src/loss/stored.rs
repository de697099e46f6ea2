//! A loss's JSON: `{"id", "params"}`, and for a typed one `"expressions"`, `"reduction"` and `"dim"`.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::typed::TypedLoss;
use super::{LossSpec, Reduction, quoted, registry};

/// The id of a loss that is given by expressions.
const TYPED: &str = "typed";

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, expecting = "a loss: an object such as {\"id\": \"toy4d\"}")]
pub(super) struct Stored {
    #[serde(deserialize_with = "known_id")]
    id: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    expressions: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reduction: Option<Reduction>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dim: Option<usize>,
    #[serde(deserialize_with = "each_once")]
    params: BTreeMap<String, f64>,
}

impl Default for Stored {
    fn default() -> Self {
        LossSpec::default().into()
    }
}

impl From<LossSpec> for Stored {
    fn from(loss: LossSpec) -> Self {
        let id = loss.id().to_owned();
        match loss {
            LossSpec::Catalogue { params, .. } => {
                Self { id, expressions: Vec::new(), reduction: None, dim: None, params }
            }
            LossSpec::Typed(typed) => Self {
                id,
                expressions: typed.expressions().to_vec(),
                reduction: Some(typed.reduction()),
                dim: typed.asked_dim(),
                params: typed.params,
            },
        }
    }
}

impl TryFrom<Stored> for LossSpec {
    type Error = String;

    fn try_from(stored: Stored) -> Result<Self, String> {
        let Stored { id, expressions, reduction, dim, params } = stored;
        match registry::find(&id) {
            Some(info) if expressions.is_empty() && reduction.is_none() && dim.is_none() => {
                Ok(Self::Catalogue { info, params })
            }
            Some(_) => {
                Err(format!("expressions, reduction and dim are for the loss `{TYPED}` only, but this is `{id}`"))
            }
            None => Ok(Self::Typed(TypedLoss::new(expressions, reduction.unwrap_or(Reduction::Mean), dim, params))),
        }
    }
}

impl LossSpec {
    /// The catalogue's id, or `typed`.
    #[must_use]
    pub fn id(&self) -> &'static str {
        self.info().map_or(TYPED, |info| info.id)
    }
}

/// What is allowed in place of an id that is none.
pub(super) fn unknown(id: &str) -> String {
    let ids = registry::CATALOGUE.iter().map(|info| info.id).collect::<Vec<_>>().join(", ");
    format!("must be one of {ids}, {TYPED}, but is `{}`", quoted(id))
}

fn known_id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let id = String::deserialize(deserializer)?;
    if id == TYPED || registry::find(&id).is_some() { Ok(id) } else { Err(D::Error::custom(unknown(&id))) }
}

/// A map in which no name is given twice.
fn each_once<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, f64>, D::Error> {
    deserializer.deserialize_map(EachOnce)
}

struct EachOnce;

impl<'de> Visitor<'de> for EachOnce {
    type Value = BTreeMap<String, f64>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object of names and numbers")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let mut map = BTreeMap::new();
        while let Some((name, value)) = entries.next_entry::<String, f64>()? {
            if map.contains_key(&name) {
                return Err(A::Error::custom(format!("`{}` is given twice", quoted(&name))));
            }
            map.insert(name, value);
        }
        Ok(map)
    }
}
