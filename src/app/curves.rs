//! The live curves against the step: values, eigenvalues, alignment.

use std::collections::BTreeSet;
use std::ops::Range;

use egui::{Color32, RichText, Stroke, Ui, Vec2b};
use egui_plot::{GridInput, GridMark, HoverPosition, Line, LineStyle, Plot, PlotPoint, PlotPoints, VLine};

use super::command::Command;
use super::fields::number_text;
use super::session::{Lane, Session};
use super::theme::Colours;
use crate::run::{Curve, Scale, Scenario};
use crate::sharpness::Point;

/// The three plots: title, curves, whether the value axis may be logarithmic.
const PLOTS: [(&str, &[Curve], bool); 3] = [
    ("Loss", &[Curve::Loss, Curve::GradNorm], true),
    (
        "Sharpness",
        &[Curve::Lambda1, Curve::OtherEigenvalues, Curve::Trace, Curve::LambdaEdge, Curve::TwoOverEta, Curve::Rayleigh],
        true,
    ),
    ("Alignment", &[Curve::Alignment], false),
];

fn name(curve: Curve) -> &'static str {
    match curve {
        Curve::Loss => "L",
        Curve::GradNorm => "‖g‖",
        Curve::Lambda1 => "λ1",
        Curve::OtherEigenvalues => "λ2…λD",
        Curve::Trace => "Tr H",
        Curve::LambdaEdge => "λ edge",
        Curve::TwoOverEta => "2/η",
        Curve::Rayleigh => "⟨ĝ,Hĝ⟩",
        Curve::Alignment => "|⟨ĝ,v1⟩|",
    }
}

fn explanation(curve: Curve) -> &'static str {
    match curve {
        Curve::Loss => "The loss",
        Curve::GradNorm => "The gradient's norm",
        Curve::Lambda1 => "The Hessian's top eigenvalue: what full-batch SAM minimizes",
        Curve::OtherEigenvalues => "The Hessian's other eigenvalues",
        Curve::Trace => "The sum of the eigenvalues: what 1-SAM minimizes",
        Curve::LambdaEdge => "SAM's edge of stability, below 2/η",
        Curve::TwoOverEta => "Gradient descent's edge of stability",
        Curve::Rayleigh => "Rayleigh quotient: the curvature along the gradient",
        Curve::Alignment => "How well the gradient is aligned with the top eigenvector: 1 is perfect",
    }
}

fn style(curve: Curve) -> (LineStyle, f32, f32) {
    match curve {
        Curve::Loss | Curve::Lambda1 | Curve::Alignment => (LineStyle::Solid, 1.8, 1.0),
        Curve::GradNorm | Curve::Trace => (LineStyle::dashed_loose(), 1.5, 0.9),
        Curve::OtherEigenvalues => (LineStyle::Solid, 1.0, 0.55),
        Curve::LambdaEdge => (LineStyle::dotted_dense(), 1.6, 0.9),
        Curve::TwoOverEta => (LineStyle::dashed_dense(), 1.0, 0.6),
        Curve::Rayleigh => (LineStyle::Solid, 1.0, 0.8),
    }
}

/// Shows the legend and the plots.
pub fn show(ui: &mut Ui, session: &Session, hidden: &BTreeSet<usize>, focus: usize) -> Vec<Command> {
    let mut commands = legend(ui, session, hidden, focus);
    let mut draft = session.scenario().clone();
    axes_controls(ui, &mut draft);
    let header = 26.0;
    let total = (ui.available_height() - 3.0 * header).max(0.0);
    // At least this high, so that a short window scrolls instead of crushing them.
    let heights = [0.34, 0.40, 0.26].map(|share| (total * share).max(90.0));
    let axes = step_axes(session, hidden, ui.available_width());
    egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        for ((title, curves, may_be_log), height) in PLOTS.iter().zip(heights) {
            toggles(ui, title, curves, &mut draft);
            let log = *may_be_log && session.scenario().view.value_scale == Scale::Log;
            commands.extend(plot(ui, title, curves, log, height - 6.0, session, &axes));
        }
    });
    if draft != *session.scenario() {
        commands.push(Command::Edit(Box::new(draft)));
    }
    commands
}

