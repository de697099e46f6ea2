//! One plot of the curves.

use egui::{Color32, Stroke, Ui, Vec2b};
use egui_plot::{FilledArea, HoverPosition, Line, Plot, PlotPoint, PlotPoints, VLine};

use super::axis::{StepAxis, Steps};
use super::kinds::line_style;
use crate::app::axis_labels::AxisLabels;
use crate::app::command::Command;
use crate::app::described;
use crate::app::session::Session;
use crate::app::theme::Colours;
use crate::app::transport::grouped;
use crate::figure::plain;
use crate::loss::{brief, short};
use crate::race::{CurveLine, Run, fits_log};
use crate::run::{Crowd, Scale, Spread};
use crate::sharpness::{Curve, CurveGroup, Look};

/// One plot; a click on it moves the scrubber there.
pub fn show(
    ui: &mut Ui,
    group: CurveGroup,
    height: f32,
    session: &Session,
    axes: &[(&Run, StepAxis)],
) -> Option<Command> {
    let log_steps = session.scenario().view.step_scale == Scale::Log;
    let shown = drawings(session, group, axes);
    let values = shown.iter().flat_map(Drawing::values);
    let log = group.range().is_none() && session.scenario().view.value_scale == Scale::Log && fits_log(values);
    let colours = Colours::of(ui);
    let marks: Vec<(Vec<Line>, Vec<FilledArea>)> =
        shown.iter().map(|drawing| drawing.marks(log, log_steps, colours)).collect();
    let cursor = session.cursor().map(|step| StepAxis::place(step.max(u64::from(log_steps)) as f64, log_steps));
    let value_text = move |value: f64| brief(if log { 10f64.powf(value) } else { value });
    let step_text = move |place: f64| grouped(StepAxis::step(place, log_steps));
    let mut plot = Plot::new(group.title());
    for end in group.range().into_iter().flatten() {
        plot = plot.include_y(end);
    }
    // The same steps in all plots, also where a curve has no value at some; so many that the axis has labels at the start, too.
    let first = StepAxis::place(FIRST_STEPS, log_steps);
    for end in axes.iter().flat_map(|(_, axis)| axis.ends()).chain([first]) {
        plot = plot.include_x(end);
    }
    let width = ui.available_width() - 16.0;
    let step_axis = AxisLabels::horizontal(width - AXIS, log_steps).of_steps();
    let value_axis = AxisLabels::vertical(height - 20.0, log);
    let plotted = value_axis
        .up(step_axis.across(plot))
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
        .label_formatter(move |position: &HoverPosition| match position {
            HoverPosition::NearDataPoint { plot_name, position, .. } => {
                Some(format!("{plot_name} = {}\nstep {}", value_text(position.y), step_text(position.x)))
            }
            HoverPosition::Elsewhere { .. } => None,
        })
        .show(ui, |plot_ui| {
            let (lines, areas): (Vec<_>, Vec<_>) = marks.into_iter().unzip();
            for area in areas.into_iter().flatten() {
                plot_ui.add(area);
            }
            for line in lines.into_iter().flatten() {
                plot_ui.line(line);
            }
            if let Some(cursor) = cursor {
                plot_ui.vline(VLine::new("", cursor).color(colours.ink().gamma_multiply(0.6)).width(1.0));
            }
        });
    described::picture(&plotted.response, &format!("Curves of {}", group.title()), || {
        shown.iter().flat_map(Drawing::in_words).collect::<Vec<_>>().join("; ")
    });
    if !plotted.response.clicked() {
        return None;
    }
    let pointer = plotted.response.interact_pointer_pos()?;
    let step = StepAxis::step(plotted.transform.value_from_position(pointer).x, log_steps);
    Some(Command::Scrub((step < session.step()).then_some(step)))
}

/// The least width of the value axis.
const AXIS: f32 = 38.0;
/// The least that the step axis reaches to.
const FIRST_STEPS: f64 = 10.0;

/// One curve of one run.
struct Drawing<'a> {
    run: &'a Run,
    axis: &'a StepAxis,
    curve: Curve,
    lines: Vec<CurveLine>,
    spread: Option<Vec<Spread>>,
}

