//! The loss across the minimizers in space, at the start and at the ends or at chosen steps: sharp or flat, on one scale.

use super::{count, is_narrow};
use crate::calculus::Landscape;
use crate::field::{ColourTable, Palette, number};
use crate::figure::axis::coordinate;
use crate::figure::element::{Plain, at, inside, size};
use crate::figure::legend::raised;
use crate::figure::mark::{Colour, Lettering};
use crate::figure::sheet::{Area, Drawn};
use crate::figure::style::{self, FAINT, HALO, INK, SMALL, TEXT};
use crate::figure::surface::{Camera, Surface, SurfaceSpec, SurfaceStyle, draw as draw_surface, height_range};
use crate::race::{Race, Run};
use crate::run::Scenario;
use crate::sharpness::Point;

/// Nodes along each side of a surface.
const NODES: usize = 33;
/// Surfaces in a row.
const COLUMNS: usize = 4;
/// The last iterates that are drawn on a surface.
const TRAIL: usize = 64;
/// Height of a line above a surface.
const LINE: f64 = 12.0;
/// Surfaces on a sheet narrower than this, in pixels, stand below each other.
const ONE_COLUMN: f64 = 250.0;
/// A cell narrower than this, in pixels, has step and sharpness below each other.
const NARROW_CELL: f64 = 145.0;

/// One surface.
struct Cell<'a> {
    title: String,
    colour: Colour,
    loss: &'a dyn Landscape,
    rho: f64,
    /// The iterates, the one at which it is drawn last.
    points: &'a [Point],
}

impl<'a> Cell<'a> {
    /// A run's surface at the last of these iterates.
    fn of(run: &'a Run, points: &'a [Point]) -> Self {
        Self {
            title: raised(run.name()),
            colour: style::method(run.colour()),
            loss: run.landscape(),
            rho: run.optimizer().effective_rho(),
            points,
        }
    }

    /// The surface at the start, which all runs share.
    fn at_start(run: &'a Run) -> Self {
        Self { title: "start".to_owned(), colour: INK, rho: 0.0, ..Self::of(run, &run.points()[..1]) }
    }

    /// A run's surface at a chosen step of the race, once it is there.
    fn at_step(run: &'a Run, step: u64) -> Option<Self> {
        run.up_to(step).map(|points| Self::of(run, points))
    }
}

/// The surfaces, row by row: the start and the ends, or a row for each chosen step. An empty place is one that no run
/// has reached yet.
fn rows<'a>(race: &'a Race, columns: usize) -> Vec<Vec<Option<Cell<'a>>>> {
    let Some(first) = race.runs().first() else { return Vec::new() };
    let chosen = &race.scenario.view.surface_steps;
    let in_rows = |cells: Vec<Option<Cell<'a>>>| {
        let mut cells = cells.into_iter();
        std::iter::from_fn(move || Some(cells.by_ref().take(columns).collect::<Vec<_>>()).filter(|row| !row.is_empty()))
    };
    if chosen.is_empty() {
        let ends = race.runs().iter().map(|run| Some(Cell::of(run, run.shown())));
        return in_rows(std::iter::once(Some(Cell::at_start(first))).chain(ends).collect()).collect();
    }
    chosen.iter().flat_map(|&step| in_rows(race.runs().iter().map(|run| Cell::at_step(run, step)).collect())).collect()
}

/// Columns for a width in pixels.
fn columns(scenario: &Scenario, width: f64) -> usize {
    let in_row = count(scenario) + usize::from(scenario.view.surface_steps.is_empty());
    let most = match width {
        width if width < ONE_COLUMN => 1,
        width if is_narrow(width) => 2,
        _ => COLUMNS,
    };
    most.min(in_row).max(1)
}

