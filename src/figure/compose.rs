//! The figures: what each one shows, and how its parts lie on the sheet.

use super::anatomy;
use super::caption::caption;
use super::curves::{self, CurvesOf};
use super::element::{inside, size};
use super::legend;
use super::map::{self, MapOf};
use super::sheet::{Area, Drawn, Sheet, fine};
use super::subject::Subject;
use super::surfaces;
use super::svg::{PIXELS_PER_MM, plain, svg};
use crate::race::{Race, Run, Wanted};
use crate::run::{Curve, CurveGroup, MapQuantity, Scale, Scenario, limits};
use crate::theory::gap_scenario;

/// Around everything, in pixels.
const MARGIN: f64 = 8.0;
/// A sheet narrower than this has its parts one below the other.
const NARROW: f64 = 480.0;

/// A figure's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureId {
    /// The paper's Figure 1: paths over a map, the eigenvalues over the steps, the loss across the minimizers.
    Fig1,
    /// One map with the paths and Γ.
    Landscape,
    /// The view's curves.
    Curves,
    /// The alignment, and what it makes of the Rayleigh quotient.
    Alignment,
    /// The approximation gap's three races.
    Gap,
    /// One SAM step taken apart.
    Anatomy,
}

impl FigureId {
    /// Every figure, in the order of lists.
    pub const ALL: [Self; 6] = [Self::Fig1, Self::Landscape, Self::Curves, Self::Alignment, Self::Gap, Self::Anatomy];

    /// Its name on the command line.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Fig1 => "fig1",
            Self::Landscape => "landscape",
            Self::Curves => "curves",
            Self::Alignment => "alignment",
            Self::Gap => "gap",
            Self::Anatomy => "anatomy",
        }
    }

    /// The figure of that name.
    ///
    /// # Errors
    /// There is none: one sentence that names them.
    pub fn from_name(id: &str) -> Result<Self, String> {
        let known = Self::ALL.map(Self::id);
        let found = Self::ALL.into_iter().find(|figure| figure.id() == id);
        found.ok_or_else(|| format!("ID: must be one of {}, but is `{id}`", known.join(", ")))
    }

    /// The scenario that it shows where none is given.
    #[must_use]
    pub fn scenario(self) -> Scenario {
        let welcome = Scenario::welcome();
        match self {
            Self::Gap => gap_scenario(&welcome),
            _ => welcome,
        }
    }

    /// Its caption for a scenario, as plain text.
    #[must_use]
    pub fn caption(self, scenario: &Scenario) -> String {
        plain(&caption(self, scenario))
    }

    fn wanted(self, scenario: &Scenario) -> Wanted {
        let sharpness = [Curve::RMax, Curve::RAsc, Curve::RAvg];
        let shown = |curves: &[Curve]| curves.iter().any(|curve| scenario.view.curves.contains(curve));
        match self {
            Self::Fig1 | Self::Landscape => Wanted { flows: scenario.view.flows, ..Wanted::default() },
            Self::Curves => {
                Wanted { sharpness: shown(&sharpness), distances: shown(&[Curve::FlowDistance]), ..Wanted::default() }
            }
            Self::Gap => Wanted { ends: true, ..Wanted::default() },
            Self::Alignment | Self::Anatomy => Wanted::default(),
        }
    }
}

impl Subject {
    /// Runs a resolved scenario with all that a figure needs.
    #[must_use]
    pub fn of(id: FigureId, scenario: &Scenario) -> Self {
        // An anatomy is of one run.
        let seeds = if id == FigureId::Anatomy { 1 } else { limits::SEEDS_MAX };
        Self::new(scenario, seeds, id.wanted(scenario))
    }
}

/// The steps that an animation of `frames` pictures shows: from the start to the end, evenly on the view's step axis.
#[must_use]
pub fn animation_steps(scenario: &Scenario, frames: usize) -> Vec<u64> {
    let last = (frames.max(2) - 1) as f64;
    let steps = scenario.steps as f64;
    let at = |k: usize| match (k, scenario.view.step_scale) {
        (0, _) => 0.0,
        (_, Scale::Linear) => steps * k as f64 / last,
        (_, Scale::Log) => libm::pow(steps.max(1.0), k as f64 / last),
    };
    (0..frames.max(2)).map(|k| at(k).round() as u64).collect()
}

/// A finished figure.
#[derive(Clone, Debug)]
pub struct Figure {
    /// The drawing.
    pub sheet: Sheet,
    /// What it shows.
    pub title: String,
    /// From which it can be made again.
    pub caption: String,
    /// What it is made of.
    pub scenario: Scenario,
}

impl Figure {
    /// The widths that a figure may have, in millimetres.
    pub const WIDTHS: std::ops::RangeInclusive<f64> = 60.0..=400.0;
    /// Its width where none is given: two columns of a journal.
    pub const WIDTH: f64 = 174.0;

    /// Runs a resolved scenario and draws the figure, `width_mm` wide (within [`Figure::WIDTHS`]).
    #[must_use]
    pub fn new(id: FigureId, scenario: &Scenario, width_mm: f64) -> Self {
        Self::of(id, &Subject::of(id, scenario), width_mm)
    }

