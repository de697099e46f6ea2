//! What a screen reader is told by itself: news, and nothing while only numbers change.
#![cfg(all(feature = "gui", not(target_arch = "wasm32")))]

#[path = "common/ui.rs"]
mod common;

use common::{DESKTOP, harness, pause, settle};
use egui_kittest::Harness;
use samscope::app::{App, Command, LessonCommand, Page};
use samscope::lesson::all;
use samscope::run::Scenario;

/// What is told from now on, frame by frame, without what is told already, until this holds.
fn told(harness: &mut Harness<App>, is_over: impl Fn(&App, usize) -> bool) -> Vec<String> {
    let mut before = harness.state_mut().tell().to_owned();
    let mut told = Vec::new();
    let mut frames = 0;
    while !is_over(harness.state(), frames) {
        frames += 1;
        harness.step();
        let text = harness.state_mut().tell();
        if *text != before {
            text.clone_into(&mut before);
            told.push(before.clone());
        }
    }
    told
}

#[test]
fn a_run_tells_when_it_begins_arrives_and_ends() {
    let mut scenario = Scenario::welcome();
    (scenario.steps, scenario.view.steps_per_frame) = (20_000, 100);
    let mut harness = harness(DESKTOP, scenario);
    harness.state_mut().apply(Command::Restart);
    harness.state_mut().apply(Command::Play(true));
    let told = told(&mut harness, |app, _| !app.session().playing);
    // Three methods, each of which may arrive, and then hop.
    assert!((2..=7).contains(&told.len()), "{told:#?}");
    assert!(told[0].starts_with("GD "), "{told:#?}");
    assert!(told.last().is_some_and(|last| last.starts_with("Step 20 000. ")), "{told:#?}");
}

#[test]
fn every_step_by_hand_is_told() {
    let mut harness = harness(DESKTOP, Scenario::welcome());
    pause(&mut harness);
    harness.state_mut().apply(Command::Restart);
    let steps = [40, 1, 1].map(|steps| {
        harness.state_mut().apply(Command::Step(steps));
        settle(&mut harness);
        let step = harness.state().session().step();
        (step, harness.state_mut().tell().to_owned())
    });
    for (step, text) in steps {
        assert!(text.starts_with(&format!("Step {step}. GD ")), "{text}");
    }
    harness.state_mut().apply(Command::Refuse("No.".to_owned()));
    assert_eq!(harness.state_mut().tell(), "No.");
}

#[test]
fn a_lessons_new_page_is_told_once() {
    let mut harness = harness(DESKTOP, Scenario::welcome());
    pause(&mut harness);
    harness.state_mut().tell();
    let lesson = &all()[0];
    for (command, words) in [
        (LessonCommand::Open(1), "Which of the three rises is the largest at this minimum?"),
        (LessonCommand::Turn(Page::Run), "Watch the three curves R^Max, R^Asc and R^Avg"),
    ] {
        harness.state_mut().apply(command.into());
        let text = harness.state_mut().tell().to_owned();
        assert!(text.contains(words), "{text}");
    }
    harness.state_mut().apply(LessonCommand::Predict(0).into());
    harness.state_mut().apply(LessonCommand::Turn(Page::Answer).into());
    let begin = std::time::Instant::now();
    while !harness.state_mut().tell().contains("s you predicted.") {
        assert!(begin.elapsed().as_secs() < 300, "no answer is told");
        harness.step();
    }
    let answer = harness.state_mut().tell().to_owned();
    assert!(answer.contains(&lesson.choices[0].text) && answer.contains("At a distance of 0.1"), "{answer}");
    assert!(!answer.contains('…'), "{answer}");
    harness.state_mut().apply(LessonCommand::Turn(Page::Why).into());
    settle(&mut harness);
    let why = harness.state_mut().tell().to_owned();
    assert!(why.starts_with("Close to a minimum") && why.contains("ρ²/2"), "{why}");
    assert_eq!(told(&mut harness, |_, frames| frames == 20), [""; 0]);
}
