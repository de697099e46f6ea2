//! A frame with two axes, drawn by plotters, and what lies in it, clipped to it.

use std::sync::Arc;

use plotters::chart::{ChartBuilder, ChartContext, LabelAreaPosition};
use plotters::coord::cartesian::Cartesian2d;
use plotters::element::Polygon;
use plotters::series::LineSeries;

use super::axis::Axis;
use super::element::{Element, Plain, at, inside, size};
use super::mark::{Anchor, Colour, Lettering, Pen};
use super::picture::Picture;
use super::sheet::{Area, Drawn, Pencil, Undrawn, filling, fine, stroke, text_style};
use super::style::{FAINT, GRID, INK, SMALL, TEXT};

/// Room for what stands around a frame: title, right end of the last label, x axis, y axis.
pub const MARGINS: [f64; 4] = [18.0, 10.0, 32.0, 48.0];

/// What a frame says.
#[derive(Clone, Debug)]
pub struct Labels<'a> {
    /// Above it.
    pub title: &'a str,
    /// Under the x axis.
    pub x: &'a str,
    /// Beside the y axis.
    pub y: &'a str,
    /// Whether there are grid lines.
    pub grid: bool,
}

/// A frame that has been drawn.
pub struct Plot {
    /// The x axis.
    pub x: Axis,
    /// The y axis.
    pub y: Axis,
    /// What lies inside, in pixels from its upper left corner.
    pub area: Area,
    chart: ChartContext<'static, Pencil, Cartesian2d<Axis, Axis>>,
}

/// Pixels along an axis for each label that it has room for: on the x axis, and on the y axis.
const FOR_LABEL: [f64; 2] = [58.0, 30.0];
/// Between the x axis's name and what is below.
const BELOW: f64 = 6.0;
/// The ticks' length.
const TICK: f64 = 2.5;

/// The part of an area that lies within a frame drawn there.
#[must_use]
pub fn inner(area: &Area) -> Area {
    inside(area, MARGINS)
}

impl Plot {
    /// Draws a frame's grid, ticks and labels.
    ///
    /// # Errors
    /// None on a sheet.
    pub fn new(area: &Area, x: Axis, y: Axis, labels: &Labels) -> Result<Self, Undrawn> {
        let [top, right, bottom, left] = MARGINS;
        let [width, height] = size(&inner(area));
        let [x, y] = [x.with_room(width / FOR_LABEL[0]), y.with_room(height / FOR_LABEL[1])];
        let mut chart = ChartBuilder::on(area)
            .margin_top(fine(top))
            .margin_right(fine(right))
            .margin_bottom(fine(BELOW))
            .set_label_area_size(LabelAreaPosition::Bottom, fine(bottom - BELOW))
            .set_label_area_size(LabelAreaPosition::Left, fine(left))
            .build_cartesian_2d(x, y)?;
        let mut mesh = chart.configure_mesh();
        mesh.bold_line_style(stroke(Pen::new(GRID, 0.6)))
            .axis_style(stroke(Pen::new(GRID, 0.6)))
            .set_all_tick_mark_size(fine(TICK))
            .label_style(text_style(&Lettering::new(SMALL, FAINT)))
            .axis_desc_style(text_style(&Lettering::new(TEXT, INK)))
            .x_desc(labels.x)
            .y_desc(labels.y);
        if !labels.grid {
            mesh.disable_mesh();
        }
        mesh.draw()?;
        // plotters would put it in the middle of frame and labels, and make room for it.
        let title = Lettering::new(TEXT, INK).at(Anchor::Start, Anchor::End);
        area.draw(&Plain::text(at([left, top - 5.0]), labels.title, title))?;
        let area = chart.plotting_area().strip_coord_spec();
        Ok(Self { x, y, area, chart })
    }

    /// The frame itself, over what is in it.
    ///
    /// # Errors
    /// None on a sheet.
    pub fn border(&self) -> Drawn {
        let [width, height] = size(&self.area);
        let corners = [[0.0, 0.0], [width, 0.0], [width, height], [0.0, height], [0.0, 0.0]];
        self.area.draw(&Plain::line(corners.map(at).to_vec(), Pen::new(INK, 0.8)))
    }

    /// Where a point lies, in pixels from the frame's upper left corner.
    #[must_use]
    pub fn place(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let [width, height] = size(&self.area);
        [self.x.share(x) * width, (1.0 - self.y.share(y)) * height]
    }

    /// Whether a point lies in the frame.
    #[must_use]
    pub fn holds(&self, [x, y]: [f64; 2]) -> bool {
        let within = |share: f64| (0.0..=1.0).contains(&share);
        within(self.x.share(x)) && within(self.y.share(y))
    }