/// One chip for each optimizer: click to hide and show; the eye chooses whose geometry the map draws.
fn legend(ui: &mut Ui, session: &Session, hidden: &BTreeSet<usize>, focus: usize) -> Vec<Command> {
    let mut commands = Vec::new();
    let colours = Colours::of(ui);
    ui.horizontal_wrapped(|ui| {
        for lane in session.lanes() {
            let name = lane.racer.spec().id.info().name;
            let visible = !hidden.contains(&lane.index);
            let colour = if visible { colours.lane(lane.index) } else { ui.visuals().weak_text_color() };
            let chip = ui.selectable_label(visible, RichText::new(format!("— {name}")).color(colour).strong());
            if chip.on_hover_text("Hide or show").clicked() {
                commands.push(Command::ToggleLane(lane.index));
            }
            let eye = ui.selectable_label(focus == lane.index, RichText::new("∇²").size(11.0));
            if eye.on_hover_text(format!("Draw the Hessian's ellipse and top eigenvector at {name}'s head")).clicked() {
                commands.push(Command::Focus(lane.index));
            }
        }
    });
    commands
}

fn axes_controls(ui: &mut Ui, draft: &mut Scenario) {
    ui.horizontal(|ui| {
        for (text, scale) in [("log steps", &mut draft.view.step_scale), ("log values", &mut draft.view.value_scale)] {
            let log = *scale == Scale::Log;
            if ui.selectable_label(log, RichText::new(text).size(11.5)).clicked() {
                *scale = if log { Scale::Linear } else { Scale::Log };
            }
        }
    });
}

/// A plot's title and a chip for each of its curves.
fn toggles(ui: &mut Ui, title: &str, curves: &[Curve], draft: &mut Scenario) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 3.0;
        ui.label(RichText::new(title).strong().size(12.0));
        for &curve in curves {
            let shown = draft.view.curves.contains(&curve);
            let chip = ui.selectable_label(shown, RichText::new(name(curve)).size(11.5));
            if chip.on_hover_text(explanation(curve)).clicked() {
                if shown {
                    draft.view.curves.retain(|&other| other != curve);
                } else {
                    draft.view.curves.push(curve);
                }
            }
        }
    });
}

/// One plot; a click on it moves the scrubber there.
fn plot(
    ui: &mut Ui,
    title: &str,
    curves: &[Curve],
    log: bool,
    height: f32,
    session: &Session,
    axes: &[(&Lane, StepAxis)],
) -> Option<Command> {
    let log_steps = session.scenario().view.step_scale == Scale::Log;
    let colours = Colours::of(ui);
    let mut lines = Vec::new();
    for (lane, axis) in axes {
        for &curve in curves.iter().filter(|curve| session.scenario().view.curves.contains(curve)) {
            lane_lines(&mut lines, lane, curve, axis, log, colours.lane(lane.index));
        }
    }
    let cursor = session.cursor.map(|step| StepAxis::place(step.max(u64::from(log_steps)), log_steps));
    let value_text = move |value: f64| number_text(short(if log { 10f64.powf(value) } else { value }));
    let step_text = move |place: f64| super::transport::grouped(StepAxis::step(place, log_steps));
    let mut plot = Plot::new(title);
    if curves.contains(&Curve::Alignment) {
        // Its whole range, always: a change in the 16th digit is none.
        plot = plot.include_y(0.0).include_y(1.0);
    }
    let shown = plot
        .height(height)
        // The last label of the step axis is centred on the plot's right end.
        .width(ui.available_width() - 16.0)
        .allow_scroll(false)
        .allow_drag(false)
        .allow_axis_zoom_drag(false)
        .allow_zoom(false)
        .show_axes(true)
        .show_grid(true)
        .grid_color(colours.grid())
        .auto_bounds(true)
        .set_margin_fraction(egui::vec2(0.01, 0.06))
        .link_cursor(egui::Id::unique("steps"), Vec2b::new(true, false))
        .link_axis(egui::Id::unique("steps"), Vec2b::new(true, false))
        .y_axis_min_width(38.0)
        .x_grid_spacer(move |input| if log_steps { log_marks(&input) } else { egui_plot::log_grid_spacer(10)(input) })
        .y_grid_spacer(move |input| if log { log_marks(&input) } else { egui_plot::log_grid_spacer(10)(input) })
        .x_axis_formatter(move |mark: GridMark, _| step_label(mark, log_steps))
        .y_axis_formatter(move |mark: GridMark, range| value_label(mark, log, range.end() - range.start()))
        .label_formatter(move |position: &HoverPosition| match position {
            HoverPosition::NearDataPoint { plot_name, position, .. } => {
                Some(format!("{plot_name} = {}\nstep {}", value_text(position.y), step_text(position.x)))
            }
            HoverPosition::Elsewhere { .. } => None,
        })
        .show(ui, |plot_ui| {
            for line in lines {
                plot_ui.line(line);
            }
            if let Some(cursor) = cursor {
                plot_ui.vline(VLine::new("", cursor).color(colours.ink().gamma_multiply(0.6)).width(1.0));
            }
        });
    if !shown.response.clicked() {
        return None;
    }
    let pointer = shown.response.interact_pointer_pos()?;
    let step = StepAxis::step(shown.transform.value_from_position(pointer).x, log_steps);
    Some(Command::Scrub((step < session.step()).then_some(step)))
}

