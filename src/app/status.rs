//! The top line: what is happening in one sentence, the regime badge, refused input.

use egui::text::{LayoutJob, TextFormat};
use egui::{Align2, Color32, FontId, RichText, Sense, Stroke, Ui, vec2};

use super::command::Command;
use super::fields;
use super::session::Session;
use super::theme::Colours;
use crate::loss::{Landmark, Part, Refusal, quoted};
use crate::race::{self, Phase};
use crate::run::Scenario;
use crate::theory::{self, Condition};

/// The program's name, and `buttons` on its right.
pub fn title(ui: &mut Ui, narrow: bool, buttons: impl FnOnce(&mut Ui) -> Vec<Command>) -> Vec<Command> {
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        fields::heading(ui, RichText::new("samscope").strong().size(17.0), 1);
        if !narrow {
            ui.label(RichText::new("How does SAM minimize sharpness?").weak());
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), buttons).inner
    })
    .inner
}

/// What is told below it: `told` is the story, or what has been refused.
pub fn show(ui: &mut Ui, session: &Session, focus: usize, told: Result<String, &str>, narrow: bool) -> Vec<Command> {
    let mut commands = Vec::new();
    let size = if narrow { 12.5 } else { 14.0 };
    let rows = rows_for(session.runs().len(), ui.available_width(), narrow);
    let (summary, details) = badge(session, focus, narrow).unwrap_or_default();
    let caution = Told { text: &summary, colour: Colours::of(ui).caution(), size: size - 1.5, rows: 1 };
    let is_refused = told.is_err();
    let (text, colour) = match told {
        Ok(story) => (story, ui.visuals().text_color()),
        Err(notice) => (notice.to_owned(), Colours::of(ui).error()),
    };
    let told = Told { text: &text, colour, size, rows };
    ui.horizontal_top(|ui| {
        let cross = if is_refused { fields::finger(ui).x.max(30.0) } else { 0.0 };
        let width = ui.available_width() - cross;
        if narrow {
            // One place, so that a finger hits it.
            in_room(ui, width, &[told, caution], format!("{text}\n\n{details}").trim_end());
        } else {
            in_room(ui, width, &[told], &text);
        }
        if is_refused {
            commands.extend(dismiss_button(ui));
        }
    });
    if !narrow {
        in_room(ui, ui.available_width(), &[caution], &details);
    }
    ui.add_space(3.0);
    commands
}

/// How many lines the story gets. That depends on how many tell it, never on what they tell: what is below must not jump
/// while they run.
fn rows_for(methods: usize, width: f32, narrow: bool) -> usize {
    let (per_method, most) = if narrow { (370.0, 3) } else { (420.0, 2) };
    ((per_method * methods as f32 / width).ceil() as usize).clamp(1, most)
}

/// A text that comes and goes, in so many rows.
#[derive(Clone, Copy)]
pub(super) struct Told<'a> {
    pub text: &'a str,
    pub colour: Color32,
    pub size: f32,
    pub rows: usize,
}

/// What says that there is more.
const MORE: &str = "more";

/// Texts below each other in a place that is always equally high. Where something does not fit, or `details` say more, that is
/// said, and all of it is shown by pointing at it, by a press, and while it has the keyboard's focus.
pub(super) fn in_room(ui: &mut Ui, width: f32, lines: &[Told], details: &str) {
    let painter = ui.painter().clone();
    let laid_out = |width: f32| -> Vec<_> {
        let galley = |line: &Told| {
            let mut job = LayoutJob::simple(line.text.to_owned(), FontId::proportional(line.size), line.colour, width);
            job.wrap.max_rows = line.rows;
            painter.layout_job(job)
        };
        lines.iter().map(galley).collect()
    };
    // 1. Size and place.
    let height =
        |line: &Told| line.rows as f32 * ui.fonts_mut(|fonts| fonts.row_height(&FontId::proportional(line.size)));
    let heights: Vec<f32> = lines.iter().map(height).collect();
    let mut galleys = laid_out(width);
    let told = lines.iter().map(|line| line.text).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n");
    let has_more = galleys.iter().any(|galley| galley.elided) || told != details;
    let sense = if has_more { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(width.max(0.0), heights.iter().sum()), sense);
    // 2. What it is.
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, details));
    // 3. Paint.
    let clipped = ui.painter_at(rect);
    if has_more {
        let ink = ui.visuals().strong_text_color();
        let font = FontId::proportional(lines.last().map_or(12.0, |line| line.size));
        let format = TextFormat { underline: Stroke::new(1.0, ink), ..TextFormat::simple(font, ink) };
        let more = clipped.layout_job(LayoutJob::single_section(MORE.to_owned(), format));
        galleys = laid_out(width - more.size().x - 8.0);
        clipped.galley(Align2::RIGHT_BOTTOM.anchor_size(rect.max, more.size()).min, more, Color32::PLACEHOLDER);
    }
    let mut place = rect.min;
    for (galley, height) in galleys.into_iter().zip(heights) {
        clipped.galley(place, galley, Color32::PLACEHOLDER);
        place.y += height;
    }
    if has_more {
        if response.has_focus() {
            ui.painter().rect_stroke(rect, 2.0, ui.visuals().selection.stroke, egui::StrokeKind::Outside);
        }
        let is_open = egui::Popup::is_id_open(ui.ctx(), egui::Popup::default_response_id(&response));
        egui::Popup::from_toggle_button_response(&response).show(|ui| ui.label(details));
        if response.has_focus() && !response.hovered() && !is_open {
            response.show_tooltip_text(details);
        }
        response.on_hover_text(details);
    }
}

