//! The live curves against the step: values, eigenvalues, alignment.

mod axis;
mod marks;

use std::collections::BTreeSet;

use egui::{Color32, RichText, Stroke, Ui, Vec2b};
use egui_plot::{GridMark, HoverPosition, Line, LineStyle, Plot, PlotPoint, PlotPoints, VLine};

use axis::{StepAxis, step_axes};
use marks::{log_marks, step_label, value_label};

use super::command::Command;
use super::fields::{number_text, three_digits};
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
    let value_text = move |value: f64| number_text(three_digits(if log { 10f64.powf(value) } else { value }));
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
