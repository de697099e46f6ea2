//! What the window and the page ask for when something is exported.

use serde::{Deserialize, Serialize};

use super::{Caption, Design, Figure, Paper, Subject};
use crate::run::Scenario;

/// Pixels that a picture may have: 256 MB while it is drawn.
const PIXELS_MAX: f64 = 67_108_864.0;

/// Frames that are drawn before an animation is begun.
const SAMPLED: usize = 5;

/// A figure of a scenario, at one of its steps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FigureRequest {
    /// The figure's name.
    pub figure: String,
    /// What it shows.
    pub scenario: Scenario,
    /// Its width in millimetres; [`Paper::default`]'s where it is left out.
    #[serde(default = "default_width")]
    pub width: f64,
    /// The step of the race up to which it shows the runs; their end where it is left out.
    #[serde(default)]
    pub step: Option<u64>,
    /// Whether its caption is drawn: `full` or `none`.
    #[serde(default)]
    pub caption: Caption,
    /// Its width to its height; as high as it needs to be where it is left out.
    #[serde(default)]
    pub ratio: Option<f64>,
}

fn default_width() -> f64 {
    Paper::default().width
}

impl FigureRequest {
    /// A figure of a whole run, as wide as it is by default.
    #[must_use]
    pub fn new(design: &Design, scenario: Scenario) -> Self {
        let Paper { width, caption, ratio } = Paper::default();
        Self { figure: design.id.to_owned(), scenario, width, step: None, caption, ratio }
    }

    fn paper(&self) -> Paper {
        Paper { width: self.width, caption: self.caption, ratio: self.ratio }
    }

    /// Whether a picture of the figure may have this many pixels in a row. It is asked before anything is run.
    ///
    /// # Errors
    /// It would have too many pixels, or there is no such figure: half a sentence.
    pub fn check_pixels(&self, width: u32) -> Result<(), String> {
        let aspect = self.paper().least_aspect(Design::named(&self.figure)?, &self.scenario);
        let [width, height] = [f64::from(width), (f64::from(width) * aspect).round()];
        if width * height <= PIXELS_MAX {
            return Ok(());
        }
        let most = libm::sqrt(PIXELS_MAX / aspect).floor();
        Err(format!(
            "must give at most 67 million pixels, which here is a width of {most}, but gives {width} × {height}"
        ))
    }
}

impl FigureRequest {
    /// The frames of its animation, at least two, the last of which is the figure itself.
    ///
    /// # Errors
    /// There is no such figure: half a sentence.
    pub fn frames(&self, count: usize) -> Result<Vec<Self>, String> {
        let design = Design::named(&self.figure)?;
        let last = (count.max(2) - 1) as f64;
        Ok((0..count.max(2)).map(|k| (design.frame)(self, k as f64 / last)).collect())
    }

    /// Of its frames those that show which colours and how much room all of them need.
    ///
    /// # Errors
    /// As [`frames`](Self::frames).
    pub fn sampled_frames(&self) -> Result<Vec<Self>, String> {
        self.frames(SAMPLED)
    }
}

/// Draws figures; the runs of one scenario serve all its figures.
#[derive(Debug, Default)]
pub struct Draughtsman {
    known: Option<(&'static Design, Scenario, Subject)>,
}

impl Draughtsman {
    /// The figure as SVG.
    ///
    /// # Errors
    /// There is no such figure, the scenario is refused, or its seeds are too many to be drawn.
    pub fn svg(&mut self, request: &FigureRequest) -> Result<String, String> {
        let design = Design::named(&request.figure).map_err(|allowed| format!("figure: {allowed}"))?;
        let scenario = request.scenario.clone().resolved().map_err(|error| error.to_string())?;
        let is_known = self.known.as_ref().is_some_and(|(of, known, _)| *of == design && *known == scenario);
        if !is_known {
            scenario.can_be_drawn().map_err(|error| error.to_string())?;
            let subject = design.subject(&scenario);
            self.known = Some((design, scenario, subject));
        }
        let Some((_, _, subject)) = &mut self.known else { return Err("no figure was drawn".to_owned()) };
        subject.race.show_until(request.step);
        Figure::check_room(design, subject, request.paper()).map_err(|why| format!("the figure's ratio {why}"))?;
        Ok(Figure::of(design, subject, request.paper()).svg())
    }
}
