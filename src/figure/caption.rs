//! A figure's caption: what it shows and how it is read, and from what it can be made again.

use super::FigureId;
use crate::field::base_on_gamma;
use crate::run::{Scenario, Through};

/// The caption for a resolved scenario; `_{…}` is lowered and `^{…}` is raised.
#[must_use]
pub fn caption(id: FigureId, scenario: &Scenario) -> String {
    let loss = &scenario.loss;
    let formula = if loss.is_typed() { format!(": {}", loss.expressions.join(" | ")) } else { String::new() };
    let params = loss.params.iter().map(|(name, value)| format!("{name} = {value}")).collect::<Vec<_>>().join(", ");
    let params = if params.is_empty() { params } else { format!(" ({params})") };
    let init = scenario.init.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    format!(
        "{}{} Loss {}{formula}{params}; start ({init}); {}; {}; {} steps. samscope {}.",
        about(id, scenario),
        reading(id, scenario),
        loss.id,
        methods(scenario),
        seeds(id, scenario),
        scenario.steps,
        env!("CARGO_PKG_VERSION"),
    )
}

/// What it shows, in one sentence.
fn about(id: FigureId, scenario: &Scenario) -> String {
    let text = match id {
        FigureId::Fig1 => {
            return format!(
                "Paths over the minimizers, the Hessian's eigenvalues over the steps, and the loss across the minimizers at {}.",
                places(scenario)
            );
        }
        FigureId::Landscape => "Paths over the landscape.",
        FigureId::Curves => "What is measured along the runs.",
        FigureId::Alignment => "The gradient's alignment with the top eigenvector, and the curvature along it.",
        FigureId::Gap => "Each method on a map of what it minimizes over the minimizers.",
        FigureId::Anatomy => "One full-batch SAM step taken apart.",
    };
    text.to_owned()
}

/// Where the surfaces are.
fn places(scenario: &Scenario) -> String {
    let steps = &scenario.view.surface_steps;
    if steps.is_empty() {
        return "the start and the ends".to_owned();
    }
    let text = steps.iter().map(u64::to_string).collect::<Vec<_>>().join(", ");
    let past_the_end = if steps.iter().any(|&step| step > scenario.steps) { " or at the end" } else { "" };
    format!("steps {text}{past_the_end}")
}

/// What the marks mean that no axis or legend tells.
fn reading(id: FigureId, scenario: &Scenario) -> String {
    let has_maps = matches!(id, FigureId::Fig1 | FigureId::Landscape | FigureId::Gap);
    let is_compared = scenario.optimizers.iter().any(|spec| spec.on && spec.id.info().notion().is_some());
    let mut text = String::new();
    if has_maps && scenario.dim() > 2 {
        text += &plane(scenario);
    }
    if is_compared && scenario.view.flows && matches!(id, FigureId::Fig1 | FigureId::Landscape) {
        text += " Dashed and dotted: the theorem's limiting flow and the law for finite η.";
    }
    if is_compared && id == FigureId::Gap {
        text += " Dashed rings: where theory says that it ends.";
    }
    if id == FigureId::Fig1 {
        text += " Arrows: the ascent step x + ρĝ.";
    }
    text
}

/// Which plane the maps show.
fn plane(scenario: &Scenario) -> String {
    let base = match scenario.view.through {
        Through::Head => {
            return " The map's plane goes through the first run's end; paths are projected on it.".to_owned();
        }
        Through::Start => scenario.init.clone(),
        Through::Gamma => base_on_gamma(&scenario.loss, &scenario.init),
    };
    let others = (0..base.len()).filter(|axis| !scenario.view.axes.contains(&(axis + 1)));
    let fixed: Vec<String> = others.map(|axis| format!("x_{{{}}} = {}", axis + 1, base[axis])).collect();
    format!(" The map's plane is {}; paths are projected on it.", fixed.join(", "))
}

/// The methods with their numbers, and their own steps where one does more of them than the race.
fn methods(scenario: &Scenario) -> String {
    let specs = scenario.run_specs();
    let text = specs.iter().map(|run| {
        let spec = &run.optimizer;
        let info = spec.id.info();
        let rho = if info.uses_rho { format!(" ρ {}", spec.rho) } else { String::new() };
        let batch = if info.uses_batch { format!(" m {}", spec.batch) } else { String::new() };
        let own = if run.speed > 1 { format!(" ({} steps)", run.steps) } else { String::new() };
        format!("{} η {}{rho}{batch}{own}", info.id, spec.eta)
    });
    text.collect::<Vec<_>>().join(", ")
}

/// The seeds, and what is drawn of several.
fn seeds(id: FigureId, scenario: &Scenario) -> String {
    let Some([first, last]) = scenario.seeds.filter(|[first, last]| first < last) else {
        return format!("seed {}", scenario.seeds().start());
    };
    let of_several = match id {
        FigureId::Curves | FigureId::Alignment => "curves are their mean with the 10th to 90th percentile",
        FigureId::Fig1 => {
            "curves are their mean with the 10th to 90th percentile, dots where each is; paths and surfaces are the first's"
        }
        FigureId::Landscape | FigureId::Gap => "dots are where each is, paths the first's",
        FigureId::Anatomy => "the first is shown",
    };
    format!("seeds {first} to {last} ({of_several})")
}
