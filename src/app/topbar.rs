//! The buttons at the top: undo, redo, open, export, share, theme, lessons; on a phone four of them are in a menu.

use egui::{Response, Ui};

use super::Handles;
use super::command::{Command, OutsideCommand};
use super::icons::{self, Icon};
use super::lesson::LessonCommand;

/// Shows them from right to left. `can`: whether there is something to undo, and to redo.
pub fn show(ui: &mut Ui, narrow: bool, can: [bool; 2], handles: &mut Handles) -> Vec<Command> {
    let mut commands = Vec::new();
    if ui.button("Lessons").on_hover_text("Twelve short lessons").clicked() {
        commands.push(LessonCommand::Contents.into());
    }
    if narrow {
        let menu = ui.menu_button("Menu", |ui| rows(ui, handles, &mut commands));
        handles.insert("menu", menu.response.rect.center());
    } else {
        rows(ui, handles, &mut commands);
    }
    let steps = [
        (can[1], Icon::Redo, "Redo", "Redo (Ctrl+Shift+Z)", Command::Redo, "redo"),
        (can[0], Icon::Undo, "Undo", "Undo (Ctrl+Z)", Command::Undo, "undo"),
    ];
    for (enabled, icon, name, hint, command, handle) in steps {
        let button = |ui: &mut Ui| icons::button(ui, icon, name, hint, egui::vec2(30.0, 20.0));
        let response: Response = ui.add_enabled_ui(enabled, button).inner;
        handles.insert(handle, response.rect.center());
        if response.clicked() {
            commands.push(command);
        }
    }
    commands
}

fn rows(ui: &mut Ui, handles: &mut Handles, commands: &mut Vec<Command>) {
    theme_button(ui);
    let windows = [
        ("Share…", "share", "A link to this scenario, or its file", OutsideCommand::ShowShare),
        ("Export…", "export", "Figures, data, animations, and a report of the claims", OutsideCommand::ShowExport),
        ("Open…", "open", "A link or a scenario file", OutsideCommand::ShowOpen),
    ];
    for (text, handle, hint, command) in windows {
        let response = ui.button(text).on_hover_text(hint);
        handles.insert(handle, response.rect.center());
        if response.clicked() {
            commands.push(command.into());
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
