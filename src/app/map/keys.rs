//! The map by keyboard, while it has the focus: arrows move the start, with Shift what is shown.

use egui::{EventFilter, Key, Modifiers, Response, Stroke, StrokeKind, Ui};

use super::{Canvas, tidy};
use crate::app::command::Command;
use crate::app::session::Session;
use crate::run::{Scenario, View};

/// How far a key moves the start, and the map: shares of the map's smaller side.
const START: f64 = 0.02;
const PAN: f64 = 0.1;
/// What + and − multiply the rectangle by.
const ZOOM: f64 = 0.7;

/// Gives the map its keys while it has the focus.
pub(super) fn show(
    ui: &Ui,
    response: &Response,
    canvas: &Canvas,
    session: &Session,
    [u0, u1, v0, v1]: [f64; 4],
) -> Vec<Command> {
    if !takes_arrows(ui, response) {
        return Vec::new();
    }
    let mut commands = Vec::new();
    let side = (u1 - u0).min(v1 - v0);
    let scenario = session.scenario();
    // A longer shortcut stands before the one that it contains.
    if let Some([du, dv]) = arrows(ui, Modifiers::SHIFT, PAN * side) {
        let bounds = Some([u0 + du, u1 + du, v0 + dv, v1 + dv]);
        commands.push(Command::View(Box::new(View { bounds, ..scenario.view.clone() })));
    }
    if let Some(by) = arrows(ui, Modifiers::NONE, START * side) {
        commands.push(Command::Start(moved(scenario, canvas, by)));
    }
    let pressed = |keys: &[Key]| keys.iter().any(|&key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)));
    for (keys, command) in [
        (&[Key::Plus, Key::Equals][..], Command::Zoom(ZOOM)),
        (&[Key::Minus], Command::Zoom(1.0 / ZOOM)),
        (&[Key::Num0], Command::Fit),
    ] {
        if pressed(keys) {
            commands.push(command);
        }
    }
    commands
}

/// Whether it has the focus; then it keeps it where arrows are pressed, and is seen to have it.
fn takes_arrows(ui: &Ui, response: &Response) -> bool {
    if !response.has_focus() {
        return false;
    }
    ring(ui, response);
    let all = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, all));
    true
}

/// How far the arrows move a point that has the focus, in the map's coordinates.
pub(super) fn by_arrows(ui: &Ui, response: &Response, canvas: &Canvas) -> Option<[f64; 2]> {
    let bounds = canvas.transform.bounds();
    let side = bounds.width().min(bounds.height());
    takes_arrows(ui, response).then(|| arrows(ui, Modifiers::NONE, START * side)).flatten()
}

/// Around the map that has the focus.
fn ring(ui: &Ui, response: &Response) {
    let stroke = Stroke::new(2.0, ui.visuals().selection.stroke.color);
    ui.painter().rect_stroke(response.rect, 2.0, stroke, StrokeKind::Inside);
}

/// How far the arrows that have been pressed with these modifiers go, right and up.
fn arrows(ui: &Ui, modifiers: Modifiers, step: f64) -> Option<[f64; 2]> {
    let times = |key| ui.input_mut(|input| input.count_and_consume_key(modifiers, key)) as f64;
    let [right, left, up, down] = [Key::ArrowRight, Key::ArrowLeft, Key::ArrowUp, Key::ArrowDown].map(times);
    let by = [right - left, up - down].map(|times| times * step);
    (by != [0.0; 2]).then_some(by)
}

/// The start, moved in the map's plane.
pub(super) fn moved(scenario: &Scenario, canvas: &Canvas, [du, dv]: [f64; 2]) -> Vec<f64> {
    let mut init = scenario.init.clone();
    let [a, b] = canvas.slice.axes;
    let digit = canvas.digit();
    init[a] = tidy(init[a] + du, digit);
    init[b] = tidy(init[b] + dv, digit);
    init
}
