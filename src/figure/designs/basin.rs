//! Where runs end from a plane of starts.

use super::frames::with_smaller_rho;
use super::{Design, Legend, complete, first_alone, nodes};
use crate::field::{Field, Kind, Plane, Slice, fitting_bounds};
use crate::figure::caption::plane;
use crate::figure::computed::{self, Computed};
use crate::figure::subject::Subject;
use crate::loss::LossSpec;
use crate::optimizer::Method;
use crate::race::Wanted;
use crate::run::{OptimizerSpec, Scenario};

pub(super) static BASIN: Design = Design {
    id: "basin",
    title: "Where runs end from a plane of starts",
    // Four minima, and between two of them a saddle that traps SAM.
    scenario: || {
        let optimizers = vec![OptimizerSpec { eta: 0.01, rho: 0.1, ..OptimizerSpec::new(Method::Sam) }];
        complete(Scenario { loss: LossSpec::new("himmelblau"), optimizers, steps: 400, ..Scenario::default() })
    },
    has_surfaces: false,
    legend: Some(&Legend {
        height: |subject, width| computed::legend_height(subject.computed(over_starts), width),
        draw: |area, subject| computed::draw_legend(area, subject.computed(over_starts)),
    }),
    wanted: |_| Wanted::default(),
    height: |_, width| computed::height(width),
    draw: |area, subject| computed::draw(area, subject.computed(over_starts)),
    about: |scenario| {
        format!("Where runs end from a plane of starts, judged by their next 128 updates.{}", plane(scenario))
    },
    frame: with_smaller_rho,
    seeds: 1,
    of_seeds: "the first is shown",
};

/// The basin of the first method in the view's rectangle.
fn over_starts(subject: &Subject) -> Computed {
    let scenario = first_alone(&subject.race.scenario);
    let slice = Slice::of(&scenario, &scenario.init);
    let bounds = scenario.view.bounds.unwrap_or_else(|| fitting_bounds(&scenario, &slice, std::iter::empty()));
    let side = nodes(&scenario);
    let field = Field { scenario, kind: Kind::Basin { plane: Plane { slice, size: [side; 2], bounds } } };
    let values = field.compute_all();
    Computed { field, values, of: "class".to_owned() }
}
