//! Where the keyboard's focus is when something opens by a key, and when it closes again.
#![cfg(all(feature = "gui", not(target_arch = "wasm32")))]

#[path = "common/ui.rs"]
mod common;

use common::{DESKTOP, harness, pause};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{AccessKitNode, NodeT as _, Queryable as _, by};
use samscope::app::App;
use samscope::run::Scenario;

/// What has the focus: its role and its name.
fn focused(harness: &Harness<App>) -> Option<(Role, String)> {
    let node = harness.query_all(by().predicate(|node: &AccessKitNode| node.is_focused())).next()?;
    let node = node.accesskit_node();
    Some((node.role(), node.label().unwrap_or_default()))
}

fn press(harness: &mut Harness<App>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_steps(4);
}

/// Does something by its name.
fn by_name(harness: &mut Harness<App>, name: &str) {
    press(harness, Modifiers::COMMAND, Key::K);
    assert_eq!(focused(harness), Some((Role::TextInput, "Command".to_owned())));
    harness.get_by_role_and_label(Role::TextInput, "Command").type_text(name);
    harness.run_steps(2);
    press(harness, Modifiers::NONE, Key::Enter);
}

#[test]
fn a_window_that_is_opened_by_keys_has_the_focus_and_gives_it_back() {
    let mut harness = harness(DESKTOP, Scenario::welcome());
    pause(&mut harness);
    harness.get_by_role_and_label(Role::Button, "log values").focus();
    harness.run_steps(2);
    let before = focused(&harness).expect("a focus");
    for (name, title) in [
        ("Gallery: runs", "Gallery"),
        ("Show the shortcuts", "Shortcuts"),
        ("The data as tables", "Data"),
        ("Share", "Share"),
        ("Export", "Export"),
        ("Open", "Open"),
    ] {
        by_name(&mut harness, name);
        assert_eq!(focused(&harness), Some((Role::Heading, title.to_owned())));
        // Tab goes on into it.
        press(&mut harness, Modifiers::NONE, Key::Tab);
        assert_eq!(focused(&harness), Some((Role::Button, "Close".to_owned())), "{title}");
        press(&mut harness, Modifiers::NONE, Key::Escape);
        assert!(harness.query_by_role_and_label(Role::Heading, title).is_none(), "{title} has closed");
        assert_eq!(focused(&harness).as_ref(), Some(&before), "after {title}");
    }
    press(&mut harness, Modifiers::COMMAND, Key::K);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(focused(&harness), Some(before), "after the palette");
}

/// A title takes no key away.
#[test]
fn a_lesson_that_is_opened_by_keys_has_the_focus_and_the_laboratory_its_keys() {
    let mut harness = harness(DESKTOP, Scenario::welcome());
    pause(&mut harness);
    by_name(&mut harness, "Lesson 2");
    assert_eq!(focused(&harness), Some((Role::Heading, "2. Three methods, three minima".to_owned())));
    press(&mut harness, Modifiers::NONE, Key::Space);
    assert!(harness.state().session().playing);
    press(&mut harness, Modifiers::NONE, Key::L);
    assert!(harness.query_by_label("End the lecture").is_some());
    press(&mut harness, Modifiers::NONE, Key::L);
    by_name(&mut harness, "To the laboratory");
    assert_eq!(focused(&harness), None);
    // Who points at it knows where it is.
    harness.get_by_role_and_label(Role::Button, "Gallery").click();
    harness.run_steps(4);
    assert!(harness.query_by_role_and_label(Role::Heading, "Gallery").is_some());
    assert_eq!(focused(&harness), None);
}
