//! Curves against the step.

use super::axis::Axis;
use super::chart::{self, Series};
use super::element::size;
use super::font::Line;
use super::mark::Pen;
use super::plot::Labels;
use super::sheet::{Area, Drawn};
use super::style::{self, TEXT};
use crate::race::{CurveLine, Phases, Race, Run, fits_log};
use crate::run::Scale;
use crate::sharpness::Curve;

/// What a plot of curves shows.
#[derive(Clone, Copy, Debug)]
pub struct CurvesOf<'a> {
    /// The race.
    pub race: &'a Race,
    /// The curves, each with its own dashes.
    pub curves: &'a [Curve],
}

/// The dashes of the k-th curve of a plot.
fn pen(run: &Run, k: usize) -> Pen {
    let pen = Pen::new(style::method(run.index()), if k == 0 { 1.5 } else { 1.1 });
    match k % 4 {
        0 => pen,
        1 => pen.dashed(5.0, 2.5),
        2 => pen.dashed(1.5, 2.0),
        _ => pen.dashed(8.0, 2.0),
    }
}

const DASHES_IN_WORDS: [&str; 4] = ["solid", "dashed", "dotted", "long-dashed"];

/// The curves' symbols, with their dashes in words where there are several and room for that; as many as fit in `width`.
fn heading(curves: &[Curve], width: f64) -> String {
    let fits = |text: &str| Line::of(text, TEXT).width <= width;
    let all = |names: &[String]| names.join(", ");
    let with_dashes =
        |(k, &curve): (usize, &Curve)| format!("{} ({})", curve.info().entry.symbol, DASHES_IN_WORDS[k % 4]);
    let long: Vec<String> = curves.iter().enumerate().map(with_dashes).collect();
    let mut short: Vec<String> = curves.iter().map(|&curve| curve.info().entry.symbol.to_owned()).collect();
    if curves.len() > 1 && fits(&all(&long)) {
        return all(&long);
    }
    while short.len() > 1 && !fits(&all(&short)) {
        short.pop();
        if let Some(last) = short.last_mut().filter(|last| !last.ends_with('…')) {
            last.push('…');
        }
    }
    all(&short)
}

/// Draws a plot.
///
/// # Errors
/// None on a sheet.
pub fn draw(area: &Area, of: &CurvesOf) -> Drawn {
    let view = &of.race.scenario.view;
    let log = view.value_scale == Scale::Log;
    let last = of.race.last_step().max(1.0);
    let x = if view.step_scale == Scale::Log { Axis::log(1.0, last.max(10.0)) } else { Axis::linear(0.0, last) };
    let until = of.race.shown_until().map_or(f64::INFINITY, |step| step as f64);
    let runs = || of.race.runs().iter().flat_map(|run| of.curves.iter().enumerate().map(move |(k, &c)| (run, k, c)));
    let all: Vec<Series> = runs().flat_map(|(run, k, curve)| series(run, k, curve, until)).collect();
    let values = || all.iter().flat_map(Series::values);
    let y = match of.curves.first().and_then(|curve| curve.info().group.range()) {
        Some([low, high]) => Axis::linear(low, high + 0.05 * (high - low)),
        None => Axis::around(values(), log && fits_log(values())),
    };
    let heading = heading(of.curves, size(&super::plot::inner(area))[0]);
    let labels = Labels { title: &heading, x: "step", y: "", grid: true };
    chart::draw(area, [x, y], &labels, &all)
}

/// The strokes of a curve that is the k-th of its plot, up to a step of the race; with several seeds, where it is one number of a
/// point, their mean.
fn series(run: &Run, k: usize, curve: Curve, until: f64) -> Vec<Series> {
    let pen = pen(run, k);
    let Some(spread) = run.spread(curve) else {
        let line = |line: CurveLine| {
            let pen = Pen { colour: pen.colour.faded(line.opacity), ..pen };
            stroke_by_stroke(run, &run.steps(), &line.values, pen, until)
        };
        return run.lines(curve).into_iter().flat_map(line).collect();
    };
    let (steps, means): (Vec<u64>, Vec<f64>) = spread.iter().map(|s| (s.step, s.mean)).unzip();
    let mut all = stroke_by_stroke(run, &steps, &means, pen, until);
    for (series, stroke) in all.iter_mut().zip(Phases::of(&steps).strokes(&means)) {
        series.band = stroke.iter().map(|&i| [run.race_step(spread[i].step), spread[i].low, spread[i].high]).collect();
    }
    all
}

/// The strokes of a line through these steps and values.
fn stroke_by_stroke(run: &Run, steps: &[u64], values: &[f64], pen: Pen, until: f64) -> Vec<Series> {
    let place = |i: usize| [run.race_step(steps[i]), values[i]];
    let strokes = Phases::of(steps).strokes(values).into_iter().enumerate();
    let series = |(k, stroke): (usize, Vec<usize>)| Series {
        // On every line: dashes tell the curves apart, and in grey only marks tell whose they are.
        mark: (k == 0).then_some(run.index()),
        until,
        ..Series::new(stroke.into_iter().map(place).collect(), pen)
    };
    strokes.map(series).collect()
}
