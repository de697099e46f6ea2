//! A phone: what is pressed is as large as a finger, the map has its share, and nothing lies beside the screen.
#![cfg(all(feature = "gui", not(target_arch = "wasm32")))]

#[path = "common/ui.rs"]
mod common;

use std::collections::BTreeSet;

use common::{PHONE, harness, pause};
use egui::accesskit::{Action, Role};
use egui::{Event, Modifiers, MouseWheelSource, MouseWheelUnit, Rect, TouchPhase};
use egui_kittest::Harness;
use egui_kittest::kittest::{AccessKitNode, NodeT as _, Queryable as _, by};
use samscope::app::{App, Command, LessonCommand, OutsideCommand, Page, Window};
use samscope::lesson::all;
use samscope::loss::{CATALOGUE, LossSpec, Reduction};
use samscope::run::{Layout, Scenario, View};

/// What a finger hits, but for rounding.
const FINGER: f32 = 39.5;

/// The share of the height that the map has at least, with its axes.
const MAP: f32 = 0.4;

/// What can be pressed, moved or typed in, and is no part of a scroll bar.
fn targets(harness: &Harness<App>) -> Vec<(String, Rect)> {
    let is_target = |node: &AccessKitNode| {
        let parts = [Role::ScrollBar, Role::ScrollView, Role::Splitter, Role::GenericContainer, Role::Window];
        let fields = [Role::Slider, Role::SpinButton, Role::TextInput, Role::MultilineTextInput];
        (node.data().supports_action(Action::Click) || fields.contains(&node.role())) && !parts.contains(&node.role())
    };
    let found = harness.query_all(by().predicate(is_target));
    let told = |node: AccessKitNode| format!("{:?} `{}`", node.role(), node.label().unwrap_or_default());
    let all = found.map(|node| (told(node.accesskit_node()), node.rect()));
    // These are for keys and screen readers: no finger finds them.
    all.filter(|(name, _)| !name.contains("`Skip to ")).collect()
}

/// What is wrong with the screen, as it is now.
fn check(harness: &Harness<App>, what: &str, wrong: &mut BTreeSet<String>) {
    let all = targets(harness);
    assert!(all.len() >= 4, "{what}: nothing to press");
    for (name, rect) in all {
        let size = rect.size();
        if size.min_elem() < FINGER {
            wrong.insert(format!("{what}: {name} is {size}"));
        }
        if rect.left() < 0.0 || rect.right() > PHONE.x {
            wrong.insert(format!("{what}: {name} is at {rect}"));
        }
    }
}

/// The map lies between what is told and the transport.
fn check_map(harness: &Harness<App>, what: &str, wrong: &mut BTreeSet<String>) {
    let bottom = harness.get_by_role_and_label(Role::Button, "Restart").rect().top();
    let above = harness.query_by_role_and_label(Role::ComboBox, "Layout");
    let top = above.unwrap_or_else(|| harness.get_by_role_and_label(Role::Button, "Lessons")).rect().bottom();
    if bottom - top < MAP * PHONE.y {
        wrong.insert(format!("{what}: the map is {} high", bottom - top));
    }
}

fn assert_nothing(wrong: &BTreeSet<String>) {
    assert!(wrong.is_empty(), "{}", wrong.iter().fold(String::new(), |all, line| all + "\n" + line));
}

#[test]
fn layouts_and_panels_are_for_fingers() {
    let mut wrong = BTreeSet::new();
    for layout in [Layout::Map, Layout::Basin, Layout::Sweep, Layout::Gap, Layout::Surface] {
        for side in ["Curves", "Anatomy", "Setup"] {
            let mut scenario = Scenario { steps: 500, ..Scenario::welcome() };
            scenario.view.layout = layout;
            let mut harness = harness(PHONE, scenario);
            pause(&mut harness);
            harness.get_by_role_and_label(Role::Button, side).click();
            harness.run_steps(4);
            let what = format!("{layout:?} with {side}");
            check(&harness, &what, &mut wrong);
            check_map(&harness, &what, &mut wrong);
            if harness.query_by_label("More about the map").is_some() {
                harness.get_by_label("More about the map").click();
                harness.run_steps(6);
                check(&harness, &format!("{what} and the menu"), &mut wrong);
            }
        }
    }
    assert_nothing(&wrong);
}

/// With their parameters, or typed, and with what has been refused.
#[test]
fn losses_are_set_up_with_fingers() {
    let mut wrong = BTreeSet::new();
    let typed = LossSpec::typed(
        vec!["a*x^2 + y^2".to_owned(), "y^2".to_owned()],
        Reduction::Mean,
        [("a".to_owned(), 2.0)].into(),
    );
    for loss in CATALOGUE.iter().map(|info| LossSpec::new(info.id)).chain([typed]) {
        let id = loss.id();
        let scenario = Scenario { loss, view: View::default(), init: Vec::new(), steps: 100, ..Scenario::welcome() };
        let mut harness = harness(PHONE, scenario.resolved().expect("a scenario").in_own_view());
        pause(&mut harness);
        harness
            .state_mut()
            .apply(Command::Refuse("This cannot be: a sentence that is longer than one line of a phone.".to_owned()));
        harness.get_by_role_and_label(Role::Button, "Setup").click();
        harness.run_steps(4);
        if let Some(parameters) = harness.query_by_label("Parameters") {
            parameters.click();
        }
        for _ in 0..8 {
            harness.run_steps(4);
            check(&harness, id, &mut wrong);
            check_map(&harness, id, &mut wrong);
            scroll(&mut harness, -160.0);
        }
    }
    assert_nothing(&wrong);
}

