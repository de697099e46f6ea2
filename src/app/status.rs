//! The top line: what is happening in one sentence, the regime badge, refused input.

use egui::{RichText, Ui};

use super::command::Command;
use super::session::Session;
use super::theme::Colours;
use crate::loss::{Part, Refusal, quoted};
use crate::race;
use crate::run::Scenario;
use crate::theory;

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
        ui.label(RichText::new("samscope").strong().size(17.0));
        if !narrow {
            ui.label(RichText::new("How does SAM minimize sharpness?").weak());
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            commands.extend(buttons(ui));
        });
    });
    // Room for what comes and goes while playing: the panels below must not jump.
    let (size, story_height, badge_height) = if narrow { (12.5, 46.0, 18.0) } else { (14.0, 18.0, 16.0) };
    at_least(ui, story_height, |ui| {
        ui.add(egui::Label::new(RichText::new(story(session)).size(size)).wrap());
    });
    at_least(ui, badge_height, |ui| badge(ui, session, focus, narrow));
    commands.extend(notice.and_then(|notice| notice_line(ui, notice)));
    ui.add_space(3.0);
    commands
}

/// What has been refused.
pub fn notice_line(ui: &mut Ui, notice: &str) -> Option<Command> {
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(notice).color(Colours::of(ui).error()).strong());
        ui.small_button("×").on_hover_text("Dismiss").clicked().then_some(Command::Dismiss)
    })
    .inner
}

/// A row that is at least this high.
fn at_least(ui: &mut Ui, height: f32, contents: impl FnOnce(&mut Ui)) {
    ui.vertical(|ui| {
        ui.set_min_height(height);
        contents(ui);
    });
}

/// What is happening, in one sentence.
pub fn story(session: &Session) -> String {
    let scenario = session.scenario();
    race::story(session.runs(), &scenario.loss.landmarks(scenario.dim()), scenario.view.axes)
}

/// The conditions that do not hold for the optimizer in focus, each with what that changes; where it is narrow
/// the latter is shown by a tap.
fn badge(ui: &mut Ui, session: &Session, focus: usize, narrow: bool) {
    let Some(run) = session.race().run(focus) else { return };
    let failing = theory::regime(run.optimizer(), run.head());
    let zero_gradients = run.racer().events().zero_gradient_steps;
    let law_fails = run.prediction().map_or(&[][..], |prediction| &prediction.law_fails);
    if failing.is_empty() && zero_gradients == 0 && law_fails.is_empty() {
        return;
    }
    let name = run.name();
    let mut parts: Vec<String> =
        failing.iter().map(|condition| format!("{}: {}", condition.quantity, condition.meaning)).collect();
    let law = law_fails.iter().map(|c| format!("and of the finite-η law's: {}: {}", c.quantity, c.meaning));
    parts.extend(law);
    if zero_gradients > 0 {
        parts.push(format!(
            "the gradient was exactly zero {zero_gradients} times; its direction was taken in the top eigenspace"
        ));
    }
    let text = format!("{name} is outside the theorem's regime: {}.", parts.join("; "));
    let colour = Colours::of(ui).caution();
    if narrow {
        let quantities: Vec<_> = failing.iter().map(|condition| condition.quantity.as_str()).collect();
        let summary = format!("{name} is outside the theorem's regime: {}", quantities.join("; "));
        let header = RichText::new(summary).size(11.5).color(colour);
        egui::CollapsingHeader::new(header).id_salt("regime").show(ui, |ui| {
            ui.add(egui::Label::new(RichText::new(text).size(11.5).color(colour)).wrap());
        });
    } else {
        ui.add(egui::Label::new(RichText::new(text).size(12.0).color(colour)).wrap());
    }
}

/// A refusal with the names that the panels use instead of the scenario's paths.
pub fn in_words(scenario: &Scenario, error: &Refusal) -> String {
    let name = match error.field.parts()[..] {
        [Part::Name("optimizers"), Part::Index(i), Part::Name(field)] => {
            let method = scenario.optimizers.get(i).map_or("", |optimizer| optimizer.id.info().name);
            let symbol = match field {
                "eta" => "η",
                "rho" => "ρ",
                other => other,
            };
            format!("{method}'s {symbol}")
        }
        [Part::Name("init"), Part::Index(i)] => format!("x{} of the start", i + 1),
        [Part::Name("loss"), Part::Name("params"), Part::Name(name)] => format!("parameter {}", quoted(name)),
        _ => error.field.to_string(),
    };
    format!("{name} {}", error.allowed)
}
