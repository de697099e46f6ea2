//! The alignment, and what it makes of the Rayleigh quotient.

use super::{Design, curve_height};
use crate::figure::curves::{self, CurvesOf};
use crate::figure::race::{Race, Wanted};
use crate::figure::sheet::{Area, Drawn};
use crate::run::{Curve, Scenario};

pub(super) static ALIGNMENT: Design = Design {
    id: "alignment",
    title: "The gradient's alignment with the top eigenvector",
    scenario: Scenario::welcome,
    has_surfaces: false,
    has_legend: true,
    wanted: |_| Wanted { seeds: true, ..Wanted::default() },
    height: |_, width| 2.0 * curve_height(width),
    draw,
    about: |_| "The gradient's alignment with the top eigenvector, and the curvature along it.".to_owned(),
    of_seeds: "curves are their mean with the 10th to 90th percentile",
};

fn draw(area: &Area, race: &Race) -> Drawn {
    let plots = [&[Curve::Alignment][..], &[Curve::Rayleigh, Curve::Lambda1]];
    let areas = area.split_evenly((plots.len(), 1));
    plots
        .iter()
        .zip(areas)
        .try_for_each(|(curves, area)| curves::draw(&area, &CurvesOf { race, curves, may_be_log: true }))
}
