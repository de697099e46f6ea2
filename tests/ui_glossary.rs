//! The glossary as a window: opened by a key, by its name or by its button, and searched.
#![cfg(all(feature = "gui", not(target_arch = "wasm32")))]

#[path = "common/ui.rs"]
mod common;

use common::{DESKTOP, PHONE, harness, pause};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
use samscope::app::App;
use samscope::lesson::glossary;
use samscope::run::Scenario;

/// The titles of the entries that are shown.
fn entries(harness: &Harness<App>) -> Vec<String> {
    let headings = harness.query_all(by().role(Role::Heading).label_contains(": "));
    headings.map(|heading| heading.accesskit_node().label().unwrap_or_default()).collect()
}

fn find(harness: &mut Harness<App>, text: &str) {
    let field = || harness.get_by_role_and_label(Role::SearchInput, "Find in the glossary");
    field().focus();
    field().type_text(text);
    harness.run_steps(3);
}

#[test]
fn every_entry_is_there_and_is_found_by_its_words() {
    let mut harness = harness(DESKTOP, Scenario::welcome());
    pause(&mut harness);
    harness.key_press(Key::W);
    harness.run_steps(4);
    assert_eq!(entries(&harness).len(), glossary().count());
    find(&mut harness, "trace");
    let found = entries(&harness);
    assert!(found.contains(&"Tr H: trace".to_owned()) && found.len() < 8, "{found:?}");
    find(&mut harness, " xyz");
    assert!(harness.query_by_label("No entry has that.").is_some());
    harness.key_press(Key::Escape);
    harness.run_steps(3);
    harness.key_press(Key::Escape);
    harness.run_steps(3);
    assert!(harness.query_by_role_and_label(Role::Heading, "Glossary").is_none());
}

#[test]
fn it_is_opened_by_its_button_and_by_its_name() {
    let mut harness = harness(DESKTOP, Scenario::welcome());
    pause(&mut harness);
    harness.get_by_role_and_label(Role::Button, "Glossary").click();
    harness.run_steps(4);
    assert!(harness.query_by_role_and_label(Role::Heading, "Glossary").is_some());
    harness.get_by_role_and_label(Role::Button, "Close").click();
    harness.run_steps(4);
    assert!(harness.query_by_role_and_label(Role::Heading, "Glossary").is_none());
    harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
    harness.run_steps(3);
    harness.event(egui::Event::Text("glossary".to_owned()));
    harness.run_steps(2);
    harness.key_press(Key::Enter);
    harness.run_steps(4);
    assert!(harness.query_by_role_and_label(Role::Heading, "Glossary").is_some());
}

#[test]
fn it_fits_on_a_phone() {
    let mut harness = harness(PHONE, Scenario::welcome());
    pause(&mut harness);
    harness.key_press(Key::W);
    harness.run_steps(4);
    let field = harness.get_by_role_and_label(Role::SearchInput, "Find in the glossary").rect();
    assert!(field.left() >= 0.0 && field.right() <= PHONE.x && field.height() >= 40.0, "{field:?}");
}
