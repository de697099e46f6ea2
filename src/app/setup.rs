//! The left panel: loss, start, optimizers, seed.

use egui::{RichText, Ui};

use super::Handles;
use super::command::Command;
use super::fields::{Refused, combo, log_slider, number, whole};
use super::theme::Colours;
use crate::loss::{CATALOGUE, Info, LossSpec};
use crate::optimizer::METHODS;
use crate::run::{OptimizerSpec, Scale, Scenario, Underflow, View, limits};
use crate::sharpness::Point;

/// Shows the panel for `scenario`; edits come back as a command.
pub fn show(ui: &mut Ui, scenario: &Scenario, handles: &mut Handles) -> Vec<Command> {
    let mut draft = scenario.clone();
    let refused = Refused::default();
    egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 5.0;
        if let Ok(info) = scenario.loss.info() {
            loss_section(ui, info, &mut draft, &refused);
            ui.separator();
            optimizers_section(ui, info, &mut draft, &refused, handles);
            ui.separator();
        }
        run_section(ui, &mut draft, &refused);
    });
    let mut commands = Vec::new();
    commands.extend(refused.take().map(Command::Refuse));
    if draft != *scenario {
        commands.push(Command::Edit(Box::new(draft)));
    }
    commands
}

fn loss_section(ui: &mut Ui, info: &Info, draft: &mut Scenario, refused: &Refused) {
    ui.horizontal(|ui| {
        ui.heading("Loss");
        combo(ui, "Loss", info.id, 150.0, |ui| {
            for other in CATALOGUE {
                if ui.selectable_label(other.id == info.id, other.id).on_hover_text(displayed(other.formula)).clicked()
                {
                    *draft = with_loss(draft, other, other.dims[0]);
                }
            }
        });
        if info.dims.len() > 1 {
            combo(ui, "Dimension", format!("D = {}", draft.dim()), 64.0, |ui| {
                for &dim in info.dims {
                    if ui.selectable_label(dim == draft.dim(), format!("D = {dim}")).clicked() {
                        *draft = with_loss(draft, info, dim);
                    }
                }
            });
        }
    });
    ui.label(RichText::new(format!("L = {}", displayed(info.formula))).monospace().size(12.0));
    ui.label(RichText::new(info.about).weak());
    if !info.params.is_empty() {
        egui::CollapsingHeader::new("Parameters")
            .default_open(false)
            .show(ui, |ui| params_grid(ui, info, draft, refused));
    }
    start_fields(ui, info, draft, refused);
}

/// A formula in the bundled fonts, none of which has ᵀ.
fn displayed(formula: &str) -> String {
    formula.replace('ᵀ', "'")
}

fn params_grid(ui: &mut Ui, info: &Info, draft: &mut Scenario, refused: &Refused) {
    egui::Grid::new("params").num_columns(3).show(ui, |ui| {
        for param in info.params {
            let mut value = draft.loss.params.get(param.name).copied().unwrap_or(param.default);
            let before = value;
            ui.label(param.name);
            // The slider covers the neighbourhood of the default; the field takes the whole range.
            let reach = 4.0 * param.default.abs().max(0.5);
            let (low, high) = ((param.default - reach).max(param.min), (param.default + reach).min(param.max));
            ui.add(egui::Slider::new(&mut value, low..=high).clamping(egui::SliderClamping::Never).show_value(false));
            number(ui, param.name, &mut value, reach * 0.01, refused)
                .on_hover_text(format!("from {} to {}", param.min, param.max));
            if value.to_bits() != before.to_bits() {
                draft.loss.params.insert(param.name.to_owned(), value);
            }
            ui.end_row();
        }
    });
}

fn start_fields(ui: &mut Ui, info: &Info, draft: &mut Scenario, refused: &Refused) {
    ui.horizontal_wrapped(|ui| {
        ui.label("Start").on_hover_text("Drag the white handle on the map, or type");
        for i in 0..draft.dim() {
            let name = format!("x{}", i + 1);
            number(ui, &name, &mut draft.init[i], 0.01, refused).on_hover_text(name);
        }
        if ui.small_button("reset").on_hover_text("The loss's own start").clicked() {
            draft.init = info.start[..draft.dim()].to_vec();
        }
    });
}

/// The scenario with another loss or dimension: its own start and defaults, a view that suits it.
fn with_loss(scenario: &Scenario, info: &Info, dim: usize) -> Scenario {
    let loss = LossSpec::new(info.id);
    let init = info.start[..dim].to_vec();
    let negative = Point::of(&loss, 0, &init, 1.0, 0.0).loss < 0.0;
    let view = View {
        steps_per_frame: scenario.view.steps_per_frame,
        curves: scenario.view.curves.clone(),
        step_scale: scenario.view.step_scale,
        value_scale: if negative { Scale::Linear } else { Scale::Log },
        levels: if negative { Scale::Linear } else { Scale::Log },
        ..View::default()
    };
    let optimizers = scenario
        .optimizers
        .iter()
        .map(|optimizer| OptimizerSpec { batch: optimizer.batch.min(info.samples), ..optimizer.clone() })
        .collect();
    Scenario { loss, init, optimizers, view, ..scenario.clone() }
}

