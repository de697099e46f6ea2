//! Above the map: what it shows, its levels, its slice.

use egui::containers::menu::{MenuButton, MenuConfig};
use egui::{Button, PopupCloseBehavior, Ui, WidgetInfo};

use crate::app::command::Command;
use crate::app::fields::{chip, combo, finger, name as named};
use crate::app::glossary::{explain, explain_id};
use crate::app::sweep;
use crate::figure::plain;
use crate::run::{Layout, RunSpec, Scale, Through, View};
use crate::sharpness::MapQuantity;

/// The width of the buttons that zoom.
const ZOOMING: f32 = 84.0;

/// The quantity's symbol.
pub fn quantity_name(quantity: MapQuantity) -> String {
    plain(quantity.info().entry.symbol)
}

/// Shows the toolbar for a loss with these coordinates and the run in focus; changes come back as commands. On a phone it is one
/// line, and what does not fit is in a menu.
pub fn show(ui: &mut Ui, view: &View, names: &[String], run: Option<&RunSpec>, narrow: bool) -> Vec<Command> {
    let mut draft = view.clone();
    let mut commands = Vec::new();
    ui.horizontal_wrapped(|ui| {
        // On one line beside the other panels of a common screen.
        ui.spacing_mut().item_spacing.x = 3.0;
        layout_choice(ui, &mut draft, narrow);
        // In the gap view each map shows what its own method minimizes.
        match draft.layout {
            Layout::Sweep => run.into_iter().for_each(|run| sweep::toolbar(ui, &mut draft, run)),
            Layout::Map | Layout::Surface => quantity_choice(ui, &mut draft),
            Layout::Gap | Layout::Basin => {}
        }
        if draft.layout != Layout::Sweep && !narrow {
            levels(ui, &mut draft);
            slice_controls(ui, &mut draft, names);
        }
        zooming(ui, narrow, &mut commands);
        if draft.layout != Layout::Sweep && narrow {
            menu(ui, &mut draft, names);
        }
    });
    if draft != *view {
        commands.push(Command::View(Box::new(draft)));
    }
    commands
}

/// Three buttons, on one line.
fn zooming(ui: &mut Ui, narrow: bool, commands: &mut Vec<Command>) {
    if !narrow && ui.available_size_before_wrap().x < ZOOMING {
        ui.end_row();
    }
    for (text, name, hint, command) in [
        ("fit", "fit", "Show the whole run (or double-click)", Command::Fit),
        ("+", "Zoom in", "Zoom in", Command::Zoom(0.7)),
        ("−", "Zoom out", "Zoom out", Command::Zoom(1.0 / 0.7)),
    ] {
        let response = ui.add(Button::new(text).min_size(finger(ui))).on_hover_text(hint);
        named(&response, egui::Role::Button, name);
        if response.clicked() {
            commands.push(command);
        }
    }
}

/// What a phone has no room for; it stays open until something else is pressed.
fn menu(ui: &mut Ui, draft: &mut View, names: &[String]) {
    let config = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let button = Button::new("…").min_size(finger(ui));
    let (response, _) = MenuButton::from_button(button).config(config).ui(ui, |ui| {
        ui.set_max_width(280.0);
        ui.horizontal_wrapped(|ui| levels(ui, draft));
        if names.len() < 3 {
            return;
        }
        ui.label("Map axes");
        ui.horizontal_wrapped(|ui| map_axes(ui, draft, names));
        ui.label("Map slice");
        ui.horizontal_wrapped(|ui| through(ui, draft));
        if draft.layout == Layout::Surface {
            ui.label("Surface axes");
            ui.horizontal_wrapped(|ui| surface_axes(ui, draft, names));
        }
    });
    named(&response, egui::Role::Button, "More about the map");
}

/// What is drawn on the map, and how.
fn levels(ui: &mut Ui, draft: &mut View) {
    if explain_id(chip(ui, draft.flows, "flows"), "flows").clicked() {
        draft.flows = !draft.flows;
    }
    let is_log = draft.levels == Scale::Log;
    if draft.layout == Layout::Basin {
        return;
    }
    let log = chip(ui, is_log, "log").on_hover_text("Logarithmic levels");
    log.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, is_log, "log levels"));
    if log.clicked() {
        draft.levels = if is_log { Scale::Linear } else { Scale::Log };
    }
}

/// Map, Basin, Sweep, Gap or 3-D.
fn layout_choice(ui: &mut Ui, draft: &mut View, narrow: bool) {
    const LAYOUTS: [(Layout, &str, &str); 5] = [
        (Layout::Map, "Map", "layout_map"),
        (Layout::Basin, "Basin", "layout_basin"),
        (Layout::Sweep, "Sweep", "layout_sweep"),
        (Layout::Gap, "Gap", "gap"),
        (Layout::Surface, "3-D", "surface"),
    ];
    let name = LAYOUTS.iter().find(|(layout, ..)| *layout == draft.layout).map_or("", |(_, name, _)| name);
    let mut rows = |ui: &mut Ui| {
        for (layout, text, entry) in LAYOUTS {
            explain_id(ui.selectable_value(&mut draft.layout, layout, text), entry);
        }
    };
    if narrow {
        combo(ui, "Layout", name, 70.0, rows);
    } else {
        rows(ui);
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

/// Which two coordinates span the map, where it lies in the others, and which two are under the surfaces.
fn slice_controls(ui: &mut Ui, draft: &mut View, names: &[String]) {
    if names.len() < 3 {
        return;
    }
    combo(ui, "Map axes", pair(draft.axes, names), 60.0, |ui| map_axes(ui, draft, names));
    combo(ui, "Map slice", name_of(draft.through), 60.0, |ui| through(ui, draft));
    if draft.layout == Layout::Surface {
        let text = format!("3-D: {}", pair(draft.surface_axes(names.len()), names));
        combo(ui, "Surface axes", text, 60.0, |ui| surface_axes(ui, draft, names));
    }
}

fn map_axes(ui: &mut Ui, draft: &mut View, names: &[String]) {
    if let Some(axes) = axes_choice(ui, draft.axes, names) {
        (draft.axes, draft.bounds) = (axes, None);
    }
}

fn surface_axes(ui: &mut Ui, draft: &mut View, names: &[String]) {
    if let Some(axes) = axes_choice(ui, draft.surface_axes(names.len()), names) {
        (draft.surface_axes, draft.surface_reach) = (Some(axes), None);
    }
}

/// Two coordinates that are chosen in place of those that are.
fn axes_choice(ui: &mut Ui, present: [usize; 2], names: &[String]) -> Option<[usize; 2]> {
    let dim = names.len();
    let pairs = (1..=dim).flat_map(|a| (a + 1..=dim).map(move |b| [a, b]));
    let mut chosen = None;
    for axes in pairs {
        if ui.selectable_label(axes == present, pair(axes, names)).clicked() && axes != present {
            chosen = Some(axes);
        }
    }
    chosen
}

fn pair([a, b]: [usize; 2], names: &[String]) -> String {
    format!("({}, {})", names[a - 1], names[b - 1])
}

fn name_of(through: Through) -> &'static str {
    match through {
        Through::Gamma => "minima",
        Through::Head => "head",
        Through::Start => "start",
    }
}

fn through(ui: &mut Ui, draft: &mut View) {
    for (place, hint) in [
        (Through::Gamma, "The slice lies at the minima"),
        (Through::Head, "The slice goes with the first method's head"),
        (Through::Start, "The slice lies at the start"),
    ] {
        if chip(ui, draft.through == place, name_of(place)).on_hover_text(hint).clicked() {
            draft.through = place;
        }
    }
}
