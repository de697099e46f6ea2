//! Where a run's points lie along the step axis, and a curve thinned to what a plot can show.

use std::collections::BTreeSet;

use egui_plot::PlotPoint;

use crate::app::session::Session;
use crate::race::{Phases, Run, thinned};
use crate::run::Scale;

/// Points of a curve are told apart down to this many pixels along the step axis.
const COLUMN: f32 = 2.0;

/// The step axis of every visible run, for plots in a panel of this width.
pub fn step_axes<'a>(session: &'a Session, hidden: &BTreeSet<usize>, width: f32) -> Vec<(&'a Run, StepAxis)> {
    let log = session.scenario().view.step_scale == Scale::Log;
    let columns = f64::from((width - 66.0) / COLUMN).max(10.0);
    let visible = session.runs().iter().filter(|run| !hidden.contains(&run.index()));
    visible.map(|run| (run, StepAxis::new(run, session.step(), log, columns))).collect()
}

/// Where the steps of a run lie along the step axis.
pub struct StepAxis {
    first: f64,
    last: f64,
    log: bool,
    /// Columns of pixels per unit.
    per_unit: f64,
    /// The run's points: all of its curves have the same.
    pub own: Steps,
}

/// Steps of a run, ascending, on the axis.
#[derive(Default)]
pub struct Steps {
    pub phases: Phases,
    pub places: Vec<f64>,
    /// The columns of pixels that they are in.
    columns: Vec<f64>,
}

impl Steps {
    /// A stroke through some of them and their values, with at most two points per column. A logarithmic axis of values leaves
    /// out those ≤ 0 and those below 1e-16 of the largest: a loss that falls to 1e-300 would press everything else into a line.
    pub fn line(&self, values: &[f64], stroke: &[usize], log: bool) -> Vec<PlotPoint> {
        let largest = || values.iter().copied().filter(|value| value.is_finite()).fold(0.0, f64::max);
        let floor = if log { 1e-16 * largest() } else { f64::NEG_INFINITY };
        let points = stroke.iter().filter(|&&i| values[i] > floor);
        let shown = thinned(points.map(|&i| (self.columns[i], [self.places[i], values[i]])));
        let mut line = Vec::with_capacity(shown.len());
        for [x, y] in shown {
            push_level(&mut line, PlotPoint::new(x, if log { y.log10() } else { y }));
        }
        line
    }
}

impl StepAxis {
    /// The place of a step of the race on the axis; a logarithmic axis has none for step 0.
    pub fn place(step: f64, log: bool) -> f64 {
        if log { step.log10() } else { step }
    }

    /// The step at a place.
    pub fn step(place: f64, log: bool) -> u64 {
        (if log { 10f64.powf(place) } else { place }).round().max(0.0) as u64
    }

    fn new(run: &Run, last_step: u64, log: bool, columns: f64) -> Self {
        let first = if log { 0.0 } else { Self::place(0.0, log) };
        let last = Self::place(last_step as f64, log).max(first);
        let axis = Self { first, last, log, per_unit: columns / (last - first).max(1e-12), own: Steps::default() };
        Self { own: axis.steps(run, &run.steps()), ..axis }
    }

    /// Steps of a run.
    pub fn steps(&self, run: &Run, steps: &[u64]) -> Steps {
        let places: Vec<f64> = steps.iter().map(|&step| Self::place(run.race_step(step), self.log)).collect();
        let columns = places.iter().map(|place| ((place - self.first) * self.per_unit).floor()).collect();
        Steps { phases: Phases::of(steps), places, columns }
    }

    /// The axis's two ends.
    pub fn ends(&self) -> [f64; 2] {
        [self.first, self.last]
    }
}

/// Adds a point; a level stretch keeps only its two ends.
fn push_level(line: &mut Vec<PlotPoint>, point: PlotPoint) {
    let level = |y: f64| (y - point.y).abs() <= 1e-9 * (1.0 + point.y.abs());
    if let [.., before, last] = &mut line[..]
        && level(before.y)
        && level(last.y)
    {
        *last = point;
    } else {
        line.push(point);
    }
}
