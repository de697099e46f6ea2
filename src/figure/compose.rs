//! A figure on its sheet: the drawing, the legend and the caption below each other.

use super::caption::Caption;
use super::designs::Design;
use super::element::inside;
use super::legend;
use super::sheet::{Sheet, fine};
use super::subject::Subject;
use super::svg::{PIXELS_PER_MM, svg};
use crate::run::Scenario;

/// Around everything, in pixels.
const MARGIN: f64 = 8.0;

/// What a figure is made for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paper {
    /// The figure's width in millimetres, within [`Paper::WIDTHS`].
    pub width: f64,
    /// What is drawn of its caption.
    pub caption: Caption,
}

impl Paper {
    /// The widths that a figure may have, in millimetres.
    pub const WIDTHS: std::ops::RangeInclusive<f64> = 60.0..=400.0;

    /// The sheet's width in pixels, and that between the margins.
    fn widths(self) -> [f64; 2] {
        let width = self.width.clamp(*Self::WIDTHS.start(), *Self::WIDTHS.end()) * PIXELS_PER_MM;
        [width, width - 2.0 * MARGIN]
    }

    /// The least height that a figure has for a width of 1, known before anything is run: without legend and caption.
    pub(super) fn least_aspect(self, design: &Design, scenario: &Scenario) -> f64 {
        let [width, inner_width] = self.widths();
        (2.0 * MARGIN + (design.height)(scenario, inner_width)) / width
    }
}

impl Default for Paper {
    /// Two columns of a journal, with the caption.
    fn default() -> Self {
        Self { width: 174.0, caption: Caption::Full }
    }
}

/// A finished figure.
#[derive(Clone, Debug)]
pub struct Figure {
    /// The drawing.
    pub sheet: Sheet,
    /// What it shows.
    pub title: String,
    /// From which it can be made again: the whole caption, drawn or not.
    pub caption: String,
    /// What it is made of.
    pub scenario: Scenario,
}

impl Figure {
    /// Runs a resolved scenario and draws the figure.
    #[must_use]
    pub fn new(design: &Design, scenario: &Scenario, paper: Paper) -> Self {
        Self::of(design, &design.subject(scenario), paper)
    }

    /// Draws the figure of runs that have been made.
    #[must_use]
    pub fn of(design: &Design, subject: &Subject, paper: Paper) -> Self {
        let Subject { given, race, .. } = subject;
        let [width, inner_width] = paper.widths();
        let caption = match paper.caption {
            Caption::None => None,
            Caption::Full => Some(design.drawn_caption(given)),
        };
        let body = (design.height)(&race.scenario, inner_width);
        let legend_height = design.legend.map_or(0.0, |legend| (legend.height)(subject, inner_width));
        let caption_height = caption.as_ref().map_or(0.0, |text| legend::caption_height(text, inner_width));
        let height = 2.0 * MARGIN + body + legend_height + caption_height;
        let sheet = Sheet::drawn([width, height], |area| {
            area.fill(&plotters::style::WHITE)?;
            let area = inside(area, [MARGIN; 4]);
            let (picture, rest) = area.split_vertically(fine(body));
            let (names, text) = rest.split_vertically(fine(legend_height));
            (design.draw)(&picture, subject)?;
            if let Some(legend) = design.legend {
                (legend.draw)(&names, subject)?;
            }
            caption.iter().try_for_each(|caption| legend::draw_caption(&text, caption, inner_width))
        });
        let title = format!("samscope: {}", design.title);
        Self { sheet, title, caption: design.caption(given), scenario: given.clone() }
    }

    /// The figure as an SVG file.
    #[must_use]
    pub fn svg(&self) -> String {
        svg(&self.sheet, &self.title, &self.caption, &self.scenario)
    }
}