    /// A line through points; what lies outside is cut off.
    ///
    /// # Errors
    /// None on a sheet.
    pub fn line(&self, points: impl IntoIterator<Item = [f64; 2]>, pen: Pen) -> Drawn {
        let shares = points.into_iter().map(|[x, y]| [self.x.share(x), self.y.share(y)]);
        let value = |[u, v]: [f64; 2]| (self.x.value(u), self.y.value(v));
        clipped(shares).into_iter().try_for_each(|piece| self.piece(piece.into_iter().map(value).collect(), pen))
    }

    /// A line within the frame.
    fn piece(&self, points: Vec<(f64, f64)>, pen: Pen) -> Drawn {
        let area = self.chart.plotting_area();
        match pen.dash {
            None => LineSeries::new(points, stroke(pen)).into_iter().try_for_each(|line| area.draw(&line)),
            Some(_) => area.draw(&Element::line(points, pen)),
        }
    }

    /// The area between two values along the x axis, given as x, low and high; what lies outside is cut off.
    ///
    /// # Errors
    /// None on a sheet.
    pub fn band(&self, band: &[[f64; 3]], fill: Colour) -> Drawn {
        // On a logarithmic axis, 0 and below are at the bottom.
        let share = |value: f64| if self.y.log && value <= 0.0 { 0.0 } else { self.y.share(value).clamp(0.0, 1.0) };
        let corner = |x: f64, value: f64| (x, self.y.value(share(value)));
        let shown = |point: &&[f64; 3]| {
            point.iter().all(|value| value.is_finite()) && (0.0..=1.0).contains(&self.x.share(point[0]))
        };
        let lower = band.iter().filter(shown).map(|&[x, low, _]| corner(x, low));
        let upper = band.iter().filter(shown).rev().map(|&[x, _, high]| corner(x, high));
        let corners: Vec<_> = lower.chain(upper).collect();
        if corners.len() < 4 {
            return Ok(());
        }
        self.chart.plotting_area().draw(&Polygon::new(corners, filling(fill)))
    }

    /// A picture that fills the frame.
    ///
    /// # Errors
    /// None on a sheet.
    pub fn picture(&self, picture: Arc<Picture>) -> Drawn {
        self.chart
            .plotting_area()
            .draw(&Element::picture([(self.x.low, self.y.low), (self.x.high, self.y.high)], picture))
    }
}

/// The pieces of a line inside the unit square (Liang and Barsky, edge by edge); non-finite points break it.
fn clipped(points: impl Iterator<Item = [f64; 2]>) -> Vec<Vec<[f64; 2]>> {
    let mut pieces: Vec<Vec<[f64; 2]>> = Vec::new();
    let mut last: Option<[f64; 2]> = None;
    for point in points {
        if !(point[0].is_finite() && point[1].is_finite()) {
            last = None;
            continue;
        }
        if let Some(from) = last
            && let Some([a, b]) = clip(from, point)
        {
            match pieces.last_mut() {
                Some(piece) if piece.last() == Some(&a) => piece.push(b),
                _ => pieces.push(vec![a, b]),
            }
        }
        last = Some(point);
    }
    pieces
}

/// The part of a segment inside the unit square.
fn clip(from: [f64; 2], to: [f64; 2]) -> Option<[[f64; 2]; 2]> {
    let delta = [to[0] - from[0], to[1] - from[1]];
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for axis in 0..2 {
        for (slope, room) in [(-delta[axis], from[axis]), (delta[axis], 1.0 - from[axis])] {
            if slope == 0.0 {
                if room < 0.0 {
                    return None;
                }
            } else if slope < 0.0 {
                enter = enter.max(room / slope);
            } else {
                leave = leave.min(room / slope);
            }
        }
    }
    let point = |t: f64| [0, 1].map(|axis| if t == 1.0 { to[axis] } else { from[axis] + t * delta[axis] });
    (enter <= leave).then(|| [point(enter), point(leave)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_cut_at_the_frame() {
        let pieces = clipped([[-1.0, 0.5], [0.5, 0.5], [0.5, 2.0], [0.9, 2.0], [0.9, 0.5]].into_iter());
        assert_eq!(pieces, [vec![[0.0, 0.5], [0.5, 0.5], [0.5, 1.0]], vec![[0.9, 1.0], [0.9, 0.5]]]);
        assert!(clipped([[0.1, 0.1], [f64::NAN, 0.2], [0.3, 0.3]].into_iter()).is_empty());
    }
}
