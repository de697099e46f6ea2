//! A map: a quantity's bands and isolines over a slice, Γ, the marked points, the runs' paths, and the colour bar.

use std::sync::Arc;

use super::axis::{Axis, number};
use super::element::{Plain, at, draw_mark, inside, size};
use super::picture::Picture;
use super::plot::{Labels, Plot, inner};
use super::race::{Race, Run};
use super::sheet::{Anchor, Area, Drawn, Lettering, Pen};
use super::style::{self, FAINT, GAMMA, HALO, INK, ISOLINE, SMALL};
use crate::field::{ColourTable, FieldSpec, Grid, Levels, Slice, fitting_bounds, isolines, with_aspect};
use crate::loss::Gamma;
use crate::run::MapQuantity;

/// Nodes along the longer side of a field.
const NODES: f64 = 241.0;
/// The bands are painted this much finer than the field's nodes.
const FINER: usize = 3;
/// Room for the colour bar on the right.
const BAR: f64 = 48.0;
/// Marks along a path, besides its end.
const MARKS: usize = 4;
/// Points of a path nearer than this, in pixels, are one.
const NEAR: f64 = 0.4;

/// What a map shows of a race.
#[derive(Clone, Copy, Debug)]
pub struct MapOf<'a> {
    /// The race.
    pub race: &'a Race,
    /// The runs whose paths are drawn.
    pub runs: &'a [&'a Run],
    /// What the colours show.
    pub quantity: MapQuantity,
    /// Above it.
    pub title: &'a str,
    /// Whether the predicted ends are marked.
    pub ends: bool,
}

/// A quantity's symbol.
#[must_use]
pub fn quantity_symbol(quantity: MapQuantity) -> &'static str {
    match quantity {
        MapQuantity::Loss => "L",
        MapQuantity::Lambda1 => "λ_{1}",
        MapQuantity::LambdaM => "λ_{M}",
        MapQuantity::Trace => "Tr H",
        MapQuantity::LMax => "L^{Max}",
        MapQuantity::LAsc => "L^{Asc}",
        MapQuantity::LAvg => "L^{Avg}",
        MapQuantity::RMax => "R^{Max}",
        MapQuantity::RAsc => "R^{Asc}",
        MapQuantity::RAvg => "R^{Avg}",
    }
}

/// Draws it.
///
/// # Errors
/// None on a sheet.
pub fn draw(area: &Area, map: &MapOf) -> Drawn {
    let scenario = &map.race.scenario;
    let whole = inside(area, [0.0, BAR, 0.0, 0.0]);
    let head = map.runs.first().map_or(&scenario.init, |run| &run.head().x);
    let slice = Slice::of(scenario, head);
    let visited = map.race.runs.iter().flat_map(|run| &run.points).map(|point| point.x.as_slice());
    let wanted = scenario.view.bounds.unwrap_or_else(|| fitting_bounds(scenario, &slice, visited));
    let bounds = with_aspect(wanted, size(&inner(&whole)));
    let [u0, u1, v0, v1] = bounds;
    let names = scenario.view.axes.map(|axis| format!("x_{{{axis}}}"));
    let labels = Labels { title: map.title, x: &names[0], y: &names[1], grid: false };
    let plot = Plot::new(&whole, Axis::linear(u0, u1), Axis::linear(v0, v1), &labels)?;
    let (grid, levels) = field(map, &slice, bounds, size(&plot.area));
    let table = ColourTable::new(style::MAP);
    plot.picture(Arc::new(bands(&grid, &levels, &table)))?;
    for &level in &levels.values {
        for line in isolines(&grid, level) {
            plot.line(line, Pen::new(ISOLINE, 0.6))?;
        }
    }
    gamma(&plot, map.race, &slice)?;
    for run in map.runs {
        flows(&plot, run, &slice)?;
    }
    for run in map.runs {
        path(&plot, run, &slice)?;
    }
    start(&plot, &slice, &scenario.init)?;
    if map.ends {
        for run in map.runs {
            end(&plot, run, &slice)?;
        }
    }
    landmarks(&plot, map.race, &slice)?;
    plot.border()?;
    colour_bar(area, &plot, map.quantity, &levels, &table)
}

fn field(map: &MapOf, slice: &Slice, bounds: [f64; 4], [width, height]: [f64; 2]) -> (Grid, Levels) {
    let scenario = &map.race.scenario;
    let nodes = |side: f64| ((NODES * side / width.max(height)).round() as usize).max(2);
    let rho = map.runs.first().map_or(0.0, |run| run.spec.rho);
    // The three notions cost a search at every node.
    let share = if map.quantity.uses_rho() && scenario.dim() > 2 { 0.4 } else { 1.0 };
    let side = |side: f64| ((nodes(side) as f64 * share) as usize).max(2);
    let spec = FieldSpec {
        loss: scenario.loss.clone(),
        slice: slice.clone(),
        quantity: map.quantity,
        rho,
        size: [side(width), side(height)],
        bounds,
    };
    let grid = map.race.field(spec);
    let levels = Levels::of(&grid, scenario.view.levels);
    (grid, levels)
}