/// The lines of one curve of one lane.
fn lane_lines(lines: &mut Vec<Line<'static>>, lane: &Lane, curve: Curve, axis: &StepAxis, log: bool, colour: Color32) {
    let (style, width, opacity) = style(curve);
    let stroke = Stroke::new(width, colour.gamma_multiply(opacity));
    let method = lane.racer.spec().id.info().name;
    let mut add = |label: String, points: Vec<PlotPoint>| {
        if !points.is_empty() {
            lines.push(Line::new(label, PlotPoints::Owned(points)).stroke(stroke).style(style));
        }
    };
    match curve {
        Curve::OtherEigenvalues => {
            for i in 1..lane.head.eigenvalues.len() {
                add(format!("{method} λ{}", i + 1), axis.line(lane, log, |point| Some(point.eigenvalues[i])));
            }
        }
        Curve::TwoOverEta => {
            let y = 2.0 / lane.racer.spec().eta;
            let y = if log { y.log10() } else { y };
            add(format!("{method} 2/η"), axis.ends().map(|x| PlotPoint::new(x, y)).to_vec());
        }
        _ => add(format!("{method} {}", name(curve)), axis.line(lane, log, |point| value(point, curve))),
    }
}

fn value(point: &Point, curve: Curve) -> Option<f64> {
    match curve {
        Curve::Loss => Some(point.loss),
        Curve::GradNorm => Some(point.grad_norm),
        Curve::Lambda1 => Some(point.eigenvalues[0]),
        Curve::Trace => Some(point.trace),
        Curve::LambdaEdge => Some(point.lambda_edge),
        Curve::Rayleigh => point.rayleigh,
        Curve::Alignment => point.alignment,
        Curve::OtherEigenvalues | Curve::TwoOverEta => None,
    }
}

/// Points of a curve are told apart down to this many pixels along the step axis.
const COLUMN: f32 = 2.0;

/// The step axis of every visible lane, for plots in a panel of this width.
fn step_axes<'a>(session: &'a Session, hidden: &BTreeSet<usize>, width: f32) -> Vec<(&'a Lane, StepAxis)> {
    let log = session.scenario().view.step_scale == Scale::Log;
    let columns = ((width - 66.0) / COLUMN).max(10.0) as usize;
    let visible = session.lanes().iter().filter(|lane| !hidden.contains(&lane.index));
    visible.map(|lane| (lane, StepAxis::new(lane, session.step(), log, columns))).collect()
}

/// Where a lane's points are along the step axis, and which of them share a column of pixels.
struct StepAxis {
    /// Each point's place on the axis, the head's last.
    places: Vec<f64>,
    /// Consecutive points of one column.
    columns: Vec<Range<usize>>,
    first: f64,
    last: f64,
}

impl StepAxis {
    /// The place of a step on the axis; a logarithmic axis has none for step 0.
    fn place(step: u64, log: bool) -> f64 {
        if log { (step as f64).log10() } else { step as f64 }
    }

    /// The step at a place.
    fn step(place: f64, log: bool) -> u64 {
        (if log { 10f64.powf(place) } else { place }).round().max(0.0) as u64
    }

