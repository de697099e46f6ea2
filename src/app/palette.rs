//! The command palette: everything that can be done, found by a few letters of its name; and the sheet of shortcuts.

use egui::{Align2, Key, Modifiers, RichText, ScrollArea, TextEdit, Ui};

use super::actions;
use super::command::Command;
use super::fields::{finger, name};
use super::session::Session;
use super::window;
use crate::platform;

/// What can be done by mouse, by touch and by keys where they have a meaning of their own.
const GESTURES: [(&str, &str); 9] = [
    ("Move the start", "Drag the white ring"),
    ("Move the map", "Drag it, or wheel"),
    ("Zoom", "Ctrl and wheel, or two fingers"),
    ("Show the whole run", "Double-click the map"),
    ("Move the start, on the map that Tab has reached", "Arrows"),
    ("Move the map there", "Shift and arrows"),
    ("Zoom there, and show the whole run", "+ and −, and 0"),
    ("Go to a step", "Click a curve"),
    ("Turn the page in a lecture", "→ and ←, or Page Down and Page Up"),
];

/// What a browser has for its own parts.
const NEXT_REGION: (&str, &str) = ("Go to the next part of the screen", "F6");

/// Between the sheet's columns.
const SPACE: f32 = 20.0;

/// What the palette remembers while it is open.
#[derive(Debug, Default)]
pub struct Palette {
    /// Whether it is open.
    pub shown: bool,
    text: String,
    /// The place of the row that Enter chooses.
    row: usize,
}

impl Palette {
    /// Opened anew, or closed.
    pub fn toggled(&self) -> Self {
        Self { shown: !self.shown, ..Self::default() }
    }

    /// Draws it where it is open.
    pub fn show(&mut self, ctx: &egui::Context, session: &Session) -> Vec<Command> {
        if !self.shown {
            return Vec::new();
        }
        let mut chosen = None;
        let size = ctx.content_rect().size();
        egui::Window::new("Command palette")
            .collapsible(false)
            .resizable(false)
            .title_bar(false)
            .anchor(Align2::CENTER_TOP, egui::vec2(0.0, 60.0_f32.min(0.1 * size.y)))
            .show(ctx, |ui| {
                ui.set_width((size.x - 40.0).clamp(120.0, 480.0));
                chosen = self.contents(ui, session, (0.6 * size.y).max(80.0));
            });
        if chosen.is_some() || ctx.input(|input| input.key_pressed(Key::Escape)) {
            self.shown = false;
        }
        chosen.into_iter().collect()
    }

    fn contents(&mut self, ui: &mut Ui, session: &Session, height: f32) -> Option<Command> {
        // Before the field, which would move its own cursor.
        let pressed = |ui: &Ui, key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let (down, up) = (pressed(ui, Key::ArrowDown), pressed(ui, Key::ArrowUp));
        let field = TextEdit::singleline(&mut self.text)
            .hint_text("What to do …")
            .desired_width(f32::INFINITY)
            .min_size(finger(ui))
            .align(egui::Align2::LEFT_CENTER);
        let field = ui.add(field);
        name(&field, egui::Role::TextInput, "Command");
        let entered = ui.input(|input| input.key_pressed(Key::Enter));
        field.request_focus();
        let found = found(session, &self.text);
        if field.changed() {
            self.row = 0;
        }
        self.row = (self.row + usize::from(down)).saturating_sub(usize::from(up)).min(found.len().saturating_sub(1));
        if found.is_empty() {
            ui.label("Nothing has that name.");
        }
        let mut chosen = None;
        ScrollArea::vertical().max_height(height).show(ui, |ui| {
            for (i, (what, keys, command)) in found.into_iter().enumerate() {
                let row = egui::Button::selectable(i == self.row, what).shortcut_text(keys);
                let response = ui.add(row.min_size(egui::vec2(ui.available_width(), finger(ui).y.max(24.0))));
                if i == self.row && (down || up) {
                    response.scroll_to_me(None);
                }
                if response.clicked() || (i == self.row && entered) {
                    chosen = Some(command);
                }
            }
        });
        chosen
    }
}

/// What has every word of `text` in its name; first what begins with it.
fn found(session: &Session, text: &str) -> Vec<(String, String, Command)> {
    let text = text.to_lowercase();
    let mut all = actions::everything(session);
    all.retain(|(name, ..)| text.split_whitespace().all(|word| name.to_lowercase().contains(word)));
    all.sort_by_key(|(name, ..)| !name.to_lowercase().starts_with(&text));
    all
}

/// The sheet of shortcuts, where `shown` says that it is open.
pub fn shortcuts(ctx: &egui::Context, shown: &mut bool) {
    let rows = |ui: &mut Ui, rows: &mut dyn Iterator<Item = (&str, String)>| {
        for (what, keys) in rows {
            ui.label(what);
            ui.label(RichText::new(keys).monospace());
            ui.end_row();
        }
    };
    window::show(ctx, "Shortcuts", shown, 560.0, |ui| {
        // On a phone both columns wrap.
        let column = (ui.available_width() - SPACE) / 2.0;
        let grid = egui::Grid::new("shortcuts").num_columns(2).spacing([SPACE, 5.0]).striped(true);
        grid.max_col_width(column).show(ui, |ui| {
            rows(ui, &mut actions::shortcuts());
            let gestures = GESTURES.iter().chain(platform::HAS_FUNCTION_KEYS.then_some(&NEXT_REGION));
            rows(ui, &mut gestures.map(|&(what, gesture)| (what, gesture.to_owned())));
        });
    });
}
