//! Above the map: what it shows, its levels, its slice.

use egui::Ui;

use crate::app::Handles;
use crate::app::command::Command;
use crate::app::fields::{combo, name as named};
use crate::figure::plain;
use crate::run::{Layout, MapQuantity, Scale, Scenario, Through};
use crate::theory::gap_scenario;

/// The quantity's symbol.
pub fn quantity_name(quantity: MapQuantity) -> String {
    plain(quantity.symbol())
}

/// What the quantity is.
fn quantity_about(quantity: MapQuantity) -> &'static str {
    match quantity {
        MapQuantity::Loss => "the loss",
        MapQuantity::Lambda1 => "top eigenvalue",
        MapQuantity::LambdaM => "smallest non-zero eigenvalue",
        MapQuantity::Trace => "sum of the eigenvalues",
        MapQuantity::LMax => "the greatest loss within ρ",
        MapQuantity::LAsc => "the loss at x + ρĝ",
        MapQuantity::LAvg => "the mean loss at distance ρ",
        MapQuantity::RMax => "L^Max − L",
        MapQuantity::RAsc => "L^Asc − L",
        MapQuantity::RAvg => "L^Avg − L",
    }
}

/// Shows the toolbar; changes come back as commands.
pub fn show(ui: &mut Ui, scenario: &Scenario, handles: &mut Handles) -> Vec<Command> {
    let mut draft = scenario.clone();
    let mut commands = Vec::new();
    // One line, which is dragged where it is narrow; a scroll bar would lie on the buttons and take their clicks.
    let hidden_bar = egui::scroll_area::ScrollBarVisibility::AlwaysHidden;
    egui::ScrollArea::horizontal().id_salt("toolbar").scroll_bar_visibility(hidden_bar).show(ui, |ui| {
        ui.horizontal(|ui| {
            // All of it is to be seen beside the other panels of a common screen.
            ui.spacing_mut().item_spacing.x = 4.0;
            if let Some(next) = layout_choice(ui, scenario, handles) {
                draft = next;
            }
            ui.separator();
            // In the gap view each map shows what its own method minimizes.
            if draft.view.layout != Layout::Gap {
                quantity_choice(ui, &mut draft);
            }
            let flows = ui.selectable_label(draft.view.flows, "flows");
            if flows.on_hover_text("Draw the theorems' limiting flows along the minima").clicked() {
                draft.view.flows = !draft.view.flows;
            }
            let log = draft.view.levels == Scale::Log;
            if ui.selectable_label(log, "log levels").clicked() {
                draft.view.levels = if log { Scale::Linear } else { Scale::Log };
            }
            if draft.dim() > 2 {
                slice_controls(ui, &mut draft);
                if draft.view.layout == Layout::Surface {
                    surface_axes(ui, &mut draft);
                }
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

fn quantity_choice(ui: &mut Ui, draft: &mut Scenario) {
    combo(ui, "Map quantity", quantity_name(draft.view.quantity), 56.0, |ui| {
        for quantity in MapQuantity::ALL {
            let text = format!("{}: {}", quantity_name(quantity), quantity_about(quantity));
            ui.selectable_value(&mut draft.view.quantity, quantity, text);
        }
    });
}

/// One map, or the approximation gap, which brings its own race.
fn layout_choice(ui: &mut Ui, scenario: &Scenario, handles: &mut Handles) -> Option<Scenario> {
    let layout = scenario.view.layout;
    let map = ui.selectable_label(layout == Layout::Map, "Map").on_hover_text("One map for all");
    let gap = ui.selectable_label(layout == Layout::Gap, "Gap");
    handles.insert("gap", gap.rect.center());
    let surface = ui.selectable_label(layout == Layout::Surface, "3-D");
    handles.insert("surface", surface.rect.center());
    let surface = surface.on_hover_text("The loss as a surface at every method's head; drag turns it, the wheel zooms");
    let gap = gap.on_hover_text("The approximation gap: descent on L^Max, descent on L^Asc and SAM side by side");
    for (button, chosen) in [(map, Layout::Map), (surface, Layout::Surface)] {
        if button.clicked() && layout != chosen {
            let mut next = scenario.clone();
            next.view.layout = chosen;
            return Some(next);
        }
    }
    (gap.clicked() && layout != Layout::Gap).then(|| gap_scenario(scenario))
}

/// Which two coordinates are under the surfaces.
fn surface_axes(ui: &mut Ui, draft: &mut Scenario) {
    let dim = draft.dim();
    let [a, b] = draft.view.surface_axes(dim);
    let before = draft.view.surface_axes;
    combo(ui, "Surface axes", format!("3-D: (x{a}, x{b})"), 96.0, |ui| {
        for a in 1..=dim {
            for b in a + 1..=dim {
                ui.selectable_value(&mut draft.view.surface_axes, Some([a, b]), format!("(x{a}, x{b})"));
            }
        }
    });
    if draft.view.surface_axes != before {
        draft.view.surface_reach = None;
    }
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
    combo(ui, "Map slice", name(draft.view.through), 98.0, |ui| {
        for through in [Through::Gamma, Through::Head, Through::Start] {
            ui.selectable_value(&mut draft.view.through, through, name(through));
        }
    });
}
