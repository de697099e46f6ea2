//! Values that a field's nodes have, over its plane: classes of ends as patches, numbers as bands; beside them what each colour
//! and each line means.

use std::sync::Arc;

use super::axis::{Axis, coordinate};
use super::element::{Plain, at, inside, size};
use super::font::Line;
use super::heatmap::{self, Heatmap};
use super::mark::{Colour, Lettering, Pen};
use super::picture::Picture;
use super::plot::{self, Labels, Plot};
use super::sheet::{Area, Drawn, Undrawn};
use super::style::{HALO, INK, TEXT};
use crate::ensemble::Classes;
use crate::field::{Field, Grid, Kind, Levels, NO_CLASS, Nodes, Values, class_colour};
use crate::loss::brief;
use crate::sharpness::MEASURED;

/// A field with its values, and which of them is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Computed {
    /// The field.
    pub field: Field,
    /// The values of all of its nodes.
    pub values: Values,
    /// The name of one of them ([`Values::named`]).
    pub of: String,
}

/// A line of the legend.
const ENTRY: f64 = 15.0;
/// From an entry's beginning to its name, and from there to the next entry.
const TO_NAME: f64 = 20.0;
const TO_NEXT: f64 = 14.0;
/// Pixels along a picture's longer side, at least: viewers smooth what is coarser, and classes have no values between them.
const PIXELS: usize = 1024;
/// The greatest ratio of a plane's sides with equal units along both.
const MOST_UNEQUAL: f64 = 4.0;
/// Where there is no value.
const NOTHING: [u8; 3] = [0xF4; 3];
/// Dashes and gaps that tell theory's lines apart.
const DASHES: [[f64; 2]; 6] = [[8.0, 3.0], [2.0, 2.5], [5.0, 2.0], [10.0, 2.0], [3.0, 5.0], [1.2, 1.8]];

/// The height in pixels for a width, without the legend.
#[must_use]
pub fn height(width: f64) -> f64 {
    0.62 * width
}

