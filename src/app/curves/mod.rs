//! The live curves against the step: values, eigenvalues, alignment.

mod axis;
mod kinds;
mod plot;

use std::collections::BTreeSet;

use egui::text::{LayoutJob, TextFormat};
use egui::{RichText, Ui};

use axis::step_axes;

use super::command::{Command, Window};
use super::fields;
use super::formula;
use super::glossary::explain;
use super::session::Session;
use super::theme::Colours;
use crate::race::Run;
use crate::run::{Scale, View};
use crate::sharpness::{Curve, CurveGroup, Point};

/// The width of a method's eye, and of what is around its name.
const EYE: f32 = 56.0;
/// The height of a row of chips.
const HEADER: f32 = 26.0;
/// The height of a line that names a plot's curves, with what is around it.
const TITLE: f32 = 30.0;

/// Shows the legend and the plots.
pub fn show(ui: &mut Ui, session: &Session, hidden: &BTreeSet<usize>, focus: usize) -> Vec<Command> {
    let mut commands = Vec::new();
    let mut draft = session.scenario().view.clone();
    let head = |ui: &mut Ui, draft: &mut View| {
        let mut commands = legend(ui, session, hidden, focus);
        commands.extend(controls(ui, draft));
        commands
    };
    // A phone has no room for what stands still.
    let scrolls = fields::finger(ui) != egui::Vec2::ZERO;
    if !scrolls {
        commands.extend(head(ui, &mut draft));
    }
    let shown = |group: CurveGroup| group.curves().any(|curve| session.scenario().view.curves.contains(&curve));
    let total = (ui.available_height() - CurveGroup::ALL.len() as f32 * HEADER).max(0.0);
    let weight: f32 = CurveGroup::ALL.into_iter().filter(|&group| shown(group)).map(CurveGroup::weight).sum();
    let axes = step_axes(session, hidden, ui.available_width());
    egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        if scrolls {
            commands.extend(head(ui, &mut draft));
        }
        for group in CurveGroup::ALL {
            toggles(ui, group, &mut draft, session.run(focus).map(Run::head));
            if shown(group) {
                // At least this high, so that a short window scrolls instead of crushing them.
                let height = (total * group.weight() / weight).max(90.0) - 6.0;
                commands.extend(plot::show(ui, group, height, session, &axes));
            }
        }
    });
    if draft != session.scenario().view {
        commands.push(Command::View(Box::new(draft)));
    }
    commands
}

/// The legend and those plots that have curves, or the one of `about`, all in the room that there is, without what changes them.
pub fn plots(
    ui: &mut Ui,
    session: &Session,
    hidden: &BTreeSet<usize>,
    focus: usize,
    about: Option<Curve>,
) -> Vec<Command> {
    let mut commands = legend(ui, session, hidden, focus);
    let is_shown = |curve: &Curve| session.scenario().view.curves.contains(curve);
    let group = about.filter(is_shown).map(|curve| curve.info().group);
    let groups: Vec<_> = shown_groups(session).filter(|shown| group.is_none_or(|group| group == *shown)).collect();
    let total = ui.available_height() - groups.len() as f32 * TITLE;
    let weight: f32 = groups.iter().map(|group| group.weight()).sum();
    let axes = step_axes(session, hidden, ui.available_width());
    for group in groups {
        let names: Vec<_> = group.curves().filter(is_shown).map(|curve| curve.info().entry.symbol).collect();
        formula::label(ui, &names.join("   "), 11.5, ui.visuals().text_color());
        let height = (total * group.weight() / weight).max(40.0);
        commands.extend(plot::show(ui, group, height, session, &axes));
    }
    commands
}

/// The plots that have a curve.
pub fn shown_groups(session: &Session) -> impl Iterator<Item = CurveGroup> {
    let is_shown = |curve: Curve| session.scenario().view.curves.contains(&curve);
    CurveGroup::ALL.into_iter().filter(move |group| group.curves().any(is_shown))
}

/// One chip for each optimizer: click to hide and show; the eye chooses whose geometry the map draws.
pub fn legend(ui: &mut Ui, session: &Session, hidden: &BTreeSet<usize>, focus: usize) -> Vec<Command> {
    let mut commands = Vec::new();
    ui.horizontal_wrapped(|ui| {
        for run in session.runs() {
            let name = run.name();
            let text = chip(ui, run, !hidden.contains(&run.index()));
            // Its eye stands on the same line.
            let width = ui.painter().layout_job(text.clone()).size().x + EYE.max(fields::finger(ui).x + 36.0);
            if ui.available_size_before_wrap().x < width {
                ui.end_row();
            }
            let chip = fields::chip(ui, !hidden.contains(&run.index()), text);
            if chip.on_hover_text("Hide or show").clicked() {
                commands.push(Command::ToggleMethod(run.index()));
            }
            let is_chosen = focus == run.index();
            let eye = fields::chip(ui, is_chosen, RichText::new("∇²").size(11.0));
            let what = format!("Draw the Hessian's ellipse and top eigenvector at {name}'s head");
            eye.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, is_chosen, &what));
            if eye.on_hover_text(what).clicked() {
                commands.push(Command::Focus(run.index()));
            }
        }
    });
    commands
}

/// A method in its colour, and the one that it gives way to in its own.
fn chip(ui: &Ui, run: &Run, visible: bool) -> LayoutJob {
    let colours = Colours::of(ui);
    let font = egui::TextStyle::Button.resolve(ui.style());
    let mut text = LayoutJob::default();
    for ((method, colour), dash) in run.optimizer().methods().zip(run.racer().spec().colours).zip(["— ", ", then "]) {
        let colour = if visible { colours.letters(colour) } else { ui.visuals().weak_text_color() };
        let format = TextFormat::simple(font.clone(), colour);
        text.append(&format!("{dash}{}", method.info().name), 0.0, format);
    }
    text
}

/// Both axes, and the way to the numbers.
fn controls(ui: &mut Ui, draft: &mut View) -> Option<Command> {
    ui.horizontal(|ui| {
        for (text, scale) in [("log steps", &mut draft.step_scale), ("log values", &mut draft.value_scale)] {
            let log = *scale == Scale::Log;
            if fields::chip(ui, log, RichText::new(text).size(11.5)).clicked() {
                *scale = if log { Scale::Linear } else { Scale::Log };
            }
        }
        let tables = ui.button(RichText::new("tables").size(11.5)).on_hover_text("What is shown, as tables of numbers");
        tables.clicked().then_some(Command::Show(Window::Data))
    })
    .inner
}

/// A plot's title and a chip for each of its curves, which explains it with its value at the head in focus.
fn toggles(ui: &mut Ui, group: CurveGroup, draft: &mut View, head: Option<&Point>) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 3.0;
        ui.label(RichText::new(group.title()).strong().size(12.0));
        for curve in group.curves() {
            let shown = draft.curves.contains(&curve);
            let chip = formula::chip(ui, shown, curve.info().entry.symbol, 11.5);
            let now = head.and_then(|head| curve.info().value?(head));
            if explain(chip, curve.info().entry, now).clicked() {
                if shown {
                    draft.curves.retain(|&other| other != curve);
                } else {
                    draft.curves.push(curve);
                }
            }
        }
    });
}
