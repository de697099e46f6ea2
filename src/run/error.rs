//! Why a scenario is refused.

use crate::loss::LossError;

/// One clear sentence about one field. `field` is the path inside the scenario, such as
/// `optimizers[0].eta`, or empty where the text as a whole cannot be read.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{}{}{allowed}", field, if field.is_empty() { "" } else { ": " })]
pub struct ScenarioError {
    /// The path of the field.
    pub field: String,
    /// What is allowed there, and what was found.
    pub allowed: String,
    /// A faulty expression with a caret under the fault, on two lines.
    pub picture: Option<String>,
}

impl ScenarioError {
    pub(super) fn new(field: impl Into<String>, allowed: impl Into<String>) -> Self {
        Self { field: field.into(), allowed: allowed.into(), picture: None }
    }
}

impl From<LossError> for ScenarioError {
    fn from(error: LossError) -> Self {
        Self { field: error.field, allowed: error.allowed, picture: error.picture }
    }
}
