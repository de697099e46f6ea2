//! The left panel: loss, start, optimizers, seed.

use egui::{RichText, Ui};

use super::command::Command;
use super::fields::{
    Refused, cell, chip, combo, cross, heading, log_slider, name as named, number, small_button, whole,
};
use super::formula;
use super::glossary::explain_id;
use super::regions::{self, Region};
use super::theme::Colours;
use super::typed::{self, TypedDraft};
use crate::loss::{CATALOGUE, DIM_PARAM, LossSpec, exact};
use crate::optimizer::{METHODS, Method};
use crate::run::{Layout, OptimizerSpec, Scenario, Switch, Underflow, View, limits};

/// The most seeds that the panel offers: each is a run of its own.
const SEEDS_SHOWN_MAX: u64 = 64;

/// The step at which a method gives way where none has been chosen.
const FIRST_SWITCH: u64 = 1000;

/// Shows the panel for `scenario`; edits come back as a command. `typed` is what stands in the formula fields.
pub fn show(ui: &mut Ui, scenario: &Scenario, typed: &mut TypedDraft) -> Vec<Command> {
    let mut draft = scenario.clone();
    let refused = Refused::default();
    let mut commands = Vec::new();
    egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 5.0;
        commands.extend(loss_section(ui, &mut draft, typed, &refused));
        ui.separator();
        commands.extend(optimizers_section(ui, &mut draft, &refused));
        ui.separator();
        run_section(ui, &mut draft, &refused);
    });
    commands.extend(refused.take().map(Command::Refuse));
    if draft != *scenario {
        commands.push(Command::Edit(Box::new(draft)));
    }
    commands
}

fn loss_section(ui: &mut Ui, draft: &mut Scenario, typed: &mut TypedDraft, refused: &Refused) -> Option<Command> {
    let mut copy = None;
    ui.horizontal(|ui| {
        heading(ui, RichText::new("Loss").heading(), 2);
        let list = combo(ui, "Loss", draft.loss.id(), 150.0, |ui| {
            let typed_row = ui.selectable_label(draft.loss.as_typed().is_some(), "typed: your own formula");
            if typed_row.on_hover_text("Type any formula in x1, x2, … or x, y, z, w").clicked() {
                *draft = with_loss(draft, typed::example(), 2);
            }
            for other in CATALOGUE {
                let row = ui.selectable_label(other.id == draft.loss.id(), other.id);
                if row.on_hover_ui(|ui| hint(ui, other.formula)).clicked() {
                    let loss = LossSpec::new(other.id);
                    let dim = loss.dims()[0];
                    *draft = with_loss(draft, loss, dim);
                }
            }
        });
        regions::mark(ui.ctx(), Region::Panel, list.id);
        dimension_choice(ui, draft);
    });
    if draft.loss.as_typed().is_some() {
        typed.show(ui, draft);
    } else if let Some(info) = draft.loss.info() {
        copy = formula::show_to_copy(ui, &format!("L = {}", info.formula), 12.5, ui.visuals().text_color());
        ui.label(RichText::new(info.about).weak());
    }
    if !draft.loss.parameters().is_empty() {
        egui::CollapsingHeader::new("Parameters")
            .default_open(draft.loss.as_typed().is_some())
            .show(ui, |ui| params_grid(ui, draft, refused));
    }
    start_fields(ui, draft, refused);
    copy
}

/// A choice for losses of the catalogue that are defined in several dimensions.
fn dimension_choice(ui: &mut Ui, draft: &mut Scenario) {
    let dims = draft.loss.info().map_or(&[][..], |info| info.dims);
    if dims.len() < 2 {
        return;
    }
    combo(ui, "Dimension", format!("D = {}", draft.dim()), 64.0, |ui| {
        for &dim in dims {
            if ui.selectable_label(dim == draft.dim(), format!("D = {dim}")).clicked() && dim != draft.dim() {
                *draft = with_loss(draft, LossSpec::new(draft.loss.id()).in_dim(dim), dim);
            }
        }
    });
}

