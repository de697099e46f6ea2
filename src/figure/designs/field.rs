//! A quantity over a plane without runs, as `samscope field` computes it. With runs it is the landscape, so it is not among
//! the figures that are listed.

use super::Design;
use super::frames::up_to_a_step;
use crate::figure::caption::plane;
use crate::figure::computed;
use crate::race::Wanted;
use crate::run::Scenario;

pub(super) static FIELD: Design = Design {
    id: "field",
    title: "A quantity over a plane",
    scenario: Scenario::welcome,
    has_surfaces: false,
    legend: None,
    wanted: |_| Wanted::default(),
    height: |_, width| computed::height(width),
    draw: |area, subject| subject.given_values().map_or(Ok(()), |given| computed::draw(area, given)),
    about: |scenario| format!("A quantity over a plane, with the method's ρ where it has one.{}", plane(scenario)),
    frame: up_to_a_step,
    seeds: 1,
    of_seeds: "none is drawn",
};
