//! What someone who has never been here sees: the three methods, but not lesson two's answer.
#![cfg(all(feature = "gui", not(target_arch = "wasm32")))]

#[path = "common/ui.rs"]
mod common;

use common::{DESKTOP, written};
use egui_kittest::Harness;
use samscope::app::{App, Command, LessonCommand, Opening, Page};
use samscope::run::Scenario;

fn opened(opening: Opening) -> Harness<'static, App> {
    let mut harness = Harness::builder()
        .with_size(DESKTOP)
        .with_step_dt(1.0 / 30.0)
        .build_eframe(move |cc| App::open(&cc.egui_ctx, opening.clone()));
    harness.state_mut().apply(Command::Step(30_000));
    harness.run_steps(10);
    harness
}

fn newcomer() -> Harness<'static, App> {
    opened(Opening { is_new: true, ..Opening::default() })
}

/// Whether the story or the map says which of the ends is which.
fn names_ends(harness: &Harness<App>) -> [bool; 2] {
    let story = harness.state().state().story;
    assert!(story.starts_with("GD "), "{story}");
    [story.contains("smallest"), written(harness).iter().any(|(text, _)| text.trim() == "min")]
}

#[test]
fn the_ends_have_no_names_until_they_have_been_predicted() {
    let mut harness = newcomer();
    assert_eq!(names_ends(&harness), [false; 2]);
    harness.state_mut().apply(LessonCommand::Open(2).into());
    harness.state_mut().apply(LessonCommand::Predict(0).into());
    harness.run_steps(3);
    assert!(!written(&harness).iter().any(|(text, _)| text.trim() == "min"));
    harness.state_mut().apply(LessonCommand::Turn(Page::Answer).into());
    harness.state_mut().apply(Command::Step(30_000));
    harness.run_steps(10);
    assert_eq!(names_ends(&harness), [true; 2]);
    harness.state_mut().apply(LessonCommand::Leave.into());
    harness.run_steps(3);
    assert_eq!(names_ends(&harness), [true; 2]);
}

#[test]
fn who_knows_better_or_has_a_link_sees_their_names() {
    let mut harness = newcomer();
    harness.state_mut().apply(Command::DismissHints);
    harness.run_steps(3);
    assert_eq!(names_ends(&harness), [true; 2]);
    let linked = Opening { is_new: true, hash: Scenario::welcome().to_link(), ..Opening::default() };
    assert_eq!(names_ends(&opened(linked)), [true; 2]);
}