/// The bands as a picture whose borders follow the isolines: values between nodes are interpolated as those are.
fn bands(grid: &Grid, levels: &Levels, table: &ColourTable) -> Picture {
    let (width, height) = ((grid.width - 1) * FINER, (grid.height - 1) * FINER);
    let last = (levels.bands() - 1).max(1) as f64;
    let mut colours: Vec<[u8; 3]> = (0..levels.bands().min(255)).map(|band| table.at(band as f64 / last)).collect();
    // Where there is no value.
    colours.push([0xC0; 3]);
    let none = (colours.len() - 1) as u8;
    let mut pixels = Vec::with_capacity(width * height);
    for row in (0..height).rev() {
        for column in 0..width {
            let value = between(grid, column, row);
            pixels.push(if value.is_nan() { none } else { levels.band(value).min(254) as u8 });
        }
    }
    Picture { width, height, colours, pixels }
}

/// The value at the centre of a fine pixel.
fn between(grid: &Grid, column: usize, row: usize) -> f64 {
    let (i, j) = (column / FINER, row / FINER);
    let share = |k: usize| ((k % FINER) as f64 + 0.5) / FINER as f64;
    let (s, t) = (share(column), share(row));
    let low = grid.at(i, j) * (1.0 - s) + grid.at(i + 1, j) * s;
    let high = grid.at(i, j + 1) * (1.0 - s) + grid.at(i + 1, j + 1) * s;
    low * (1.0 - t) + high * t
}

fn gamma(plot: &Plot, race: &Race, slice: &Slice) -> Drawn {
    let loss = &race.scenario.loss;
    let draw = |points: Vec<[f64; 2]>| {
        plot.line(points.clone(), Pen::new(HALO, 3.0))?;
        plot.line(points, Pen::new(GAMMA, 1.4))
    };
    let (x, y) = (plot.x, plot.y);
    match loss.gamma() {
        Gamma::Points => Ok(()),
        Gamma::ZeroSet(equation) => {
            let params = loss.values();
            let bounds = [x.low, x.high, y.low, y.high];
            let grid = Grid::filled(193, 193, bounds, |u, v| equation(&params, &slice.point(u, v)));
            isolines(&grid, 0.0).into_iter().try_for_each(draw)
        }
        Gamma::Subspace(zeros) => match slice.axes.map(|axis| zeros.contains(&axis)) {
            [true, false] => draw(vec![[0.0, y.low], [0.0, y.high]]),
            [false, true] => draw(vec![[x.low, 0.0], [x.high, 0.0]]),
            _ => Ok(()),
        },
    }
}

fn path(plot: &Plot, run: &Run, slice: &Slice) -> Drawn {
    let mut kept: Vec<[f64; 2]> = Vec::new();
    let mut last_place: Option<[f64; 2]> = None;
    for point in run.shown() {
        let point = slice.project(&point.x);
        let place = plot.place(point);
        if last_place.is_none_or(|[x, y]| libm::hypot(place[0] - x, place[1] - y) >= NEAR) {
            kept.push(point);
            last_place = Some(place);
        }
    }
    let head = slice.project(&run.head().x);
    kept.push(head);
    plot.line(kept.clone(), Pen::new(HALO, 3.6))?;
    plot.line(kept.clone(), Pen::new(style::lane(run.index), 1.6))?;
    for k in 1..MARKS {
        // Evenly along the line on the paper, so that a run that rests for long is not marked there alone.
        if let Some(point) = along(plot, &kept, k as f64 / MARKS as f64).filter(|&point| plot.holds(point)) {
            draw_mark(&plot.area, run.index, plot.place(point), 2.4)?;
        }
    }
    if plot.holds(head) { draw_mark(&plot.area, run.index, plot.place(head), 4.2) } else { Ok(()) }
}

/// The point at this share of a line's length on the paper.
fn along(plot: &Plot, points: &[[f64; 2]], share: f64) -> Option<[f64; 2]> {
    let length = |a: [f64; 2], b: [f64; 2]| {
        let (a, b) = (plot.place(a), plot.place(b));
        libm::hypot(a[0] - b[0], a[1] - b[1])
    };
    let total: f64 = points.windows(2).map(|pair| length(pair[0], pair[1])).sum();
    let mut gone = 0.0;
    points.windows(2).find_map(|pair| {
        gone += length(pair[0], pair[1]);
        (gone >= share * total && total > 0.0).then_some(pair[1])
    })
}

fn flows(plot: &Plot, run: &Run, slice: &Slice) -> Drawn {
    let Some(prediction) = &run.prediction else { return Ok(()) };
    let colour = style::lane(run.index);
    let line = |flow: &crate::theory::Flow, pen: Pen| {
        let points: Vec<[f64; 2]> = flow.x.iter().map(|x| slice.project(x)).collect();
        plot.line(points, pen)
    };
    line(&prediction.theorem, Pen::new(colour, 1.1).dashed(5.0, 3.0))?;
    prediction.law.as_ref().map_or(Ok(()), |law| line(law, Pen::new(colour, 1.3).dashed(1.2, 2.4)))
}

