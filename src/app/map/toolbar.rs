//! Above the map: what it shows, its levels, its slice.

use egui::Ui;

use crate::app::command::Command;
use crate::app::fields::{combo, name as named};
use crate::run::{MapQuantity, Scale, Scenario, Through};

/// The quantity's symbol.
pub fn quantity_name(quantity: MapQuantity) -> &'static str {
    match quantity {
        MapQuantity::Loss => "L",
        MapQuantity::Lambda1 => "λ1",
        MapQuantity::LambdaM => "λM",
        MapQuantity::Trace => "Tr H",
    }
}

fn quantity_text(quantity: MapQuantity) -> &'static str {
    match quantity {
        MapQuantity::Loss => "L: the loss",
        MapQuantity::Lambda1 => "λ1: top eigenvalue",
        MapQuantity::LambdaM => "λM: smallest non-zero eigenvalue",
        MapQuantity::Trace => "Tr H: sum of the eigenvalues",
    }
}

/// Shows the toolbar; changes come back as commands.
pub fn show(ui: &mut Ui, scenario: &Scenario) -> Vec<Command> {
    let mut draft = scenario.clone();
    let mut commands = Vec::new();
    // One line, which scrolls where it is narrow.
    egui::ScrollArea::horizontal().id_salt("toolbar").show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.label("Map");
            combo(ui, "Map quantity", quantity_name(draft.view.quantity), 56.0, |ui| {
                use MapQuantity::{Lambda1, LambdaM, Loss, Trace};
                for quantity in [Loss, Lambda1, LambdaM, Trace] {
                    ui.selectable_value(&mut draft.view.quantity, quantity, quantity_text(quantity));
                }
            });
            let log = draft.view.levels == Scale::Log;
            if ui.selectable_label(log, "log levels").clicked() {
                draft.view.levels = if log { Scale::Linear } else { Scale::Log };
            }
            if draft.dim() > 2 {
                slice_controls(ui, &mut draft);
            }
            if ui.button("fit").on_hover_text("Show the whole run (double-click on the map)").clicked() {
                commands.push(Command::Fit);
            }
            for (text, name, factor) in [("+", "Zoom in", 0.7), ("−", "Zoom out", 1.0 / 0.7)] {
                let response = ui.button(text).on_hover_text(name);
                named(&response, egui::Role::Button, name);
                if response.clicked() {
                    commands.push(Command::Zoom(factor));
                }
            }
        })
    });
    if draft != *scenario {
        commands.push(Command::Edit(Box::new(draft)));
    }
    commands
}

/// Which two coordinates span the map, and where it lies in the others.
fn slice_controls(ui: &mut Ui, draft: &mut Scenario) {
    let dim = draft.dim();
    let before = draft.view.axes;
    let text = format!("(x{}, x{})", before[0], before[1]);
    combo(ui, "Map axes", text, 72.0, |ui| {
        for a in 1..=dim {
            for b in a + 1..=dim {
                ui.selectable_value(&mut draft.view.axes, [a, b], format!("(x{a}, x{b})"));
            }
        }
    });
    if draft.view.axes != before {
        draft.view.bounds = None;
    }
    let name = |through: Through| match through {
        Through::Gamma => "at the minima",
        Through::Head => "at the head",
        Through::Start => "at the start",
    };
    combo(ui, "Map slice", name(draft.view.through), 104.0, |ui| {
        for through in [Through::Gamma, Through::Head, Through::Start] {
            ui.selectable_value(&mut draft.view.through, through, name(through));
        }
    });
}
