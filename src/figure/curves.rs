//! Curves against the step.

use super::axis::Axis;
use super::element::{draw_mark, size};
use super::font::Line;
use super::plot::{Labels, Plot};
use super::race::{Race, Run};
use super::sheet::{Area, Drawn, Pen};
use super::style::{self, TEXT};
use crate::run::{Curve, Scale};

/// Columns into which a curve's points are gathered, for each pixel of its width.
const COLUMNS: f64 = 2.0;
/// Marks along a curve.
const MARKS: usize = 4;

/// A curve's symbol.
#[must_use]
pub fn symbol(curve: Curve) -> &'static str {
    match curve {
        Curve::Loss => "L",
        Curve::GradNorm => "‖g‖",
        Curve::Lambda1 => "λ_{1}",
        Curve::OtherEigenvalues => "λ_{2}…λ_{D}",
        Curve::Trace => "Tr H",
        Curve::LambdaEdge => "λ_{edge}",
        Curve::TwoOverEta => "2/η",
        Curve::Rayleigh => "⟨ĝ,Hĝ⟩",
        Curve::Alignment => "|⟨ĝ,v_{1}⟩|",
        Curve::RMax => "R^{Max}",
        Curve::RAsc => "R^{Asc}",
        Curve::RAvg => "R^{Avg}",
        Curve::Limits => "ρ²S",
        Curve::FlowDistance => "distance to the flow",
    }
}

/// What a plot of curves shows.
#[derive(Clone, Copy, Debug)]
pub struct CurvesOf<'a> {
    /// The race.
    pub race: &'a Race,
    /// The curves, each with its own dashes.
    pub curves: &'a [Curve],
    /// Whether the value axis may be logarithmic.
    pub may_be_log: bool,
}

/// The dashes of the k-th curve of a plot.
fn pen(run: &Run, k: usize) -> Pen {
    let pen = Pen::new(style::lane(run.index), if k == 0 { 1.5 } else { 1.1 });
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
    let with_dashes = |(k, &curve): (usize, &Curve)| format!("{} ({})", symbol(curve), DASHES_IN_WORDS[k % 4]);
    let long: Vec<String> = curves.iter().enumerate().map(with_dashes).collect();
    let mut short: Vec<String> = curves.iter().map(|&curve| symbol(curve).to_owned()).collect();
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
    let log = of.may_be_log && view.value_scale == Scale::Log;
    let log_steps = view.step_scale == Scale::Log;
    let columns = COLUMNS * size(&super::plot::inner(area))[0];
    let last = of.race.last_step().max(1.0);
    let x = if log_steps { Axis::log(1.0, last.max(10.0)) } else { Axis::linear(0.0, last) };
    let mut lines = Vec::new();
    for run in &of.race.runs {
        for (k, &curve) in of.curves.iter().enumerate() {
            lines.extend(run.lines(curve).into_iter().map(|line| (run, k, thinned(&line, &x, columns))));
        }
    }
    let values = lines.iter().flat_map(|(_, _, line)| line).map(|point| point[1]);
    let y = match of.curves {
        // Its whole range, always: a change in the 16th digit is none.
        [Curve::Alignment] => Axis::linear(0.0, 1.05),
        _ => Axis::around(values, log),
    };
    let heading = heading(of.curves, size(&super::plot::inner(area))[0]);
    let plot = Plot::new(area, x, y, &Labels { title: &heading, x: "step", y: "", grid: true })?;
    for (run, _, line) in &mut lines {
        let last = run.race_step(run.head().step);
        line.retain(|point| point[0] <= last);
    }
    for (run, k, line) in &lines {
        let shown = line.iter().copied().filter(|point| !log || point[1] > 0.0);
        plot.line(shown, pen(run, *k))?;
    }
    for (run, _, line) in lines.iter().filter(|(_, k, _)| *k == 0) {
        marks(&plot, run, line)?;
    }
    plot.border()
}

/// Marks at equal distances along the step axis, each method's shifted against the others'.
fn marks(plot: &Plot, run: &Run, line: &[[f64; 2]]) -> Drawn {
    for k in 0..MARKS {
        let share = (k as f64 + 0.35 + 0.13 * (run.index % 4) as f64) / MARKS as f64;
        let step = plot.x.value(share);
        let Some(&point) = line.iter().find(|point| point[0] >= step).filter(|&&point| plot.holds(point)) else {
            continue;
        };
        draw_mark(&plot.area, run.index, plot.place(point), 2.4)?;
    }
    Ok(())
}

/// At most two points in each column of the step axis, the least and the greatest there, so that an oscillation shows as
/// a band.
fn thinned(line: &[[f64; 2]], x: &Axis, columns: f64) -> Vec<[f64; 2]> {
    let column = |point: &[f64; 2]| (x.share(point[0]) * columns).floor();
    let on_axis: Vec<&[f64; 2]> =
        line.iter().filter(|point| point[1].is_finite() && x.share(point[0]).is_finite()).collect();
    let mut kept = Vec::new();
    for group in on_axis.chunk_by(|a, b| column(a) == column(b)) {
        let by_value = |a: &&&[f64; 2], b: &&&[f64; 2]| a[1].total_cmp(&b[1]);
        let (Some(low), Some(high)) = (group.iter().min_by(by_value), group.iter().max_by(by_value)) else { continue };
        let (first, second) = if low[0] <= high[0] { (low, high) } else { (high, low) };
        kept.push(**first);
        if first != second {
            kept.push(**second);
        }
    }
    kept
}
