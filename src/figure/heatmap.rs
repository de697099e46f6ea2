//! Values over a plane: bands and isolines in a frame, and the colour bar beside it.

use std::sync::Arc;

use super::axis::Axis;
use super::element::{Plain, at, inside, size};
use super::mark::{Anchor, Lettering, Pen};
use super::picture::Picture;
use super::plot::{Labels, Plot, inner};
use super::sheet::{Area, Drawn, Undrawn};
use super::style::{self, FAINT, INK, ISOLINE, SMALL};
use crate::field::{ColourTable, Grid, Levels, isolines, number};

/// The bands are painted this much finer than the grid's nodes.
const FINER: usize = 3;
/// Room for the colour bar on the right.
const BAR: f64 = 48.0;

/// Values over a plane.
#[derive(Clone, Debug)]
pub struct Heatmap<'a> {
    /// The plane's axes. The grid's nodes lie evenly along them: on a logarithmic axis in equal ratios.
    pub axes: [Axis; 2],
    /// What the frame says.
    pub labels: Labels<'a>,
    /// The values.
    pub grid: &'a Grid,
    /// Where one colour ends.
    pub levels: &'a Levels,
    /// The values' symbol.
    pub symbol: &'a str,
}

/// Width and height in pixels of the frame that an area has room for.
#[must_use]
pub fn room(area: &Area) -> [f64; 2] {
    size(&inner(&without_bar(area)))
}

fn without_bar(area: &Area) -> Area {
    inside(area, [0.0, BAR, 0.0, 0.0])
}

impl Heatmap<'_> {
    /// Draws it; what lies in the frame, and its border, come after.
    ///
    /// # Errors
    /// None on a sheet.
    pub fn draw(&self, area: &Area) -> Result<Plot, Undrawn> {
        let [x, y] = self.axes;
        let plot = Plot::new(&without_bar(area), x, y, &self.labels)?;
        let table = ColourTable::new(style::MAP);
        plot.picture(Arc::new(bands(self.grid, self.levels, &table)))?;
        let [u0, u1, v0, v1] = self.grid.bounds;
        let value = |[u, v]: [f64; 2]| [x.value((u - u0) / (u1 - u0)), y.value((v - v0) / (v1 - v0))];
        for line in isolines(self.grid, &self.levels.values).into_iter().flatten() {
            plot.line(line.into_iter().map(value), Pen::new(ISOLINE, 0.6))?;
        }
        if self.grid.has_values() {
            self.colour_bar(area, &plot, &table)?;
        }
        Ok(plot)
    }

    /// The bands with some of their levels, right of the map.
    fn colour_bar(&self, area: &Area, plot: &Plot, table: &ColourTable) -> Drawn {
        let levels = self.levels;
        let [width, _] = size(area);
        let height = size(&plot.area)[1];
        let (left, top) = (width - BAR + 2.0, 18.0);
        let symbol = self.symbol;
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
