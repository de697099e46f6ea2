//! One map with the paths and Γ.

use super::{Design, draw_map};
use crate::figure::caption::{flows, plane};
use crate::figure::race::Wanted;
use crate::run::Scenario;

pub(super) static LANDSCAPE: Design = Design {
    id: "landscape",
    title: "Paths over the landscape",
    scenario: Scenario::welcome,
    has_surfaces: false,
    has_legend: true,
    wanted: |scenario| Wanted { flows: scenario.view.flows, seeds: true, ..Wanted::default() },
    height: |_, width| 0.72 * width,
    draw: draw_map,
    about: |scenario| format!("Paths over the landscape.{}{}", plane(scenario), flows(scenario)),
    of_seeds: "dots are where each is, paths the first's",
};
