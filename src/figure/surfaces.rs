//! The loss across the minimizers in space, at the start and where each run is: sharp or flat, on one scale.

use super::axis::number;
use super::element::{Plain, at, inside, size};
use super::legend::raised;
use super::race::Race;
use super::sheet::{Area, Colour, Drawn, Lettering};
use super::style::{self, FAINT, HALO, INK, SMALL, TEXT};
use super::surface::{Camera, Surface, SurfaceSpec, SurfaceStyle, draw as draw_surface, height_range};
use crate::calculus::Landscape;
use crate::field::{ColourTable, Palette};
use crate::sharpness::Point;

/// Nodes along each side of a surface.
const NODES: usize = 33;
/// Surfaces in a row.
const COLUMNS: usize = 4;
/// The last iterates that are drawn on a surface.
const TRAIL: usize = 64;
/// Above a surface, for its title.
const TITLE: f64 = 30.0;

/// Columns and rows for a width in pixels.
fn layout(race: &Race, width: f64) -> [usize; 2] {
    let count = race.runs.len() + 1;
    let columns = if width < 480.0 { 2 } else { COLUMNS }.min(count);
    [columns, count.div_ceil(columns)]
}

/// The height of all surfaces for a width in pixels.
#[must_use]
pub fn height(race: &Race, width: f64) -> f64 {
    let [columns, rows] = layout(race, width);
    rows as f64 * (0.86 * width / columns as f64 + TITLE)
}

/// One surface.
struct Cell<'a> {
    title: String,
    colour: Colour,
    loss: &'a dyn Landscape,
    rho: f64,
    /// The iterates, the one at which it is drawn last.
    points: &'a [Point],
}

/// Draws them.
///
/// # Errors
/// None on a sheet.
pub fn draw(area: &Area, race: &Race) -> Drawn {
    let Some(first) = race.runs.first() else { return Ok(()) };
    let spec = SurfaceSpec::of(&race.scenario, NODES);
    let range = height_range([&spec.heights(first.landscape.as_ref(), &race.scenario.init)]);
    let start = Cell {
        title: "start".to_owned(),
        colour: INK,
        loss: first.landscape.as_ref(),
        rho: 0.0,
        points: &first.points[..1],
    };
    let runs = race.runs.iter().map(|run| Cell {
        title: raised(run.name()),
        colour: style::lane(run.index),
        loss: run.landscape.as_ref(),
        rho: run.spec.effective_rho(),
        points: run.shown(),
    });
    let [columns, rows] = layout(race, size(area)[0]);
    let areas = area.split_evenly((rows, columns));
    std::iter::once(start).chain(runs).zip(areas).try_for_each(|(of, area)| cell(&area, &of, race, &spec, range))
}

fn cell(area: &Area, of: &Cell, race: &Race, spec: &SurfaceSpec, range: [f64; 2]) -> Drawn {
    let Some(head) = of.points.last() else { return Ok(()) };
    let [a, b] = spec.axes;
    let names = [a, b].map(|axis| format!("x_{{{}}}", axis + 1));
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
    let below = format!("step {}, λ_{{1}} = {}", head.step, number(head.eigenvalues[0]));
    area.draw(&Plain::text(at([4.0, 20.0]), below, Lettering::new(SMALL, FAINT)))?;
    let [yaw, pitch] = race.scenario.view.camera;
    draw_surface(&inside(area, [TITLE - 4.0, 2.0, 2.0, 2.0]), &surface, Camera::new(yaw, pitch), &style)
}
