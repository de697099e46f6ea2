//! The marks and labels of a plot's axes: the core's ticks for egui_plot. And the plot of a plane, map or sweep, which has them.

use std::ops::RangeInclusive;

use egui_plot::{GridInput, GridMark, Plot};

use super::transport::grouped;
use crate::field::ticks;
use crate::figure::plain;

/// The width of a plane's vertical axis: its name beside labels such as −0.125.
const LABELS: f32 = 62.0;

/// An axis of a plot.
#[derive(Clone, Copy)]
pub struct AxisLabels {
    /// Whether its places are exponents of ten.
    pub log: bool,
    /// For how many labels there is room.
    room: f64,
    /// Whether it is of steps: whole numbers from 0 on.
    is_of_steps: bool,
}

impl AxisLabels {
    /// A horizontal axis of so many points.
    pub fn horizontal(points: f32, log: bool) -> Self {
        Self { log, room: f64::from(points / 64.0), is_of_steps: false }
    }

    /// A vertical axis of so many points.
    pub fn vertical(points: f32, log: bool) -> Self {
        Self { log, room: f64::from(points / 24.0), is_of_steps: false }
    }

    /// The same axis of steps.
    pub fn of_steps(self) -> Self {
        Self { is_of_steps: true, ..self }
    }

    /// Places and labels between two places.
    fn ticks(self, low: f64, high: f64) -> impl Iterator<Item = (f64, String)> {
        let value = move |place: f64| if self.log { 10f64.powf(place) } else { place };
        let place = move |value: f64| if self.log { value.log10() } else { value };
        let is_shown = move |value: f64| !self.is_of_steps || (value >= 0.0 && value.fract() == 0.0);
        let all = ticks([value(low), value(high)], self.log, self.room).into_iter();
        all.filter(move |tick| is_shown(tick.0)).map(move |(value, label)| {
            let is_count = self.is_of_steps && !self.log;
            (place(value), if is_count { grouped(value as u64) } else { plain(&label) })
        })
    }

    /// Where the marks are. All of them are labelled: each stands for as much as the axis is long.
    pub fn marks(self, input: &GridInput) -> Vec<GridMark> {
        let (low, high) = input.bounds;
        self.ticks(low, high).map(|(value, _)| GridMark { value, step_size: high - low }).collect()
    }

    /// A mark's label.
    pub fn label(self, mark: GridMark, range: &RangeInclusive<f64>) -> String {
        let near = |place: f64| (place - mark.value).abs() <= 1e-9 * (range.end() - range.start());
        self.ticks(*range.start(), *range.end()).find(|tick| near(tick.0)).map(|(_, label)| label).unwrap_or_default()
    }
}

/// The plot of a plane on this many points, with the names of its axes; `log` says which are logarithmic. It is moved and zoomed
/// by hand, and has no grid and no read-out of its own.
pub fn plane_plot<'a>(name: &str, size: egui::Vec2, log: [bool; 2], names: [String; 2]) -> Plot<'a> {
    let across = AxisLabels::horizontal(size.x - LABELS, log[0]);
    let up = AxisLabels::vertical(size.y - 30.0, log[1]);
    let [x, y] = names;
    Plot::new(name)
        .show_grid(false)
        .auto_bounds(false)
        .show_x(false)
        .show_y(false)
        .allow_boxed_zoom(false)
        .allow_double_click_reset(false)
        .width(size.x)
        .height(size.y)
        // Wide enough for its labels: an axis as wide as they are changes the map's shape, and with it the labels.
        .y_axis_min_width(LABELS)
        .x_grid_spacer(move |input| across.marks(&input))
        .y_grid_spacer(move |input| up.marks(&input))
        .x_axis_formatter(move |mark, range| across.label(mark, range))
        .y_axis_formatter(move |mark, range| up.label(mark, range))
        .x_axis_label(x)
        .y_axis_label(y)
        .label_formatter(|_| None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_axis_has_three_to_eight_labels() {
        for (axis, bounds) in [
            (AxisLabels::horizontal(90.0, false), (-0.013, 0.017)),
            (AxisLabels::horizontal(1200.0, true), (-0.04, 5.04)),
            (AxisLabels::horizontal(300.0, false).of_steps(), (-1000.0, 101_000.0)),
            (AxisLabels::vertical(70.0, true), (-300.0, 2.0)),
            (AxisLabels::vertical(70.0, true), (0.0, 0.4)),
            (AxisLabels::vertical(600.0, false), (8.000_01, 8.000_02)),
        ] {
            let marks = axis.marks(&GridInput { bounds, base_step_size: 1.0 });
            let mut labels: Vec<String> = marks.iter().map(|&mark| axis.label(mark, &(bounds.0..=bounds.1))).collect();
            assert!((3..=8).contains(&labels.len()) && !labels.contains(&String::new()), "{bounds:?}: {labels:?}");
            labels.dedup();
            assert_eq!(labels.len(), marks.len(), "{bounds:?}: {labels:?}");
        }
    }
}
