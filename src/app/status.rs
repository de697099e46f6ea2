//! The top line: what is happening in one sentence, the regime badge, refused input.

use egui::text::LayoutJob;
use egui::{Color32, FontId, RichText, Sense, Ui, vec2};

use super::command::Command;
use super::session::Session;
use super::theme::Colours;
use crate::loss::{Part, Refusal, quoted};
use crate::race;
use crate::run::Scenario;
use crate::theory::{self, Condition};

/// Shows it; `buttons` are drawn on the right.
pub fn show(
    ui: &mut Ui,
    session: &Session,
    focus: usize,
    notice: Option<&str>,
    narrow: bool,
    buttons: impl FnOnce(&mut Ui) -> Vec<Command>,
) -> Vec<Command> {
    let mut commands = Vec::new();
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        super::fields::heading(ui, RichText::new("samscope").strong().size(17.0), 1);
        if !narrow {
            ui.label(RichText::new("How does SAM minimize sharpness?").weak());
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            commands.extend(buttons(ui));
        });
    });
    let size = if narrow { 12.5 } else { 14.0 };
    let rows = rows_for(session.runs().len(), ui.available_width(), narrow);
    if let Some(notice) = notice {
        let colour = Colours::of(ui).error();
        ui.horizontal_top(|ui| {
            let room = Room { rows, size, width: ui.available_width() - 30.0 };
            in_room(ui, room, colour, notice, notice);
            commands.extend(dismiss_button(ui));
        });
    } else {
        let (text, colour) = (story(session), ui.visuals().text_color());
        in_room(ui, Room { rows, size, width: ui.available_width() }, colour, &text, &text);
    }
    let room = Room { rows: 1, size: size - 1.5, width: ui.available_width() };
    let (summary, details) = badge(session, focus, narrow).unwrap_or_default();
    in_room(ui, room, Colours::of(ui).caution(), &summary, &details);
    ui.add_space(3.0);
    commands
}

/// How many lines the story gets. That depends on how many tell it, never on what they tell: what is below must not jump
/// while they run.
fn rows_for(methods: usize, width: f32, narrow: bool) -> usize {
    let (per_method, most) = if narrow { (370.0, 3) } else { (420.0, 2) };
    ((per_method * methods as f32 / width).ceil() as usize).clamp(1, most)
}

/// The place of a text that comes and goes.
#[derive(Clone, Copy)]
struct Room {
    rows: usize,
    size: f32,
    width: f32,
}

/// A text in a place that is always equally high. What does not fit, and `details` that are left out, are shown by
/// pointing at it and by a tap.
fn in_room(ui: &mut Ui, room: Room, colour: Color32, text: &str, details: &str) {
    let Room { rows, size, width } = room;
    let font = FontId::proportional(size);
    let row_height = ui.fonts_mut(|fonts| fonts.row_height(&font));
    let mut job = LayoutJob::simple(text.to_owned(), font, colour, width);
    job.wrap.max_rows = rows;
    let galley = ui.painter().layout_job(job);
    let has_more = galley.elided || text != details;
    let (rect, response) = ui.allocate_exact_size(vec2(width.max(0.0), rows as f32 * row_height), Sense::click());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, details));
    ui.painter_at(rect).galley(rect.min, galley, colour);
    if has_more {
        egui::Popup::from_toggle_button_response(&response).show(|ui| ui.label(details));
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
    super::fields::cross(ui, "Dismiss").clicked().then_some(Command::Dismiss)
}

/// What is happening, in one sentence.
pub fn story(session: &Session) -> String {
    let scenario = session.scenario();
    race::story(session.runs(), &scenario.loss.landmarks(scenario.dim()), scenario.view.axes)
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