/// What the legend says.
enum Entry {
    Patch([u8; 3], String),
    Line(Pen, &'static str),
}

/// Draws it.
///
/// # Errors
/// None on a sheet.
pub fn draw(area: &Area, computed: &Computed) -> Drawn {
    let plot = match computed.classes() {
        Some((classes, class)) => patches(area, computed, &classes, class)?,
        None => bands(area, computed)?,
    };
    for TheoryLine { points, pen, .. } in lines_of_theory(computed) {
        plot.line(points.clone(), Pen::new(HALO, 3.0))?;
        plot.line(points, pen)?;
    }
    plot.border()
}

impl Computed {
    /// The classes and each node's own, where these are shown.
    fn classes(&self) -> Option<(Classes, &[u8])> {
        match (&self.values, self.field.classes()) {
            (Values::Ends(ends), Some(classes)) if self.of == "class" => Some((classes, &ends.class)),
            _ => None,
        }
    }
}

/// The axes: where nodes have colours of their own, half a node wider than the nodes, so that each is in the middle of its own
/// pixel; else nodes lie at the borders, and values between them are interpolated.
fn axes(computed: &Computed) -> [Axis; 2] {
    let reach = if computed.classes().is_some() { 0.5 } else { 0.0 };
    computed.field.nodes().map(|Nodes { from, to, count, log }| {
        let half = reach / (count - 1) as f64;
        if log {
            let ratio = libm::pow(to / from, half);
            Axis::log(from / ratio, to * ratio)
        } else {
            Axis::linear(from - half * (to - from), to + half * (to - from))
        }
    })
}

/// The part of an area in which its frame, which has this width and height in all of it, has equal units along both axes of a plane; all of it for a sweep.
fn with_equal_units(area: &Area, field: &Field, [width, height]: [f64; 2]) -> Area {
    let (Kind::Quantity { plane, .. } | Kind::Basin { plane }) = &field.kind else { return area.clone() };
    let [u0, u1, v0, v1] = plane.bounds;
    let wanted = (u1 - u0) / (v1 - v0);
    // A plane that is much longer than wide would be a line.
    if !(MOST_UNEQUAL.recip()..=MOST_UNEQUAL).contains(&wanted) {
        return area.clone();
    }
    let [right, below] = [(width - height * wanted).max(0.0), (height - width / wanted).max(0.0)];
    inside(area, [0.0, right, below, 0.0])
}

/// The names of u and v, as the paper writes them.
fn names(field: &Field) -> [String; 2] {
    match &field.kind {
        Kind::Quantity { plane, .. } | Kind::Basin { plane } => {
            plane.slice.axes.map(|axis| coordinate(&field.scenario.loss, axis))
        }
        Kind::Sweep { over: [first, second], .. } => [first, second].map(|over| over.setting.symbol().to_owned()),
    }
}

/// The value's symbol.
fn symbol(computed: &Computed) -> String {
    if let Kind::Quantity { quantity, .. } = computed.field.kind {
        return quantity.info().entry.symbol.to_owned();
    }
    let measured = MEASURED.iter().find(|entry| entry.id == computed.of);
    measured.map_or_else(|| computed.of.clone(), |entry| entry.symbol.to_owned())
}

/// One colour for each class.
fn patches(area: &Area, computed: &Computed, classes: &Classes, class: &[u8]) -> Result<Plot, Undrawn> {
    let ([x, y], [u, v], names) = (axes(computed), computed.field.nodes(), names(&computed.field));
    let area = with_equal_units(area, &computed.field, size(&plot::inner(area)));
    let title = format!("Where runs end{}", with_rho(computed));
    let plot = Plot::new(&area, x, y, &Labels { title: &title, x: &names[0], y: &names[1], grid: false })?;
    let none = classes.names().len();
    let colour = |class| if class == none { NOTHING } else { class_colour(class, classes.landmarks().len()) };
    let colours = (0..=none).map(colour).collect();
    let finer = PIXELS.div_ceil(u.count.max(v.count));
    let (width, height) = (finer * u.count, finer * v.count);
    let at = |pixel: usize| class[(v.count - 1 - pixel / width / finer) * u.count + pixel % width / finer];
    let pixels = (0..width * height).map(at).map(|class| if class == NO_CLASS { none as u8 } else { class }).collect();
    plot.picture(Arc::new(Picture { width, height, colours, pixels }))?;
    Ok(plot)
}

/// The ρ with which all of them have been made, in brackets: an animation's frames differ in it.
fn with_rho(computed: &Computed) -> String {
    let one = computed.field.scenario.optimizers.first().filter(|spec| spec.id.info().uses_rho);
    let is_one = matches!(computed.field.kind, Kind::Basin { .. });
    one.filter(|_| is_one).map_or_else(String::new, |spec| format!(" (ρ = {})", brief(spec.rho)))
}

/// A landmark's label with its symbol's letter lowered.
fn raised(name: &str) -> String {
    name.replace("λ1", "λ_{1}").replace("λM", "λ_{M}")
}

fn bands(area: &Area, computed: &Computed) -> Result<Plot, Undrawn> {
    let field = &computed.field;
    let [u, v] = field.nodes();
    let mut grid = Grid::new(u.count, v.count, [0.0, 1.0, 0.0, 1.0]);
    grid.values = computed.values.picture(field, &computed.of).unwrap_or_else(|| vec![f64::NAN; field.count()]);
    let levels = Levels::of(&grid, Levels::fitting(&grid));
    let (names, symbol) = (names(field), symbol(computed));
    let what = match field.kind {
        Kind::Quantity { .. } => symbol.clone(),
        Kind::Basin { .. } => format!("{symbol} at the end{}", with_rho(computed)),
        Kind::Sweep { tau: None, .. } => format!("{symbol} after {} steps", field.scenario.steps),
        Kind::Sweep { .. } => format!("{symbol} at the end"),
    };
    let labels = Labels { title: &what, x: &names[0], y: &names[1], grid: false };
    let area = with_equal_units(area, field, heatmap::room(area));
    Heatmap { axes: axes(computed), labels, grid: &grid, levels: &levels, symbol: &symbol }.draw(&area)
}

/// One of theory's lines, with its look.
struct TheoryLine {
    name: &'static str,
    points: Vec<[f64; 2]>,
    pen: Pen,
}

/// Theory's lines over a sweep of η and ρ, as far as they are seen.
fn lines_of_theory(computed: &Computed) -> Vec<TheoryLine> {
    let axes = axes(computed);
    let [u, v] = computed.field.nodes();
    let reach = |axis: &Axis, nodes: &Nodes| [axis.low.max(nodes.from.min(1e-9)), axis.high];
    let holds = |axis: usize, value: f64| (axes[axis].low..=axes[axis].high).contains(&value);
    let middle = |pair: &[[f64; 2]], axis: usize| 0.5 * (pair[0][axis] + pair[1][axis]);
    let is_seen =
        |points: &[[f64; 2]]| points.windows(2).any(|pair| (0..2).all(|axis| holds(axis, middle(pair, axis))));
    let lines = computed.field.theory_lines([reach(&axes[0], &u), reach(&axes[1], &v)]).into_iter();
    let seen = lines.filter(|(_, points)| is_seen(points)).zip(DASHES.into_iter().cycle());
    seen.map(|((name, points), [dash, gap])| TheoryLine { name, points, pen: Pen::new(INK, 1.3).dashed(dash, gap) })
        .collect()
}

/// What the legend says, each with its place: in lines of this width.
fn entries(computed: &Computed, width: f64) -> Vec<(Entry, [f64; 2])> {
    let mut entries = Vec::new();
    if let Some((classes, class)) = computed.classes() {
        let occurs = |(i, _): &(usize, String)| class.contains(&(*i as u8));
        let colour = |i| class_colour(i, classes.landmarks().len());
        let named = classes.names().into_iter().enumerate().filter(occurs);
        entries.extend(named.map(|(i, name)| Entry::Patch(colour(i), raised(&name))));
    }
    entries.extend(lines_of_theory(computed).into_iter().map(|line| Entry::Line(line.pen, line.name)));
    let (mut x, mut y) = (0.0, 0.5 * ENTRY);
    let place = |entry: Entry| {
        let needed = TO_NAME + Line::of(entry.name(), TEXT).width;
        if x > 0.0 && x + needed > width {
            (x, y) = (0.0, y + ENTRY);
        }
        let place = [x, y];
        x += needed + TO_NEXT;
        (entry, place)
    };
    entries.into_iter().map(place).collect()
}

impl Entry {
    fn name(&self) -> &str {
        match self {
            Self::Patch(_, name) => name,
            Self::Line(_, name) => name,
        }
    }
}

/// The legend's height in pixels.
#[must_use]
pub fn legend_height(computed: &Computed, width: f64) -> f64 {
    entries(computed, width).last().map_or(0.0, |(_, [_, y])| y + ENTRY)
}

/// Draws the legend from an area's upper left corner.
///
/// # Errors
/// None on a sheet.
pub fn draw_legend(area: &Area, computed: &Computed) -> Drawn {
    for (entry, [x, y]) in entries(computed, size(area)[0]) {
        match &entry {
            Entry::Patch(colour, _) => {
                let corners = [[x, y - 5.0], [x + 14.0, y - 5.0], [x + 14.0, y + 5.0], [x, y + 5.0]];
                area.draw(&Plain::area(corners.map(at).to_vec(), Colour(*colour, 1.0)))?;
            }
            Entry::Line(pen, _) => area.draw(&Plain::line(vec![at([x, y]), at([x + 15.0, y])], *pen))?,
        }
        area.draw(&Plain::text(at([x + TO_NAME, y]), entry.name(), Lettering::new(TEXT, INK)))?;
    }
    Ok(())
}
