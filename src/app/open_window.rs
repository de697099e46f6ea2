//! The Open window: a link, or a file with a scenario.

use egui::TextEdit;

use super::command::{Command, OutsideCommand};
use super::fields::{finger, name};
use super::window;
use crate::platform;

/// What the window remembers.
#[derive(Debug, Default)]
pub struct OpenWindow {
    /// Whether it is open.
    pub shown: bool,
    text: String,
}

impl OpenWindow {
    /// Draws the window where it is open.
    pub fn show(&mut self, ctx: &egui::Context) -> Vec<Command> {
        let mut commands = Vec::new();
        let text = &mut self.text;
        window::show(ctx, "Open", &mut self.shown, 460.0, |ui| {
            let what = if platform::PICKS_FILES { "A samscope link:" } else { "A samscope link, or a file's path:" };
            ui.label(what);
            ui.horizontal(|ui| {
                let field = TextEdit::singleline(text)
                    .min_size(finger(ui))
                    .align(egui::Align2::LEFT_CENTER)
                    .desired_width(ui.available_width() - 74.0);
                let field = ui.add(field.hint_text("https://…#v1.…"));
                name(&field, egui::Role::TextInput, "Link or path");
                let entered = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
                if (ui.button("Open").clicked() || entered) && !text.trim().is_empty() {
                    commands.push(OutsideCommand::Open(text.clone()).into());
                }
            });
            if platform::PICKS_FILES && ui.button("Choose a file…").clicked() {
                commands.push(OutsideCommand::Choose.into());
            }
            ui.label(
                "A scenario file, or a figure saved by samscope as SVG or PNG. Files can also be dropped anywhere on the window.",
            );
        });
        commands
    }
}
