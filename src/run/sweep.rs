//! The settings that runs are swept over.

use serde::{Deserialize, Serialize};

use super::{RunSpec, Scenario, limits};
use crate::loss::{DIM_PARAM, Refusal, short};
use crate::optimizer::MethodInfo;

/// A setting is swept from a fraction of its value to so many times it where nothing is said.
const SPAN: f64 = 4.0;

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

    /// Its letter, as the paper writes it.
    #[must_use]
    pub fn symbol(&self) -> &str {
        match self {
            Self::Eta => "η",
            Self::Rho => "ρ",
            Self::Batch => "m",
            Self::Beta => "β",
            Self::Param(name) => name,
        }
    }

    /// Whether runs that step together may differ in it.
    #[must_use]
    pub fn is_of_each_run(&self) -> bool {
        matches!(self, Self::Eta | Self::Rho | Self::Beta)
    }

    /// Gives a run this value of it; a batch's is rounded.
    pub(crate) fn put(&self, run: &mut RunSpec, value: f64) {
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

    /// Its value in a run.
    #[must_use]
    pub fn of(&self, run: &RunSpec) -> f64 {
        match self {
            Self::Eta => run.optimizer.eta,
            Self::Rho => run.optimizer.rho,
            Self::Batch => run.optimizer.batch as f64,
            Self::Beta => run.optimizer.beta,
            Self::Param(name) => run.loss.params().get(name).copied().unwrap_or(f64::NAN),
        }
    }

    /// Gives method `index` of a scenario this value of it, or the loss; a batch's is rounded.
    pub fn set(&self, scenario: &mut Scenario, index: usize, value: f64) {
        let optimizer = &mut scenario.optimizers[index];
        match self {
            Self::Eta => optimizer.eta = value,
            Self::Rho => optimizer.rho = value,
            Self::Batch => optimizer.batch = value.round() as usize,
            Self::Beta => optimizer.beta = value,
            Self::Param(name) => {
                scenario.loss.params_mut().insert(name.clone(), value);
            }
        }
    }

    /// Those that change this run.
    #[must_use]
    pub fn all(run: &RunSpec) -> Vec<Self> {
        let uses = |what: fn(&MethodInfo) -> bool| run.optimizer.methods().any(|method| what(method.info()));
        let mut all = vec![Self::Eta];
        all.extend(uses(|info| info.uses_rho).then_some(Self::Rho));
        all.push(Self::Beta);
        all.extend((uses(|info| info.uses_batch) && run.loss.samples() > 1).then_some(Self::Batch));
        // What decides the dimension would change the start.
        let decides = |name: &str| name == DIM_PARAM && run.loss.info().is_some_and(|info| info.dim_of.is_some());
        let params = run.loss.parameters().into_iter().map(|param| param.name).filter(|name| !decides(name));
        all.extend(params.map(Self::Param));
        all
    }

    /// The scenario with this value, where that is allowed.
    pub(crate) fn tried(&self, scenario: &Scenario, value: f64) -> Result<Scenario, Refusal> {
        let mut tried = scenario.clone();
        for index in 0..tried.optimizers.len() {
            self.set(&mut tried, index, value);
        }
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

/// A setting and the values that it takes along one axis of a sweep.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SweepAxis {
    /// Which.
    pub setting: Setting,
    /// The least value.
    pub from: f64,
    /// The greatest.
    pub to: f64,
    /// Whether the values between have equal ratios, in place of equal steps; both ends are above 0 then.
    #[serde(default)]
    pub log: bool,
}

impl SweepAxis {
    /// A range in which the run's own value lies.
    #[must_use]
    pub fn around(setting: Setting, run: &RunSpec) -> Self {
        let own = setting.of(run);
        let ratio = |least: f64, most: f64| {
            let middle = if own > 0.0 { own } else { 0.1 };
            [(middle / SPAN).max(least), (middle * SPAN).min(most)]
        };
        let ([from, to], log) = match &setting {
            Setting::Eta => (ratio(0.0, limits::ETA_MAX), true),
            Setting::Rho => (ratio(0.0, limits::RHO_MAX), true),
            Setting::Beta => ([0.0, 0.9_f64.max(0.5 * (1.0 + own))], false),
            Setting::Batch => ([1.0, run.loss.samples() as f64], false),
            Setting::Param(name) => {
                let param = run.loss.parameters().into_iter().find(|param| param.name == *name);
                let (least, most) = param.map_or((own, own), |param| (param.min, param.max));
                if own > 0.0 {
                    (ratio(least, most), true)
                } else {
                    ([least.max(own - 1.0), most.min(own + 1.0)], false)
                }
            }
        };
        Self { setting, from, to, log: log && from > 0.0 }
    }

    /// η and ρ around the run's own, or η and β where the method has no ρ.
    #[must_use]
    pub fn usual(run: &RunSpec) -> [Self; 2] {
        let has_rho = Setting::all(run).contains(&Setting::Rho);
        let second = if has_rho { Setting::Rho } else { Setting::Beta };
        [Self::around(Setting::Eta, run), Self::around(second, run)]
    }

    /// The range seen from a step nearer, or further away: `factor` times as wide around its middle.
    #[must_use]
    pub fn zoomed(&self, factor: f64) -> Self {
        let [low, high] = [self.from, self.to].map(|value| if self.log { libm::log(value) } else { value });
        let (middle, half) = (0.5 * (low + high), 0.5 * factor * (high - low));
        let [from, to] = [middle - half, middle + half].map(|place| if self.log { libm::exp(place) } else { place });
        Self { from, to, ..self.clone() }
    }

    /// Whether it goes from a number to a greater one.
    #[must_use]
    pub fn is_range(from: f64, to: f64, log: bool) -> bool {
        from.is_finite() && to.is_finite() && from < to && (!log || from > 0.0)
    }

    /// Checks both axes of a view.
    pub(super) fn validate(both: &[Self; 2]) -> Result<(), Refusal> {
        let allowed = Self::RANGE;
        if both[0].setting == both[1].setting {
            return Err(Refusal::new(["view", "sweep"], "must be two different settings"));
        }
        for (i, axis) in both.iter().enumerate() {
            if !Self::is_range(axis.from, axis.to, axis.log) {
                let given = format!("{}, but goes from {} to {}", allowed, short(axis.from), short(axis.to));
                let field = crate::loss::Field::from(["view", "sweep"]).index(i);
                return Err(Refusal::new(field, given));
            }
        }
        Ok(())
    }

    /// What is allowed of a range.
    pub(crate) const RANGE: &'static str =
        "must go from a number to a greater one, both above 0 where it is logarithmic";
}
