//! The Share window: the permalink, the code to embed it, the scenario as a file.

use egui::{RichText, TextEdit, Ui};

use super::command::{Command, OutsideCommand};
use super::fields::{finger, name};
use super::window;
use crate::platform;
use crate::run::Scenario;

/// What the window remembers.
#[derive(Debug, Default)]
pub struct ShareWindow {
    /// Whether it is open.
    pub shown: bool,
    /// The link of a scenario, so that it is not packed in every frame.
    link: Option<(Scenario, String)>,
    /// What was copied or is to be copied.
    copying: Option<&'static str>,
    /// A text that the clipboard did not take: it is shown, to be copied by hand.
    uncopied: Option<String>,
    target: Option<String>,
    outcome: Option<String>,
}

impl ShareWindow {
    /// The clipboard has the text.
    pub fn copied(&mut self) {
        self.uncopied = None;
        self.outcome = self.copying.take().map(|what| format!("{what} is copied."));
    }

    /// The clipboard has not taken `text`.
    pub fn not_copied(&mut self, text: String) {
        self.copying = None;
        self.outcome = None;
        self.uncopied = Some(text);
    }

    /// A file has been saved, or why not.
    pub fn saved(&mut self, sentence: String) {
        self.outcome = Some(sentence);
    }

    /// Closes the window, which forgets what was last done there.
    pub fn hide(&mut self) {
        *self = Self { link: self.link.take(), target: self.target.take(), ..Self::default() };
    }

    /// The fragment of `scenario`'s link.
    fn link_of(&mut self, scenario: &Scenario) -> String {
        match &self.link {
            Some((known, link)) if known == scenario => link.clone(),
            _ => {
                let link = scenario.to_link();
                self.link = Some((scenario.clone(), link.clone()));
                link
            }
        }
    }

    /// Draws the window where it is open.
    pub fn show(&mut self, ctx: &egui::Context, scenario: &Scenario) -> Vec<Command> {
        let mut commands = Vec::new();
        let mut open = self.shown;
        window::show(ctx, "Share", &mut open, 460.0, |ui| self.contents(ui, scenario, &mut commands));
        if self.shown && !open {
            self.hide();
        }
        commands
    }

    fn contents(&mut self, ui: &mut Ui, scenario: &Scenario, commands: &mut Vec<Command>) {
        let fragment = self.link_of(scenario);
        let page = platform::page_address();
        let address = format!("{}#{fragment}", page.as_deref().unwrap_or_default());
        ui.label("The link holds everything: loss, start, methods, seeds, view. Anyone who opens it sees the same run, bit for bit.");
        if page.is_none() {
            ui.label(
                RichText::new("Put the address of a samscope page in front of it, or paste it into the Open window.")
                    .weak(),
            );
        }
        if let Some(place) = copy_row(ui, "Link", &address, "Copy link") {
            self.copying = Some(place);
            commands.push(OutsideCommand::CopyLink { text: address.clone(), fragment: fragment.clone() }.into());
        }
        if let Some(page) = page {
            ui.add_space(4.0);
            ui.label("To embed it in a page of your own:");
            let code = format!(
                "<iframe src=\"{page}?embed=1#{fragment}\" width=\"720\" height=\"480\" style=\"border:0\" title=\"samscope\"></iframe>"
            );
            if let Some(place) = copy_row(ui, "Embedding code", &code, "Copy code") {
                self.copying = Some(place);
                commands.push(OutsideCommand::Copy(code).into());
            }
        }
        ui.add_space(4.0);
        ui.label("As a file, for samscope run --scenario:");
        let target = self.target.get_or_insert_with(|| platform::suggested_target("scenario.json"));
        if let Some(target) = save_row(ui, target, "Save scenario")
            && let Ok(json) = serde_json::to_string_pretty(scenario)
        {
            let bytes = (json + "\n").into_bytes();
            commands.push(OutsideCommand::Save { target, mime: "application/json", bytes }.into());
        }
        if let Some(outcome) = &self.outcome {
            ui.label(RichText::new(outcome).strong());
        }
        if let Some(text) = &self.uncopied {
            ui.label("Select it and copy it:");
            egui::ScrollArea::vertical().max_height(280.0).show(ui, |ui| {
                let field = ui.add(TextEdit::multiline(&mut text.as_str()).desired_width(f32::INFINITY));
                name(&field, egui::Role::TextInput, "Text to copy");
            });
        }
    }
}

/// A text to select, on one line, with a button to copy it; gives its name where that was clicked.
fn copy_row(ui: &mut Ui, label: &'static str, text: &str, button: &str) -> Option<&'static str> {
    ui.horizontal(|ui| {
        let field = ui.add(
            TextEdit::singleline(&mut &*text)
                .min_size(finger(ui))
                .align(egui::Align2::LEFT_CENTER)
                .desired_width(ui.available_width() - 116.0),
        );
        name(&field, egui::Role::TextInput, label);
        ui.button(button).clicked().then_some(label)
    })
    .inner
}

/// Where a file goes, with a button to save it; gives the place where that was clicked.
pub fn save_row(ui: &mut Ui, target: &mut String, button: &str) -> Option<String> {
    ui.horizontal(|ui| {
        let field = ui.add(
            TextEdit::singleline(target)
                .min_size(finger(ui))
                .align(egui::Align2::LEFT_CENTER)
                .desired_width(ui.available_width() - 138.0),
        );
        name(&field, egui::Role::TextInput, platform::TARGET);
        let response = ui.add_enabled(!target.trim().is_empty(), egui::Button::new(button));
        response.clicked().then(|| target.clone())
    })
    .inner
}