/// The curves of a plot that are shown, run by run.
fn drawings<'a>(session: &Session, group: CurveGroup, axes: &'a [(&Run, StepAxis)]) -> Vec<Drawing<'a>> {
    let shown = group.curves().filter(|curve| session.scenario().view.curves.contains(curve));
    let of = |&(run, ref axis): &'a (&'a Run, StepAxis), curve: Curve| Drawing {
        run,
        axis,
        curve,
        lines: run.lines(curve),
        spread: run.spread(curve),
    };
    axes.iter().flat_map(|pair| shown.clone().map(move |curve| of(pair, curve))).collect()
}

impl Drawing<'_> {
    fn values(&self) -> impl Iterator<Item = f64> {
        let spread = self.spread.iter().flatten().flat_map(|s| [s.low, s.mean, s.high]);
        self.lines.iter().flat_map(|line| line.values.iter().copied()).chain(spread)
    }

    /// The first and the last value of each of its lines.
    fn in_words(&self) -> impl Iterator<Item = String> {
        self.lines.iter().filter_map(|line| {
            let (first, last) = (line.values.first()?, line.values.last()?);
            Some(format!("{} {} from {} to {}", self.run.name(), plain(&line.label), short(*first), short(*last)))
        })
    }

    /// Its strokes, and the middle 80 % of the seeds as areas.
    fn marks(&self, log: bool, log_steps: bool, colours: Colours) -> (Vec<Line<'static>>, Vec<FilledArea>) {
        let name = |symbol: &str| format!("{} {}", self.run.name(), plain(symbol));
        // Beside the seeds' mean one seed is less to the point.
        let beside = if self.spread.is_some() { 0.5 } else { 1.0 };
        let own = |line: &CurveLine| {
            self.strokes(&name(&line.label), &self.axis.own, &line.values, beside * line.opacity, log, colours)
        };
        let mut lines: Vec<Line> = self.lines.iter().flat_map(own).collect();
        let Some(spread) = &self.spread else { return (lines, Vec::new()) };
        let is_on_axes = |s: &&Spread| (!log || s.low > 0.0) && (!log_steps || s.step > 0);
        let spread: Vec<&Spread> = spread.iter().filter(is_on_axes).collect();
        let (steps, means): (Vec<u64>, Vec<f64>) = spread.iter().map(|s| (s.step, s.mean)).unzip();
        let steps = self.axis.steps(self.run, &steps);
        let name = name(self.curve.info().entry.symbol);
        let area = |stroke: Vec<usize>| {
            let value = |value: f64| if log { value.log10() } else { value };
            let column =
                |pick: &dyn Fn(&Spread) -> f64| -> Vec<f64> { stroke.iter().map(|&i| pick(spread[i])).collect() };
            let places: Vec<f64> = stroke.iter().map(|&i| steps.places[i]).collect();
            let [low, high] = [column(&|s| value(s.low)), column(&|s| value(s.high))];
            FilledArea::new(format!("{name}, 10–90 % of the seeds"), &places, &low, &high)
                .fill_color(self.colour(colours).gamma_multiply(0.25))
        };
        let areas = steps.phases.strokes(&means).into_iter().map(area).collect();
        let seeds = self.run.crowd().map_or(0, Crowd::seeds);
        lines.extend(self.strokes(&format!("{name}, mean of {seeds} seeds"), &steps, &means, 1.0, log, colours));
        (lines, areas)
    }

    fn colour(&self, colours: Colours) -> Color32 {
        colours.method(self.run.index()).gamma_multiply(self.curve.info().look.opacity)
    }

    /// A line of it through these steps and values.
    fn strokes(
        &self,
        name: &str,
        steps: &Steps,
        values: &[f64],
        fade: f32,
        log: bool,
        colours: Colours,
    ) -> Vec<Line<'static>> {
        let Look { dash, width, .. } = self.curve.info().look;
        let pen = Stroke::new(width * (0.4 + 0.6 * fade), self.colour(colours).gamma_multiply(fade));
        // A band joins what is steep within a pixel to what lies far from it, and fills what is between.
        let line = |points: Vec<PlotPoint>| {
            Line::new(name.to_owned(), PlotPoints::Owned(points)).stroke(pen).style(line_style(dash)).allow_band(false)
        };
        let of = |stroke: Vec<usize>| steps.line(values, &stroke, log);
        steps.phases.strokes(values).into_iter().map(of).filter(|points| !points.is_empty()).map(line).collect()
    }
}