/// A formula that is told by pointing at what it belongs to.
fn hint(ui: &mut Ui, source: &str) {
    formula::show(ui, source, 13.0, ui.visuals().text_color());
}

fn params_grid(ui: &mut Ui, draft: &mut Scenario, refused: &Refused) {
    egui::Grid::new("params").num_columns(3).show(ui, |ui| {
        // The dimension's own menu sets the parameter that decides it.
        let decides = |name: &str| name == DIM_PARAM && draft.loss.info().is_some_and(|info| info.dim_of.is_some());
        let params: Vec<_> = draft.loss.parameters().into_iter().filter(|param| !decides(&param.name)).collect();
        for param in params {
            let mut value = draft.loss.params().get(&param.name).copied().unwrap_or(param.default);
            let before = value;
            ui.label(&param.name);
            // The slider covers the neighbourhood of the default; the field takes the whole range.
            let reach = 4.0 * param.default.abs().max(0.5);
            let (low, high) = ((param.default - reach).max(param.min), (param.default + reach).min(param.max));
            let slider = egui::Slider::new(&mut value, low..=high).clamping(egui::SliderClamping::Never);
            let slider = ui.add(slider.show_value(false));
            named(&slider, egui::Role::Slider, &format!("{} slider", param.name));
            number(ui, &param.name, &mut value, reach * 0.01, refused).on_hover_text(format!(
                "from {} to {}",
                exact(param.min),
                exact(param.max)
            ));
            if value.to_bits() != before.to_bits() {
                draft.loss.params_mut().insert(param.name, value);
            }
            ui.end_row();
        }
    });
}

fn start_fields(ui: &mut Ui, draft: &mut Scenario, refused: &Refused) {
    ui.horizontal(|ui| {
        explain_id(ui.label("Start"), "start");
        ui.label(RichText::new("drag the white ring, or type").size(11.5).weak());
        if small_button(ui, "reset").on_hover_text("The loss's own start").clicked() {
            draft.init = draft.loss.start()[..draft.dim()].to_vec();
        }
    });
    let gap = ui.spacing().item_spacing.x;
    let width = ((ui.available_width() + gap) / 4.0 - gap).clamp(40.0, 72.0);
    ui.horizontal_wrapped(|ui| {
        for i in 0..draft.dim() {
            let name = draft.loss.coordinate(i);
            cell(ui, width, |ui| {
                number(ui, &name, &mut draft.init[i], 0.01, refused).on_hover_text(name);
            });
        }
    });
}

/// The scenario with another loss or dimension: its own start, and the view and the ρ that show its story. A ρ that has been
/// chosen stays. A typed loss has no story yet: it runs as long and as fast as any, whatever a lesson needed before.
fn with_loss(scenario: &Scenario, loss: LossSpec, dim: usize) -> Scenario {
    let init = loss.start()[..dim].to_vec();
    let Scenario { steps, view: View { steps_per_frame, .. }, .. } =
        if loss.as_typed().is_some() { Scenario::default() } else { scenario.clone() };
    let view = View {
        steps_per_frame,
        curves: scenario.view.curves.clone(),
        step_scale: scenario.view.step_scale,
        side: scenario.view.side,
        layout: if scenario.view.layout == Layout::Surface { Layout::Surface } else { Layout::Map },
        camera: scenario.view.camera,
        ..View::of(&loss, &init)
    };
    let own_rho = |loss: &LossSpec| loss.info().map_or(OptimizerSpec::default().rho, |info| info.rho);
    let (before, rho, samples) = (own_rho(&scenario.loss), own_rho(&loss), loss.samples());
    let fitted = |optimizer: &OptimizerSpec| OptimizerSpec {
        batch: optimizer.batch.min(samples),
        rho: if optimizer.rho.to_bits() == before.to_bits() { rho } else { optimizer.rho },
        ..optimizer.clone()
    };
    let optimizers = scenario.optimizers.iter().map(fitted).collect();
    Scenario { loss, init, optimizers, steps, view, ..scenario.clone() }
}