fn optimizers_section(ui: &mut Ui, info: &Info, draft: &mut Scenario, refused: &Refused, handles: &mut Handles) {
    ui.horizontal(|ui| {
        ui.heading("Optimizers");
        if draft.optimizers.len() < limits::OPTIMIZERS_MAX && ui.small_button("+ add").clicked() {
            draft.optimizers.push(OptimizerSpec::default());
        }
    });
    let removable = draft.optimizers.len() > 1;
    let mut removed = None;
    for (i, optimizer) in draft.optimizers.iter_mut().enumerate() {
        ui.push_id(i, |ui| {
            if optimizer_card(ui, i, info, optimizer, removable, refused, handles) {
                removed = Some(i);
            }
        });
    }
    if let Some(i) = removed {
        draft.optimizers.remove(i);
    }
}

/// One optimizer; true where it is to be removed.
fn optimizer_card(
    ui: &mut Ui,
    index: usize,
    loss: &Info,
    optimizer: &mut OptimizerSpec,
    removable: bool,
    refused: &Refused,
    handles: &mut Handles,
) -> bool {
    let info = optimizer.id.info();
    let mut remove = false;
    let colour = Colours::of(ui).lane(index);
    egui::Frame::new().fill(ui.visuals().faint_bg_color).corner_radius(5).inner_margin(6).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal(|ui| {
            ui.checkbox(&mut optimizer.on, "").on_hover_text("Takes part in the race");
            let name = RichText::new(info.name).color(colour).strong();
            combo(ui, &format!("Optimizer {}", index + 1), name, 92.0, |ui| {
                for method in METHODS {
                    ui.selectable_value(&mut optimizer.id, method.method, method.name).on_hover_text(method.update);
                }
            });
            if removable {
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    remove = ui.small_button("×").on_hover_text("Remove").clicked();
                });
            }
        });
        ui.label(RichText::new(info.update).monospace().size(11.0).weak());
        let name = info.name;
        ui.horizontal(|ui| {
            ui.label("η").on_hover_text("Learning rate");
            let field = log_slider(ui, &format!("{name}'s η"), &mut optimizer.eta, 1e-4..=1.0, refused);
            if index == 0 {
                handles.insert("eta", field.rect.center());
            }
        });
        if info.uses_rho {
            ui.horizontal(|ui| {
                ui.label("ρ").on_hover_text("Perturbation radius; 0 is the method without perturbation");
                log_slider(ui, &format!("{name}'s ρ"), &mut optimizer.rho, 0.0..=2.0, refused);
            });
        }
        if info.uses_batch {
            ui.horizontal(|ui| {
                ui.label("batch m").on_hover_text(
                    "Samples per batch. Sizes between 1 and all are exploratory: no theorem covers them",
                );
                whole(ui, &format!("{name}'s batch"), &mut optimizer.batch, 1..=loss.samples, 0.05);
                ui.label(RichText::new(format!("of {}", loss.samples)).weak());
            });
        }
    });
    remove
}

fn run_section(ui: &mut Ui, draft: &mut Scenario, refused: &Refused) {
    ui.heading("Run");
    egui::Grid::new("run").num_columns(2).show(ui, |ui| {
        ui.label("seed").on_hover_text("Of every stochastic method's random stream");
        ui.horizontal(|ui| {
            whole(ui, "seed", &mut draft.seed, 0..=limits::SEED_MAX, 0.1);
            if ui.small_button("next").on_hover_text("The next seed").clicked() {
                draft.seed = (draft.seed + 1).min(limits::SEED_MAX);
            }
        });
        ui.end_row();
        ui.label("steps").on_hover_text("The run ends after this many updates");
        let speed = (draft.steps as f64 * 0.01).max(1.0);
        whole(ui, "steps", &mut draft.steps, 1..=limits::STEPS_MAX, speed);
        ui.end_row();
        ui.label("stop at ‖g‖ ≤").on_hover_text("0: never");
        number(ui, "tolerance", &mut draft.tol, 1e-6, refused);
        ui.end_row();
        ui.label("underflow").on_hover_text(
            "hold: a coordinate never becomes smaller than the smallest normal number, so that it can grow again",
        );
        ui.horizontal(|ui| {
            ui.selectable_value(&mut draft.underflow, Underflow::Hold, "hold");
            ui.selectable_value(&mut draft.underflow, Underflow::Ieee, "ieee");
        });
        ui.end_row();
    });
}
