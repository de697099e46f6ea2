//! The lessons in the window: each from its question to its sources, on a desktop and on a phone; leaving and coming back;
//! progress.
#![cfg(all(feature = "gui", not(target_arch = "wasm32")))]

use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{Theme, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use samscope::app::{App, Command, LessonCommand, Opening};
use samscope::lesson::{Lesson, all};
use samscope::run::Scenario;

const DESKTOP: Vec2 = Vec2::new(1440.0, 900.0);
const PHONE: Vec2 = Vec2::new(390.0, 844.0);

fn harness(size: Vec2, theme: Theme, open: impl Fn(&egui::Context) -> App + 'static) -> Harness<'static, App> {
    Harness::builder()
        .with_size(size)
        .with_theme(theme)
        .with_max_steps(400)
        .with_step_dt(1.0 / 30.0)
        .build_eframe(move |cc| open(&cc.egui_ctx))
}

fn welcome(size: Vec2) -> Harness<'static, App> {
    let mut harness = harness(size, Theme::Dark, |ctx| App::new(ctx, Scenario::welcome()));
    harness.state_mut().apply(Command::Play(false));
    harness
}

fn click(harness: &mut Harness<App>, label: &str) {
    press(harness, Role::Button, label);
}

/// Scrolls to a widget and clicks it.
fn press(harness: &mut Harness<App>, role: Role, label: &str) {
    harness.get_by_role_and_label(role, label).scroll_to_me();
    harness.run_steps(12);
    harness.get_by_role_and_label(role, label).click();
    harness.run_steps(3);
}

/// Goes through a lesson by its own buttons, predicting `choice`.
fn go_through(harness: &mut Harness<App>, lesson: &Lesson, choice: usize) {
    press(harness, Role::RadioButton, &lesson.choices[choice].text);
    click(harness, "Run it");
    assert!(harness.state().session().playing, "{}: the run begins", lesson.title);
    assert!(harness.state().session().step() > 0);
    click(harness, "See the answer");
    // It is measured a little a frame: how many that takes is the machine's business.
    let begin = Instant::now();
    while harness.query_by_label_contains("s you predicted.").is_none() {
        assert!(begin.elapsed() < Duration::from_mins(5), "{}: there is no answer", lesson.title);
        harness.run_steps(1);
    }
    assert!(harness.state().session().is_over(), "{}: the answer comes after the run", lesson.title);
    harness.run_steps(20);
    let predicted_right = harness.query_by_label("As you predicted.").is_some();
    let otherwise = harness.query_by_label("Not as you predicted.").is_some();
    assert!(predicted_right != otherwise, "{}: the answer is there", lesson.title);
    for claim in &lesson.claims {
        let verdict = format!("The {} holds. {}", claim.kind.name(), claim.source);
        assert!(harness.query_all_by_label(&verdict).count() > 0, "{}: {}", lesson.title, claim.id);
    }
    click(harness, "Why?");
    click(harness, "Now try");
    assert!(harness.query_by_label(&lesson.sources[0]).is_some(), "{}: sources", lesson.title);
    click(harness, &lesson.tries[0].text);
    let session = harness.state().session();
    assert_eq!(session.scenario().optimizers, lesson.tries[0].scenario.optimizers, "{}", lesson.title);
    click(harness, "Put the lesson's run back");
    assert_eq!(harness.state().scenario().optimizers, lesson.scenario.optimizers);
    assert_eq!(harness.state().notice(), None);
}

#[test]
fn every_lesson_goes_from_its_question_to_its_sources_on_a_desktop() {
    let mut harness = welcome(DESKTOP);
    for lesson in all() {
        harness.state_mut().apply(LessonCommand::Open(lesson.number).into());
        harness.run_steps(2);
        assert!(!harness.state().session().playing, "a prediction comes before the run");
        go_through(&mut harness, lesson, 0);
    }
    click(&mut harness, "Contents");
    assert!(harness.query_by_label("12 of 12 done").is_some());
    click(&mut harness, "Clear progress");
    assert!(harness.query_by_label("0 of 12 done").is_some());
}

#[test]
fn every_lesson_goes_from_its_question_to_its_sources_on_a_phone() {
    let mut harness = harness(PHONE, Theme::Light, |ctx| App::new(ctx, Scenario::welcome()));
    for lesson in all() {
        harness.state_mut().apply(LessonCommand::Open(lesson.number).into());
        harness.run_steps(2);
        go_through(&mut harness, lesson, lesson.choices.len() - 1);
    }
}

/// A cross that nobody has moved is no prediction: the answer does not speak of it.
#[test]
fn a_cross_that_was_not_moved_says_nothing() {
    let mut harness = welcome(DESKTOP);
    let lesson = &all()[10];
    harness.state_mut().apply(LessonCommand::Open(lesson.number).into());
    harness.run_steps(3);
    go_through(&mut harness, lesson, 1);
    click(&mut harness, "Answer");
    assert!(harness.query_by_label_contains("Your cross is ").is_none());
}

/// Lessons two, six and eleven let one drag a cross to where the run will end.
#[test]
fn an_end_is_predicted_by_a_cross_on_the_map() {
    let mut harness = welcome(DESKTOP);
    let lesson = &all()[10];
    harness.state_mut().apply(LessonCommand::Open(lesson.number).into());
    harness.run_steps(3);
    let cross = |harness: &Harness<App>| harness.get_by_role_and_label(Role::Slider, "Predicted end").rect().center();
    let from = cross(&harness);
    harness.drag_at(from);
    harness.run_steps(1);
    for i in 1..=4 {
        harness.hover_at(from + Vec2::new(10.0, -4.0) * i as f32);
        harness.run_steps(1);
    }
    harness.drop_at(from + Vec2::new(40.0, -16.0));
    harness.run_steps(2);
    assert!((cross(&harness) - from - Vec2::new(40.0, -16.0)).length() < 2.0, "it follows the pointer");
    assert_eq!(harness.state().scenario().init, lesson.scenario.init, "the start stays");
    go_through(&mut harness, lesson, 1);
    assert!(harness.query_by_role_and_label(Role::Slider, "Predicted end").is_none(), "then it stays where it is");
    click(&mut harness, "Answer");
    assert!(harness.query_by_label_contains("Your cross is ").is_some());
    harness.state_mut().apply(LessonCommand::Leave.into());
    harness.run_steps(2);
}

#[test]
fn a_lesson_is_left_for_the_laboratory_and_goes_on_where_it_was() {
    let mut harness = welcome(DESKTOP);
    harness.state_mut().apply(Command::Step(500));
    click(&mut harness, "Lessons");
    assert!(harness.query_by_label("0 of 12 done").is_some());
    click(&mut harness, "○ 2. Three methods, three minima");
    assert_eq!(harness.state().session().step(), 0, "the same scenario has run before, and begins anew");
    harness.get_by_role_and_label(Role::RadioButton, &all()[1].choices[1].text).click();
    harness.run_steps(2);
    click(&mut harness, "Run it");
    click(&mut harness, "To the laboratory");
    assert!(harness.query_by_label("Optimizers").is_some(), "the setup is back");
    let scenario = harness.state().scenario().clone();
    assert_eq!(scenario.optimizers, all()[1].scenario.optimizers, "what is set stays");
    click(&mut harness, "Lessons");
    click(&mut harness, "○ 2. Three methods, three minima");
    assert!(harness.query_by_label_contains("You predict: ").is_some(), "the page is the same");
    assert_eq!(*harness.state().scenario(), scenario);
}

#[test]
fn what_is_given_with_the_address_opens_a_lesson_or_is_refused() {
    let open = |lesson: &str, hash: String| {
        let opening = Opening { lesson: Some(lesson.to_owned()), hash, ..Opening::default() };
        harness(DESKTOP, Theme::Dark, move |ctx| App::open(ctx, Opening { embed: true, ..opening.clone() }))
    };
    assert_eq!(open("7", String::new()).state().state().lesson, Some(7));
    let linked = Scenario { seed: 77, ..all()[6].scenario.clone() };
    let harness = open("7", linked.to_link());
    assert_eq!((harness.state().state().lesson, harness.state().scenario().seed), (Some(7), 77));
    for (number, words) in [("13", "from 1 to 12, but is 13"), ("x", "must be a number, but is x")] {
        let harness = open(number, String::new());
        assert_eq!(harness.state().state().lesson, None);
        assert!(harness.state().notice().is_some_and(|notice| notice.contains(words)), "{number}");
    }
}

/// Who skips the run sees its end before the answer.
#[test]
fn an_answer_without_a_run_goes_to_its_end() {
    let mut harness = welcome(DESKTOP);
    let lesson = &all()[1];
    harness.state_mut().apply(LessonCommand::Open(lesson.number).into());
    harness.run_steps(3);
    press(&mut harness, Role::RadioButton, &lesson.choices[0].text);
    click(&mut harness, "Answer");
    let begin = Instant::now();
    while harness.query_by_label_contains("s you predicted.").is_none() {
        assert!(begin.elapsed() < Duration::from_mins(5), "there is no answer");
        harness.run_steps(1);
    }
    assert_eq!(harness.state().session().step(), lesson.scenario.steps);
}