/// In the lower half of the screen.
fn scroll(harness: &mut Harness<App>, by: f32) {
    harness.event(Event::PointerMoved(egui::pos2(0.5 * PHONE.x, 0.9 * PHONE.y)));
    harness.event(Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: egui::vec2(0.0, by),
        phase: TouchPhase::Move,
        source: MouseWheelSource::Unknown,
        modifiers: Modifiers::NONE,
    });
    harness.run_steps(8);
}

#[test]
fn windows_are_for_fingers() {
    let mut wrong = BTreeSet::new();
    let windows: [(&str, Command); 8] = [
        ("export", OutsideCommand::ShowExport.into()),
        ("share", OutsideCommand::ShowShare.into()),
        ("open", OutsideCommand::ShowOpen.into()),
        ("palette", Command::Show(Window::Palette)),
        ("shortcuts", Command::Show(Window::Shortcuts)),
        ("gallery", Command::Show(Window::Gallery)),
        ("data", Command::Show(Window::Data)),
        ("contents", LessonCommand::Contents.into()),
    ];
    for (name, command) in windows {
        let mut harness = harness(PHONE, Scenario { steps: 500, ..Scenario::welcome() });
        pause(&mut harness);
        harness.state_mut().apply(command);
        harness.run_steps(20);
        check(&harness, name, &mut wrong);
    }
    let mut harness = harness(PHONE, Scenario::welcome());
    pause(&mut harness);
    harness.get_by_role_and_label(Role::Button, "Menu").click();
    harness.run_steps(4);
    check(&harness, "menu", &mut wrong);
    assert_nothing(&wrong);
}

#[test]
fn lessons_are_for_fingers() {
    let mut wrong = BTreeSet::new();
    let mut harness = harness(PHONE, Scenario::welcome());
    for lesson in all() {
        harness.state_mut().apply(LessonCommand::Open(lesson.number).into());
        harness.state_mut().apply(LessonCommand::Predict(0).into());
        for (page, name) in Page::ALL {
            harness.state_mut().apply(LessonCommand::Turn(page).into());
            harness.run_steps(3);
            let what = format!("lesson {}, {name}", lesson.number);
            for _ in 0..3 {
                check(&harness, &what, &mut wrong);
                check_map(&harness, &what, &mut wrong);
                scroll(&mut harness, -200.0);
            }
        }
    }
    assert_nothing(&wrong);
}

/// The rate that the sweep tells gets more digits and fewer: the map below stays where it is.
#[test]
fn the_sweep_stays_where_it_is() {
    let mut scenario = Scenario { steps: 500, ..Scenario::welcome() };
    scenario.view.layout = Layout::Sweep;
    let mut harness = harness(PHONE, scenario);
    harness.run_steps(5);
    let place =
        |harness: &Harness<App>| harness.query_all_by_label_contains("Sweep of").next().expect("it is there").rect();
    let before = place(&harness);
    for _ in 0..60 {
        harness.run_steps(1);
        assert_eq!(place(&harness), before);
    }
}

/// What eframe hands on of a finger that comes, or goes.
fn finger(harness: &Harness<App>, name: &str, pressed: bool) {
    let pos = harness.get_by_role_and_label(Role::Button, name).rect().center();
    let (button, modifiers) = (egui::PointerButton::Primary, Modifiers::NONE);
    harness.event(Event::PointerButton { pos, button, pressed, modifiers });
    if !pressed {
        harness.event(Event::PointerGone);
    }
    let (device_id, id) = (egui::TouchDeviceId(0), egui::TouchId(0));
    let phase = if pressed { TouchPhase::Start } else { TouchPhase::End };
    harness.event(Event::Touch { device_id, id, phase, pos, force: None });
}

/// Frames may be slow, and so may fingers.
#[test]
fn a_tap_is_one_within_a_frame_and_over_many() {
    let mut harness = harness(PHONE, Scenario::welcome());
    pause(&mut harness);
    let (step, restart) = (harness.state().session().step(), "Restart");
    assert!(step > 0);
    finger(&harness, restart, true);
    finger(&harness, restart, false);
    harness.run_steps(3);
    assert_eq!(harness.state().session().step(), 0, "a tap within a frame");
    harness.state_mut().apply(Command::Step(50));
    harness.run_steps(3);
    assert!(harness.state().session().step() > 0);
    finger(&harness, restart, true);
    harness.run_steps(60);
    finger(&harness, restart, false);
    harness.run_steps(3);
    assert_eq!(harness.state().session().step(), 0, "a tap of two seconds");
}
