//! A map: a quantity over a slice, Γ, the marked points and the runs' paths.

use super::axis::{Axis, coordinate};
use super::element::{Plain, at, draw_mark, size};
use super::font::Line;
use super::heatmap::{self, Heatmap};
use super::mark::{Lettering, Pen};
use super::plot::{Labels, Plot};
use super::sheet::{Area, Drawn, Undrawn};
use super::style::{self, GAMMA, HALO, INK, SMALL};
use super::subject::Subject;
use crate::field::{
    Field, Grid, Levels, Plane, Rectangle, Room, Slice, around, beside, fitting_bounds, grey_note, isolines,
    named_landmarks, with_aspect,
};
use crate::loss::Gamma;
use crate::race::{Race, Run};
use crate::sharpness::MapQuantity;

/// Nodes along the longer side of a field.
const NODES: f64 = 241.0;
/// Marks along a path, besides its end.
const MARKS: usize = 4;
/// Points of a path nearer than this, in pixels, are one.
const NEAR: f64 = 0.4;

/// What a map shows of a race.
#[derive(Clone, Copy, Debug)]
pub struct MapOf<'a> {
    /// The race.
    pub subject: &'a Subject,
    /// The runs whose paths are drawn.
    pub runs: &'a [&'a Run],
    /// What the colours show.
    pub quantity: MapQuantity,
    /// Above it.
    pub title: &'a str,
    /// Whether the predicted ends are marked.
    pub ends: bool,
}

/// Draws it.
///
/// # Errors
/// None on a sheet.
pub fn draw(area: &Area, map: &MapOf) -> Drawn {
    let race = &map.subject.race;
    let scenario = &race.scenario;
    let head = map.runs.first().map_or(&scenario.init, |run| &run.head().x);
    let slice = Slice::of(scenario, head);
    let visited = race.runs().iter().flat_map(Run::points).map(|point| point.x.as_slice());
    let wanted = scenario.view.bounds.unwrap_or_else(|| fitting_bounds(scenario, &slice, visited));
    let room = heatmap::room(area);
    let bounds = with_aspect(wanted, room);
    let [u0, u1, v0, v1] = bounds;
    let names = scenario.view.axes.map(|axis| coordinate(&scenario.loss, axis - 1));
    let grid = field(map, &slice, bounds, room);
    let levels = Levels::of(&grid, scenario.view.levels);
    // A loss of one variable lies in the plane; the other coordinate means nothing.
    let is_line = scenario.loss.out_of_plane(scenario.dim()).is_some();
    let v = if is_line { Axis::linear(v0, v1).without_ticks() } else { Axis::linear(v0, v1) };
    let heatmap = Heatmap {
        axes: [Axis::linear(u0, u1), v],
        labels: Labels { title: map.title, x: &names[0], y: if is_line { "" } else { &names[1] }, grid: false },
        grid: &grid,
        levels: &levels,
        symbol: map.quantity.info().entry.symbol,
    };
    let plot = heatmap.draw(area)?;
    gamma(&plot, race, &slice)?;
    for run in map.runs {
        flows(&plot, run, &slice)?;
    }
    for run in map.runs {
        seeds(&plot, run, &slice)?;
        path(&plot, run, &slice)?;
    }
    start(&plot, &slice, &scenario.init)?;
    if map.ends {
        for run in map.runs {
            end(&plot, run, &slice)?;
        }
    }
    landmarks(&plot, map, &slice, grey(&plot, map.quantity, &grid)?)?;
    plot.border()
}

fn field(map: &MapOf, slice: &Slice, bounds: [f64; 4], [width, height]: [f64; 2]) -> Grid {
    let scenario = &map.subject.race.scenario;
    let nodes = |side: f64| ((NODES * side / width.max(height)).round() as usize).max(2);
    let rho = map.runs.first().map_or(0.0, |run| run.optimizer().rho);
    // The three notions cost a search at every node.
    let share = if map.quantity.uses_rho() && scenario.dim() > 2 { 0.4 } else { 1.0 };
    let side = |side: f64| ((nodes(side) as f64 * share) as usize).max(2);
    let plane = Plane { slice: slice.clone(), size: [side(width), side(height)], bounds };
    map.subject.quantity(Field::of_quantity(&scenario.loss, plane, map.quantity, rho), bounds)
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
        Gamma::ZeroSet(zeros, _) if !slice.is_along(zeros) => Ok(()),
        Gamma::ZeroSet(_, equation) => {
            let params = loss.values();
            let bounds = [x.low, x.high, y.low, y.high];
            let grid = Grid::filled(193, 193, bounds, |u, v| equation(&params, &slice.point(u, v)));
            isolines(&grid, &[0.0]).into_iter().flatten().try_for_each(draw)
        }
        Gamma::Subspace(zeros) => match slice.axes.map(|axis| zeros.contains(&axis)) {
            [true, false] => draw(vec![[0.0, y.low], [0.0, y.high]]),
            [false, true] => draw(vec![[x.low, 0.0], [x.high, 0.0]]),
            _ => Ok(()),
        },
    }
}

