//! The plane that `--axes`, `--through`, `--bounds` and `--size` name.

use super::args::{PlaneArgs, SIZE};
use super::values::Base;
use crate::cli::errors::{CliError, from_scenario};
use crate::field::{Plane, Slice, fitting_bounds};
use crate::run::{Scenario, Through};

impl PlaneArgs {
    /// The plane for a scenario, and the scenario with a view of it.
    pub(super) fn of(&self, scenario: Scenario) -> Result<(Scenario, Plane), CliError> {
        let mut scenario = scenario.in_plane();
        let view = &mut scenario.view;
        if self.axes.is_some_and(|axes| axes != view.axes) {
            // The view's rectangle lies elsewhere.
            view.bounds = None;
        }
        view.axes = self.axes.unwrap_or(view.axes);
        view.bounds = self.bounds.or(view.bounds);
        view.through = match &self.through {
            Some(Base::Gamma) => Through::Gamma,
            Some(Base::Start) => Through::Start,
            Some(Base::Point(_)) | None => view.through,
        };
        let scenario = scenario.resolved().map_err(|error| from_scenario(&error, &["--axes", "--bounds"]))?;
        let mut slice = Slice::of(&scenario, &scenario.init);
        if let Some(Base::Point(point)) = &self.through {
            if point.0.len() != scenario.dim() {
                let (dim, given) = (scenario.dim(), point.0.len());
                return Err(CliError::Input(format!("--through: must have {dim} numbers, but has {given}")));
            }
            slice.base.clone_from(&point.0);
        }
        let bounds = scenario.view.bounds.unwrap_or_else(|| fitting_bounds(&scenario, &slice, std::iter::empty()));
        Ok((scenario, Plane { slice, size: self.size.unwrap_or([SIZE; 2]), bounds }))
    }
}
