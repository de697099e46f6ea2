//! The figures, each a value in a file of its own: what it is called, what it needs, how it is drawn and what is said
//! under it. A new one is its file and a line in [`Design::ALL`].

mod alignment;
mod anatomy;
mod basin;
mod curves;
mod field;
mod fig1;
mod frames;
mod gap;
mod landscape;
mod surfaces;
mod sweep;

use std::fmt;

use super::FigureRequest;
use super::computed::Computed;
use super::element::size;
use super::legend;
use super::map::{self, MapOf};
use super::sheet::{Area, Drawn};
use super::subject::Subject;
use crate::field::Kind;
use crate::race::{Run, Wanted};
use crate::run::Scenario;

/// A sheet narrower than this, in pixels, has its parts one below the other.
const NARROW: f64 = 480.0;

/// One kind of figure.
pub struct Design {
    /// Its name on the command line.
    pub id: &'static str,
    /// What it shows, in a few words.
    pub title: &'static str,
    /// The scenario that it shows where none is given.
    pub scenario: fn() -> Scenario,
    /// Whether surfaces are drawn at the view's `surface_steps`.
    pub has_surfaces: bool,
    /// What is explained below it.
    pub(super) legend: Option<&'static Legend>,
    /// What it needs beside the runs.
    pub(super) wanted: fn(&Scenario) -> Wanted,
    /// The height of its drawing in pixels, for a resolved scenario and a width in pixels.
    pub(super) height: fn(&Scenario, f64) -> f64,
    /// Draws it.
    pub(super) draw: fn(&Area, &Subject) -> Drawn,
    /// The caption's first sentences: what it shows, and what the marks mean that no axis or legend tells.
    pub(super) about: fn(&Scenario) -> String,
    /// A frame of its animation, at a share of the way; the last one, at 1, is the figure itself.
    pub(super) frame: fn(&FigureRequest, f64) -> FigureRequest,
    /// How many seeds of a stochastic method are drawn at most.
    pub(super) seeds: u64,
    /// What is drawn of several seeds.
    pub(super) of_seeds: &'static str,
}

/// What is explained below a figure.
pub(super) struct Legend {
    /// Its height in pixels for a width in pixels.
    pub height: fn(&Subject, f64) -> f64,
    /// Draws it from an area's upper left corner.
    pub draw: fn(&Area, &Subject) -> Drawn,
}

/// The runs by their names.
const RUNS: Legend = Legend {
    height: |subject, width| legend::height(&subject.race, width),
    draw: |area, subject| legend::draw(area, &subject.race, size(area)[0]),
};

impl Design {
    /// Every figure, in the order of lists.
    pub const ALL: &[&'static Self] = &[
        &fig1::FIG1,
        &landscape::LANDSCAPE,
        &curves::CURVES,
        &alignment::ALIGNMENT,
        &gap::GAP,
        &anatomy::ANATOMY,
        &basin::BASIN,
        &sweep::SWEEP,
    ];

    /// The figure of that name.
    ///
    /// # Errors
    /// There is none: half a sentence that names them.
    pub fn named(id: &str) -> Result<&'static Self, String> {
        let found = Self::ALL.iter().find(|design| design.id == id);
        found.copied().ok_or_else(|| format!("must be one of {}, but is `{id}`", Self::ids()))
    }

    /// The figures' names, in a list.
    #[must_use]
    pub fn ids() -> String {
        Self::ALL.iter().map(|design| design.id).collect::<Vec<_>>().join(", ")
    }

    /// The figure of values that have been computed, and its subject. A quantity without runs has one of its own.
    #[must_use]
    pub fn of_computed(computed: Computed) -> (&'static Self, Subject) {
        let design = match computed.field.kind {
            Kind::Quantity { .. } => &field::FIELD,
            Kind::Basin { .. } => &basin::BASIN,
            Kind::Sweep { .. } => &sweep::SWEEP,
        };
        (design, design.subject(&first_alone(&computed.field.scenario)).with(computed))
    }

    /// Runs a resolved scenario with all that the figure needs.
    #[must_use]
    pub fn subject(&self, scenario: &Scenario) -> Subject {
        Subject::new(scenario, self.seeds, (self.wanted)(scenario))
    }
}

impl fmt::Debug for Design {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        write!(formatter, "Design({})", self.id)
    }
}

impl PartialEq for Design {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Design {}

/// Whether a drawing of this width has its parts one below the other.
fn is_narrow(width: f64) -> bool {
    width < NARROW
}

/// The height of a plot of curves for a width, in pixels.
fn curve_height(width: f64) -> f64 {
    (0.28 * width).max(130.0)
}

/// How many methods take part.
fn count(scenario: &Scenario) -> usize {
    scenario.optimizers.iter().filter(|spec| spec.on).count()
}

/// Updates that a figure makes for its basin or sweep: a second's. `samscope basin` and `sweep` make finer ones.
const UPDATES: f64 = 1e7;

/// The nodes along each side of a basin or a sweep that is computed for a figure.
fn nodes(scenario: &Scenario) -> usize {
    let slow = scenario.optimizers.iter().any(|spec| spec.on && spec.id.info().is_slow);
    let updates = scenario.steps.max(1) as f64 * if slow { 256.0 } else { 1.0 };
    libm::sqrt(UPDATES / updates).clamp(16.0, 121.0) as usize
}

/// The first method that takes part, with the first seed.
fn first_alone(scenario: &Scenario) -> Scenario {
    let first = scenario.optimizers.iter().find(|spec| spec.on).or(scenario.optimizers.first());
    let optimizers = first.into_iter().cloned().collect();
    Scenario { optimizers, seed: *scenario.seeds().start(), seeds: None, ..scenario.clone() }
}

/// A figure's own scenario, complete.
fn complete(scenario: Scenario) -> Scenario {
    match scenario.resolved() {
        Ok(scenario) => scenario.in_own_view(),
        Err(error) => unreachable!("a figure's own scenario: {error}"),
    }
}

/// The view's map with all runs.
fn draw_map(area: &Area, subject: &Subject) -> Drawn {
    let runs: Vec<&Run> = subject.race.runs().iter().collect();
    let quantity = subject.race.scenario.view.quantity;
    map::draw(area, &MapOf { subject, runs: &runs, quantity, title: "", ends: false })
}
