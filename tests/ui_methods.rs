//! Momentum and a method that gives way to another: reachable in the window, on a desktop and on a phone.
#![cfg(all(feature = "gui", not(target_arch = "wasm32")))]

#[path = "common/ui.rs"]
mod common;

use common::{DESKTOP, PHONE, settle};
use egui::Vec2;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use samscope::app::{App, Command};
use samscope::optimizer::Method;
use samscope::run::{Scenario, Switch};

/// Gradient descent alone on the hyperbola, paused, with the settings in view.
fn paused(size: Vec2) -> Harness<'static, App> {
    let scenario = r#"{"loss": {"id": "hyperbola"}, "optimizers": [{"id": "gd"}], "steps": 400}"#;
    let scenario = Scenario::from_json(scenario).expect("a scenario");
    let mut harness = Harness::builder()
        .with_size(size)
        .with_max_steps(200)
        .build_eframe(move |cc| App::new(&cc.egui_ctx, scenario.clone()));
    harness.state_mut().apply(Command::Play(false));
    settle(&mut harness);
    if size == PHONE {
        harness.get_by_label("Setup").click();
        settle(&mut harness);
    }
    harness
}

/// “more” is closed at first; behind it a method is chosen, which then has ρ beside its step, all inside the window.
#[test]
fn momentum_and_a_switch_are_behind_more() {
    for size in [DESKTOP, PHONE] {
        let mut harness = paused(size);
        assert!(harness.query_by_label("GD's β").is_none(), "closed at first");
        // On a phone it is below the fold.
        harness.get_by_label("more").scroll_to_me();
        settle(&mut harness);
        harness.get_by_label("more").click();
        settle(&mut harness);
        harness.get_by_label("GD's β");
        assert!(harness.query_by_label("The step after GD").is_none());
        // On a phone the card's end is below the fold.
        harness.get_by_role_and_label(Role::ComboBox, "After GD").scroll_to_me();
        settle(&mut harness);
        harness.get_by_role_and_label(Role::ComboBox, "After GD").click();
        harness.run_steps(3);
        harness.get_by_label("SAM").click();
        settle(&mut harness);
        let optimizer = harness.state().scenario().optimizers[0].clone();
        assert_eq!(optimizer.switch, Some(Switch { id: Method::Sam, step: 1000 }));
        for label in ["GD's β", "GD's ρ", "The step after GD"] {
            let rect = harness.get_by_label(label).rect();
            assert!(rect.left() >= 0.0 && rect.right() <= size.x, "{label} at {rect} on {size}");
        }
    }
}

/// The legend names both methods; what is at the head is the one in force.
#[test]
fn the_legend_says_both() {
    let mut harness = paused(DESKTOP);
    let mut scenario = harness.state().scenario().clone();
    scenario.optimizers[0].switch = Some(Switch { id: Method::Sam, step: 200 });
    harness.state_mut().apply(Command::Edit(Box::new(scenario)));
    settle(&mut harness);
    harness.get_by_label("— GD, then SAM");
    harness.state_mut().apply(Command::Restart);
    for (steps, name) in [(100, "GD"), (200, "SAM")] {
        harness.state_mut().apply(Command::Step(steps));
        settle(&mut harness);
        assert_eq!(harness.state().session().runs()[0].name(), name);
    }
}
