//! Formulas on the screen: typeset, on lines of their own or within a text, with the line of Unicode for screen readers.

mod flow;
mod painting;

use egui::{Align2, Color32, Painter, Popup, Response, Role, Sense, StrokeKind, Ui, Vec2, WidgetInfo, vec2};

pub use flow::{Flow, Placed};
pub use painting::FAMILY;

use super::command::{Command, OutsideCommand};
use super::fields::finger;
use crate::figure::plain;
use crate::formula::{in_unicode, of_symbol, typeset, typeset_in_text};
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
        ui.painter().rect_stroke(response.rect.expand(2.0), 2.0, line, StrokeKind::Outside);
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
            Piece::Text(words) => flow.text(ui.painter(), words, size, colour),
            Piece::Formula(source) | Piece::Display(source) => match typeset_in_text(source) {
                Ok(parts) => flow.formulas(parts, BESIDE_TEXT * size, colour, 0.0),
                Err(_) => flow.text(ui.painter(), source, size, colour),
            },
        }
    }
    place(ui, &flow, &paragraph.text(), Sense::hover())
}

/// Words, of which those that are symbols are typeset.
pub fn words(painter: &Painter, text: &str, size: f32, colour: Color32) -> Flow {
    let mut flow = Flow::new(0.15 * size);
    for word in text.split_inclusive(' ') {
        // Between words it is the article.
        let symbol = Some(word.trim_end()).filter(|&word| word != "a" || text == "a").and_then(of_symbol);
        match symbol.and_then(|source| typeset_in_text(&source).ok()) {
            Some(parts) => {
                flow.formulas(parts, BESIDE_TEXT * size, colour, 0.0);
                if word.ends_with(' ') {
                    flow.text(painter, " ", size, colour);
                }
            }
            None => flow.text(painter, word, size, colour),
        }
    }
    flow
}

/// The same as a label on one line, which screen readers read as it is.
pub fn label(ui: &mut Ui, text: &str, size: f32, colour: Color32) -> Response {
    let flow = words(ui.painter(), text, size, colour);
    place_in(ui, &flow, f32::INFINITY, &plain(text), Sense::hover())
}

/// A word or a symbol that is on or off.
pub fn chip(ui: &mut Ui, is_on: bool, symbol: &str, size: f32) -> Response {
    // 1. Size and place.
    let (padding, least) = (ui.spacing().button_padding, finger(ui).x.max(ui.spacing().interact_size.y));
    let wanted = words(ui.painter(), symbol, size, Color32::WHITE).in_lines(f32::INFINITY).size + 2.0 * padding;
    let wanted = wanted.max(vec2(finger(ui).x, least));
    let (rect, response) = ui.allocate_at_least(wanted, Sense::click());
    // 2. What it is.
    response.widget_info(|| WidgetInfo::selected(Role::Button, ui.is_enabled(), is_on, plain(symbol)));
    // 3. Paint.
    let visuals = ui.style().interact_selectable(&response, is_on);
    if is_on || response.hovered() || response.has_focus() {
        ui.painter().rect(rect, visuals.corner_radius, visuals.weak_bg_fill, visuals.bg_stroke, StrokeKind::Inside);
    }
    let flow = words(ui.painter(), symbol, size, visuals.text_color());
    let placed = flow.in_lines(f32::INFINITY);
    placed.paint(ui.painter(), Align2::CENTER_CENTER.align_size_within_rect(placed.size, rect).min);
    response
}

/// A formula on lines of its own; what is no formula, as it is.
fn alone(ui: &Ui, source: &str, text_size: f32, colour: Color32) -> Flow {
    let mut flow = Flow::new(0.4 * text_size);
    match typeset(source) {
        Ok(parts) => flow.formulas(parts, BESIDE_TEXT * text_size, colour, 1.6 * text_size),
        Err(_) => flow.text(ui.painter(), source, text_size, colour),
    }
    flow
}

/// Words where there is room for them, named as a whole.
fn place(ui: &mut Ui, flow: &Flow, name: &str, sense: Sense) -> Response {
    place_in(ui, flow, ui.available_width(), name, sense)
}

/// Words on lines of this width, named as a whole.
fn place_in(ui: &mut Ui, flow: &Flow, width: f32, name: &str, sense: Sense) -> Response {
    // 1. Size and place.
    let placed = flow.in_lines(width);
    let least = if sense.senses_click() { finger(ui) } else { Vec2::ZERO };
    let (rect, response) = ui.allocate_exact_size(placed.size.max(least), sense);
    let corner = Align2::LEFT_CENTER.align_size_within_rect(placed.size, rect).min;
    // 2. What it is.
    let role = if sense.senses_click() { Role::Button } else { Role::Label };
    response.widget_info(|| WidgetInfo::labeled(role, ui.is_enabled(), name));
    // 3. Paint.
    if ui.is_rect_visible(rect) {
        placed.paint(ui.painter(), corner);
    }
    response
}
