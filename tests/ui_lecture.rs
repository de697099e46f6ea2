//! Lecture mode: how it begins and ends, what is on the screen, the keys that turn the pages, the pointer.
#![cfg(all(feature = "gui", not(target_arch = "wasm32")))]

use egui::accesskit::Role;
use egui::{Key, Modifiers, Pos2, Shape, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
use samscope::app::{App, Command, LessonCommand, Opening};
use samscope::lesson::all;
use samscope::run::Scenario;

const DESKTOP: Vec2 = Vec2::new(1440.0, 900.0);
const PHONE: Vec2 = Vec2::new(390.0, 844.0);

fn opened(size: Vec2, lesson: usize, lecture: bool) -> Harness<'static, App> {
    let opening = Opening {
        lesson: Some(lesson.to_string()),
        scenario: Some(Scenario::welcome()),
        lecture,
        is_new: true,
        ..Opening::default()
    };
    let mut harness = Harness::builder()
        .with_size(size)
        .with_max_steps(400)
        .build_eframe(move |cc| App::open(&cc.egui_ctx, opening.clone()));
    harness.state_mut().apply(Command::Play(false));
    harness.run_steps(4);
    harness
}

fn press(harness: &mut Harness<App>, key: Key) {
    harness.key_press(key);
    harness.run_steps(4);
}

/// The page that is open, by the tab that is marked.
fn page(harness: &Harness<App>) -> &'static str {
    let is_on = |name: &&&str| {
        let tab = harness.get_by_role_and_label(Role::Button, name);
        tab.accesskit_node().toggled() == Some(egui::accesskit::Toggled::True)
    };
    ["Question", "Run", "Answer", "Why", "Try"].iter().find(is_on).expect("a page")
}

#[test]
fn a_lecture_begins_and_ends_by_a_key() {
    let mut harness = opened(DESKTOP, 2, false);
    assert!(harness.query_by_label("Share…").is_some());
    press(&mut harness, Key::L);
    for gone in ["Share…", "samscope", "Contents", "To the laboratory", "log levels"] {
        assert!(harness.query_by_label(gone).is_none(), "{gone} is no page and no picture");
    }
    assert!(harness.ctx.zoom_factor() > 1.4, "the type is large: {}", harness.ctx.zoom_factor());
    assert!(harness.query_by_label("2. Three methods, three minima").is_some());
    press(&mut harness, Key::Escape);
    assert!(harness.query_by_label("Share…").is_some());
    assert_eq!(harness.ctx.zoom_factor(), 1.0);
    assert_eq!(harness.state().state().lesson, Some(2), "the lesson stays open");
}

#[test]
fn arrows_go_through_the_pages_and_on_to_the_next_lesson() {
    let mut harness = opened(DESKTOP, 3, true);
    let mut pages = vec![page(&harness)];
    for key in [Key::ArrowRight, Key::PageDown, Key::ArrowRight, Key::ArrowRight] {
        press(&mut harness, key);
        pages.push(page(&harness));
    }
    assert_eq!(pages, ["Question", "Run", "Answer", "Why", "Try"]);
    for (key, before) in [(Key::ArrowLeft, "Why"), (Key::PageUp, "Answer")] {
        press(&mut harness, key);
        assert_eq!(page(&harness), before);
    }
    for _ in 0..3 {
        press(&mut harness, Key::ArrowRight);
    }
    assert_eq!((harness.state().state().lesson, page(&harness)), (Some(4), "Question"));
    press(&mut harness, Key::ArrowLeft);
    assert_eq!(page(&harness), "Question", "there is no page before the first");
    press(&mut harness, Key::Escape);
    let step = harness.state().session().step();
    press(&mut harness, Key::ArrowRight);
    assert_eq!((page(&harness), harness.state().session().step()), ("Question", step + 1), "it makes a step again");
}