/// A ring.
fn ring(plot: &Plot, center: [f64; 2], radius: f64, pen: Pen) -> Drawn {
    let [x, y] = plot.place(center);
    let around = |k: u32| {
        let angle = std::f64::consts::TAU * f64::from(k) / 32.0;
        at([x + radius * libm::cos(angle), y + radius * libm::sin(angle)])
    };
    plot.area.draw(&Plain::line((0..=32).map(around).collect(), pen))
}

fn start(plot: &Plot, slice: &Slice, init: &[f64]) -> Drawn {
    let point = slice.project(init);
    if !plot.holds(point) {
        return Ok(());
    }
    ring(plot, point, 4.5, Pen::new(HALO, 3.0))?;
    ring(plot, point, 4.5, Pen::new(INK, 1.2))
}

/// Where theory says that the run ends: a larger ring in its colour.
fn end(plot: &Plot, run: &Run, slice: &Slice) -> Drawn {
    match run.predicted_end.as_ref().map(|x| slice.project(x)).filter(|&point| plot.holds(point)) {
        Some(point) => ring(plot, point, 8.0, Pen::new(style::lane(run.index), 1.2).dashed(2.5, 2.0)),
        None => Ok(()),
    }
}

fn landmarks(plot: &Plot, race: &Race, slice: &Slice) -> Drawn {
    let scenario = &race.scenario;
    for mark in scenario.loss.landmarks(scenario.dim()).iter().filter(|mark| slice.contains(&mark.x)) {
        let point = slice.project(&mark.x);
        if !plot.holds(point) {
            continue;
        }
        let [x, y] = plot.place(point);
        let corners = [[0.0, -5.0], [5.0, 0.0], [0.0, 5.0], [-5.0, 0.0], [0.0, -5.0]];
        let corners: Vec<_> = corners.iter().map(|[dx, dy]| at([x + dx, y + dy])).collect();
        plot.area.draw(&Plain::line(corners.clone(), Pen::new(HALO, 2.6)))?;
        plot.area.draw(&Plain::line(corners, Pen::new(INK, 1.0)))?;
        let [width, height] = size(&plot.area);
        // To the left where there is no room on the right, above where there is none below.
        let text = mark.label.replace("λ1", "λ_{1}").replace("λM", "λ_{M}");
        let needed = super::font::Line::of(&text, SMALL).width + 12.0;
        let along = if width - x > needed { Anchor::Start } else { Anchor::End };
        let shift = if along == Anchor::Start { 8.0 } else { -8.0 };
        let below = if along == Anchor::Start { height - y > 24.0 } else { y < 24.0 };
        let down = if below { 11.0 } else { -11.0 };
        plate(plot, [x + shift, y + down], &text, along)?;
    }
    Ok(())
}

/// A text on a plate.
fn plate(plot: &Plot, [x, y]: [f64; 2], text: &str, along: Anchor) -> Drawn {
    let width = super::font::Line::of(text, SMALL).width;
    let left = if along == Anchor::Start { x } else { x - width };
    let corners =
        [[left - 2.0, y - 6.0], [left + width + 2.0, y - 6.0], [left + width + 2.0, y + 6.0], [left - 2.0, y + 6.0]];
    plot.area.draw(&Plain::area(corners.map(at).to_vec(), HALO))?;
    plot.area.draw(&Plain::text(at([left, y]), text, Lettering::new(SMALL, INK)))
}

/// The bands with some of their levels, right of the map.
fn colour_bar(area: &Area, plot: &Plot, quantity: MapQuantity, levels: &Levels, table: &ColourTable) -> Drawn {
    let [width, _] = size(area);
    let height = size(&plot.area)[1];
    let (left, top) = (width - BAR + 2.0, 18.0);
    let symbol = quantity_symbol(quantity);
    let title = if levels.origin == 0.0 { symbol.to_owned() } else { format!("{symbol} − min") };
    let look = Lettering::new(SMALL, INK).at(Anchor::Start, Anchor::End);
    area.draw(&Plain::text(at([left, top - 5.0]), title, look))?;
    let bands = levels.bands();
    let step = height / bands as f64;
    let last = (bands - 1).max(1) as f64;
    let colours = (0..bands).map(|band| table.at(band as f64 / last));
    let picture = Picture {
        width: 1,
        height: bands.min(256),
        colours: colours.take(256).collect(),
        pixels: (0..bands.min(256)).rev().map(|band| band as u8).collect(),
    };
    let corners = [at([left, top]), at([left + 9.0, top + height])];
    area.draw(&Plain::picture(corners, Arc::new(picture)))?;
    let frame = [[left, top], [left + 9.0, top], [left + 9.0, top + height], [left, top + height], [left, top]];
    area.draw(&Plain::line(frame.map(at).to_vec(), Pen::new(FAINT, 0.6)))?;
    let mut last_label = f64::INFINITY;
    for (i, &level) in levels.values.iter().enumerate() {
        let y = top + height - (i + 1) as f64 * step;
        if last_label - y >= 17.0 {
            last_label = y;
            let label = number(level - levels.origin);
            area.draw(&Plain::text(at([left + 12.0, y]), label, Lettering::new(SMALL, FAINT)))?;
        }
    }
    Ok(())
}