    fn new(lane: &Lane, last_step: u64, log: bool, count: usize) -> Self {
        let steps = lane.points.iter().map(|point| point.step).chain([lane.head.step]);
        let places: Vec<f64> = steps.map(|step| Self::place(step, log)).collect();
        let first = Self::place(u64::from(log), log);
        let last = Self::place(last_step, log).max(first);
        let per_column = count as f64 / (last - first).max(1e-12);
        let mut columns: Vec<Range<usize>> = Vec::with_capacity(count + 1);
        let mut current = usize::MAX;
        for (i, place) in places.iter().enumerate().filter(|(_, place)| place.is_finite()) {
            let column = ((place - first) * per_column) as usize;
            match columns.last_mut() {
                Some(range) if column == current => range.end = i + 1,
                _ => columns.push(i..i + 1),
            }
            current = column;
        }
        Self { places, columns, first, last }
    }

    fn ends(&self) -> [f64; 2] {
        [self.first, self.last]
    }

    /// The lane's values as a line with at most two points per column, the least and the greatest there,
    /// so that an oscillation shows as a band. A logarithmic axis leaves out values ≤ 0 and those
    /// below 1e-16 of the largest: a loss that falls to 1e-300 would press everything else into a line.
    fn line(&self, lane: &Lane, log: bool, value: impl Fn(&Point) -> Option<f64>) -> Vec<PlotPoint> {
        let at = |i: usize| value(lane.points.get(i).unwrap_or(&lane.head)).filter(|y| y.is_finite());
        let mut extremes = Vec::with_capacity(self.columns.len());
        let mut largest = 0.0_f64;
        for column in &self.columns {
            let mut found: Option<[(usize, f64); 2]> = None;
            for i in column.clone() {
                let Some(y) = at(i).filter(|&y| !log || y > 0.0) else { continue };
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

/// Marks of a logarithmic axis, at exponents: every n-th power of ten, and 2 … 9 times it where there is room.
fn log_marks(input: &GridInput) -> Vec<GridMark> {
    let (low, high) = input.bounds;
    let span = high - low;
    if !(span.is_finite() && span < 1e4) {
        return Vec::new();
    }
    // A label's height is about four of the plot's smallest grid steps.
    let apart = (4.0 * input.base_step_size).max(span / 6.0);
    let stride = [1, 2, 5, 10, 20, 50, 100].into_iter().find(|&n| f64::from(n) >= apart).unwrap_or(200);
    if span < 0.7 {
        return round_marks(low, high);
    }
    let mut marks = Vec::new();
    for k in low.floor() as i64 - 1..=high.ceil() as i64 {
        let major = k.rem_euclid(i64::from(stride)) == 0;
        if major {
            marks.push(GridMark { value: k as f64, step_size: f64::from(stride) });
        }
        if stride == 1 && span < 4.0 {
            let minor = |m: u8| GridMark { value: k as f64 + f64::from(m).log10(), step_size: 0.2 };
            marks.extend((2..10).map(minor));
        }
    }
    marks.retain(|mark| (low..=high).contains(&mark.value));
    marks
}

/// Marks at about six round values between 10^`low` and 10^`high`, for an axis shorter than a decade.
fn round_marks(low: f64, high: f64) -> Vec<GridMark> {
    let (from, to) = (10f64.powf(low), 10f64.powf(high));
    let raw = (to - from) / 6.0;
    let decade = 10f64.powf(raw.log10().floor());
    let step = decade * [1.0, 2.0, 5.0, 10.0].into_iter().find(|m| m * decade >= raw).unwrap_or(10.0);
    let (first, last) = ((from / step).ceil() as i64, (to / step).floor() as i64);
    (first..=last).map(|n| GridMark { value: (n as f64 * step).log10(), step_size: 1.0 }).collect()
}

fn step_label(mark: GridMark, log: bool) -> String {
    if log {
        return if mark.step_size >= 1.0 { number_text(short(10f64.powf(mark.value))) } else { String::new() };
    }
    if mark.value < 0.0 { String::new() } else { super::transport::grouped(mark.value.round() as u64) }
}

/// A value's label; on a logarithmic axis of few decades also 2 and 5 times the powers.
fn value_label(mark: GridMark, log: bool, span: f64) -> String {
    if !log {
        return number_text(short(mark.value));
    }
    let value = short(10f64.powf(mark.value));
    let digit = (value / 10f64.powf(value.log10().floor())).round();
    let wanted = mark.step_size >= 1.0 || (span < 2.2 && [2.0, 5.0].contains(&digit));
    if wanted { number_text(value) } else { String::new() }
}

/// Three significant digits.
fn short(value: f64) -> f64 {
    format!("{value:.2e}").parse().unwrap_or(value)
}
