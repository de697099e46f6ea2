//! The approximation gap: the methods of the race side by side, each on a map of its own, with the end
//! that theory predicts and the place that it has reached.

use std::collections::BTreeSet;

use egui::{RichText, Ui};

use super::command::Command;
use super::formula;
use super::map::{Look, MapState, quantity_name};
use super::session::Session;
use super::theme::Colours;
use crate::loss::coordinate;
use crate::race::{Run, in_chain_order};
use crate::run::Scenario;
use crate::sharpness::MapQuantity;
use crate::theory;

/// A map is at least this wide; narrower windows put them below each other.
const MIN_WIDTH: f32 = 112.0;
/// Columns narrower than this need a third line for what a method approximates.
const NARROW: f32 = 170.0;
/// The height of the text above and below a map.
const TEXT: f32 = 140.0;

/// The maps' memories, one for each run.
#[derive(Default)]
pub struct GapState {
    maps: Vec<MapState>,
}

impl GapState {
    /// Goes on computing the maps' fields; true while there is more to do.
    pub fn advance(
        &mut self,
        session: &Session,
        rectangle: [f64; 4],
        pixels_per_point: f32,
        is_late: &mut dyn FnMut() -> bool,
    ) -> bool {
        let hidden = BTreeSet::new();
        let mut more = false;
        for ((i, map), run) in self.maps.iter_mut().enumerate().zip(in_chain_order(session.runs())) {
            let look = look(i, run, session.scenario(), &hidden, rectangle);
            more |= map.advance(session, &look, pixels_per_point, is_late);
        }
        more
    }

    /// The maps with what theory says of them.
    pub fn show(&mut self, ui: &mut Ui, session: &Session, rectangle: [f64; 4]) -> Vec<Command> {
        let runs = in_chain_order(session.runs());
        self.maps.resize_with(runs.len(), MapState::default);
        ui.label(RichText::new(theory::GAP_IN_WORDS).size(12.5));
        let columns = ((ui.available_width() / MIN_WIDTH) as usize).clamp(1, runs.len().max(1));
        let rows = runs.len().div_ceil(columns);
        let width = ui.available_width() / columns as f32;
        // Not much higher than wide: a map has equal units along both axes.
        let height =
            (ui.available_height() / rows as f32 - 12.0).clamp(MIN_WIDTH + TEXT, (1.6 * width).max(MIN_WIDTH) + TEXT);
        let mut commands = Vec::new();
        egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            for row in 0..rows {
                ui.columns(columns, |uis| {
                    for (ui, i) in uis.iter_mut().zip(row * columns..runs.len()) {
                        ui.set_height(height);
                        // Columns are justified, which tears words apart.
                        ui.with_layout(egui::Layout::top_down(egui::Align::LEFT), |ui| {
                            let others = runs.iter().map(|run| run.index()).filter(|&k| k != runs[i].index()).collect();
                            let look = look(i, runs[i], session.scenario(), &others, rectangle);
                            heading(ui, &runs, i);
                            let map = &mut self.maps[i];
                            let room = egui::vec2(ui.available_width(), height - TEXT);
                            commands.extend(ui.allocate_ui(room, |ui| map.show(ui, session, &look)).inner);
                            ends(ui, session, runs[i], look.quantity);
                        });
                    }
                });
            }
        });
        commands
    }
}

fn look<'a>(i: usize, run: &Run, scenario: &Scenario, hidden: &'a BTreeSet<usize>, rectangle: [f64; 4]) -> Look<'a> {
    let quantity = run.optimizer().id.info().notion().map_or(scenario.view.quantity, MapQuantity::from);
    Look { id: i + 1, hidden, focus: run.index(), quantity, rectangle, marker: None, names_ends: true }
}

/// A method's name, and what it is an approximation of.
fn heading(ui: &mut Ui, runs: &[&Run], i: usize) {
    let run = runs[i];
    let method = run.optimizer().id;
    let colour = Colours::of(ui).letters(run.colour());
    ui.label(RichText::new(method.info().name).strong().size(15.0).color(colour));
    let before = i.checked_sub(1).map(|before| runs[before].optimizer().id);
    let approximation = before.and_then(|before| theory::approximation(before, method));
    // Room for all its lines, so that the maps stand at the same height.
    let lines = if ui.available_width() < NARROW { 46.0 } else { 30.0 };
    ui.allocate_ui(egui::vec2(ui.available_width(), lines), |ui| {
        ui.set_min_height(lines);
        match approximation {
            Some(how) => {
                ui.add(egui::Label::new(RichText::new(how).size(11.5).weak()).wrap()).on_hover_text(how);
            }
            None => {
                formula::show(ui, method.info().update, 11.0, ui.visuals().text_color());
            }
        }
    });
}

/// What is predicted, and what is reached.
fn ends(ui: &mut Ui, session: &Session, run: &Run, quantity: MapQuantity) {
    let axes = session.scenario().view.axes;
    let place = |x: &[f64]| format!("({}, {})", coordinate(x[axes[0] - 1]), coordinate(x[axes[1] - 1]));
    let row = |ui: &mut Ui, name: &str, text: String| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            ui.label(RichText::new(name).size(12.0).weak());
            ui.label(RichText::new(text).size(12.5).strong());
        });
    };
    let predicted = match run.predicted_end() {
        Some(Ok(end)) => format!("min {}: {}", quantity_name(quantity), place(end)),
        Some(Err(why)) => why.to_string(),
        None => "…".to_owned(),
    };
    row(ui, "predicted", predicted);
    let head = run.head();
    row(ui, "reached", place(&head.x));
    row(ui, "after", format!("{} steps", super::transport::grouped(head.step)));
}
