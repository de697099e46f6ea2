//! One plot of the curves.

use egui::{Color32, Stroke, Ui, Vec2b};
use egui_plot::{FilledArea, HoverPosition, Line, LineStyle, Plot, PlotPoint, PlotPoints, VLine};

use super::axis::StepAxis;
use super::kinds::{name, style};
use crate::app::axis_labels::AxisLabels;
use crate::app::command::Command;
use crate::app::fields::{number_text, three_digits};
use crate::app::lane::Lane;
use crate::app::session::Session;
use crate::app::theme::Colours;
use crate::app::transport::grouped;
use crate::calculus::lambda_m;
use crate::run::{Crowd, Curve, CurveGroup, Scale, Spread};
use crate::sharpness::Point;
use crate::theory::Distances;

/// One plot; a click on it moves the scrubber there.
pub fn show(
    ui: &mut Ui,
    group: &CurveGroup,
    height: f32,
    session: &Session,
    axes: &[(&Lane, StepAxis)],
) -> Option<Command> {
    let log = group.may_be_log && session.scenario().view.value_scale == Scale::Log;
    let log_steps = session.scenario().view.step_scale == Scale::Log;
    let colours = Colours::of(ui);
    let mut drawing = Drawing { lines: Vec::new(), areas: Vec::new(), log, log_steps };
    for (lane, axis) in axes {
        for &curve in group.curves.iter().filter(|curve| session.scenario().view.curves.contains(curve)) {
            drawing.add_curve(lane, curve, axis, colours.lane(lane.index));
        }
    }
    let cursor = session.cursor().map(|step| StepAxis::place(step.max(u64::from(log_steps)) as f64, log_steps));
    let value_text = move |value: f64| number_text(three_digits(if log { 10f64.powf(value) } else { value }));
    let step_text = move |place: f64| grouped(StepAxis::step(place, log_steps));
    let mut plot = Plot::new(group.title);
    if group.curves.contains(&Curve::Alignment) {
        // Its whole range, always: a change in the 16th digit is none.
        plot = plot.include_y(0.0).include_y(1.0);
    }
    // The same steps in all plots, also where a curve has no value at some.
    for end in axes.iter().flat_map(|(_, axis)| axis.ends()) {
        plot = plot.include_x(end);
    }
    let width = ui.available_width() - 16.0;
    let step_axis = AxisLabels::horizontal(width - AXIS, log_steps).of_steps();
    let value_axis = AxisLabels::vertical(height - 20.0, log);
    let shown = plot
        .height(height)
        // The last label of the step axis is centred on the plot's right end.
        .width(width)
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
        .y_axis_min_width(AXIS)
        .x_grid_spacer(move |input| step_axis.marks(&input))
        .y_grid_spacer(move |input| value_axis.marks(&input))
        .x_axis_formatter(move |mark, range| step_axis.label(mark, range))
        .y_axis_formatter(move |mark, range| value_axis.label(mark, range))
        .label_formatter(move |position: &HoverPosition| match position {
            HoverPosition::NearDataPoint { plot_name, position, .. } => {
                Some(format!("{plot_name} = {}\nstep {}", value_text(position.y), step_text(position.x)))
            }
            HoverPosition::Elsewhere { .. } => None,
        })
        .show(ui, |plot_ui| {
            for area in drawing.areas {
                plot_ui.add(area);
            }
            for line in drawing.lines {
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

/// The least width of the value axis.
const AXIS: f32 = 38.0;

/// What the distance to the flow is told for: the law, drawn as the curve itself, and the theorem, fainter.
type FlowLine = (&'static str, fn(&Distances) -> Option<f64>);
const FLOW_LINES: [FlowLine; 2] = [("theorem's flow", |d| d.theorem), ("finite-η law", |d| d.law)];

/// What a plot shows.
struct Drawing {
    lines: Vec<Line<'static>>,
    areas: Vec<FilledArea>,
    log: bool,
    log_steps: bool,
}

/// How a line is drawn.
#[derive(Clone, Copy)]
struct Pen {
    style: LineStyle,
    stroke: Stroke,
}

impl Pen {
    fn of(curve: Curve, colour: Color32) -> Self {
        let (style, width, opacity) = style(curve);
        Self { style, stroke: Stroke::new(width, colour.gamma_multiply(opacity)) }
    }
}

impl Drawing {
    /// The lines of one curve of one lane.
    fn add_curve(&mut self, lane: &Lane, curve: Curve, axis: &StepAxis, colour: Color32) {
        let spec = lane.racer.optimizer();
        let method = spec.id.info().name;
        let pen = Pen::of(curve, colour);
        match curve {
            Curve::OtherEigenvalues => {
                for i in 1..lane.head.eigenvalues.len() {
                    self.add_value(format!("{method} λ{}", i + 1), lane, axis, pen, |point| {
                        Some(point.eigenvalues[i])
                    });
                }
            }
            Curve::TwoOverEta => {
                let y = 2.0 / spec.eta;
                let y = if self.log { y.log10() } else { y };
                self.add(format!("{method} 2/η"), axis.ends().map(|x| PlotPoint::new(x, y)).to_vec(), pen);
            }
            Curve::Limits => {
                let half = 0.5 * spec.rho * spec.rho;
                self.add_value(format!("{method} ρ²λ1/2"), lane, axis, pen, |p| Some(half * p.eigenvalues[0]));
                self.add_value(format!("{method} ρ²λM/2"), lane, axis, pen, |p| {
                    Some(half * lambda_m(&p.eigenvalues))
                });
                let average = |p: &Point| Some(half * p.trace / p.x.len() as f64);
                self.add_value(format!("{method} ρ² Tr H/(2D)"), lane, axis, pen, average);
            }
            Curve::FlowDistance => {
                for (i, (text, pick)) in FLOW_LINES.iter().enumerate() {
                    let at = |point: &Point| pick(lane.distances.get(&point.step)?);
                    let pen = if i == 0 { Pen { stroke: faint(pen.stroke), ..pen } } else { pen };
                    self.add_value(format!("{method}: distance to the {text}"), lane, axis, pen, at);
                }
            }
            _ => {
                let label = format!("{method} {}", name(curve));
                if let Some(crowd) = &lane.crowd {
                    self.add_spread(&label, lane, crowd, curve, pen);
                    self.add_value(label, lane, axis, Pen { stroke: faint(pen.stroke), ..pen }, |p| curve.value(p));
                } else {
                    self.add_value(label, lane, axis, pen, |point| curve.value(point));
                }
            }
        }
    }

    fn add(&mut self, label: String, points: Vec<PlotPoint>, pen: Pen) {
        if !points.is_empty() {
            self.lines.push(Line::new(label, PlotPoints::Owned(points)).stroke(pen.stroke).style(pen.style));
        }
    }

    fn add_value(&mut self, label: String, lane: &Lane, axis: &StepAxis, pen: Pen, at: impl Fn(&Point) -> Option<f64>) {
        let points = axis.line(lane, self.log, at);
        self.add(label, points, pen);
    }

    /// The seeds' mean as a line and the middle 80 % of them as an area.
    fn add_spread(&mut self, label: &str, lane: &Lane, crowd: &Crowd, curve: Curve, pen: Pen) {
        let log = self.log;
        let shown = |spread: &Spread| !log || spread.low > 0.0;
        let spreads = crowd.spread(|point| curve.value(point));
        let spreads: Vec<_> = spreads.into_iter().filter(shown).filter(|s| !self.log_steps || s.step > 0).collect();
        let scaled = |value: f64| if log { value.log10() } else { value };
        let places: Vec<f64> =
            spreads.iter().map(|s| StepAxis::place(lane.race_step(s.step), self.log_steps)).collect();
        let column = |pick: fn(&Spread) -> f64| spreads.iter().map(|s| scaled(pick(s))).collect::<Vec<_>>();
        let (low, mean, high) = (column(|s| s.low), column(|s| s.mean), column(|s| s.high));
        let area = FilledArea::new(format!("{label}, 10–90 % of the seeds"), &places, &low, &high);
        self.areas.push(area.fill_color(pen.stroke.color.gamma_multiply(0.25)));
        let points = places.iter().zip(mean).map(|(&x, y)| PlotPoint::new(x, y)).collect();
        self.add(format!("{label}, mean of {} seeds", crowd.seeds()), points, pen);
    }
}

fn faint(stroke: Stroke) -> Stroke {
    Stroke::new(0.7 * stroke.width, stroke.color.gamma_multiply(0.5))
}
