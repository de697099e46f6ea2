//! Above the map: what it shows, its levels, its slice.

use egui::Ui;

use crate::app::command::Command;
use crate::app::fields::{combo, name as named};
use crate::app::glossary::{explain, explain_id};
use crate::app::sweep;
use crate::figure::plain;
use crate::run::{Layout, RunSpec, Scale, Through, View};
use crate::sharpness::MapQuantity;

/// The quantity's symbol.
pub fn quantity_name(quantity: MapQuantity) -> String {
    plain(quantity.info().entry.symbol)
}

/// Shows the toolbar for losses of this dimension and the run in focus; changes come back as commands.
pub fn show(ui: &mut Ui, view: &View, dim: usize, run: Option<&RunSpec>) -> Vec<Command> {
    let mut draft = view.clone();
    let mut commands = Vec::new();
    ui.horizontal_wrapped(|ui| {
        // On one line beside the other panels of a common screen.
        ui.spacing_mut().item_spacing.x = 4.0;
        layout_choice(ui, &mut draft);
        ui.separator();
        if draft.layout == Layout::Sweep {
            if let Some(run) = run {
                sweep::toolbar(ui, &mut draft, run);
            }
        } else {
            map_controls(ui, &mut draft, dim);
        }
        if ui.button("fit").on_hover_text("Show the whole run (or double-click)").clicked() {
            commands.push(Command::Fit);
        }
        for (text, name, factor) in [("+", "Zoom in", 0.7), ("−", "Zoom out", 1.0 / 0.7)] {
            let response = ui.button(text).on_hover_text(name);
            named(&response, egui::Role::Button, name);
            if response.clicked() {
                commands.push(Command::Zoom(factor));
            }
        }
    });
    if draft != *view {
        commands.push(Command::View(Box::new(draft)));
    }
    commands
}

fn map_controls(ui: &mut Ui, draft: &mut View, dim: usize) {
    // In the gap view each map shows what its own method minimizes.
    if !matches!(draft.layout, Layout::Gap | Layout::Basin) {
        quantity_choice(ui, draft);
    }
    explain_id(ui.toggle_value(&mut draft.flows, "flows"), "flows");
    let mut log = draft.levels == Scale::Log;
    if draft.layout != Layout::Basin && ui.toggle_value(&mut log, "log levels").changed() {
        draft.levels = if log { Scale::Log } else { Scale::Linear };
    }
    if dim > 2 {
        slice_controls(ui, draft, dim);
        if draft.layout == Layout::Surface {
            surface_axes(ui, draft, dim);
        }
    }
}

/// Map, Basin, Sweep, Gap or 3-D.
fn layout_choice(ui: &mut Ui, draft: &mut View) {
    for (layout, text, entry) in [
        (Layout::Map, "Map", "layout_map"),
        (Layout::Basin, "Basin", "layout_basin"),
        (Layout::Sweep, "Sweep", "layout_sweep"),
        (Layout::Gap, "Gap", "gap"),
        (Layout::Surface, "3-D", "surface"),
    ] {
        explain_id(ui.selectable_value(&mut draft.layout, layout, text), entry);
    }
}

fn quantity_choice(ui: &mut Ui, draft: &mut View) {
    combo(ui, "Map quantity", quantity_name(draft.quantity), 50.0, |ui| {
        for &quantity in MapQuantity::ALL {
            let text = format!("{}: {}", quantity_name(quantity), quantity.info().entry.definition);
            explain(ui.selectable_value(&mut draft.quantity, quantity, text), quantity.info().entry, None);
        }
    });
}

/// Which two coordinates are under the surfaces.
fn surface_axes(ui: &mut Ui, draft: &mut View, dim: usize) {
    let [a, b] = draft.surface_axes(dim);
    let before = draft.surface_axes;
    combo(ui, "Surface axes", format!("3-D: (x{a}, x{b})"), 60.0, |ui| {
        for a in 1..=dim {
            for b in a + 1..=dim {
                ui.selectable_value(&mut draft.surface_axes, Some([a, b]), format!("(x{a}, x{b})"));
            }
        }
    });
    if draft.surface_axes != before {
        draft.surface_reach = None;
    }
}

/// Which two coordinates span the map, and where it lies in the others.
fn slice_controls(ui: &mut Ui, draft: &mut View, dim: usize) {
    let before = draft.axes;
    let text = format!("(x{}, x{})", before[0], before[1]);
    combo(ui, "Map axes", text, 60.0, |ui| {
        for a in 1..=dim {
            for b in a + 1..=dim {
                ui.selectable_value(&mut draft.axes, [a, b], format!("(x{a}, x{b})"));
            }
        }
    });
    if draft.axes != before {
        draft.bounds = None;
    }
    let name = |through: Through| match through {
        Through::Gamma => "at the minima",
        Through::Head => "at the head",
        Through::Start => "at the start",
    };
    combo(ui, "Map slice", name(draft.through), 90.0, |ui| {
        for through in [Through::Gamma, Through::Head, Through::Start] {
            ui.selectable_value(&mut draft.through, through, name(through));
        }
    });
}
