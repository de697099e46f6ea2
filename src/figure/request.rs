//! What the window and the page ask for when something is exported.

use serde::{Deserialize, Serialize};

use super::{Figure, FigureId, Subject};
use crate::run::Scenario;

/// A figure of a scenario, at one of its steps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FigureRequest {
    /// The figure's name.
    pub figure: String,
    /// What it shows.
    pub scenario: Scenario,
    /// Its width in millimetres; [`Figure::WIDTH`] where it is left out.
    #[serde(default = "default_width")]
    pub width: f64,
    /// The step of the race up to which it shows the runs; their end where it is left out.
    #[serde(default)]
    pub step: Option<u64>,
}

fn default_width() -> f64 {
    Figure::WIDTH
}

/// Draws figures; the runs of one scenario serve all its pictures.
#[derive(Debug, Default)]
pub struct Draughtsman {
    known: Option<(FigureId, Scenario, Subject)>,
}

impl Draughtsman {
    /// The figure as SVG.
    ///
    /// # Errors
    /// There is no such figure, or the scenario is refused.
    pub fn svg(&mut self, request: &FigureRequest) -> Result<String, String> {
        let id = FigureId::from_name(&request.figure)?;
        let scenario = request.scenario.clone().resolved().map_err(|error| error.to_string())?;
        let is_known = self.known.as_ref().is_some_and(|(of, known, _)| *of == id && *known == scenario);
        if !is_known {
            let subject = Subject::of(id, &scenario);
            self.known = Some((id, scenario, subject));
        }
        let Some((_, _, subject)) = &mut self.known else { return Err("no figure was drawn".to_owned()) };
        subject.race.show_until(request.step);
        Ok(Figure::of(id, subject, request.width).svg())
    }
}
