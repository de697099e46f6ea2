//! The basin in the window: coarse at once, then whole; a place says where its run ends, and a click runs it.
#![cfg(all(feature = "gui", not(target_arch = "wasm32")))]

#[path = "common/ui.rs"]
mod common;

use common::{middle, settle};
use egui::accesskit::Role;
use egui::{Pos2, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use samscope::app::{App, Command};
use samscope::loss::short;
use samscope::run::{Layout, Scenario};

/// SAM on the ring with a large ρ, paused, as a basin.
fn basin() -> Harness<'static, App> {
    let json = r#"{"loss": {"id": "ring"}, "optimizers": [{"id": "sam", "eta": 0.05, "rho": 1.5}], "steps": 400,
        "view": {"layout": "basin", "bounds": [-1.6, 1.6, -1.6, 1.6]}}"#;
    let scenario = Scenario::from_json(json).expect("a scenario");
    let mut harness = Harness::builder()
        .with_size(Vec2::new(700.0, 420.0))
        .with_step_dt(1.0 / 30.0)
        .build_eframe(move |cc| App::new(&cc.egui_ctx, scenario));
    harness.state_mut().apply(Command::Play(false));
    harness
}

/// What is told of the place under the pointer.
fn told(harness: &mut Harness<App>, place: Pos2) -> Option<String> {
    harness.hover_at(place);
    // What is told at the pointer comes once that has been still for half a second.
    harness.run_steps(40);
    let mut nodes = harness.query_all_by_label_contains("Click to start here");
    nodes.find_map(|node| node.accesskit_node().value())
}

#[test]
fn a_place_says_where_its_run_ends_and_a_click_runs_it() {
    let mut harness = basin();
    harness.run_steps(4);
    let place = middle(&harness, Role::Image, "Basin of SAM") + Vec2::new(-61.0, 42.0);
    settle(&mut harness);
    let words = told(&mut harness, place).expect("words at the pointer");
    assert!(words.starts_with("hallucinated: ("), "{words}");
    harness.event(egui::Event::PointerButton {
        pos: place,
        button: egui::PointerButton::Primary,
        pressed: true,
        modifiers: egui::Modifiers::NONE,
    });
    harness.run_steps(1);
    harness.event(egui::Event::PointerButton {
        pos: place,
        button: egui::PointerButton::Primary,
        pressed: false,
        modifiers: egui::Modifiers::NONE,
    });
    harness.run_steps(2);
    let scenario = harness.state().scenario().clone();
    assert!(scenario.init != [0.45, 0.1] && scenario.view.layout == Layout::Basin, "{:?}", scenario.init);
    assert!(harness.state().session().playing);
    // It ends where it was said to.
    harness.state_mut().apply(Command::Step(400));
    harness.run_steps(30);
    let x = harness.state().session().runs()[0].racer().x().to_vec();
    let end = format!("({}, {}) after 400 steps", short(x[0]), short(x[1]));
    assert!(words.contains(&end), "{words} against {end}");
}
