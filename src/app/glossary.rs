//! Tooltips from the glossary: what something means, its formula, where it is from, and its value now.

use egui::{Response, RichText, Ui};

use super::formula;
use super::opening::sentence;
use crate::figure::plain;
use crate::lesson::explained;
use crate::loss::short;
use crate::sharpness::Entry;

/// Explains what `response` shows, on hover, on a long press and while it has the keyboard's focus. `now` is its value.
pub fn explain(response: Response, entry: &'static Entry, now: Option<f64>) -> Response {
    if response.has_focus() && !response.hovered() {
        response.show_tooltip_ui(|ui| contents(ui, entry, now));
    }
    response.on_hover_ui(|ui| contents(ui, entry, now))
}

/// The same for the entry with this id.
pub fn explain_id(response: Response, id: &str) -> Response {
    match explained(id) {
        Some(entry) => explain(response, entry, None),
        None => response,
    }
}

fn contents(ui: &mut Ui, entry: &Entry, now: Option<f64>) {
    ui.set_max_width(320.0);
    ui.label(RichText::new(title(entry)).strong());
    meaning(ui, entry);
    if let Some(now) = now {
        ui.label(RichText::new(format!("now {}", short(now))).monospace());
    }
    source(ui, entry);
}

/// An entry's title.
pub fn title(entry: &Entry) -> String {
    format!("{}: {}", plain(entry.symbol), entry.name)
}

/// What it means, in words and as a formula.
pub fn meaning(ui: &mut Ui, entry: &Entry) {
    ui.label(sentence(entry.definition));
    if !entry.formula.is_empty() {
        formula::show(ui, entry.formula, 13.5, ui.visuals().strong_text_color());
    }
}

/// Where it is from.
pub fn source(ui: &mut Ui, entry: &Entry) {
    ui.label(RichText::new(entry.source).weak().size(11.5));
}
