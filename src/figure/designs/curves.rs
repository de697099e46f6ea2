//! The view's curves.

use super::frames::up_to_a_step;
use super::{Design, RUNS, curve_height};
use crate::figure::curves::{self, CurvesOf};
use crate::figure::sheet::{Area, Drawn};
use crate::figure::subject::Subject;
use crate::race::Wanted;
use crate::run::{Scenario, limits};
use crate::sharpness::{Curve, CurveGroup};

pub(super) static CURVES: Design = Design {
    id: "curves",
    title: "The view's curves over the steps",
    scenario: Scenario::welcome,
    has_surfaces: false,
    legend: Some(&RUNS),
    wanted: |scenario| Wanted::of_curves(&scenario.view.curves),
    height: |scenario, width| groups(scenario).len() as f64 * curve_height(width),
    draw,
    about: |_| "What is measured along the runs.".to_owned(),
    frame: up_to_a_step,
    seeds: limits::SEEDS_MAX,
    of_seeds: "curves are their mean with the 10th to 90th percentile",
};

/// The curves of the view, by groups.
fn groups(scenario: &Scenario) -> Vec<Vec<Curve>> {
    let in_view = |curve: &Curve| scenario.view.curves.contains(curve);
    let shown = |group: CurveGroup| group.curves().filter(in_view).collect::<Vec<_>>();
    CurveGroup::ALL.into_iter().map(shown).filter(|curves| !curves.is_empty()).collect()
}

fn draw(area: &Area, subject: &Subject) -> Drawn {
    let race = &subject.race;
    let groups = groups(&race.scenario);
    let areas = area.split_evenly((groups.len().max(1), 1));
    groups.iter().zip(areas).try_for_each(|(curves, area)| curves::draw(&area, &CurvesOf { race, curves }))
}