/// A path changes its colour and its marks where its method gives way to another.
fn path(plot: &Plot, run: &Run, slice: &Slice) -> Drawn {
    for (look, points) in run.shown_legs() {
        let mut kept: Vec<[f64; 2]> = Vec::new();
        let mut last_place: Option<[f64; 2]> = None;
        for point in points {
            let point = slice.project(&point.x);
            let place = plot.place(point);
            if last_place.is_none_or(|[x, y]| libm::hypot(place[0] - x, place[1] - y) >= NEAR) {
                kept.push(point);
                last_place = Some(place);
            }
        }
        kept.extend(points.last().map(|point| slice.project(&point.x)));
        plot.line(kept.clone(), Pen::new(HALO, 3.6))?;
        plot.line(kept.clone(), Pen::new(style::method(look), 1.6))?;
        for k in 1..MARKS {
            // Evenly along the line on the paper, so that a run that rests for long is not marked there alone.
            if let Some(point) = along(plot, &kept, k as f64 / MARKS as f64).filter(|&point| plot.holds(point)) {
                draw_mark(&plot.area, look, plot.place(point), 2.4)?;
            }
        }
    }
    let head = slice.project(&run.head().x);
    if plot.holds(head) { draw_mark(&plot.area, run.colour(), plot.place(head), 4.2) } else { Ok(()) }
}

/// Where every seed is: dots.
fn seeds(plot: &Plot, run: &Run, slice: &Slice) -> Drawn {
    for place in run.seeds_places().map(|x| slice.project(x)).filter(|&place| plot.holds(place)) {
        plot.area.draw(&Plain::disc(at(plot.place(place)), 1.6, style::method(run.colour()).faded(0.5)))?;
    }
    Ok(())
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
    let colour = style::method(run.colour());
    if let Some(point) = run.edge_rest().map(|x| slice.project(x)).filter(|&point| plot.holds(point)) {
        ring(plot, point, 4.0, Pen::new(colour, 1.2))?;
    }
    let Some(prediction) = run.prediction() else { return Ok(()) };
    let line = |flow: &crate::theory::Flow, pen: Pen| {
        let points: Vec<[f64; 2]> = flow.x.iter().map(|x| slice.project(x)).collect();
        plot.line(points, pen)
    };
    if let Some(hover) = &prediction.hover {
        let ellipse: Vec<_> = hover.ellipse(slice.axes).iter().map(|x| slice.project(x)).collect();
        plot.line(ellipse, Pen::new(colour, 0.9))?;
    }
    line(&prediction.theorem, Pen::new(colour, 1.1).dashed(5.0, 3.0))?;
    prediction
        .law
        .as_ref()
        .map_or(Ok(()), |law| line(law, Pen::new(colour.faded(prediction.law_opacity()), 1.3).dashed(1.2, 2.4)))
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
    match run.predicted_end().and_then(Result::ok).map(|x| slice.project(x)).filter(|&point| plot.holds(point)) {
        Some(point) => ring(plot, point, 8.0, Pen::new(style::method(run.colour()), 1.2).dashed(2.5, 2.0)),
        None => Ok(()),
    }
}

/// Says in a corner what is undefined where the map is grey; gives the place of that.
fn grey(plot: &Plot, quantity: MapQuantity, grid: &Grid) -> Result<Option<Rectangle>, Undrawn> {
    let Some(note) = grey_note(quantity, grid) else { return Ok(None) };
    let [left, bottom] = [3.0, size(&plot.area)[1] - 3.0];
    let rectangle = [left, bottom - 12.0, left + Line::of(&note, SMALL).width + 4.0, bottom];
    plate(plot, rectangle, &note)?;
    Ok(Some(rectangle))
}

fn landmarks(plot: &Plot, map: &MapOf, slice: &Slice, note: Option<Rectangle>) -> Drawn {
    let scenario = &map.subject.race.scenario;
    let all = named_landmarks(&scenario.loss, scenario.dim());
    let shown = all.iter().filter(|(mark, _)| slice.contains(&mark.x));
    let places: Vec<([f64; 2], &str)> = shown
        .map(|(mark, name)| (slice.project(&mark.x), name.as_ref()))
        .filter(|(point, _)| plot.holds(*point))
        .map(|(point, name)| (plot.place(point), name))
        .collect();
    for ([x, y], _) in &places {
        let corners = [[0.0, -5.0], [5.0, 0.0], [0.0, 5.0], [-5.0, 0.0], [0.0, -5.0]];
        let corners: Vec<_> = corners.iter().map(|[dx, dy]| at([x + dx, y + dy])).collect();
        plot.area.draw(&Plain::line(corners.clone(), Pen::new(HALO, 2.6)))?;
        plot.area.draw(&Plain::line(corners, Pen::new(INK, 1.0)))?;
    }
    // No label lies on the start, on a mark or on another label, nor on a path where it can be avoided.
    let [width, height] = size(&plot.area);
    let mut room = Room::new([0.0, 0.0, width, height]);
    room.take(around(plot.place(slice.project(&scenario.init)), 6.0));
    for taken in places.iter().map(|(place, _)| around(*place, 5.0)).chain(note) {
        room.take(taken);
    }
    for run in map.runs {
        room.avoid(run.shown().iter().map(|point| plot.place(slice.project(&point.x))).collect());
    }
    for (place, name) in &places {
        let text = name.replace("λ1", "λ_{1}").replace("λM", "λ_{M}");
        let needed = [Line::of(&text, SMALL).width + 4.0, 12.0];
        if let Some((_, rectangle)) = room.place(&beside(&[*place], 7.0, needed), None) {
            plate(plot, rectangle, &text)?;
        }
    }
    Ok(())
}

/// A text on a plate.
fn plate(plot: &Plot, [x0, y0, x1, y1]: Rectangle, text: &str) -> Drawn {
    plot.area.draw(&Plain::area([[x0, y0], [x1, y0], [x1, y1], [x0, y1]].map(at).to_vec(), HALO))?;
    plot.area.draw(&Plain::text(at([x0 + 2.0, 0.5 * (y0 + y1)]), text, Lettering::new(SMALL, INK)))
}
