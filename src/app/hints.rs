//! The first minute: three things to try, each until it has been done.

use std::collections::BTreeSet;

use egui::{RichText, Ui};
use serde::{Deserialize, Serialize};

use super::command::Command;
use super::fields::cross;
use super::lesson::LessonCommand;
use crate::run::Scenario;

/// Something to try.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hint {
    /// Start from elsewhere.
    DragTheRing,
    /// Give a method a larger ρ.
    RaiseRho,
    /// Open a lesson.
    StartALesson,
}

/// What to say, in order.
const HINTS: [(Hint, &str); 3] = [
    (Hint::DragTheRing, "Drag the white ring: every method starts there"),
    (Hint::RaiseRho, "Raise SAM's ρ: it slides faster"),
    (Hint::StartALesson, "Start lesson 1"),
];

/// What has been tried, or is not to be told any more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tried(BTreeSet<Hint>);

impl Tried {
    /// Everything.
    pub fn all() -> Self {
        Self(HINTS.into_iter().map(|(hint, _)| hint).collect())
    }

    /// Notes what `command` does that was to be tried, on `scenario`.
    pub fn note(&mut self, command: &Command, scenario: &Scenario) {
        let raises = |other: &Scenario| {
            let pairs = other.optimizers.iter().zip(&scenario.optimizers);
            pairs.into_iter().any(|(after, before)| after.id == before.id && after.rho > before.rho)
        };
        let tried = match command {
            Command::Start(_) => Hint::DragTheRing,
            Command::Edit(other) if other.loss == scenario.loss && raises(other) => Hint::RaiseRho,
            Command::Lesson(LessonCommand::Open(_)) => Hint::StartALesson,
            _ => return,
        };
        self.0.insert(tried);
    }

    /// Whether there is nothing left.
    pub fn is_over(&self) -> bool {
        HINTS.iter().all(|(hint, _)| self.0.contains(hint))
    }
}

/// What is left to try, on a line; on a phone the first of it.
pub fn show(ui: &mut Ui, tried: &Tried, narrow: bool) -> Vec<Command> {
    let mut commands = Vec::new();
    if narrow {
        let line = egui::vec2(ui.available_width(), ui.spacing().interact_size.y);
        ui.allocate_ui_with_layout(line, egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if cross(ui, "Stop suggesting things to try").clicked() {
                commands.push(Command::DismissHints);
            }
            let Some((hint, text)) = HINTS.into_iter().find(|(hint, _)| !tried.0.contains(hint)) else { return };
            if hint != Hint::StartALesson {
                ui.add(egui::Label::new(text).truncate());
            } else if ui.button(text).clicked() {
                commands.push(LessonCommand::Open(1).into());
            }
        });
        return commands;
    }
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new("Try this:").strong());
        for (hint, text) in HINTS.into_iter().filter(|(hint, _)| !tried.0.contains(hint)) {
            match hint {
                Hint::StartALesson => {
                    if ui.button(text).clicked() {
                        commands.push(LessonCommand::Open(1).into());
                    }
                }
                Hint::DragTheRing | Hint::RaiseRho => {
                    ui.label(text);
                    ui.label(RichText::new("·").weak());
                }
            }
        }
        if cross(ui, "Stop suggesting things to try").clicked() {
            commands.push(Command::DismissHints);
        }
    });
    commands
}
