//! The view's curves.

use super::{Design, curve_height};
use crate::figure::curves::{self, CurvesOf};
use crate::figure::sheet::{Area, Drawn};
use crate::figure::subject::Subject;
use crate::race::Wanted;
use crate::run::{Curve, CurveGroup, Scenario, limits};

pub(super) static CURVES: Design = Design {
    id: "curves",
    title: "The view's curves over the steps",
    scenario: Scenario::welcome,
    has_surfaces: false,
    has_legend: true,
    wanted,
    height: |scenario, width| groups(scenario).len() as f64 * curve_height(width),
    draw,
    about: |_| "What is measured along the runs.".to_owned(),
    seeds: limits::SEEDS_MAX,
    of_seeds: "curves are their mean with the 10th to 90th percentile",
};

fn wanted(scenario: &Scenario) -> Wanted {
    let shown = |curves: &[Curve]| curves.iter().any(|curve| scenario.view.curves.contains(curve));
    Wanted {
        sharpness: shown(&[Curve::RMax, Curve::RAsc, Curve::RAvg]),
        distances: shown(&[Curve::FlowDistance]),
        ..Wanted::default()
    }
}

/// The groups that have a curve in the view, with those that they have.
fn groups(scenario: &Scenario) -> Vec<(CurveGroup, Vec<Curve>)> {
    let in_view = |curve: &Curve| scenario.view.curves.contains(curve);
    let shown = |group: CurveGroup| {
        let curves: Vec<Curve> = group.curves.iter().copied().filter(in_view).collect();
        (!curves.is_empty()).then_some((group, curves))
    };
    CurveGroup::ALL.into_iter().filter_map(shown).collect()
}

fn draw(area: &Area, subject: &Subject) -> Drawn {
    let race = &subject.race;
    let groups = groups(&race.scenario);
    let areas = area.split_evenly((groups.len().max(1), 1));
    groups.iter().zip(areas).try_for_each(|((group, curves), area)| {
        curves::draw(&area, &CurvesOf { race, curves, may_be_log: group.may_be_log })
    })
}
