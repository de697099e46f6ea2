//! Where a run's points lie along the step axis, and a curve thinned to what a plot can show.

use std::collections::BTreeSet;
use std::ops::Range;

use egui_plot::PlotPoint;

use crate::app::session::Session;
use crate::race::Run;
use crate::run::Scale;

/// Points of a curve are told apart down to this many pixels along the step axis.
const COLUMN: f32 = 2.0;

/// The step axis of every visible run, for plots in a panel of this width.
pub fn step_axes<'a>(session: &'a Session, hidden: &BTreeSet<usize>, width: f32) -> Vec<(&'a Run, StepAxis)> {
    let log = session.scenario().view.step_scale == Scale::Log;
    let columns = ((width - 66.0) / COLUMN).max(10.0) as usize;
    let visible = session.runs().iter().filter(|run| !hidden.contains(&run.index()));
    visible.map(|run| (run, StepAxis::new(run, session.step(), log, columns))).collect()
}

/// Where a run's points are along the step axis, and which of them share a column of pixels.
pub struct StepAxis {
    /// Each point's place on the axis.
    places: Vec<f64>,
    /// Consecutive points of one column.
    columns: Vec<Range<usize>>,
    first: f64,
    last: f64,
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

    fn new(run: &Run, last_step: u64, log: bool, count: usize) -> Self {
        let places: Vec<f64> = run.points().iter().map(|point| Self::place(run.race_step(point.step), log)).collect();
        let first = if log { 0.0 } else { Self::place(0.0, log) };
        let last = Self::place(last_step as f64, log).max(first);
        let per_column = count as f64 / (last - first).max(1e-12);
        let mut columns: Vec<Range<usize>> = Vec::with_capacity(count + 1);
        let mut current = i64::MIN;
        for (i, place) in places.iter().enumerate().filter(|(_, place)| place.is_finite()) {
            // Before the first step of the race where a method does several in one.
            let column = ((place - first) * per_column).floor() as i64;
            match columns.last_mut() {
                Some(range) if column == current => range.end = i + 1,
                _ => columns.push(i..i + 1),
            }
            current = column;
        }
        Self { places, columns, first, last }
    }

    /// The axis's two ends.
    pub fn ends(&self) -> [f64; 2] {
        [self.first, self.last]
    }

    /// A value at each of the run's points as a line with at most two points per column, the least and the greatest there,
    /// so that an oscillation shows as a band. A logarithmic axis leaves out values ≤ 0 and those
    /// below 1e-16 of the largest: a loss that falls to 1e-300 would press everything else into a line.
    pub fn line(&self, values: &[f64], log: bool) -> Vec<PlotPoint> {
        let mut extremes = Vec::with_capacity(self.columns.len());
        let mut largest = 0.0_f64;
        for column in &self.columns {
            let mut found: Option<[(usize, f64); 2]> = None;
            for i in column.clone() {
                let y = values[i];
                if !y.is_finite() || (log && y <= 0.0) {
                    continue;
                }
                let [low, high] = found.get_or_insert([(i, y); 2]);
                if y < low.1 {
                    *low = (i, y);
                }
                if y > high.1 {
                    *high = (i, y);
                }
            }
            largest = found.map_or(largest, |[_, high]| largest.max(high.1));
            extremes.extend(found);
        }
        let floor = if log { 1e-16 * largest } else { f64::NEG_INFINITY };
        let mut line = Vec::with_capacity(2 * extremes.len());
        for [low, high] in extremes {
            let (a, b) = if low.0 <= high.0 { (low, high) } else { (high, low) };
            let pair = if a.0 == b.0 { [Some(a), None] } else { [Some(a), Some(b)] };
            for (i, y) in pair.into_iter().flatten().filter(|&(_, y)| y > floor) {
                push_level(&mut line, PlotPoint::new(self.places[i], if log { y.log10() } else { y }));
            }
        }
        line
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
