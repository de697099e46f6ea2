//! The settings that a sweep goes over.

use serde::{Deserialize, Serialize};

use super::Nodes;
use crate::loss::Refusal;
use crate::run::{RunSpec, Scenario};

/// A setting of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Setting {
    /// The learning rate η.
    Eta,
    /// The perturbation radius ρ.
    Rho,
    /// Samples per batch.
    Batch,
    /// Heavy-ball momentum β.
    Beta,
    /// A parameter of the loss.
    Param(String),
}

impl Setting {
    /// Its name, as in `--over`.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Eta => "eta",
            Self::Rho => "rho",
            Self::Batch => "batch",
            Self::Beta => "beta",
            Self::Param(name) => name,
        }
    }

    /// Gives a run this value of it; a batch's is rounded.
    pub(super) fn put(&self, run: &mut RunSpec, value: f64) {
        match self {
            Self::Eta => run.optimizer.eta = value,
            Self::Rho => run.optimizer.rho = value,
            Self::Batch => run.optimizer.batch = value.round() as usize,
            Self::Beta => run.optimizer.beta = value,
            Self::Param(name) => {
                run.loss.params_mut().insert(name.clone(), value);
            }
        }
    }

    /// Gives all methods of a scenario this value of it, or the loss; a batch's is rounded.
    pub fn set(&self, scenario: &mut Scenario, value: f64) {
        for optimizer in &mut scenario.optimizers {
            match self {
                Self::Eta => optimizer.eta = value,
                Self::Rho => optimizer.rho = value,
                Self::Batch => optimizer.batch = value.round() as usize,
                Self::Beta => optimizer.beta = value,
                Self::Param(_) => {}
            }
        }
        if let Self::Param(name) = self {
            scenario.loss.params_mut().insert(name.clone(), value);
        }
    }

    /// The scenario with this value, where that is allowed.
    fn tried(&self, scenario: &Scenario, value: f64) -> Result<Scenario, Refusal> {
        let mut tried = scenario.clone();
        self.set(&mut tried, value);
        tried.resolved()
    }
}

impl From<String> for Setting {
    fn from(name: String) -> Self {
        match name.as_str() {
            "eta" => Self::Eta,
            "rho" => Self::Rho,
            "batch" => Self::Batch,
            "beta" => Self::Beta,
            _ => Self::Param(name),
        }
    }
}

impl From<Setting> for String {
    fn from(setting: Setting) -> Self {
        setting.name().to_owned()
    }
}

/// A setting with the values that it takes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Over {
    /// Which.
    pub setting: Setting,
    /// Its values.
    pub nodes: Nodes,
}

impl Over {
    /// Whether every value of both can be run with. Ranges have no gaps: what is allowed at both ends is allowed between.
    pub(super) fn validate(both: &[Self; 2], tau: Option<f64>, scenario: &Scenario) -> Result<(), Refusal> {
        let [first, second] = both;
        if first.setting == second.setting {
            return Err(Refusal::new("over", "must be two different settings"));
        }
        let refused = |over: &Self, allowed: String| Refusal::new(["over", over.setting.name()], allowed);
        for over in both {
            let Nodes { from, to, log, .. } = over.nodes;
            if !(from.is_finite() && to.is_finite() && from < to && (!log || from > 0.0)) {
                let allowed = "must go from a number to a greater one, both above 0 where it is logarithmic";
                return Err(refused(over, allowed.to_owned()));
            }
            let is_whole =
                over.setting != Setting::Batch || over.nodes.values().iter().all(|value| value.fract() == 0.0);
            if !is_whole {
                return Err(refused(
                    over,
                    "must take whole values: --over batch=A..B:n with n − 1 a divisor of B − A".to_owned(),
                ));
            }
            for value in [from, to] {
                let tried = over.setting.tried(scenario, value);
                let tried = tried.map_err(|error| refused(over, error.allowed))?;
                if tried.dim() != scenario.dim() {
                    return Err(refused(over, "must not change the dimension".to_owned()));
                }
            }
        }
        let has_rho = |over: &Self| over.setting == Setting::Rho && over.nodes.from > 0.0;
        let rho = scenario.optimizers.iter().filter(|spec| spec.on).map(|spec| spec.rho).fold(0.0, f64::max);
        let is_swept = both.iter().any(|over| over.setting == Setting::Rho);
        if tau.is_some() && !(both.iter().any(has_rho) || (!is_swept && rho > 0.0)) {
            return Err(Refusal::new("tau", "needs ρ above 0 everywhere, since τ = ηρ²t"));
        }
        Ok(())
    }
}
