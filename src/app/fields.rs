//! Number fields: a logarithmic slider beside a field that takes any number, also beyond its ends.

use std::cell::RefCell;

use egui::{Button, DragValue, Response, Sense, Slider, SliderClamping, Ui, Vec2, WidgetText};

use super::theme;
use crate::loss::{exact, rounded};

/// A typed text that is not a number, to be told in one sentence.
#[derive(Debug, Default)]
pub struct Refused(RefCell<Option<String>>);

impl Refused {
    /// Reads a number; notes what is wrong with the text where it is none.
    fn parse(&self, name: &str, text: &str) -> Option<f64> {
        let number = text.trim().replace('−', "-").parse().ok();
        if number.is_none() {
            *self.0.borrow_mut() = Some(format!("{name}: must be a number, but is `{}`", text.trim()));
        }
        number
    }

    /// The last sentence.
    pub fn take(&self) -> Option<String> {
        self.0.borrow_mut().take()
    }
}

/// The least size of what is pressed: on a phone that of a finger, elsewhere none.
pub fn finger(ui: &Ui) -> Vec2 {
    let side = ui.spacing().interact_size.y;
    if side < theme::FINGER { Vec2::ZERO } else { Vec2::splat(side) }
}

/// A button that takes no more room than it needs.
pub fn small_button(ui: &mut Ui, text: impl Into<WidgetText>) -> Response {
    ui.add(Button::new(text.into()).small().min_size(finger(ui)))
}

/// A word that is on or off.
pub fn chip(ui: &mut Ui, is_on: bool, text: impl Into<WidgetText>) -> Response {
    ui.add(Button::selectable(is_on, text.into()).min_size(finger(ui)))
}

/// Gives a widget the name that screen readers say.
pub fn name(response: &Response, role: egui::Role, name: &str) {
    response.widget_info(|| egui::WidgetInfo::labeled(role, true, name));
}

/// A title, by which screen readers can go through the page.
pub fn heading(ui: &mut Ui, text: impl Into<egui::RichText>, level: usize) {
    let text = text.into();
    let name = text.text().to_owned();
    let response = ui.add(egui::Label::new(text).wrap());
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(egui::Role::Heading);
        node.set_level(level);
        node.set_label(name);
    });
}

/// A small cross that takes something away, which its name says.
pub fn cross(ui: &mut Ui, what: &str) -> Response {
    let response = small_button(ui, "×").on_hover_text(what);
    name(&response, egui::Role::Button, what);
    response
}

/// A drop-down list, `width` wide, named for screen readers; gives the response of what opens it.
pub fn combo(
    ui: &mut Ui,
    label: &str,
    selected: impl Into<egui::WidgetText>,
    width: f32,
    contents: impl FnOnce(&mut Ui),
) -> Response {
    let list = egui::ComboBox::from_id_salt(label)
        .selected_text(selected)
        .width(width)
        .height(0.55 * ui.ctx().content_rect().height())
        .show_ui(ui, contents);
    name(&list.response, egui::Role::ComboBox, label);
    list.response
}

/// A place of this width whatever is in it: what is below must not jump while a number changes.
pub fn cell(ui: &mut Ui, width: f32, contents: impl FnOnce(&mut Ui)) {
    let (rect, _) = ui.allocate_exact_size(egui::vec2(width, ui.spacing().interact_size.y), Sense::hover());
    let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(rect));
    inside.set_clip_rect(rect.expand(1.0).intersect(ui.clip_rect()));
    inside.spacing_mut().interact_size.x = width;
    contents(&mut inside);
}

/// A field for a whole number.
pub fn whole<N: egui::emath::Numeric>(
    ui: &mut Ui,
    label: &str,
    value: &mut N,
    range: std::ops::RangeInclusive<N>,
    speed: f64,
    refused: &Refused,
) {
    let field = DragValue::new(value).speed(speed).range(range).update_while_editing(false);
    let response = ui.add(field.custom_parser(|text| refused.parse(label, text)));
    name(&response, egui::Role::SpinButton, label);
}

/// A field for a number, named for messages and screen readers.
pub fn number(ui: &mut Ui, label: &str, value: &mut f64, speed: f64, refused: &Refused) -> Response {
    let response = ui.add(
        DragValue::new(value)
            .speed(speed)
            .update_while_editing(false)
            .custom_formatter(|value, _| exact(value))
            .custom_parser(|text| refused.parse(label, text)),
    );
    name(&response, egui::Role::SpinButton, label);
    response
}

/// A logarithmic slider over `range` with a number field; gives the field's response.
pub fn log_slider(
    ui: &mut Ui,
    label: &str,
    value: &mut f64,
    range: std::ops::RangeInclusive<f64>,
    refused: &Refused,
) -> Response {
    let slider = Slider::new(value, range.clone())
        .logarithmic(true)
        .smallest_positive(range.start().max(1e-4))
        .clamping(SliderClamping::Never)
        .show_value(false);
    let response = ui.add(slider);
    name(&response, egui::Role::Slider, &format!("{label} slider"));
    if response.dragged() || response.changed() {
        *value = rounded(*value, 3);
    }
    let speed = (value.abs() * 0.01).max(1e-6);
    number(ui, label, value, speed, refused)
}
