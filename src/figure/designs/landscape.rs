//! One map with the paths and Γ.

use super::frames::up_to_a_step;
use super::{Design, RUNS, draw_map};
use crate::figure::caption::{flows, plane};
use crate::race::Wanted;
use crate::run::{Scenario, limits};

pub(super) static LANDSCAPE: Design = Design {
    id: "landscape",
    title: "Paths over the landscape",
    scenario: Scenario::welcome,
    has_surfaces: false,
    legend: Some(&RUNS),
    wanted: |scenario| Wanted { flows: scenario.view.flows, ..Wanted::default() },
    height: |_, width| 0.72 * width,
    draw: draw_map,
    about: |scenario| format!("Paths over the landscape.{}{}", plane(scenario), flows(scenario)),
    frame: up_to_a_step,
    seeds: limits::SEEDS_MAX,
    of_seeds: "dots are where each is, paths the first's",
};
