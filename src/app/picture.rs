//! What the map, the basin or the sweep shows, as numbers: for the page's JavaScript.

use serde_json::{Map, Value, json};

use crate::ensemble::End;
use crate::field::{Field, NO_CLASS, Values};

/// The field that is shown, and what is known of it.
#[derive(Clone, Debug)]
pub struct Picture {
    /// The field.
    pub field: Field,
    /// The values at its nodes.
    pub values: Values,
    /// The part of the nodes that is known, 0 to 1.
    pub share: f64,
    /// Who computes.
    pub backend: String,
}

impl Picture {
    /// The field, the nodes along both sides and an array for each value, row by row from u min, v min, under the names that
    /// `samscope basin` gives them; null where a value is undefined or not yet known.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let [u, v] = self.field.nodes().map(|nodes| nodes.values());
        let mut all = Map::new();
        let mut put = |name: &str, value: Value| drop(all.insert(name.to_owned(), value));
        put("field", json!(self.field));
        put("share", json!(self.share));
        put("backend", json!(self.backend));
        put("u", json!(u));
        put("v", json!(v));
        match &self.values {
            Values::Numbers(numbers) => put("value", json!(numbers)),
            Values::Ends(ends) => {
                put("classes", json!(self.field.classes().map(|classes| classes.names())));
                let class = ends.class.iter().map(|&class| Some(class).filter(|&class| class != NO_CLASS));
                put("class", json!(class.collect::<Vec<_>>()));
                put("steps", json!(ends.steps));
                for (name, numbers) in End::NUMBERS.iter().zip(&ends.numbers) {
                    put(name, json!(numbers));
                }
                put("x", json!(ends.x.chunks_exact(ends.dim).collect::<Vec<_>>()));
            }
        }
        Value::Object(all)
    }
}
