//! The marks and labels of a plot's axes: the core's ticks for egui_plot. And the plot of a plane, map or sweep, which has them.

use std::cell::RefCell;
use std::ops::RangeInclusive;
use std::rc::Rc;

use egui_plot::{GridInput, GridMark, Plot};

use super::transport::grouped;
use crate::field::ticks;
use crate::figure::plain;

/// The width of a plane's vertical axis: its name beside labels such as −0.125.
const LABELS: f32 = 62.0;

/// Places on an axis with their labels.
type Ticks = Rc<[(f64, String)]>;

/// An axis of a plot.
#[derive(Clone)]
pub struct AxisLabels {
    /// Whether its places are exponents of ten.
    log: bool,
    /// For how many labels there is room.
    room: f64,
    /// Whether it is of steps: whole numbers from 0 on.
    is_of_steps: bool,
    /// The two places that were asked for last, and what is between them: the plot asks for every mark's label by itself.
    last: Rc<RefCell<([f64; 2], Ticks)>>,
}

impl AxisLabels {
    /// A horizontal axis of so many points.
    pub fn horizontal(points: f32, log: bool) -> Self {
        Self::new(log, points / 64.0)
    }

    /// A vertical axis of so many points.
    pub fn vertical(points: f32, log: bool) -> Self {
        Self::new(log, points / 24.0)
    }

    fn new(log: bool, room: f32) -> Self {
        let last = Rc::new(RefCell::new(([f64::NAN; 2], Ticks::default())));
        Self { log, room: f64::from(room), is_of_steps: false, last }
    }

    /// The same axis of steps.
    pub fn of_steps(self) -> Self {
        Self { is_of_steps: true, ..self }
    }

    /// Places and labels between two places.
    fn ticks(&self, low: f64, high: f64) -> Ticks {
        let mut last = self.last.borrow_mut();
        if last.0 != [low, high] {
            *last = ([low, high], self.ticks_anew(low, high));
        }
        Rc::clone(&last.1)
    }

    fn ticks_anew(&self, low: f64, high: f64) -> Ticks {
        let [value, place]: [fn(f64) -> f64; 2] =
            if self.log { [|place| 10f64.powf(place), f64::log10] } else { [|place| place, |value| value] };
        let is_shown = |value: f64| !self.is_of_steps || (value >= 0.0 && value.fract() == 0.0);
        let all = ticks([value(low), value(high)], self.log, self.room).into_iter();
        all.filter(|tick| is_shown(tick.0))
            .map(|(value, label)| {
                let is_count = self.is_of_steps && !self.log;
                (place(value), if is_count { grouped(value as u64) } else { plain(&label) })
            })
            .collect()
    }

    /// Where the marks are. All of them are labelled: each stands for as much as the axis is long.
    fn marks(&self, input: &GridInput) -> Vec<GridMark> {
        let (low, high) = input.bounds;
        self.ticks(low, high).iter().map(|&(value, _)| GridMark { value, step_size: high - low }).collect()
    }

    /// A mark's label.
    fn label(&self, mark: GridMark, range: &RangeInclusive<f64>) -> String {
        let near = |place: f64| (place - mark.value).abs() <= 1e-9 * (range.end() - range.start());
        let ticks = self.ticks(*range.start(), *range.end());
        ticks.iter().find(|tick| near(tick.0)).map(|(_, label)| label.clone()).unwrap_or_default()
    }

    /// A plot with this axis across.
    pub fn across(self, plot: Plot<'_>) -> Plot<'_> {
        let marks = self.clone();
        plot.x_grid_spacer(move |input| marks.marks(&input))
            .x_axis_formatter(move |mark, range| self.label(mark, range))
    }

    /// A plot with this axis upwards.
    pub fn up(self, plot: Plot<'_>) -> Plot<'_> {
        let marks = self.clone();
        plot.y_grid_spacer(move |input| marks.marks(&input))
            .y_axis_formatter(move |mark, range| self.label(mark, range))
    }
}

/// The plot of a plane on this many points, with the names of its axes; `log` says which are logarithmic. It is moved and zoomed
/// by hand, and has no grid and no read-out of its own.
pub fn plane_plot<'a>(name: &str, size: egui::Vec2, log: [bool; 2], names: [String; 2]) -> Plot<'a> {
    let across = AxisLabels::horizontal(size.x - LABELS, log[0]);
    let up = AxisLabels::vertical(size.y - 30.0, log[1]);
    let [x, y] = names;
    up.up(across.across(Plot::new(name)))
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
