//! The command palette, the sheet of shortcuts, the first minute and the glossary in place.
#![cfg(all(feature = "gui", not(target_arch = "wasm32")))]

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use samscope::app::{App, Command, LessonCommand, Opening};
use samscope::loss::short;
use samscope::run::{Layout, Scenario, Side};
use samscope::sharpness::MapQuantity;

const DESKTOP: Vec2 = Vec2::new(1440.0, 900.0);
const PHONE: Vec2 = Vec2::new(390.0, 844.0);

fn harness(size: Vec2, open: impl Fn(&egui::Context) -> App + 'static) -> Harness<'static, App> {
    let mut harness = Harness::builder().with_size(size).with_max_steps(200).build_eframe(move |cc| open(&cc.egui_ctx));
    harness.state_mut().apply(Command::Play(false));
    harness.run_steps(3);
    harness
}

fn welcome(size: Vec2) -> Harness<'static, App> {
    harness(size, |ctx| App::new(ctx, Scenario::welcome()))
}

/// Opens the palette, types and presses Enter.
fn do_by_name(harness: &mut Harness<App>, text: &str) {
    harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
    harness.run_steps(3);
    harness.event(Event::Text(text.to_owned()));
    harness.run_steps(2);
    harness.key_press(Key::Enter);
    harness.run_steps(3);
    assert!(harness.query_by_role_and_label(Role::TextInput, "Command").is_none(), "{text}: the palette is closed");
}

#[test]
fn anything_is_done_by_its_name() {
    let mut harness = welcome(DESKTOP);
    do_by_name(&mut harness, "3-d");
    assert_eq!(harness.state().scenario().view.layout, Layout::Surface);
    do_by_name(&mut harness, "map shows tr");
    assert_eq!(harness.state().scenario().view.quantity, MapQuantity::Trace);
    do_by_name(&mut harness, "anatomy");
    assert_eq!(harness.state().scenario().view.side, Side::Anatomy);
    let shown = harness.state().scenario().view.curves.len();
    do_by_name(&mut harness, "hide curve ‖g‖");
    assert_eq!(harness.state().scenario().view.curves.len(), shown - 1);
    do_by_name(&mut harness, "lesson 5");
    assert_eq!(harness.state().state().lesson, Some(5));
    do_by_name(&mut harness, "laboratory");
    assert_eq!(harness.state().state().lesson, None);
}

#[test]
fn the_palette_is_walked_by_arrows_and_left_by_escape() {
    let mut harness = welcome(PHONE);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
    harness.run_steps(3);
    harness.event(Event::Text("zoom".to_owned()));
    harness.run_steps(2);
    let before = harness.state().scenario().view.bounds.expect("bounds");
    harness.key_press(Key::ArrowDown);
    harness.run_steps(2);
    harness.key_press(Key::Enter);
    harness.run_steps(3);
    let after = harness.state().scenario().view.bounds.expect("bounds");
    assert!(after[1] - after[0] > before[1] - before[0], "the second row zooms out");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
    harness.run_steps(3);
    harness.event(Event::Text("no such thing".to_owned()));
    harness.run_steps(2);
    assert!(harness.query_by_label("Nothing has that name.").is_some());
    harness.key_press(Key::Escape);
    harness.run_steps(3);
    assert!(harness.query_by_label("Nothing has that name.").is_none());
}

#[test]
fn the_shortcuts_are_told_and_close_again() {
    for size in [DESKTOP, PHONE] {
        let mut harness = welcome(size);
        harness.key_press_modifiers(Modifiers::SHIFT, Key::Questionmark);
        harness.run_steps(3);
        for words in ["Space", "Ctrl+K", "Ctrl+Shift+Z or Ctrl+Y", "Double-click the map"] {
            assert!(harness.query_by_label(words).is_some(), "{words}");
        }
        harness.key_press(Key::Escape);
        harness.run_steps(3);
        assert!(harness.query_by_label("Ctrl+K").is_none());
    }
}

/// Opened as by someone who has never been here: the state's folder is the tests' own.
fn newcomer(size: Vec2) -> Harness<'static, App> {
    let mut harness = harness(size, |ctx| {
        App::open(ctx, Opening { scenario: Some(Scenario::welcome()), is_new: true, ..Opening::default() })
    });
    harness.run_steps(3);
    harness
}

const HINTS: [&str; 3] =
    ["Drag the white ring: every method starts there", "Raise SAM's ρ: it slides faster", "Start lesson 1"];

fn told(harness: &Harness<App>) -> Vec<&'static str> {
    HINTS.into_iter().filter(|hint| harness.query_by_label(hint).is_some()).collect()
}

#[test]
fn what_has_been_tried_is_told_no_more() {
    let mut harness = newcomer(DESKTOP);
    assert_eq!(told(&harness), HINTS);
    harness.state_mut().apply(Command::Start(vec![0.2, 0.4, 0.3, 0.3]));
    harness.run_steps(3);
    assert_eq!(told(&harness), HINTS[1..]);
    let mut scenario = harness.state().scenario().clone();
    scenario.optimizers[1].rho = 0.05;
    harness.state_mut().apply(Command::Edit(Box::new(scenario.clone())));
    harness.run_steps(3);
    assert_eq!(told(&harness), HINTS[1..], "lowering is not raising");
    scenario.optimizers[1].rho = 0.2;
    harness.state_mut().apply(Command::Edit(Box::new(scenario)));
    harness.run_steps(3);
    assert_eq!(told(&harness), HINTS[2..]);
    harness.get_by_role_and_label(Role::Button, HINTS[2]).click();
    harness.run_steps(3);
    assert_eq!(harness.state().state().lesson, Some(1));
    harness.state_mut().apply(LessonCommand::Leave.into());
    harness.run_steps(3);
    assert!(told(&harness).is_empty() && harness.query_by_label("Try this:").is_none());
}

#[test]
fn the_first_minute_can_be_dismissed_and_fits_a_phone() {
    let mut harness = newcomer(PHONE);
    // One at a time.
    let hint = harness.get_by_label(HINTS[0]).rect();
    assert!(hint.max.x <= PHONE.x && hint.max.y < 200.0, "{hint:?}");
    assert!(harness.query_by_label(HINTS[1]).is_none());
    harness.state_mut().apply(Command::DismissHints);
    harness.run_steps(3);
    assert!(harness.query_by_label(HINTS[0]).is_none());
    assert!(welcome(DESKTOP).query_by_label("Try this:").is_none());
}

#[test]
fn a_symbol_explains_itself() {
    let mut harness = welcome(DESKTOP);
    for (what, words) in [("‖g‖", "gradient norm"), ("Tr H", "trace"), ("Gap", "approximation gap")] {
        let place = harness.get_all_by_label(what).next().expect(what).rect().center();
        harness.hover_at(place);
        harness.run_steps(60);
        assert!(harness.query_by_label_contains(words).is_some(), "{what}");
    }
    let place = harness.get_all_by_label("Tr H").next().expect("a chip").rect().center();
    harness.hover_at(place);
    harness.run_steps(60);
    let now = harness.state().session().run(1).expect("SAM").head().trace;
    assert!(harness.query_by_label(&format!("now {}", short(now))).is_some(), "a curve's value is told");
}
