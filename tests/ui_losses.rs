//! A loss that is chosen in the menu shows its own story.
#![cfg(all(feature = "gui", not(target_arch = "wasm32")))]

#[path = "common/ui.rs"]
mod common;

use common::slow;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use samscope::app::App;
use samscope::lesson::all;
use samscope::optimizer::Method;
use samscope::run::{Scale, Scenario, View};
use samscope::sharpness::MapQuantity;

fn choose(harness: &mut Harness<App>, loss: &str) {
    harness.get_by_role_and_label(Role::ComboBox, "Loss").click();
    harness.run_steps(3);
    let rows: Vec<_> = harness.get_all_by_label(loss).collect();
    rows.last().expect("a row of the menu").click();
    harness.run_steps(3);
    assert_eq!(harness.state().scenario().loss.id(), loss);
}

#[test]
fn a_chosen_loss_brings_its_view_and_its_rho() {
    let scenario = Scenario { view: View::default(), ..Scenario::welcome() };
    let mut harness = slow(scenario);
    let rho = |harness: &Harness<App>| {
        let optimizers = &harness.state().scenario().optimizers;
        optimizers.iter().find(|optimizer| optimizer.id == Method::Sam).map(|sam| sam.rho)
    };
    choose(&mut harness, "toy4d");
    assert_eq!(harness.state().scenario().view.quantity, MapQuantity::Lambda1, "L is 0 on all of Γ");
    assert_eq!(rho(&harness), Some(0.1));
    choose(&mut harness, "ring");
    assert_eq!(harness.state().scenario().view.quantity, MapQuantity::Loss);
    assert_eq!(rho(&harness), Some(1.2), "only with ρ > 1 does SAM see a minimum that is none");
    choose(&mut harness, "saddle");
    assert_eq!((rho(&harness), harness.state().scenario().view.levels), (Some(0.1), Scale::Linear));
}

/// A lesson may have needed few steps, in great haste.
#[test]
fn a_typed_loss_runs_as_long_as_any() {
    let lesson = &all()[4];
    assert_ne!(lesson.scenario.steps, Scenario::default().steps);
    let mut harness = slow(lesson.scenario.clone());
    harness.get_by_role_and_label(Role::ComboBox, "Loss").click();
    harness.run_steps(3);
    harness.get_by_label("typed: your own formula").click();
    harness.run_steps(3);
    let scenario = harness.state().scenario();
    assert!(scenario.loss.as_typed().is_some());
    assert_eq!(scenario.steps, Scenario::default().steps);
    assert_eq!(scenario.view.steps_per_frame, View::default().steps_per_frame);
    assert_eq!(scenario.optimizers, lesson.scenario.optimizers, "the methods stay");
}
