//! A sweep: the settings that it goes over, and theory's lines in it.

use serde::{Deserialize, Serialize};

use super::{Field, Kind, Nodes};
use crate::loss::Refusal;
use crate::run::{RunSpec, Scenario, Setting, SweepAxis, View};
use crate::theory::{Bound, bounds};

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
    /// The axes of a sweep of `run` that a view asks for, each with about so many nodes.
    #[must_use]
    pub fn of_view(view: &View, run: &RunSpec, counts: [usize; 2]) -> [Self; 2] {
        let axes = view.sweep.clone().unwrap_or_else(|| SweepAxis::usual(run));
        let [[u, columns], [v, rows]] = [0, 1].map(|k| [k, counts[k]]);
        [Self::along(&axes[u], columns), Self::along(&axes[v], rows)]
    }

    fn along(axis: &SweepAxis, count: usize) -> Self {
        let SweepAxis { setting, from, to, log } = axis.clone();
        if setting != Setting::Batch {
            return Self { setting, nodes: Nodes { from, to, count, log } };
        }
        // Whole numbers, equally far apart.
        let (from, to) = (from.ceil(), to.floor());
        let span = (to - from).max(1.0) as usize;
        let steps = (1..count).rev().find(|&steps| span.is_multiple_of(steps)).unwrap_or(1);
        Self { setting, nodes: Nodes::linear(from, to, steps + 1) }
    }

    /// Whether every value of both can be run with. Ranges have no gaps: what is allowed at both ends is allowed between.
    pub(super) fn validate(both: &[Self; 2], tau: Option<f64>, scenario: &Scenario) -> Result<(), Refusal> {
        let [first, second] = both;
        if first.setting == second.setting {
            return Err(Refusal::new("over", "must be two different settings"));
        }
        let refused = |over: &Self, allowed: String| Refusal::new(["over", over.setting.name()], allowed);
        for over in both {
            let Nodes { from, to, log, .. } = over.nodes;
            if !SweepAxis::is_range(from, to, log) {
                return Err(refused(over, SweepAxis::RANGE.to_owned()));
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

impl Field {
    /// Theory's lines over a sweep of η and ρ, by name, in (u, v); `spans` are the ranges of u and v in which they are looked for.
    #[must_use]
    pub fn theory_lines(&self, spans: [[f64; 2]; 2]) -> Vec<(&'static str, Vec<[f64; 2]>)> {
        let Kind::Sweep { over, .. } = &self.kind else { return Vec::new() };
        let is_turned = match [&over[0].setting, &over[1].setting] {
            [Setting::Eta, Setting::Rho] => false,
            [Setting::Rho, Setting::Eta] => true,
            _ => return Vec::new(),
        };
        let turned = |[u, v]: [f64; 2]| if is_turned { [v, u] } else { [u, v] };
        // Theory's η and ρ are above 0.
        let [u, v] = spans.map(|[from, to]| [from.max(1e-12), to]);
        let [etas, rhos] = if is_turned { [v, u] } else { [u, v] };
        let lines = bounds(&self.run(), etas, rhos).into_iter();
        lines.map(|Bound { name, line }| (name, line.into_iter().map(turned).collect())).collect()
    }
}
