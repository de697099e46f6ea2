//! The map by keyboard alone: reached by Tab, moved and zoomed by keys, told to screen readers.
#![cfg(all(feature = "gui", not(target_arch = "wasm32")))]

use egui::accesskit::Role;
use egui::{Key, Modifiers, Rect, Shape, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use samscope::app::{App, Command};
use samscope::run::Scenario;

const MAP: &str = "Map of λ1";

fn shown(scenario: Scenario) -> Harness<'static, App> {
    let mut harness = Harness::builder()
        .with_size(Vec2::new(1440.0, 900.0))
        .with_max_steps(200)
        .build_eframe(move |cc| App::new(&cc.egui_ctx, scenario.clone()));
    harness.state_mut().apply(Command::Play(false));
    harness.run_steps(3);
    harness
}

fn press(harness: &mut Harness<App>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_steps(3);
}

fn has_focus(harness: &Harness<App>, name: &str) -> bool {
    harness.get_by_role_and_label(Role::Image, name).is_focused()
}

/// Presses Tab until the map has the focus.
fn reach(harness: &mut Harness<App>, name: &str) {
    for _ in 0..200 {
        if has_focus(harness, name) {
            return;
        }
        press(harness, Modifiers::NONE, Key::Tab);
    }
    panic!("Tab does not reach `{name}`");
}

fn bounds(harness: &Harness<App>) -> [f64; 4] {
    harness.state().scenario().view.bounds.expect("bounds")
}

#[test]
fn keys_move_the_start_the_map_and_its_size() {
    let mut harness = shown(Scenario::welcome());
    reach(&mut harness, MAP);
    let start = harness.state().scenario().init.clone();
    press(&mut harness, Modifiers::NONE, Key::ArrowRight);
    press(&mut harness, Modifiers::NONE, Key::ArrowUp);
    press(&mut harness, Modifiers::NONE, Key::ArrowUp);
    let moved = harness.state().scenario().init.clone();
    assert!(moved[0] > start[0] && moved[1] - start[1] > 1.5 * (moved[0] - start[0]), "{start:?} {moved:?}");
    assert_eq!(moved[2..], start[2..], "what the map does not show stays");
    press(&mut harness, Modifiers::NONE, Key::ArrowLeft);
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    let back = &harness.state().scenario().init;
    assert!(back.iter().zip(&start).all(|(a, b)| (a - b).abs() < 0.01), "{back:?} {start:?}");

    let (before, step) = (bounds(&harness), harness.state().session().step());
    press(&mut harness, Modifiers::SHIFT, Key::ArrowRight);
    press(&mut harness, Modifiers::SHIFT, Key::ArrowDown);
    let panned = bounds(&harness);
    assert!(panned[0] > before[0] && panned[1] > before[1] && panned[2] < before[2], "{before:?} {panned:?}");
    assert!((panned[1] - panned[0] - (before[1] - before[0])).abs() < 0.6, "it is as large as before");
    press(&mut harness, Modifiers::NONE, Key::Plus);
    let near = bounds(&harness);
    assert!(near[1] - near[0] < 0.8 * (panned[1] - panned[0]));
    press(&mut harness, Modifiers::NONE, Key::Minus);
    assert!(bounds(&harness)[1] - bounds(&harness)[0] > near[1] - near[0]);
    press(&mut harness, Modifiers::NONE, Key::Num0);
    let (all, init) = (bounds(&harness), &harness.state().scenario().init);
    assert!(all[0] < init[0] && init[0] < all[1] && all[2] < init[1] && init[1] < all[3], "{all:?}");
    assert!(has_focus(&harness, MAP), "arrows do not take the focus away");
    assert_eq!(harness.state().session().step(), step, "they make no step of the run either");
    press(&mut harness, Modifiers::COMMAND, Key::K);
    let palette = harness.query_by_role_and_label(Role::TextInput, "Command");
    assert!(palette.is_some(), "the laboratory's keys still work");
}

#[test]
fn without_the_focus_arrows_are_the_runs() {
    let mut harness = shown(Scenario::welcome());
    let start = harness.state().scenario().init.clone();
    let step = harness.state().session().step();
    press(&mut harness, Modifiers::NONE, Key::ArrowRight);
    assert_eq!((harness.state().session().step(), &harness.state().scenario().init), (step + 1, &start));
}

#[test]
fn the_focus_is_seen() {
    let mut harness = shown(Scenario::welcome());
    let rings = |harness: &Harness<App>, rect: Rect| {
        let is_ring =
            |shape: &Shape| matches!(shape, Shape::Rect(ring) if ring.rect == rect && ring.stroke.width >= 2.0);
        harness.output().shapes.iter().filter(|clipped| is_ring(&clipped.shape)).count()
    };
    let rect = harness.get_by_role_and_label(Role::Image, MAP).rect();
    assert_eq!(rings(&harness, rect), 0);
    reach(&mut harness, MAP);
    let rect = harness.get_by_role_and_label(Role::Image, MAP).rect();
    assert_eq!(rings(&harness, rect), 1);
}
