//! Play, pause, step, restart, speed, scrubber, step counter.

use egui::{RichText, Slider, Ui};

use super::command::Command;
use super::fields::name;
use super::icons::{self, Icon};
use super::regions::{self, Region};
use super::session::Session;
use crate::run::View;

/// The bar at the bottom. `narrow` puts the scrubber on a line of its own.
pub fn show(ui: &mut Ui, session: &Session, narrow: bool) -> Vec<Command> {
    let mut commands = Vec::new();
    ui.horizontal(|ui| {
        buttons(ui, session, &mut commands);
        ui.separator();
        speed(ui, session, narrow, &mut commands);
        if !narrow {
            ui.separator();
            scrubber(ui, session, &mut commands);
        }
    });
    if narrow {
        ui.horizontal(|ui| scrubber(ui, session, &mut commands));
    }
    commands
}

fn buttons(ui: &mut Ui, session: &Session, commands: &mut Vec<Command>) {
    let small = egui::vec2(30.0, 26.0);
    if icons::button(ui, Icon::Restart, "Restart", "Restart (Home)", small).clicked() {
        commands.push(Command::Restart);
    }
    let (icon, label) = if session.playing { (Icon::Pause, "Pause") } else { (Icon::Play, "Play") };
    let play = icons::button(ui, icon, label, &format!("{label} (space)"), egui::vec2(44.0, 26.0));
    regions::mark(ui.ctx(), Region::Transport, play.id);
    if play.clicked() {
        commands.push(Command::Play(!session.playing));
    }
    if icons::button(ui, Icon::Step, "Step", "One step (→); one back through the recorded run (←)", small).clicked()
    {
        commands.push(forward(session));
    }
}

fn speed(ui: &mut Ui, session: &Session, narrow: bool, commands: &mut Vec<Command>) {
    let view = &session.scenario().view;
    let mut steps_per_frame = view.steps_per_frame;
    ui.spacing_mut().slider_width = if narrow { 70.0 } else { 110.0 };
    let slider = Slider::new(&mut steps_per_frame, 1..=View::MAX_STEPS_PER_FRAME).logarithmic(true).show_value(false);
    let response = ui.add(slider).on_hover_text("Steps per frame (− and +)");
    name(&response, egui::Role::Slider, "Speed");
    ui.label(RichText::new(format!("{} / frame", grouped(steps_per_frame))).monospace().size(12.0));
    if steps_per_frame != view.steps_per_frame {
        commands.push(with_speed(view, steps_per_frame));
    }
}

fn scrubber(ui: &mut Ui, session: &Session, commands: &mut Vec<Command>) {
    let last = session.step();
    let mut place = session.cursor().unwrap_or(last);
    let counter = format!("step {} of {}", grouped(place), grouped(session.scenario().steps));
    let counter_width = 190.0;
    ui.spacing_mut().slider_width = (ui.available_width() - counter_width).max(60.0);
    let response = ui.add(Slider::new(&mut place, 0..=last.max(1)).show_value(false));
    name(&response, egui::Role::Slider, "Recorded run");
    if response.changed() {
        commands.push(Command::Scrub((place < last).then_some(place)));
    }
    response.on_hover_text("Go back through the recorded run");
    ui.label(RichText::new(counter).monospace().size(12.0));
}

/// One step on from what is shown: to the next kept step of the recorded run, and at its end a new one.
pub fn forward(session: &Session) -> Command {
    match session.cursor() {
        Some(_) => Command::Scrub(session.kept_after().filter(|&step| step < session.step())),
        None => Command::Step(1),
    }
}

/// Twice as many steps per frame.
pub fn faster(session: &Session) -> Command {
    let view = &session.scenario().view;
    with_speed(view, view.steps_per_frame.saturating_mul(2).min(View::MAX_STEPS_PER_FRAME))
}

/// Half as many.
pub fn slower(session: &Session) -> Command {
    let view = &session.scenario().view;
    with_speed(view, (view.steps_per_frame / 2).max(1))
}

fn with_speed(view: &View, steps_per_frame: u64) -> Command {
    Command::View(Box::new(View { steps_per_frame, ..view.clone() }))
}

/// 1234567 as 1 234 567.
pub fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn digits_are_grouped_in_threes() {
        assert_eq!(super::grouped(0), "0");
        assert_eq!(super::grouped(1_234_567), "1 234 567");
        assert_eq!(super::grouped(100), "100");
    }
}
