//! A request for the sharpness at a point: INTERFACE's `sharpness`.

use serde::{Deserialize, Serialize};

use super::limits;
use crate::calculus::landscape;
use crate::loss::{LossSpec, Refusal, exact};
use crate::sharpness::SharpnessReport;

/// A loss, a point and ρ.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, expecting = "a request: an object in braces")]
pub struct SharpnessRequest {
    /// The loss.
    pub loss: LossSpec,
    /// The point; empty means the loss's own start.
    pub at: Vec<f64>,
    /// Perturbation radius ρ.
    pub rho: f64,
}

impl Default for SharpnessRequest {
    fn default() -> Self {
        Self { loss: LossSpec::default(), at: Vec::new(), rho: 0.1 }
    }
}

impl SharpnessRequest {
    /// Reads a request.
    ///
    /// # Errors
    /// The text is not JSON, or a field is unknown or of the wrong type.
    pub fn from_json(text: &str) -> Result<Self, Refusal> {
        super::json::read_json(text)
    }

    /// Measures the point.
    ///
    /// # Errors
    /// The first field whose value is not allowed.
    pub fn answer(mut self) -> Result<SharpnessReport, Refusal> {
        self.loss = self.loss.resolved()?;
        if self.at.is_empty() {
            self.at = self.loss.start();
        }
        super::scenario::validate_point("at".into(), &self.at, &self.loss)?;
        if !(0.0..=limits::RHO_MAX).contains(&self.rho) {
            let allowed = format!("must be a number from 0 to {}, but is {}", exact(limits::RHO_MAX), exact(self.rho));
            return Err(Refusal::new("rho", allowed));
        }
        Ok(SharpnessReport::at(landscape(&self.loss, self.at.len()).as_ref(), &self.at, self.rho))
    }
}
