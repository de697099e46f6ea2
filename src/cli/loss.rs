//! The loss that `--loss`, `--expr`, `--sample`, `--reduction`, `--param` and `--dim` name.

use std::sync::Arc;

use super::args::LossArgs;
use super::errors::{CliError, from_scenario};
use crate::calculus::{Landscape, landscape};
use crate::loss::{DIM_PARAM, LossSpec, Part, Reduction, Refusal};
use crate::run::Scenario;

/// The flags that may be at fault where the loss is.
pub(super) const FLAGS: [&str; 3] = ["--loss", "--expr", "--param"];

impl LossArgs {
    /// Puts the flags' loss into the scenario; another loss than the file's brings its own start. True where it did.
    pub(super) fn apply(&self, scenario: &mut Scenario, has_file: bool) -> Result<bool, CliError> {
        let mut is_new = true;
        let typed = if self.samples.is_empty() { self.expr.iter().cloned().collect() } else { self.samples.clone() };
        if !typed.is_empty() {
            *scenario = Scenario { loss: LossSpec::typed(typed, Reduction::Mean, [].into()), ..without_loss(scenario) };
        } else if let Some(id) = &self.id {
            if id != scenario.loss.id() || !has_file {
                let loss = LossSpec::find(id).map_err(|error| from_scenario(&error, &FLAGS))?;
                *scenario = Scenario { loss, ..without_loss(scenario) };
            } else {
                is_new = false;
            }
        } else if !has_file {
            let missing = "--loss: is missing; `samscope losses` lists the ids, and --expr takes a formula";
            return Err(CliError::Input(missing.to_owned()));
        } else {
            is_new = false;
        }
        if let Some(reduction) = self.reduction {
            let LossSpec::Typed(typed) = std::mem::take(&mut scenario.loss) else {
                return Err(CliError::Input("--reduction: is for the formulas of --sample only".to_owned()));
            };
            scenario.loss = LossSpec::Typed(typed.with_reduction(reduction));
        }
        if !self.params.is_empty() {
            scenario.loss.params_mut().extend(self.params.iter().cloned());
        }
        self.apply_dim(scenario)?;
        Ok(is_new)
    }

    fn apply_dim(&self, scenario: &mut Scenario) -> Result<(), CliError> {
        let Some(dim) = self.dim else { return Ok(()) };
        let info = match std::mem::take(&mut scenario.loss) {
            LossSpec::Typed(typed) => {
                scenario.loss = LossSpec::Typed(typed.with_dim(dim));
                return Ok(());
            }
            loss @ LossSpec::Catalogue { info, .. } => {
                scenario.loss = loss;
                info
            }
        };
        if !info.dims.contains(&dim) {
            let dims = info.dims.iter().map(ToString::to_string).collect::<Vec<_>>().join(" or ");
            return Err(CliError::Input(format!("--dim: must be {dims} for `{}`, but is {dim}", info.id)));
        }
        if self.params.iter().all(|(name, _)| name != DIM_PARAM) {
            scenario.loss = std::mem::take(&mut scenario.loss).in_dim(dim);
        } else if !scenario.loss.dims().contains(&dim) {
            return Err(CliError::Input(format!(
                "--dim: does not go with the `{DIM_PARAM}` given, which decides it; leave one out"
            )));
        }
        if scenario.init.len() != dim {
            scenario.init = info.start[..dim].to_vec();
        }
        Ok(())
    }

    /// The loss without a scenario around it, in the dimension of the point `x` where there is one.
    pub(super) fn spec(&self, x: Option<&[f64]>) -> Result<LossSpec, CliError> {
        let mut scenario = Scenario::default();
        self.apply(&mut scenario, false)?;
        let mut loss = scenario.loss;
        if let (Some(x), None) = (x, self.dim)
            && self.params.iter().all(|(name, _)| name != DIM_PARAM)
        {
            loss = loss.in_dim(x.len());
        }
        Ok(loss)
    }

    /// The loss in the dimension of the point `x`, which came from `flag`; checked as a scenario's loss and start are.
    pub(super) fn landscape_at(&self, x: &[f64], flag: &str) -> Result<Arc<dyn Landscape>, CliError> {
        let scenario = Scenario { loss: self.spec(Some(x))?, init: x.to_vec(), ..Scenario::default() };
        let scenario = scenario.resolved().map_err(|error| self.refusal(&error, "init", flag))?;
        Ok(landscape(&scenario.loss, scenario.dim()))
    }

    /// A refusal of the loss, or of the point in `field`, which came from `flag`.
    pub(super) fn refusal(&self, error: &Refusal, field: &str, flag: &str) -> CliError {
        match error.field.parts()[..] {
            [Part::Name(name), ..] if name == field => CliError::Input(format!("{flag}: {}", error.allowed)),
            _ => from_scenario(error, &self.flags()),
        }
    }

    /// The flags that may be at fault.
    pub(super) fn flags(&self) -> Vec<&'static str> {
        if self.samples.is_empty() { FLAGS.to_vec() } else { vec!["--sample", "--param"] }
    }
}

/// The scenario for another loss: the present one's parameters and start do not fit it.
fn without_loss(scenario: &Scenario) -> Scenario {
    Scenario { init: Vec::new(), ..scenario.clone() }
}