fn optimizers_section(ui: &mut Ui, draft: &mut Scenario, refused: &Refused) -> Option<Command> {
    ui.horizontal(|ui| {
        heading(ui, RichText::new("Optimizers").heading(), 2);
        if draft.optimizers.len() < limits::OPTIMIZERS_MAX && small_button(ui, "+ add").clicked() {
            draft.optimizers.push(OptimizerSpec::default());
        }
    });
    let removable = draft.optimizers.len() > 1;
    let samples = draft.loss.samples();
    let (mut removed, mut copy) = (None, None);
    for (i, optimizer) in draft.optimizers.iter_mut().enumerate() {
        ui.push_id(i, |ui| match optimizer_card(ui, i, samples, optimizer, removable, refused) {
            Some(CardWish::Remove) => removed = Some(i),
            Some(CardWish::Copy(command)) => copy = Some(command),
            None => {}
        });
    }
    if let Some(i) = removed {
        draft.optimizers.remove(i);
    }
    copy
}

/// What is asked for on an optimizer's card.
enum CardWish {
    Remove,
    Copy(Command),
}

/// One optimizer.
fn optimizer_card(
    ui: &mut Ui,
    index: usize,
    samples: usize,
    optimizer: &mut OptimizerSpec,
    removable: bool,
    refused: &Refused,
) -> Option<CardWish> {
    let info = optimizer.id.info();
    let mut wish = None;
    let colour = Colours::of(ui).letters(index);
    egui::Frame::new().fill(ui.visuals().faint_bg_color).corner_radius(5).inner_margin(6).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal(|ui| {
            ui.checkbox(&mut optimizer.on, "").on_hover_text("Takes part in the race");
            let name = RichText::new(info.name).color(colour).strong();
            combo(ui, &format!("Optimizer {}", index + 1), name, 92.0, |ui| {
                for &method in METHODS {
                    let info = method.info();
                    ui.selectable_value(&mut optimizer.id, method, info.name).on_hover_ui(|ui| hint(ui, info.update));
                }
            });
            if removable {
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    wish = cross(ui, "Remove").clicked().then_some(CardWish::Remove);
                });
            }
        });
        let copy = formula::show_to_copy(ui, info.update, 12.0, ui.visuals().text_color());
        wish = wish.take().or(copy.map(CardWish::Copy));
        let name = info.name;
        ui.horizontal(|ui| {
            explain_id(ui.label("η"), "eta");
            log_slider(ui, &format!("{name}'s η"), &mut optimizer.eta, 1e-5..=1.0, refused);
        });
        let methods = || optimizer.methods().map(Method::info);
        let (uses_rho, uses_batch) = (methods().any(|info| info.uses_rho), methods().any(|info| info.uses_batch));
        if uses_rho {
            ui.horizontal(|ui| {
                explain_id(ui.label("ρ"), "rho");
                log_slider(ui, &format!("{name}'s ρ"), &mut optimizer.rho, 0.0..=2.0, refused);
            });
        }
        if uses_batch {
            ui.horizontal(|ui| {
                explain_id(ui.label("batch m"), "batch");
                whole(ui, &format!("{name}'s batch"), &mut optimizer.batch, 1..=samples, 0.05, refused);
                ui.label(RichText::new(format!("of {samples}")).weak());
            });
        }
        more(ui, optimizer, refused);
    });
    wish
}

