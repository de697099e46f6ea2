//! The gallery: every preset is a picture that is there, and a choice is one change, which can be undone.
#![cfg(all(feature = "gui", not(target_arch = "wasm32")))]

#[path = "common/ui.rs"]
mod common;

use common::{DESKTOP, PHONE, harness, pause, settle};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use samscope::app::{Command, Window};
use samscope::lesson::GALLERY;
use samscope::run::Scenario;

#[test]
fn a_choice_runs_it_and_is_undone_as_one() {
    for size in [DESKTOP, PHONE] {
        let mut harness = harness(size, Scenario::welcome());
        pause(&mut harness);
        let before = harness.state().scenario().clone();
        harness.key_press_modifiers(Modifiers::NONE, Key::G);
        harness.run_steps(3);
        let preset = &GALLERY[1];
        harness.get_by_role_and_label(Role::Button, &format!("{}: {}", preset.title, preset.why)).scroll_to_me();
        settle(&mut harness);
        harness.get_by_role_and_label(Role::Button, &format!("{}: {}", preset.title, preset.why)).click();
        harness.run_steps(3);
        assert_eq!(*harness.state().scenario(), preset.scenario());
        assert!(harness.state().session().playing);
        assert!(harness.query_by_role_and_label(Role::Heading, "Gallery").is_none(), "it has closed");
        harness.state_mut().apply(Command::Undo);
        assert_eq!(*harness.state().scenario(), before);
    }
}

/// A card of it, beside those that have not been computed: then it has many colours.
#[test]
fn every_preset_has_its_picture_and_is_in_the_palette() {
    let mut harness = harness(egui::vec2(1440.0, 2400.0), Scenario::welcome());
    pause(&mut harness);
    harness.state_mut().apply(Command::Show(Window::Gallery));
    settle(&mut harness);
    let images = |harness: &egui_kittest::Harness<samscope::app::App>| {
        let textured = |shape: &egui::Shape| match shape {
            egui::Shape::Mesh(mesh) => mesh.texture_id != egui::TextureId::default(),
            egui::Shape::Rect(rect) => rect.brush.is_some(),
            _ => false,
        };
        harness.output().shapes.iter().filter(|clipped| textured(&clipped.shape)).count()
    };
    let with = images(&harness);
    harness.state_mut().apply(Command::Show(Window::Gallery));
    settle(&mut harness);
    assert_eq!(with - images(&harness), GALLERY.len());
    harness.state_mut().apply(Command::Show(Window::Palette));
    harness.run_steps(3);
    for preset in &GALLERY {
        let name = format!("Gallery: {}", preset.title);
        assert!(harness.query_by_label_contains(&name).is_some(), "{name}");
    }
}