/// What has been refused, where nothing else is told.
pub fn notice_line(ui: &mut Ui, notice: &str) -> Option<Command> {
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(notice).color(Colours::of(ui).error()).strong());
        dismiss_button(ui)
    })
    .inner
}

fn dismiss_button(ui: &mut Ui) -> Option<Command> {
    fields::cross(ui, "Dismiss").clicked().then_some(Command::Dismiss)
}

/// What is happening, in one sentence, which names the marked points or does not.
pub fn story(session: &Session, names_ends: bool) -> String {
    race::story(session.runs(), &landmarks(session, names_ends), session.scenario().view.axes)
}

/// How far each run has come, as that sentence tells it.
pub fn phases(session: &Session, names_ends: bool) -> Vec<Phase> {
    race::phases(session.runs(), &landmarks(session, names_ends), session.scenario().view.axes)
}

fn landmarks(session: &Session, are_named: bool) -> Vec<Landmark> {
    let scenario = session.scenario();
    if are_named { scenario.loss.landmarks(scenario.dim()) } else { Vec::new() }
}

/// The conditions that do not hold for the optimizer in focus, in short and each with what that changes. Where there is
/// room both are the same.
fn badge(session: &Session, focus: usize, narrow: bool) -> Option<(String, String)> {
    let run = session.run(focus)?;
    let failing = theory::regime(&run.in_force(), run.head());
    let zero_gradients = run.racer().events().zero_gradient_steps;
    let law_fails = run.prediction().map_or(&[][..], |prediction| &prediction.law_fails);
    if failing.is_empty() && zero_gradients == 0 && law_fails.is_empty() {
        return None;
    }
    let regime = format!("{} is outside the theorem's regime", run.name());
    let law = "The finite-η law does not hold".to_owned();
    let zeros = (zero_gradients > 0).then(|| {
        format!("The gradient was exactly zero {zero_gradients} times; its direction was taken in the top eigenspace.")
    });
    let groups = [(regime, &failing[..]), (law, law_fails)];
    let groups = groups.iter().filter(|(_, conditions)| !conditions.is_empty());
    let in_full = |c: &Condition| format!("{}: {}", c.quantity, c.meaning);
    let in_short = |c: &Condition| c.quantity.clone();
    let told = |conditions: &[Condition], tell: &dyn Fn(&Condition) -> String| {
        conditions.iter().map(tell).collect::<Vec<_>>().join("; ")
    };
    let sentences = groups.clone().map(|(what, conditions)| format!("{what}: {}.", told(conditions, &in_full)));
    let details = sentences.chain(zeros).collect::<Vec<_>>().join(" ");
    let Some((what, conditions)) = groups.clone().next() else { return Some((details.clone(), details)) };
    let summary = format!("{what}: {} …", told(conditions, &in_short));
    Some((if narrow { summary } else { details.clone() }, details))
}

/// A refusal with the names that the panels use instead of the scenario's paths.
pub fn in_words(scenario: &Scenario, error: &Refusal) -> String {
    let name = match error.field.parts()[..] {
        [Part::Name("optimizers"), Part::Index(i), Part::Name(field)] => {
            let method = scenario.optimizers.get(i).map_or("", |optimizer| optimizer.id.info().name);
            let symbol = match field {
                "eta" => "η",
                "rho" => "ρ",
                "beta" => "β",
                other => other,
            };
            format!("{method}'s {symbol}")
        }
        [Part::Name("init"), Part::Index(i)] => format!("{} of the start", scenario.loss.coordinate(i)),
        [Part::Name("loss"), Part::Name("params"), Part::Name(name)] => format!("parameter {}", quoted(name)),
        _ => error.field.to_string(),
    };
    format!("{name} {}", error.allowed)
}
