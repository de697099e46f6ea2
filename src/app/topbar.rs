//! The buttons at the top: undo, redo, open, export, share, glossary, gallery, theme, lessons; on a phone six of them are in a menu.

use egui::Ui;

use super::command::{Command, OutsideCommand, Window};
use super::icons::{self, Icon};
use super::lesson::LessonCommand;

/// Shows them from right to left. `can`: whether there is something to undo, and to redo.
pub fn show(ui: &mut Ui, narrow: bool, can: [bool; 2]) -> Vec<Command> {
    let mut commands = Vec::new();
    if ui.button("Lessons").on_hover_text("Twelve short lessons").clicked() {
        commands.push(LessonCommand::Contents.into());
    }
    if narrow {
        ui.menu_button("Menu", |ui| rows(ui, &mut commands));
    } else {
        rows(ui, &mut commands);
    }
    let steps = [
        (can[1], Icon::Redo, "Redo", "Redo (Ctrl+Shift+Z)", Command::Redo),
        (can[0], Icon::Undo, "Undo", "Undo (Ctrl+Z)", Command::Undo),
    ];
    for (enabled, icon, name, hint, command) in steps {
        let button = |ui: &mut Ui| icons::button(ui, icon, name, hint, egui::vec2(30.0, 20.0));
        if ui.add_enabled_ui(enabled, button).inner.clicked() {
            commands.push(command);
        }
    }
    commands
}

fn rows(ui: &mut Ui, commands: &mut Vec<Command>) {
    theme_button(ui);
    let windows: [(&str, &str, Command); 5] = [
        ("Gallery", "Runs worth a look, good ones and bad ones (G)", Command::Show(Window::Gallery)),
        ("Glossary", "What every symbol, setting and button means (W)", Command::Show(Window::Glossary)),
        ("Share…", "A link to this scenario, or its file", OutsideCommand::ShowShare.into()),
        ("Export…", "Figures, data, animations, and a report of the claims", OutsideCommand::ShowExport.into()),
        ("Open…", "A link or a scenario file", OutsideCommand::ShowOpen.into()),
    ];
    for (text, hint, command) in windows {
        if ui.button(text).on_hover_text(hint).clicked() {
            commands.push(command);
            ui.close();
        }
    }
}

/// Follows the system, dark, light: a click goes on to the next.
fn theme_button(ui: &mut Ui) {
    use egui::ThemePreference::{Dark, Light, System};
    let (name, next) = match ui.options(|options| options.theme_preference) {
        System => ("auto", Dark),
        Dark => ("dark", Light),
        Light => ("light", System),
    };
    if ui.button(format!("Theme: {name}")).on_hover_text("The theme: the system's, dark or light").clicked() {
        ui.ctx().set_theme(next);
    }
}
