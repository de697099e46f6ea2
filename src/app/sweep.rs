//! The sweep: how sharp it is where the run ends with other settings, over two of them, with theory's lines.

use egui::{RichText, Sense, Shape, Stroke, Ui};
use egui_plot::{Line, LineStyle, PlotBounds, PlotPoint, PlotPoints, PlotResponse, PlotTransform};

use super::axis_labels::plane_plot;
use super::command::Command;
use super::described;
use super::fields::combo;
use super::formula;
use super::making::{Making, spans};
use super::map::{Backdrop, ENDS_APART, STEPS_MAX, Style, colour_bar, has_moved, nodes};
use super::regions::{self, Region};
use super::session::Session;
use super::status::{Told, in_room};
use super::theme::Colours;
use crate::field::{Field, Kind, Nodes, Over};
use crate::figure::plain;
use crate::loss::{Refusal, short};
use crate::race::Run;
use crate::run::{Layout, RunSpec, Scenario, Setting, SweepAxis, View};

/// What the colours show.
const STYLE: Style = Style { of: "lambda_1", scale: None };
/// Below this width what the sweep shows is told in two lines.
const TWO_LINES: f32 = 560.0;
/// Dashes that tell theory's lines apart.
const DASHES: [LineStyle; 4] = [
    LineStyle::Dashed { length: 10.0 },
    LineStyle::Dotted { spacing: 5.0 },
    LineStyle::Dashed { length: 5.0 },
    LineStyle::Solid,
];

/// What the sweep remembers between frames.
#[derive(Default)]
pub struct SweepState {
    backdrop: Backdrop,
    /// The field that was wanted last, whether it can be computed, and theory's lines over it.
    wanted: Option<(Field, Result<Vec<TheoryLine>, Refusal>)>,
    /// The plot's size on the screen in the last frame.
    size: egui::Vec2,
}