    /// Draws the figure of runs that have been made.
    #[must_use]
    pub fn of(id: FigureId, subject: &Subject, width_mm: f64) -> Self {
        let race = &subject.race;
        let width = width_mm.clamp(*Self::WIDTHS.start(), *Self::WIDTHS.end()) * PIXELS_PER_MM;
        let caption = caption(id, &subject.given);
        let text_width = width - 2.0 * MARGIN;
        let body = body_height(id, race, text_width);
        // An anatomy is of one run, which its title names, and its colours are the vectors'.
        let has_legend = id != FigureId::Anatomy;
        let legend_height = if has_legend { legend::height(race, text_width) } else { 0.0 };
        let below = [legend_height, legend::caption_height(&caption, text_width)];
        let height = 2.0 * MARGIN + body + below.iter().sum::<f64>();
        let sheet = Sheet::drawn([width, height], |area| {
            area.fill(&plotters::style::WHITE)?;
            let area = inside(area, [MARGIN; 4]);
            let (picture, rest) = area.split_vertically(fine(body));
            let (names, text) = rest.split_vertically(fine(below[0]));
            draw_body(&picture, id, subject)?;
            if has_legend {
                legend::draw(&names, race, text_width)?;
            }
            legend::draw_caption(&text, &caption, text_width)
        });
        let title = format!("samscope: {}", id.id());
        Self { sheet, title, caption: plain(&caption), scenario: subject.given.clone() }
    }

    /// The figure as an SVG file.
    #[must_use]
    pub fn svg(&self) -> String {
        svg(&self.sheet, &self.title, &self.caption, &self.scenario)
    }
}

fn is_narrow(width: f64) -> bool {
    width < NARROW
}

fn groups(race: &Race) -> Vec<(&'static CurveGroup, Vec<Curve>)> {
    let shown = |group: &'static CurveGroup| {
        let curves: Vec<Curve> =
            group.curves.iter().copied().filter(|curve| race.scenario.view.curves.contains(curve)).collect();
        (!curves.is_empty()).then_some((group, curves))
    };
    ALL_GROUPS.iter().filter_map(shown).collect()
}

static ALL_GROUPS: [CurveGroup; 5] = CurveGroup::ALL;

/// The height of what is above legend and caption, for a width in pixels.
fn body_height(id: FigureId, race: &Race, width: f64) -> f64 {
    let narrow = is_narrow(width);
    match id {
        FigureId::Fig1 if narrow => 1.5 * width + surfaces::height(race, width),
        FigureId::Fig1 => 0.46 * width + surfaces::height(race, width),
        FigureId::Landscape => 0.72 * width,
        FigureId::Curves => groups(race).len() as f64 * curve_height(width),
        FigureId::Alignment => 2.0 * curve_height(width),
        FigureId::Gap if narrow => 0.62 * width * race.runs().len() as f64,
        FigureId::Gap => {
            let rows = race.runs().len().div_ceil(3);
            0.29 * width * rows as f64
        }
        FigureId::Anatomy if narrow => 0.9 * width + anatomy::needed_height(),
        FigureId::Anatomy => 0.46 * width,
    }
}

fn curve_height(width: f64) -> f64 {
    (0.28 * width).max(130.0)
}

fn draw_body(area: &Area, id: FigureId, subject: &Subject) -> Drawn {
    let race = &subject.race;
    let all: Vec<&Run> = race.runs().iter().collect();
    let map = MapOf { subject, runs: &all, quantity: race.scenario.view.quantity, title: "", ends: false };
    match id {
        FigureId::Fig1 => {
            let [width, _] = size(area);
            let (area, below) = area.split_vertically(fine(size(area)[1] - surfaces::height(race, width)));
            surfaces::draw(&below, race)?;
            let [width, height] = size(&area);
            let (left, right) = if is_narrow(width) {
                area.split_vertically(fine(0.58 * height))
            } else {
                area.split_horizontally(fine(0.56 * width))
            };
            map::draw(&left, &map)?;
            let eigenvalues = [Curve::Lambda1, Curve::Trace];
            curves::draw(&right, &CurvesOf { race, curves: &eigenvalues, may_be_log: true })
        }
        FigureId::Landscape => map::draw(area, &map),
        FigureId::Curves => {
            let groups = groups(race);
            let areas = area.split_evenly((groups.len().max(1), 1));
            groups.iter().zip(areas).try_for_each(|((group, curves), area)| {
                curves::draw(&area, &CurvesOf { race, curves, may_be_log: group.may_be_log })
            })
        }
        FigureId::Alignment => {
            let areas = area.split_evenly((2, 1));
            let kinds = [&[Curve::Alignment][..], &[Curve::Rayleigh, Curve::Lambda1]];
            kinds
                .iter()
                .zip(areas)
                .try_for_each(|(curves, area)| curves::draw(&area, &CurvesOf { race, curves, may_be_log: true }))
        }
        FigureId::Gap => gap(area, subject),
        FigureId::Anatomy => anatomy::draw(area, race),
    }
}

/// A map for each run, with what it minimizes on Γ.
fn gap(area: &Area, subject: &Subject) -> Drawn {
    let race = &subject.race;
    let [width, _] = size(area);
    let columns = if is_narrow(width) { 1 } else { race.runs().len().min(3) };
    let areas = area.split_evenly((race.runs().len().div_ceil(columns.max(1)), columns.max(1)));
    race.runs().iter().zip(areas).try_for_each(|(run, area)| {
        let quantity = run.optimizer().id.info().notion().map_or(race.scenario.view.quantity, MapQuantity::from);
        let title = legend::raised(run.name());
        map::draw(&area, &MapOf { subject, runs: &[run], quantity, title: &title, ends: true })
    })
}
