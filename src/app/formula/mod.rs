//! Formulas on the screen: typeset, on lines of their own or within a text, with the line of Unicode for screen readers.

mod flow;
mod painting;

use egui::{Color32, Popup, Response, Role, Sense, Ui, WidgetInfo};

use flow::{Flow, Word};
pub use painting::FAMILY;

use super::command::{Command, OutsideCommand};
use crate::formula::{in_unicode, typeset, typeset_in_text};
use crate::lesson::{Paragraph, Piece};

/// How large a formula's letters are beside those of a text, which have the same height then.
const BESIDE_TEXT: f32 = 1.2;

/// Shows a formula beside which the text has this size.
pub fn show(ui: &mut Ui, source: &str, text_size: f32, colour: Color32) -> Response {
    place(ui, &alone(ui, source, text_size, colour), &in_unicode(source), Sense::hover())
}

/// The same; a click offers to copy its source.
pub fn show_to_copy(ui: &mut Ui, source: &str, text_size: f32, colour: Color32) -> Option<Command> {
    let response = place(ui, &alone(ui, source, text_size, colour), &in_unicode(source), Sense::click());
    if response.has_focus() {
        let line = egui::Stroke::new(1.0, ui.visuals().selection.stroke.color);
        ui.painter().rect_stroke(response.rect.expand(2.0), 2.0, line, egui::StrokeKind::Outside);
    }
    let mut command = None;
    Popup::menu(&response).show(|ui| {
        if ui.button("Copy as LaTeX").clicked() {
            command = Some(OutsideCommand::Copy(source.to_owned()).into());
        }
    });
    response.on_hover_cursor(egui::CursorIcon::PointingHand).on_hover_text("Click to copy it as LaTeX");
    command
}

/// Shows a paragraph with the formulas in it.
pub fn paragraph(ui: &mut Ui, paragraph: &Paragraph, size: f32, colour: Color32) -> Response {
    let mut flow = Flow::new(0.15 * size);
    for piece in paragraph.pieces() {
        match piece {
            Piece::Text(words) => flow.text(ui, words, size, colour),
            Piece::Formula(source) | Piece::Display(source) => match typeset_in_text(source) {
                Ok(parts) => flow.formulas(parts, BESIDE_TEXT * size, colour, 0.0),
                Err(_) => flow.text(ui, source, size, colour),
            },
        }
    }
    place(ui, &flow, &paragraph.text(), Sense::hover())
}

/// A formula on lines of its own; what is no formula, as it is.
fn alone(ui: &Ui, source: &str, text_size: f32, colour: Color32) -> Flow {
    let mut flow = Flow::new(0.4 * text_size);
    match typeset(source) {
        Ok(parts) => flow.formulas(parts, BESIDE_TEXT * text_size, colour, 1.6 * text_size),
        Err(_) => flow.text(ui, source, text_size, colour),
    }
    flow
}

/// Words where there is room for them, named as a whole.
fn place(ui: &mut Ui, flow: &Flow, name: &str, sense: Sense) -> Response {
    // 1. Size and place.
    let placed = flow.in_lines(ui.available_width());
    let (rect, response) = ui.allocate_exact_size(placed.size, sense);
    // 2. What it is.
    let role = if sense.senses_click() { Role::Button } else { Role::Label };
    response.widget_info(|| WidgetInfo::labeled(role, ui.is_enabled(), name));
    // 3. Paint.
    if ui.is_rect_visible(rect) {
        for (word, place, scale) in &placed.words {
            Word::paint(word, ui.painter(), rect.min + *place, *scale);
        }
    }
    response
}
