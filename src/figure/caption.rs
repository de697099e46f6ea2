//! A figure's caption: what it shows and how it is read, and from what it can be made again.

use serde::{Deserialize, Serialize};

use super::Design;
use super::svg::plain;
use crate::field::base_on_gamma;
use crate::loss::{exact, short};
use crate::optimizer::Law;
use crate::run::{OptimizerSpec, Scenario, Through};

/// Letters of a formula, and of a list of parameters, that are drawn: the whole is in the file's description.
const QUOTED: usize = 80;

/// What is drawn of the caption; it is always in the file's description.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Caption {
    /// Nothing: the paper has its own.
    None,
    /// All of it, but the rest of a long formula.
    #[default]
    Full,
}

impl Design {
    /// The whole caption for a resolved scenario, as plain text.
    #[must_use]
    pub fn caption(&self, scenario: &Scenario) -> String {
        plain(&self.quoting(scenario, str::to_owned))
    }

    /// The caption as it is drawn; `_{…}` is lowered and `^{…}` is raised.
    pub(super) fn drawn_caption(&self, scenario: &Scenario) -> String {
        self.quoting(scenario, shortened)
    }

    fn quoting(&self, scenario: &Scenario, quoted: fn(&str) -> String) -> String {
        let loss = &scenario.loss;
        let formula =
            loss.as_typed().map_or(String::new(), |typed| format!(": {}", quoted(&typed.expressions().join(" | "))));
        let params = loss
            .params()
            .iter()
            .map(|(name, value)| format!("{name} = {}", exact(*value)))
            .collect::<Vec<_>>()
            .join(", ");
        let params = if params.is_empty() { params } else { format!(" ({})", quoted(&params)) };
        let init = scenario.init.iter().copied().map(exact).collect::<Vec<_>>().join(", ");
        format!(
            "{} Loss {}{formula}{params}; start ({init}); {}; {}; {} steps. samscope {}.",
            (self.about)(scenario),
            loss.id(),
            methods(scenario),
            self.seeds(scenario),
            scenario.steps,
            env!("CARGO_PKG_VERSION"),
        )
    }

    /// The seeds, and what is drawn of several.
    fn seeds(&self, scenario: &Scenario) -> String {
        match scenario.seeds {
            Some([first, last]) if first < last => format!("seeds {first} to {last} ({})", self.of_seeds),
            _ => format!("seed {}", scenario.seeds().start()),
        }
    }
}

/// The first [`QUOTED`] letters.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Whether theory says something of one of the methods.
#[must_use]
pub fn is_compared(scenario: &Scenario) -> bool {
    scenario.optimizers.iter().any(|spec| spec.on && spec.id.info().notion().is_some())
}

/// What of theory is drawn beside the paths.
#[must_use]
pub fn flows(scenario: &Scenario) -> String {
    let specs = || scenario.optimizers.iter().filter(|spec| spec.on).flat_map(OptimizerSpec::methods);
    let drifts = || specs().filter_map(|method| method.info().drift);
    let rests = specs().filter_map(|method| method.info().edge).any(|edge| edge.is_least_at_rest);
    let drawn = [
        (drifts().next().is_some(), "dashed: the theorem's limiting flow"),
        (drifts().any(|drift| drift.law.is_some()), "dotted: the law for finite η"),
        (
            drifts().any(|drift| drift.law == Some(Law::CycleOfEachSample)),
            "ellipse: two standard deviations of 1-SAM's cloud",
        ),
        (rests, "ring: where the method's own edge lets it rest"),
    ];
    let drawn: Vec<_> = drawn.into_iter().filter(|(is_drawn, _)| *is_drawn).map(|(_, what)| what).collect();
    if drawn.is_empty() || !scenario.view.flows {
        return String::new();
    }
    format!(" By theory, {}.", drawn.join("; "))
}

/// Which plane the maps show, where a plane isn't all of the space.
#[must_use]
pub fn plane(scenario: &Scenario) -> String {
    if scenario.dim() <= 2 {
        return String::new();
    }
    let base = match scenario.view.through {
        Through::Head => {
            return " The map's plane goes through the first run's end; paths are projected on it.".to_owned();
        }
        Through::Start => scenario.init.clone(),
        Through::Gamma => base_on_gamma(&scenario.loss, &scenario.init),
    };
    let others = (0..base.len()).filter(|axis| !scenario.view.axes.contains(&(axis + 1)));
    let fixed: Vec<String> = others.map(|axis| format!("x_{{{}}} = {}", axis + 1, short(base[axis]))).collect();
    format!(" The map's plane is {}; paths are projected on it.", fixed.join(", "))
}

/// The methods with their numbers, and their own steps where one does more of them than the race.
fn methods(scenario: &Scenario) -> String {
    let specs = scenario.run_specs();
    let text = specs.iter().map(|run| {
        let spec = &run.optimizer;
        let info = spec.id.info();
        let uses_rho = spec.methods().any(|method| method.info().uses_rho);
        let rho = if uses_rho { format!(" ρ {}", exact(spec.rho)) } else { String::new() };
        let batch = if info.uses_batch { format!(" m {}", spec.batch) } else { String::new() };
        let own = if run.speed > 1 { format!(" ({} steps)", run.steps) } else { String::new() };
        let beta = if spec.beta > 0.0 { format!(" β {}", exact(spec.beta)) } else { String::new() };
        let switch = spec.switch.map(|switch| format!(" then {} from step {}", switch.id.info().id, switch.step));
        format!("{} η {}{rho}{batch}{beta}{own}{}", info.id, exact(spec.eta), switch.unwrap_or_default())
    });
    text.collect::<Vec<_>>().join(", ")
}
