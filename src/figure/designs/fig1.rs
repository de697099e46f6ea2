//! The paper's Figure 1: paths over a map, the eigenvalues over the steps, the loss across the minimizers.

use super::frames::up_to_a_step;
use super::{Design, RUNS, draw_map, is_narrow, surfaces};
use crate::figure::caption::{flows, plane};
use crate::figure::curves::{self, CurvesOf};
use crate::figure::element::size;
use crate::figure::fine;
use crate::figure::sheet::{Area, Drawn};
use crate::figure::subject::Subject;
use crate::race::Wanted;
use crate::run::{Scenario, limits};
use crate::sharpness::Curve;

pub(super) static FIG1: Design = Design {
    id: "fig1",
    title: "Paths, eigenvalues, and the loss across the minimizers",
    scenario: Scenario::welcome,
    has_surfaces: true,
    legend: Some(&RUNS),
    wanted: |scenario| Wanted { flows: scenario.view.flows, ..Wanted::default() },
    height: |scenario, width| (if is_narrow(width) { 1.5 } else { 0.46 }) * width + surfaces::height(scenario, width),
    draw,
    about,
    frame: up_to_a_step,
    seeds: limits::SEEDS_MAX,
    of_seeds: "curves are their mean with the 10th to 90th percentile, dots where each is; paths and surfaces are the first's",
};

fn about(scenario: &Scenario) -> String {
    format!(
        "Paths over the minimizers, the Hessian's eigenvalues over the steps, and the loss across the minimizers at {}.{}{} \
         Arrows: the ascent step x + ρĝ.",
        surfaces::places(scenario),
        plane(scenario),
        flows(scenario),
    )
}

fn draw(area: &Area, subject: &Subject) -> Drawn {
    let race = &subject.race;
    let [width, height] = size(area);
    let (own, needed) = ((FIG1.height)(&race.scenario, width), surfaces::height(&race.scenario, width));
    // On a sheet that is lower than it needs everything is.
    let surfaces = if height + 1.0 < own { needed * height / own } else { needed };
    let (above, below) = area.split_vertically(fine(height - surfaces));
    surfaces::draw(&below, race)?;
    let (map, plot) = if is_narrow(width) {
        above.split_vertically(fine(0.58 * size(&above)[1]))
    } else {
        above.split_horizontally(fine(0.56 * width))
    };
    draw_map(&map, subject)?;
    curves::draw(&plot, &CurvesOf { race, curves: &[Curve::Lambda1, Curve::Trace] })
}
