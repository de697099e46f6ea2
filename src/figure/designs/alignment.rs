//! The alignment, and what it makes of the Rayleigh quotient.

use super::frames::up_to_a_step;
use super::{Design, RUNS, curve_height};
use crate::figure::curves::{self, CurvesOf};
use crate::figure::sheet::{Area, Drawn};
use crate::figure::subject::Subject;
use crate::race::Wanted;
use crate::run::{Scenario, limits};
use crate::sharpness::Curve;

pub(super) static ALIGNMENT: Design = Design {
    id: "alignment",
    title: "The gradient's alignment with the top eigenvector",
    scenario: Scenario::welcome,
    has_surfaces: false,
    legend: Some(&RUNS),
    wanted: |_| Wanted::default(),
    height: |_, width| 2.0 * curve_height(width),
    draw,
    about: |_| "The gradient's alignment with the top eigenvector, and the curvature along it.".to_owned(),
    frame: up_to_a_step,
    seeds: limits::SEEDS_MAX,
    of_seeds: "curves are their mean with the 10th to 90th percentile",
};

fn draw(area: &Area, subject: &Subject) -> Drawn {
    let race = &subject.race;
    let plots = [&[Curve::Alignment][..], &[Curve::Rayleigh, Curve::Lambda1]];
    let areas = area.split_evenly((plots.len(), 1));
    plots.iter().zip(areas).try_for_each(|(curves, area)| curves::draw(&area, &CurvesOf { race, curves }))
}
