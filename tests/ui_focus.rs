//! Where the keyboard's focus is when something opens by a key, and when it closes again.
#![cfg(all(feature = "gui", not(target_arch = "wasm32")))]

#[path = "common/ui.rs"]
mod common;

use common::{DESKTOP, harness, pause};
use egui::accesskit::Role;
use egui::{Key, Modifiers, Shape};
use egui_kittest::Harness;
use egui_kittest::kittest::{AccessKitNode, NodeT as _, Queryable as _, by};
use samscope::app::{App, Command, LessonCommand, Window};
use samscope::run::{Layout, Scenario, View};

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

/// What is typed at once is a command, also where a window was open before.
#[test]
fn the_palette_has_the_keyboard_from_its_first_frame_on() {
    let mut harness = harness(DESKTOP, Scenario::welcome());
    pause(&mut harness);
    for name in ["Gallery: runs", "Glossary", "Share"] {
        by_name(&mut harness, name);
        harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
        harness.step();
        for frame in 0..8 {
            harness.step();
            let focused = focused(&harness);
            assert_eq!(focused, Some((Role::TextInput, "Command".to_owned())), "{name}, frame {frame}");
        }
        press(&mut harness, Modifiers::NONE, Key::Escape);
    }
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

/// A harness in which nothing has the focus yet.
fn begun() -> Harness<'static, App> {
    let mut harness = harness(DESKTOP, Scenario::welcome());
    pause(&mut harness);
    harness
}

#[test]
fn tab_comes_first_to_links_that_skip_the_rest() {
    let mut harness = begun();
    press(&mut harness, Modifiers::NONE, Key::Tab);
    assert_eq!(focused(&harness), Some((Role::Button, "Skip to the map".to_owned())));
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(focused(&harness).is_some_and(|(role, name)| role == Role::Image && name.starts_with("Map of ")));
    let mut harness = begun();
    press(&mut harness, Modifiers::NONE, Key::Tab);
    press(&mut harness, Modifiers::NONE, Key::Tab);
    assert_eq!(focused(&harness), Some((Role::Button, "Skip to the settings".to_owned())));
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(focused(&harness), Some((Role::ComboBox, "Loss".to_owned())));
}

#[test]
fn the_links_skip_to_a_lesson_and_to_every_picture() {
    let mut harness = begun();
    harness.state_mut().apply(LessonCommand::Open(1).into());
    harness.run_steps(5);
    harness.get_by_role_and_label(Role::Button, "Skip to the lesson").click_accesskit();
    harness.run_steps(3);
    assert_eq!(focused(&harness), Some((Role::Heading, "1. What is sharp?".to_owned())));
    for (layout, picture) in [(Layout::Gap, "Map of "), (Layout::Sweep, "Sweep of "), (Layout::Basin, "Basin of ")] {
        let view = View { layout, ..harness.state().scenario().view.clone() };
        harness.state_mut().apply(Command::View(Box::new(view)));
        harness.run_steps(3);
        harness.get_by_role_and_label(Role::Button, "Skip to the map").click_accesskit();
        harness.run_steps(3);
        assert!(focused(&harness).is_some_and(|(_, name)| name.starts_with(picture)), "{:?}", focused(&harness));
    }
}

#[test]
fn f6_goes_from_region_to_region() {
    let mut harness = begun();
    let names = ["Loss", "Map of λ1", "Curves", "Play", "Loss"].map(|_| {
        press(&mut harness, Modifiers::NONE, Key::F6);
        focused(&harness).expect("a focus").1
    });
    assert_eq!(names, ["Loss", "Map of λ1", "Curves", "Play", "Loss"]);
}

/// The frame around a title that has the focus.
fn is_framed(harness: &Harness<App>, title: &str) -> bool {
    let place = harness.get_by_role_and_label(Role::Heading, title).rect();
    harness.output().shapes.iter().any(|clipped| {
        matches!(&clipped.shape, Shape::Rect(rect) if rect.fill.a() == 0 && (rect.rect.min - place.min).length() < 4.0
            && rect.rect.contains_rect(place))
    })
}

#[test]
fn a_title_is_framed_for_who_uses_the_keyboard_alone() {
    let title = "2. Three methods, three minima";
    let mut harness = begun();
    by_name(&mut harness, "Lesson 2");
    assert!(is_framed(&harness, title), "opened by keys");
    press(&mut harness, Modifiers::NONE, Key::L);
    assert!(!is_framed(&harness, title), "a class is not shown it");
    let mut harness = begun();
    harness.state_mut().apply(LessonCommand::Open(2).into());
    harness.run_steps(5);
    assert_eq!(focused(&harness), Some((Role::Heading, title.to_owned())));
    assert!(!is_framed(&harness, title), "opened by an address");
}

/// What opens late, as where a browser has refused to copy, takes nothing from a pointer that is already there.
#[test]
fn a_press_keeps_its_focus() {
    let mut harness = harness(DESKTOP, Scenario::welcome());
    pause(&mut harness);
    harness.state_mut().apply(Command::Show(Window::Glossary));
    harness.run_steps(2);
    let name = "Find in the glossary";
    harness.get_by_role_and_label(Role::SearchInput, name).click();
    harness.run_steps(5);
    assert_eq!(focused(&harness), Some((Role::SearchInput, name.to_owned())));
}