/// A name and places in the plot.
type TheoryLine = (&'static str, Vec<[f64; 2]>);

impl SweepState {
    /// Goes on computing; true while there is more to do.
    pub fn advance(&mut self, session: &Session, focus: usize, is_late: &mut dyn FnMut() -> bool) -> bool {
        let Some(run) = session.run(focus).filter(|_| self.size.min_elem() > 0.0) else { return false };
        let field = field(&session.scenario().view, run.racer().spec(), self.size);
        if self.wanted.as_ref().is_none_or(|(known, _)| *known != field) {
            let lines = field.validate().map(|()| lines(&field));
            self.wanted = Some((field, lines));
        }
        match &self.wanted {
            Some((field, Ok(_))) => self.backdrop.advance(field, STYLE, is_late),
            _ => false,
        }
    }

    /// The field in the making.
    pub fn making(&self) -> &Making {
        self.backdrop.making()
    }

    /// The plane of settings.
    pub fn show(&mut self, ui: &mut Ui, session: &Session, focus: usize) -> Vec<Command> {
        let mut commands = Vec::new();
        let Some(run) = session.run(focus) else {
            ui.label("No method takes part: switch one on in the list of methods.");
            return commands;
        };
        // In a place of its own height: the map below it must not move when the rate gets another digit.
        let about = self.about(run);
        let rows = if ui.available_width() < TWO_LINES { 2 } else { 1 };
        let line = Told { text: &about, colour: ui.visuals().weak_text_color(), size: 12.0, rows };
        in_room(ui, ui.available_width(), &[line], &about);
        if let Some((_, Err(error))) = &self.wanted {
            ui.label(RichText::new(format!("The sweep cannot be computed: {error}")).color(Colours::of(ui).error()));
        }
        if ui.available_height() < 40.0 || ui.available_width() < 40.0 {
            return commands;
        }
        let (spec, view) = (run.racer().spec(), &session.scenario().view);
        let field = field(view, spec, self.size);
        let margin = colour_bar::width(ui.available_width());
        let PlotResponse { response, transform, inner: asked, .. } = self.plot(ui, &field, margin);
        self.size = response.rect.size();
        described::picture(&response, &format!("Sweep of {}", run.name()), || self.about(run));
        regions::mark(ui.ctx(), Region::Map, response.id);
        let lines = self.wanted.as_ref().and_then(|(_, lines)| lines.as_ref().ok());
        legend(&ui.painter_at(response.rect), lines.map_or(&[][..], Vec::as_slice), Colours::of(ui));
        own_settings(&ui.painter_at(response.rect), &transform, &field, spec, Colours::of(ui));
        if margin > 0.0 {
            colour_bar::paint(ui.painter(), response.rect, Colours::of(ui), &self.backdrop, "λ1");
        }
        if let Some(pointer) = response.hover_pos().filter(|_| ui.ctx().dragged_id().is_none()) {
            let place = transform.value_from_position(pointer);
            commands.extend(
                self.pointed(&response, [place.x, place.y], session.scenario(), spec.index).into_iter().flatten(),
            );
        }
        let (min, max) = (transform.bounds().min(), transform.bounds().max());
        let seen = [min[0], max[0], min[1], max[1]];
        if seen.iter().all(|bound| bound.is_finite()) && has_moved(ui, &response, asked, seen) {
            commands.extend(moved(view, &field, seen, spec));
        }
        commands
    }

    /// What the picture shows, and how fast it was computed.
    fn about(&self, run: &Run) -> String {
        let steps = run.racer().spec().steps.min(STEPS_MAX);
        let what = format!("λ1 where a run of {} ends after {steps} steps", run.name());
        self.backdrop.making().said().map_or(what.clone(), |said| format!("{what}: {said}"))
    }

    /// The axes, the bands and theory's lines. Gives the bounds from before a pan or zoom.
    fn plot(&mut self, ui: &mut Ui, field: &Field, margin: f32) -> PlotResponse<[f64; 4]> {
        let colours = Colours::of(ui);
        let image = self.backdrop.image(ui.ctx(), colours);
        let lines = self.wanted.as_ref().and_then(|(_, lines)| lines.as_ref().ok());
        let size = ui.available_size();
        let [u, v] = field.nodes();
        let [[u0, u1], [v0, v1]] = spans(field);
        plane_plot("sweep", size - egui::vec2(margin, 0.0), [u.log, v.log], names(field))
            .sense(Sense::click_and_drag())
            .show(ui, |plot_ui| {
                plot_ui.set_plot_bounds(PlotBounds::from_min_max([u0, v0], [u1, v1]));
                if let Some(image) = image {
                    plot_ui.image(image.allow_hover(false));
                }
                for ((name, points), dash) in lines.into_iter().flatten().zip(DASHES.into_iter().cycle()) {
                    let points: PlotPoints = points.iter().copied().collect();
                    let line = Line::new(plain(name), points).style(dash).width(1.6).color(colours.ink());
                    plot_ui.line(line.allow_hover(false));
                }
                [u0, u1, v0, v1]
            })
    }

    /// What is told of a place, and what a click there does.
    fn pointed(
        &self,
        response: &egui::Response,
        place: [f64; 2],
        scenario: &Scenario,
        index: usize,
    ) -> Option<Vec<Command>> {
        let (node, words) = self.backdrop.making().end_at(place)?;
        let field = self.backdrop.making().picture()?.field();
        let Kind::Sweep { over, .. } = &field.kind else { return None };
        let columns = over[0].nodes.count;
        let values = [over[0].nodes.at(node % columns), over[1].nodes.at(node / columns)];
        let settings = over.iter().zip(values);
        let told: Vec<String> =
            settings.clone().map(|(over, value)| format!("{} = {}", over.setting.symbol(), short(value))).collect();
        response.clone().on_hover_text_at_pointer(format!("{}\n{words}\nClick to run with these", told.join(", ")));
        if !response.clicked() {
            return None;
        }
        let mut chosen = scenario.clone();
        for (over, value) in settings {
            over.setting.set(&mut chosen, index, value);
        }
        chosen.view.layout = Layout::Map;
        Some(vec![Command::Edit(Box::new(chosen)), Command::Play(true)])
    }
}

/// The sweep of a run that a view asks for, on a plot of this size.
fn field(view: &View, run: &RunSpec, size: egui::Vec2) -> Field {
    Field::of_sweep(run, Over::of_view(view, run, nodes(size, ENDS_APART)), STEPS_MAX)
}

/// A ring at the run's own settings.
fn own_settings(painter: &egui::Painter, transform: &PlotTransform, field: &Field, run: &RunSpec, colours: Colours) {
    let Kind::Sweep { over, .. } = &field.kind else { return };
    let [x, y] = over.each_ref().map(|over| over.nodes.along(over.setting.of(run)));
    if x.is_finite() && y.is_finite() {
        let centre = transform.position_from_point(&PlotPoint::new(x, y));
        painter.circle_stroke(centre, 6.0, Stroke::new(4.5, colours.halo()));
        painter.circle_stroke(centre, 6.0, Stroke::new(2.0, colours.ink()));
    }
}

/// What theory's lines are.
fn legend(painter: &egui::Painter, lines: &[TheoryLine], colours: Colours) {
    let mut at = painter.clip_rect().left_top() + egui::vec2(8.0, 8.0);
    for ((name, _), dash) in lines.iter().zip(DASHES.into_iter().cycle()) {
        let words = formula::words(painter, name, 12.0, colours.ink());
        let placed = words.in_lines(f32::INFINITY);
        let plate = egui::Rect::from_min_size(at, placed.size + egui::vec2(48.0, 4.0));
        painter.rect_filled(plate, 2.0, colours.plate());
        let ends = [4.0, 36.0].map(|x| plate.left_center() + egui::vec2(x, 0.0));
        let stroke = Stroke::new(1.6, colours.ink());
        painter.extend(match dash {
            LineStyle::Solid => vec![Shape::line_segment(ends, stroke)],
            LineStyle::Dashed { length } => Shape::dashed_line(&ends, stroke, length, 0.6 * length),
            LineStyle::Dotted { spacing } => Shape::dotted_line(&ends, stroke.color, spacing, stroke.width),
        });
        placed.paint(painter, plate.min + egui::vec2(42.0, 2.0));
        at.y = plate.bottom();
    }
}

/// The letters of the settings.
fn names(field: &Field) -> [String; 2] {
    match &field.kind {
        Kind::Sweep { over, .. } => over.each_ref().map(|over| over.setting.symbol().to_owned()),
        Kind::Quantity { .. } | Kind::Basin { .. } => Default::default(),
    }
}

/// Theory's lines over a field, in the plot.
fn lines(field: &Field) -> Vec<TheoryLine> {
    let [u, v] = field.nodes();
    let span = |nodes: Nodes| [nodes.from, nodes.to];
    let place = |[x, y]: [f64; 2]| [u.along(x), v.along(y)];
    let is_seen = |[x, y]: [f64; 2]| (u.from..=u.to).contains(&x) && (v.from..=v.to).contains(&y);
    let lines = field.theory_lines([span(u), span(v)]).into_iter();
    let shown = lines.filter(|(_, points)| {
        points.windows(2).any(|pair| is_seen([0.5 * (pair[0][0] + pair[1][0]), 0.5 * (pair[0][1] + pair[1][1])]))
    });
    shown.map(|(name, points)| (name, points.into_iter().map(place).collect())).collect()
}

/// The view with the ranges that are seen now, where a run may have all of these settings.
fn moved(view: &View, field: &Field, seen: [f64; 4], run: &RunSpec) -> Option<Command> {
    let nodes = field.nodes();
    let mut ends = nodes.iter().zip(seen.chunks_exact(2)).map(|(nodes, seen)| [0, 1].map(|k| nodes.value_at(seen[k])));
    let view = over(view, run, |axis| {
        let [from, to] = ends.next().unwrap_or([axis.from, axis.to]);
        SweepAxis { from, to, ..axis.clone() }
    })?;
    Some(Command::View(Box::new(view)))
}

/// The view with other ranges, where a run may have all of these settings.
pub fn over(view: &View, run: &RunSpec, other: impl FnMut(&SweepAxis) -> SweepAxis) -> Option<View> {
    let axes = view.sweep.clone().unwrap_or_else(|| SweepAxis::usual(run));
    let view = View { sweep: Some(axes.each_ref().map(other)), ..view.clone() };
    let tried = Field::of_sweep(run, Over::of_view(&view, run, [2, 2]), STEPS_MAX);
    tried.validate().is_ok().then_some(view)
}

/// The sweep's part of the toolbar: its two settings, and how much of them is seen.
pub fn toolbar(ui: &mut Ui, draft: &mut View, run: &RunSpec) {
    let mut axes = draft.sweep.clone().unwrap_or_else(|| SweepAxis::usual(run));
    let before = axes.clone();
    for (i, name) in ["Sweep across", "Sweep up"].into_iter().enumerate() {
        let symbol = axes[i].setting.symbol().to_owned();
        combo(ui, name, symbol, 44.0, |ui| {
            for setting in Setting::all(run) {
                let is_chosen = axes[i].setting == setting;
                let text = format!("{}: {}", setting.symbol(), setting.name());
                if ui.selectable_label(is_chosen, text).clicked() && !is_chosen {
                    // The other axis takes over what was here.
                    if axes[1 - i].setting == setting {
                        axes.swap(0, 1);
                    } else {
                        axes[i] = SweepAxis::around(setting, run);
                    }
                }
            }
        });
    }
    if axes != before {
        draft.sweep = Some(axes);
    }
}