#[test]
fn a_lecture_without_a_prediction_says_nothing_of_one() {
    let mut harness = opened(DESKTOP, 1, true);
    press(&mut harness, Key::ArrowRight);
    press(&mut harness, Key::ArrowRight);
    let right = |harness: &Harness<App>| {
        all()[0].choices.iter().any(|choice| harness.query_by_label(&format!("{}.", choice.text)).is_some())
    };
    let begin = std::time::Instant::now();
    while !right(&harness) {
        assert!(begin.elapsed().as_secs() < 300, "there is no answer");
        harness.run_steps(1);
    }
    assert!(harness.query_by_label_contains("s you predicted.").is_none());
}

#[test]
fn the_class_sees_the_pointer() {
    let mut harness = opened(DESKTOP, 1, true);
    let place = Pos2::new(400.0, 300.0);
    harness.hover_at(place);
    harness.run_steps(2);
    let discs = |harness: &Harness<App>| {
        let is_disc =
            |shape: &Shape| matches!(shape, Shape::Circle(disc) if disc.center == place && disc.radius > 10.0);
        harness.output().shapes.iter().filter(|clipped| is_disc(&clipped.shape)).count()
    };
    assert_eq!(discs(&harness), 1);
    press(&mut harness, Key::Escape);
    harness.hover_at(place);
    harness.run_steps(2);
    assert_eq!(discs(&harness), 0);
}

#[test]
fn it_is_found_by_name_and_ended_by_its_button_on_a_phone_too() {
    let mut harness = opened(PHONE, 5, false);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
    harness.run_steps(3);
    harness.event(egui::Event::Text("lecture: page".to_owned()));
    harness.run_steps(2);
    press(&mut harness, Key::Enter);
    let end = harness.get_by_role_and_label(Role::Button, "End the lecture");
    assert!(end.rect().right() <= PHONE.x);
    end.click();
    harness.run_steps(4);
    assert!(harness.query_by_label("Menu").is_some());
    harness.state_mut().apply(LessonCommand::Leave.into());
    harness.state_mut().apply(Command::ToggleLecture);
    harness.run_steps(4);
    assert_eq!(harness.state().state().lesson, Some(5), "it goes on with the lesson that was left");
}

/// Escape closes what lies over the lecture first.
#[test]
fn a_window_over_the_lecture_is_closed_first() {
    let mut harness = opened(DESKTOP, 1, true);
    harness.key_press_modifiers(Modifiers::SHIFT, Key::Questionmark);
    harness.run_steps(3);
    assert!(harness.query_by_label("Turn the page in a lecture").is_some());
    press(&mut harness, Key::Escape);
    assert!(harness.query_by_label("End the lecture").is_some() && harness.query_by_label("Share…").is_none());
    press(&mut harness, Key::Escape);
    assert!(harness.query_by_label("Share…").is_some());
}

/// Each lesson brings its own view, also where the one before it showed another.
#[test]
fn the_next_lesson_brings_its_own_view() {
    let mut harness = opened(DESKTOP, 1, true);
    for lesson in &all()[1..5] {
        while harness.state().state().lesson != Some(lesson.number) {
            press(&mut harness, Key::ArrowRight);
        }
        harness.run_steps(8);
        let (shown, own) = (harness.state().scenario(), &lesson.scenario);
        assert_eq!(shown.view, own.view, "lesson {}", lesson.number);
        assert_eq!(shown.steps, own.steps, "lesson {}", lesson.number);
    }
}

/// The last row sees one curve, the one that the lesson is about.
#[test]
fn one_plot_stands_beside_the_map() {
    for lesson in all().iter().filter(|lesson| lesson.curve.is_some()) {
        let mut harness = opened(DESKTOP, lesson.number, true);
        harness.state_mut().apply(LessonCommand::PutBack.into());
        harness.run_steps(3);
        let plots: Vec<_> =
            harness.query_all(by().role(Role::Image).label_contains("Curves of ")).map(|plot| plot.rect()).collect();
        assert_eq!(plots.len(), 1, "{}", lesson.title);
        let share = plots[0].height() / harness.ctx.content_rect().height();
        assert!(share > 0.25, "{}: {share} of the height", lesson.title);
    }
}
