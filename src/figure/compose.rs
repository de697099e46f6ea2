//! A figure on its sheet: the drawing, the legend and the caption below each other.

use super::caption::Caption;
use super::designs::Design;
use super::element::inside;
use super::legend;
use super::sheet::{Sheet, fine};
use super::subject::Subject;
use super::svg::{PIXELS_PER_MM, svg};
use crate::loss::quoted;
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
    /// Its width to its height, within [`Paper::RATIOS`], legend and caption included; as high as it needs to be where there is none.
    pub ratio: Option<f64>,
}

/// The least height of a drawing, in pixels.
const LEAST_BODY: f64 = 120.0;

impl Paper {
    /// The widths that a figure may have, in millimetres.
    pub const WIDTHS: std::ops::RangeInclusive<f64> = 60.0..=400.0;

    /// The ratios of width to height that a figure may have.
    pub const RATIOS: std::ops::RangeInclusive<f64> = 0.5..=4.0;

    /// Reads a ratio such as `16:9`.
    ///
    /// # Errors
    /// It is none, or none that a figure may have: half a sentence.
    pub fn ratio(text: &str) -> Result<f64, String> {
        let sides = text.split_once(':').and_then(|(width, height)| {
            Some(width.trim().parse::<f64>().ok()? / height.trim().parse::<f64>().ok().filter(|height| *height > 0.0)?)
        });
        let ratio = sides.filter(|ratio| Self::RATIOS.contains(ratio));
        ratio.ok_or_else(|| format!("must be WIDTH:HEIGHT from 1:2 to 4:1, such as 16:9, but is `{}`", quoted(text)))
    }

    /// The height of a figure's drawing between its margins, where legend and caption take `rest`.
    fn body(self, own: f64, rest: f64) -> f64 {
        let [width, _] = self.widths();
        self.ratio.map_or(own, |ratio| width / ratio - 2.0 * MARGIN - rest)
    }

    /// The sheet's width in pixels, and that between the margins.
    fn widths(self) -> [f64; 2] {
        let width = self.width.clamp(*Self::WIDTHS.start(), *Self::WIDTHS.end()) * PIXELS_PER_MM;
        [width, width - 2.0 * MARGIN]
    }

    /// The least height that a figure has for a width of 1, known before anything is run: without legend and caption.
    pub(super) fn least_aspect(self, design: &Design, scenario: &Scenario) -> f64 {
        let [width, inner_width] = self.widths();
        self.ratio.map_or_else(|| (2.0 * MARGIN + (design.height)(scenario, inner_width)) / width, f64::recip)
    }
}

impl Default for Paper {
    /// Two columns of a journal, with the caption.
    fn default() -> Self {
        Self { width: 174.0, caption: Caption::Full, ratio: None }
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

    /// Whether the ratio leaves room for the drawing.
    ///
    /// # Errors
    /// It does not: half a sentence.
    pub(super) fn check_room(design: &Design, subject: &Subject, paper: Paper) -> Result<(), String> {
        let [legend, caption] = Self::below(design, subject, paper);
        if paper.body(LEAST_BODY, legend + caption) >= LEAST_BODY {
            return Ok(());
        }
        Err("leaves no room for the figure above its legend and caption: leave the caption out, or make it wider"
            .to_owned())
    }

    /// The heights of the legend and of the caption.
    fn below(design: &Design, subject: &Subject, paper: Paper) -> [f64; 2] {
        let [_, inner_width] = paper.widths();
        let legend = design.legend.map_or(0.0, |legend| (legend.height)(subject, inner_width));
        let caption = match paper.caption {
            Caption::None => 0.0,
            Caption::Full => legend::caption_height(&design.drawn_caption(&subject.given), inner_width),
        };
        [legend, caption]
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
        let [legend_height, caption_height] = Self::below(design, subject, paper);
        let own = (design.height)(&race.scenario, inner_width);
        let body = paper.body(own, legend_height + caption_height).max(LEAST_BODY.min(own));
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
