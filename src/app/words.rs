//! The glossary as a window: every entry, or those that have what is looked for in them.

use egui::{Context, RichText, TextEdit, Ui};

use super::fields::{finger, heading, name};
use super::glossary::{meaning, source, title};
use super::window;
use crate::figure::plain;
use crate::formula::in_unicode;
use crate::lesson::glossary;
use crate::sharpness::Entry;

/// What the window remembers: what is looked for.
#[derive(Debug, Default)]
pub struct Words {
    text: String,
}

impl Words {
    /// The window, where `shown` says that it is open.
    pub fn show(&mut self, ctx: &Context, shown: &mut bool) {
        window::show(ctx, "Glossary", shown, 560.0, |ui| self.contents(ui));
    }

    fn contents(&mut self, ui: &mut Ui) {
        let field = TextEdit::singleline(&mut self.text)
            .hint_text("A symbol or a word …")
            .desired_width(f32::INFINITY)
            .min_size(finger(ui))
            .align(egui::Align2::LEFT_CENTER);
        name(&ui.add(field), egui::Role::SearchInput, "Find in the glossary");
        let wanted = self.text.to_lowercase();
        let mut found = glossary().filter(|entry| has_all(entry, &wanted)).peekable();
        if found.peek().is_none() {
            ui.label("No entry has that.");
        }
        for entry in found {
            ui.add_space(4.0);
            show(ui, entry);
        }
    }
}

/// Whether an entry has every word of a text in lower case.
fn has_all(entry: &Entry, text: &str) -> bool {
    let (symbol, formula) = (plain(entry.symbol), in_unicode(entry.formula));
    let all = [&symbol, entry.name, entry.definition, &formula, entry.source].join(" ").to_lowercase();
    text.split_whitespace().all(|word| all.contains(word))
}

fn show(ui: &mut Ui, entry: &Entry) {
    heading(ui, RichText::new(title(entry)).strong(), 3);
    meaning(ui, entry);
    source(ui, entry);
}