/// What is seldom used: momentum, and another method from some step on. Open where it is used.
fn more(ui: &mut Ui, optimizer: &mut OptimizerSpec, refused: &Refused) {
    let name = optimizer.id.info().name;
    let is_used = optimizer.beta > 0.0 || optimizer.switch.is_some();
    let title = RichText::new("more").size(11.5);
    egui::CollapsingHeader::new(title).id_salt("more").default_open(is_used).show_unindented(ui, |ui| {
        ui.horizontal(|ui| {
            ui.label("β").on_hover_text("Heavy-ball momentum: v ← βv + u, x ← x − ηv. From 0 to below 1");
            log_slider(ui, &format!("{name}'s β"), &mut optimizer.beta, 0.0..=0.99, refused);
        });
        ui.horizontal_wrapped(|ui| {
            ui.label("then").on_hover_text("Another method from some step on, with the same settings");
            let chosen = optimizer.switch.map(|switch| switch.id);
            let mut next = chosen;
            combo(ui, &format!("After {name}"), next.map_or("nothing else", |method| method.info().name), 92.0, |ui| {
                ui.selectable_value(&mut next, None, "nothing else");
                for &method in METHODS {
                    ui.selectable_value(&mut next, Some(method), method.info().name)
                        .on_hover_ui(|ui| hint(ui, method.info().update));
                }
            });
            if next != chosen {
                let step = optimizer.switch.map_or(FIRST_SWITCH, |switch| switch.step);
                optimizer.switch = next.map(|id| Switch { id, step });
            }
            if let Some(switch) = &mut optimizer.switch {
                ui.label("from step");
                let speed = (switch.step as f64 * 0.01).max(1.0);
                whole(ui, &format!("The step after {name}"), &mut switch.step, 1..=limits::STEPS_MAX, speed, refused);
            }
        });
    });
}

fn run_section(ui: &mut Ui, draft: &mut Scenario, refused: &Refused) {
    heading(ui, RichText::new("Run").heading(), 2);
    egui::Grid::new("run").num_columns(2).show(ui, |ui| {
        explain_id(ui.label("seed"), "seed");
        ui.horizontal(|ui| {
            whole(ui, "seed", &mut draft.seed, 0..=limits::SEED_MAX, 0.1, refused);
            if small_button(ui, "next").on_hover_text("The next seed").clicked() {
                draft.seed = (draft.seed + 1).min(limits::SEED_MAX);
            }
        });
        ui.end_row();
        explain_id(ui.label("seeds"), "seeds");
        seeds_field(ui, draft, refused);
        ui.end_row();
        explain_id(ui.label("steps"), "steps");
        let speed = (draft.steps as f64 * 0.01).max(1.0);
        whole(ui, "steps", &mut draft.steps, 1..=limits::STEPS_MAX, speed, refused);
        ui.end_row();
        explain_id(ui.label("stop at ‖g‖ ≤"), "tol");
        number(ui, "tolerance", &mut draft.tol, 1e-6, refused);
        ui.end_row();
        explain_id(ui.label("underflow"), "underflow");
        ui.horizontal(|ui| {
            ui.selectable_value(&mut draft.underflow, Underflow::Hold, "hold");
            ui.selectable_value(&mut draft.underflow, Underflow::Ieee, "ieee");
        });
        ui.end_row();
    });
}

/// The number of seeds, counted from `seed` on.
fn seeds_field(ui: &mut Ui, draft: &mut Scenario, refused: &Refused) {
    let before = draft.seeds().count() as u64;
    let mut count = before;
    ui.horizontal(|ui| {
        whole(ui, "seeds", &mut count, 1..=SEEDS_SHOWN_MAX.max(before), 0.1, refused);
        for preset in [1, 8, 32] {
            if chip(ui, count == preset, preset.to_string()).clicked() {
                count = preset;
            }
        }
    });
    if count != before {
        draft.seeds = (count > 1).then(|| [draft.seed, draft.seed + count - 1]);
    } else if let Some([first, last]) = draft.seeds
        && first != draft.seed
    {
        // The seeds begin at `seed`, also after that has been changed above.
        draft.seeds = Some([draft.seed, draft.seed + (last - first)]);
    }
}
