//! Lines against an axis, with bands for what is spread around them.

use super::axis::Axis;
use super::element::{draw_mark, size};
use super::mark::Pen;
use super::plot::{Labels, Plot, inner};
use super::sheet::{Area, Drawn};
use crate::race::thinned;

/// Columns into which a line's points are gathered, for each pixel of its width.
const COLUMNS: f64 = 2.0;
/// Marks along a line.
const MARKS: usize = 4;
/// How much of its colour's opacity a band has.
const BAND: f32 = 0.22;

/// A line, and what belongs to it.
#[derive(Clone, Debug)]
pub struct Series {
    /// Its points, ascending along the x axis.
    pub points: Vec<[f64; 2]>,
    /// How it is drawn.
    pub pen: Pen,
    /// x, low and high: an area around it; empty where there is none.
    pub band: Vec<[f64; 3]>,
    /// Whose marks it bears: a method's place in the scenario.
    pub mark: Option<usize>,
    /// It is drawn up to here; what comes later only makes room for it.
    pub until: f64,
}

impl Series {
    /// A line alone.
    #[must_use]
    pub fn new(points: Vec<[f64; 2]>, pen: Pen) -> Self {
        Self { points, pen, band: Vec::new(), mark: None, until: f64::INFINITY }
    }

    /// All values of the line and its band.
    pub fn values(&self) -> impl Iterator<Item = f64> {
        let band = self.band.iter().flat_map(|&[_, low, high]| [low, high]);
        self.points.iter().map(|point| point[1]).chain(band)
    }
}

/// Draws a frame with these lines: bands at the bottom, marks on top.
///
/// # Errors
/// None on a sheet.
pub fn draw(area: &Area, [x, y]: [Axis; 2], labels: &Labels, all: &[Series]) -> Drawn {
    let columns = COLUMNS * size(&inner(area))[0];
    let plot = Plot::new(area, x, y, labels)?;
    for series in all.iter().filter(|series| !series.band.is_empty()) {
        let shown: Vec<[f64; 3]> = series.band.iter().copied().filter(|point| point[0] <= series.until).collect();
        plot.band(&shown, series.pen.colour.faded(BAND))?;
    }
    let is_drawn = |series: &Series, point: &[f64; 2]| point[0] <= series.until && !(y.log && point[1] <= 0.0);
    let drawn = |series: &Series| -> Vec<[f64; 2]> {
        let shown = series.points.iter().copied().filter(|point| is_drawn(series, point));
        thinned(shown.map(|point| ((x.share(point[0]) * columns).floor(), point)))
    };
    let lines: Vec<_> = all.iter().map(|series| (series, drawn(series))).collect();
    for (series, line) in &lines {
        plot.line(line.iter().copied(), series.pen)?;
    }
    for (series, line) in &lines {
        if let Some(index) = series.mark {
            marks(&plot, index, line)?;
        }
    }
    plot.border()
}

/// Marks at equal distances along the x axis, each method's shifted against the others'.
fn marks(plot: &Plot, index: usize, line: &[[f64; 2]]) -> Drawn {
    for k in 0..MARKS {
        let share = (k as f64 + 0.35 + 0.13 * (index % 4) as f64) / MARKS as f64;
        let place = plot.x.value(share);
        let Some(&point) = line.iter().find(|point| point[0] >= place).filter(|&&point| plot.holds(point)) else {
            continue;
        };
        draw_mark(&plot.area, index, plot.place(point), 2.4)?;
    }
    Ok(())
}