/// The height of all surfaces for a width in pixels.
pub(super) fn height(scenario: &Scenario, width: f64) -> f64 {
    let (columns, runs) = (columns(scenario, width), count(scenario));
    let rows = match scenario.view.surface_steps.len() {
        _ if runs == 0 => 0,
        0 => (runs + 1).div_ceil(columns),
        steps => steps * runs.div_ceil(columns),
    };
    let width = width / columns as f64;
    rows as f64 * (0.7 * width + title_height(width))
}

/// What is said of a surface stands above it, in two lines or three.
fn title_height(width: f64) -> f64 {
    LINE * if width < NARROW_CELL { 3.0 } else { 2.0 } + 6.0
}

/// Where they are, in words.
pub(super) fn places(scenario: &Scenario) -> String {
    let steps = &scenario.view.surface_steps;
    if steps.is_empty() {
        return "the start and the ends".to_owned();
    }
    let text = steps.iter().map(u64::to_string).collect::<Vec<_>>().join(", ");
    let past_the_end = if steps.iter().any(|&step| step > scenario.steps) { " or at the end" } else { "" };
    format!("steps {text}{past_the_end}")
}

/// Draws them.
///
/// # Errors
/// None on a sheet.
pub(super) fn draw(area: &Area, race: &Race) -> Drawn {
    let Some(first) = race.runs().first() else { return Ok(()) };
    let ends = race.runs().iter().map(|run| run.last().x.as_slice());
    let mut spec = SurfaceSpec::of(&race.scenario, NODES);
    if race.scenario.view.surface_reach.is_none() {
        spec = spec.holding(ends);
    }
    let range = height_range([&spec.heights(first.landscape(), &race.scenario.init)]);
    let columns = columns(&race.scenario, size(area)[0]);
    let rows = rows(race, columns);
    let mut areas = area.split_evenly((rows.len(), columns)).into_iter();
    for row in rows {
        let areas: Vec<Area> = areas.by_ref().take(columns).collect();
        for (of, area) in row.iter().zip(areas) {
            if let Some(of) = of {
                cell(&area, of, race, &spec, range)?;
            }
        }
    }
    Ok(())
}

fn cell(area: &Area, of: &Cell, race: &Race, spec: &SurfaceSpec, range: [f64; 2]) -> Drawn {
    let Some(head) = of.points.last() else { return Ok(()) };
    let [a, b] = spec.axes;
    let names = [a, b].map(|axis| coordinate(&race.scenario.loss, axis));
    let recent = &of.points[of.points.len().saturating_sub(TRAIL)..];
    let trail: Vec<[f64; 2]> = recent.iter().map(|point| [point.x[a], point.x[b]]).collect();
    let grid = spec.heights(of.loss, &head.x);
    let surface = Surface {
        grid: &grid,
        range,
        names: [&names[0], &names[1], "L"],
        head: [head.x[a], head.x[b], head.loss],
        trail: &trail,
        ascent: spec.ascent(of.loss, of.rho, &head.x),
    };
    let table = ColourTable::new(Palette::Light);
    let style =
        SurfaceStyle { table: &table, ink: INK, frame: FAINT.faded(0.6), halo: HALO, head: of.colour, letters: SMALL };
    area.draw(&Plain::text(at([4.0, 8.0]), of.title.as_str(), Lettering::new(TEXT, of.colour)))?;
    let [step, sharpness] = [format!("step {}", head.step), format!("λ_{{1}} = {}", number(head.eigenvalues[0]))];
    let [width, _] = size(area);
    let below = if width < NARROW_CELL { vec![step, sharpness] } else { vec![format!("{step}, {sharpness}")] };
    for (k, text) in below.into_iter().enumerate() {
        area.draw(&Plain::text(at([4.0, 8.0 + LINE * (k + 1) as f64]), text, Lettering::new(SMALL, FAINT)))?;
    }
    let [yaw, pitch] = race.scenario.view.camera;
    draw_surface(&inside(area, [title_height(width) - 6.0, 2.0, 2.0, 2.0]), &surface, Camera::new(yaw, pitch), &style)
}
