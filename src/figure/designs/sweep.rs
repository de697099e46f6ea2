//! Where a run ends with other settings, and how sharp it is there, with theory's bounds over η and ρ.

use super::frames::with_fewer_steps;
use super::{Design, Legend, complete, first_alone, nodes};
use crate::field::{Field, Kind, Over, Values};
use crate::figure::computed::{self, Computed};
use crate::figure::subject::Subject;
use crate::loss::LossSpec;
use crate::optimizer::Method;
use crate::race::Wanted;
use crate::run::{OptimizerSpec, Scenario};

pub(super) static SWEEP: Design = Design {
    id: "sweep",
    title: "Where a run ends with other settings, and how sharp it is there",
    scenario: || {
        let optimizers = vec![OptimizerSpec { eta: 0.1, rho: 0.1, ..OptimizerSpec::new(Method::Sam) }];
        complete(Scenario { loss: LossSpec::new("hyperbola"), optimizers, steps: 1000, ..Scenario::default() })
    },
    has_surfaces: false,
    legend: Some(&Legend {
        height: |subject, width| computed::legend_height(subject.computed(over_settings), width),
        draw: |area, subject| computed::draw_legend(area, subject.computed(over_settings)),
    }),
    wanted: |_| Wanted::default(),
    height: |_, width| computed::height(width),
    draw: |area, subject| computed::draw(area, subject.computed(over_settings)),
    about: |_| {
        "Where a run ends, and how sharp it is there, with the axes' settings in place of those below. Lines: where theory says that \
              something changes.".to_owned()
    },
    frame: with_fewer_steps,
    seeds: 1,
    of_seeds: "the first is shown",
};

/// λ1 at the first method's end, over the view's settings.
fn over_settings(subject: &Subject) -> Computed {
    let scenario = first_alone(&subject.race.scenario);
    let over = Over::of_view(&scenario.view, &scenario.run_spec(0), [nodes(&scenario); 2]);
    let field = Field { scenario, kind: Kind::Sweep { over, tau: None } };
    // Where the settings are those of another loss there is nothing to be seen.
    let values = if field.validate().is_ok() { field.compute_all() } else { Values::none(&field) };
    Computed { field, values, of: "lambda_1".to_owned() }
}
