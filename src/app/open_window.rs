//! The Open window: a link, or a file with a scenario.

use egui::TextEdit;

use super::command::{Command, OutsideCommand};
use super::fields::name;
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
        let width = (ctx.content_rect().width() - 40.0).clamp(120.0, 460.0);
        egui::Window::new("Open")
            .open(&mut self.shown)
            .collapsible(false)
            .resizable(false)
            .anchor(egui::Align2::CENTER_CENTER, egui::Vec2::ZERO)
            .show(ctx, |ui| {
                ui.set_width(width);
                let what =
                    if platform::PICKS_FILES { "A samscope link:" } else { "A samscope link, or a file's path:" };
                ui.label(what);
                ui.horizontal(|ui| {
                    let field = TextEdit::singleline(&mut self.text).desired_width(ui.available_width() - 60.0);
                    let field = ui.add(field.hint_text("https://…#v1.…"));
                    name(&field, egui::Role::TextInput, "Link or path");
                    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
                    if (ui.button("Open").clicked() || entered) && !self.text.trim().is_empty() {
                        commands.push(OutsideCommand::Open(self.text.clone()).into());
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
