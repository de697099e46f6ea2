//! The approximation gap: a map for each method, with what it minimizes on Γ.

use super::frames::up_to_a_step;
use super::{Design, RUNS, count, is_narrow};
use crate::figure::caption::{is_compared, plane};
use crate::figure::element::size;
use crate::figure::legend::raised;
use crate::figure::map::{self, MapOf};
use crate::figure::sheet::{Area, Drawn};
use crate::figure::subject::Subject;
use crate::race::{Wanted, in_chain_order};
use crate::run::{Scenario, limits};
use crate::sharpness::MapQuantity;
use crate::theory::gap_scenario;

pub(super) static GAP: Design = Design {
    id: "gap",
    title: "Each method on a map of what it minimizes",
    scenario: || gap_scenario(&Scenario::welcome()),
    has_surfaces: false,
    legend: Some(&RUNS),
    wanted: |_| Wanted { ends: true, ..Wanted::default() },
    height,
    draw,
    about,
    frame: up_to_a_step,
    seeds: limits::SEEDS_MAX,
    of_seeds: "dots are where each is, paths the first's",
};

fn columns(count: usize, width: f64) -> usize {
    if is_narrow(width) { 1 } else { count.clamp(1, 3) }
}

fn height(scenario: &Scenario, width: f64) -> f64 {
    let columns = columns(count(scenario), width);
    let rows = count(scenario).div_ceil(columns) as f64;
    if is_narrow(width) { 0.62 * width * rows } else { 0.29 * width * rows }
}

fn about(scenario: &Scenario) -> String {
    let ends = if is_compared(scenario) { " Dashed rings: where theory says that it ends." } else { "" };
    format!("Each method on a map of what it minimizes over the minimizers.{}{ends}", plane(scenario))
}

fn draw(area: &Area, subject: &Subject) -> Drawn {
    let race = &subject.race;
    let columns = columns(race.runs().len(), size(area)[0]);
    let areas = area.split_evenly((race.runs().len().div_ceil(columns), columns));
    in_chain_order(race.runs()).into_iter().zip(areas).try_for_each(|(run, area)| {
        let quantity = run.optimizer().id.info().notion().map_or(race.scenario.view.quantity, MapQuantity::from);
        let title = raised(run.name());
        map::draw(&area, &MapOf { subject, runs: &[run], quantity, title: &title, ends: true })
    })
}
