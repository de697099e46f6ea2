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
use super::sheet::{Area, Drawn};
use super::style::{HALO, INK, TEXT};
use crate::ensemble::Classes;
use crate::field::{Field, Grid, Kind, Levels, NO_CLASS, Nodes, Values, class_colour};
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
/// A sheet narrower than this, in pixels, has one entry in a line.
const NARROW: f64 = 480.0;
/// Pixels along a picture's longer side, at least: viewers smooth what is coarser, and classes have no values between them.
const PIXELS: usize = 1024;
/// The greatest ratio of a plane's sides with equal units along both.
const MOST_UNEQUAL: f64 = 4.0;
/// Where there is no value.
const NOTHING: [u8; 3] = [0xF4; 3];
/// Dashes and gaps that tell theory's lines apart.
const DASHES: [[f64; 2]; 6] = [[8.0, 3.0], [2.0, 2.5], [5.0, 2.0], [10.0, 2.0], [3.0, 5.0], [1.2, 1.8]];

/// The height in pixels for a width.
#[must_use]
pub fn height(width: f64) -> f64 {
    0.62 * width + legend_height(width)
}

/// Room for the legend: on a narrow sheet each entry has a line of its own.
fn legend_height(width: f64) -> f64 {
    ENTRY * if width < NARROW { 8.0 } else { 3.0 }
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
    let [width, height] = size(area);
    let picture = inside(area, [0.0, 0.0, legend_height(width), 0.0]);
    let (plot, mut entries) = match (computed.of.as_str(), &computed.values, computed.field.classes()) {
        ("class", Values::Ends(ends), Some(classes)) => patches(&picture, computed, &classes, &ends.class)?,
        _ => (bands(&picture, computed)?, Vec::new()),
    };
    entries.extend(lines_of_theory(&plot, &computed.field)?);
    plot.border()?;
    legend(&inside(area, [height - legend_height(width), 0.0, 0.0, 0.0]), &entries)
}

/// The axes, half a node wider than the nodes, so that each is in the middle of its own pixel.
fn axes(field: &Field) -> [Axis; 2] {
    field.nodes().map(|Nodes { from, to, count, log }| {
        let half = 0.5 / (count - 1) as f64;
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

/// One colour for each class, and which of them there are.
fn patches(
    area: &Area,
    computed: &Computed,
    classes: &Classes,
    class: &[u8],
) -> Result<(Plot, Vec<Entry>), super::sheet::Undrawn> {
    let ([x, y], [u, v], names) = (axes(&computed.field), computed.field.nodes(), names(&computed.field));
    let area = with_equal_units(area, &computed.field, size(&plot::inner(area)));
    let plot = Plot::new(&area, x, y, &Labels { title: "Where runs end", x: &names[0], y: &names[1], grid: false })?;
    let named: Vec<String> = classes.names();
    let mut colours: Vec<[u8; 3]> =
        (0..named.len()).map(|class| class_colour(class, classes.landmarks().len())).collect();
    colours.push(NOTHING);
    let none = named.len() as u8;
    let finer = PIXELS.div_ceil(u.count.max(v.count));
    let (width, height) = (finer * u.count, finer * v.count);
    let at = |pixel: usize| class[(v.count - 1 - pixel / width / finer) * u.count + pixel % width / finer];
    let pixels = (0..width * height).map(at).map(|class| if class == NO_CLASS { none } else { class }).collect();
    plot.picture(Arc::new(Picture { width, height, colours: colours.clone(), pixels }))?;
    let occurs = |(i, _): &(usize, String)| class.contains(&(*i as u8));
    let entries = named.into_iter().enumerate().filter(occurs).map(|(i, name)| Entry::Patch(colours[i], raised(&name)));
    Ok((plot, entries.collect()))
}

/// A landmark's label with its symbol's letter lowered.
fn raised(name: &str) -> String {
    name.replace("λ1", "λ_{1}").replace("λM", "λ_{M}")
}

fn bands(area: &Area, computed: &Computed) -> Result<Plot, super::sheet::Undrawn> {
    let field = &computed.field;
    let [u, v] = field.nodes();
    let mut grid = Grid::new(u.count, v.count, [0.0, 1.0, 0.0, 1.0]);
    grid.values = computed.values.picture(field, &computed.of).unwrap_or_else(|| vec![f64::NAN; field.count()]);
    let levels = Levels::of(&grid, Levels::fitting(&grid));
    let (names, symbol) = (names(field), symbol(computed));
    let what = if field.classes().is_some() { format!("{symbol} at the end") } else { symbol.clone() };
    let labels = Labels { title: &what, x: &names[0], y: &names[1], grid: false };
    // Nodes lie at the borders: values between them are interpolated.
    let axes =
        field.nodes().map(|Nodes { from, to, log, .. }| if log { Axis::log(from, to) } else { Axis::linear(from, to) });
    let area = with_equal_units(area, field, heatmap::room(area));
    Heatmap { axes, labels, grid: &grid, levels: &levels, symbol: &symbol }.draw(&area)
}

/// Theory's lines over a sweep of η and ρ.
fn lines_of_theory(plot: &Plot, field: &Field) -> Result<Vec<Entry>, super::sheet::Undrawn> {
    let reach = |axis: &Axis, nodes: &Nodes| [axis.low.max(nodes.from.min(1e-9)), axis.high];
    let [u, v] = field.nodes();
    let mut entries = Vec::new();
    for (name, points) in field.theory_lines([reach(&plot.x, &u), reach(&plot.y, &v)]) {
        let seen = points
            .windows(2)
            .any(|pair| plot.holds([0.5 * (pair[0][0] + pair[1][0]), 0.5 * (pair[0][1] + pair[1][1])]));
        if !seen {
            continue;
        }
        let [dash, gap] = DASHES[entries.len() % DASHES.len()];
        let pen = Pen::new(INK, 1.3).dashed(dash, gap);
        plot.line(points.clone(), Pen::new(HALO, 3.0))?;
        plot.line(points, pen)?;
        entries.push(Entry::Line(pen, name));
    }
    Ok(entries)
}

/// The entries in lines, as many as there is room for.
fn legend(area: &Area, entries: &[Entry]) -> Drawn {
    let [width, _] = size(area);
    let (mut x, mut y) = (0.0, 0.5 * ENTRY);
    for entry in entries {
        let name = match entry {
            Entry::Patch(_, name) => name.as_str(),
            Entry::Line(_, name) => name,
        };
        let needed = TO_NAME + Line::of(name, TEXT).width;
        if x > 0.0 && x + needed > width {
            (x, y) = (0.0, y + ENTRY);
        }
        match entry {
            Entry::Patch(colour, _) => {
                let corners = [[x, y - 5.0], [x + 14.0, y - 5.0], [x + 14.0, y + 5.0], [x, y + 5.0]];
                area.draw(&Plain::area(corners.map(at).to_vec(), Colour(*colour, 1.0)))?;
            }
            Entry::Line(pen, _) => area.draw(&Plain::line(vec![at([x, y]), at([x + 15.0, y])], *pen))?,
        }
        area.draw(&Plain::text(at([x + TO_NAME, y]), name, Lettering::new(TEXT, INK)))?;
        x += needed + TO_NEXT;
    }
    Ok(())
}
