//! Formulas typed into the window: what Enter does, what a new name means, what is undone as one.
#![cfg(all(feature = "gui", not(target_arch = "wasm32")))]

#[path = "common/ui.rs"]
mod common;

use common::slow;
use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use samscope::app::{App, Command};
use samscope::loss::{LossSpec, Reduction, TypedLoss};
use samscope::run::Scenario;

/// Paused, with the loss x² + y² and its field in focus, all of it selected.
fn entered() -> Harness<'static, App> {
    let loss = LossSpec::typed(vec!["x^2 + y^2".to_owned()], Reduction::Mean, [].into());
    let scenario = Scenario { loss, init: vec![0.8, 0.6], ..Scenario::default() }.resolved().expect("valid");
    let mut harness = slow(scenario);
    let place = harness.get_by_label("Formula L").rect().center();
    harness.drag_at(place);
    harness.run_steps(1);
    harness.drop_at(place);
    harness.run_steps(2);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness
}

fn type_slowly(harness: &mut Harness<App>, text: &str) {
    for letter in text.chars() {
        harness.event(Event::Text(letter.to_string()));
        // Longer than changes of one field are taken together.
        harness.run_steps(3);
    }
}

fn formula(harness: &Harness<App>) -> String {
    harness.state().scenario().loss.as_typed().map(TypedLoss::expressions).expect("typed")[0].clone()
}

#[test]
fn enter_takes_a_formula_and_adds_no_line() {
    let mut harness = entered();
    type_slowly(&mut harness, "2x² + y²");
    harness.key_press(Key::Enter);
    harness.run_steps(3);
    harness.event(Event::Text("z".to_owned()));
    harness.run_steps(3);
    assert_eq!(formula(&harness), "2x² + y²", "the field has been left");
}

/// A number that is typed slowly passes through others: they are no steps back.
#[test]
fn one_visit_to_a_field_is_undone_as_one() {
    let mut harness = entered();
    type_slowly(&mut harness, "12.75*x^2 + y^2");
    assert_eq!(formula(&harness), "12.75*x^2 + y^2");
    harness.state_mut().apply(Command::Undo);
    assert_eq!(formula(&harness), "x^2 + y^2");
    assert_eq!(harness.state().scenario().init, [0.8, 0.6]);
}

#[test]
fn a_name_that_may_be_a_slip_is_asked_about() {
    let mut harness = entered();
    harness.event(Event::Text("(xy - 1)^2".to_owned()));
    harness.run_steps(3);
    assert_eq!(formula(&harness), "x^2 + y^2", "not taken in silence");
    assert!(harness.query_by_label_contains("did you mean x*y?").is_some(), "it is asked");
    harness.get_by_label("xy is a parameter").click();
    harness.run_steps(3);
    assert_eq!(formula(&harness), "(xy - 1)^2");
    assert_eq!(harness.state().scenario().loss.params()["xy"].to_bits(), 1.0_f64.to_bits());
}

/// Most formulas begin with a number: what is typed first does not take the place of the loss.
#[test]
fn a_number_alone_is_no_loss() {
    let mut harness = entered();
    for text in ["0", ".5", "*x^2"] {
        let before = formula(&harness);
        harness.event(Event::Text(text.to_owned()));
        harness.run_steps(3);
        let is_loss = text.ends_with("x^2");
        assert_eq!(formula(&harness), if is_loss { "0.5*x^2".to_owned() } else { before });
        assert_eq!(harness.query_by_label_contains("must depend on a coordinate").is_some(), !is_loss);
    }
}

#[test]
fn coordinates_keep_their_names() {
    let named = |text: &str| {
        let loss = LossSpec::typed(vec![text.to_owned()], Reduction::Mean, [].into()).in_plane();
        [0, 1].map(|index| loss.coordinate(index))
    };
    assert_eq!(named("x^2 + (y)^2"), ["x", "y"]);
    assert_eq!(named("x1^2 + x2^2"), ["x1", "x2"]);
    assert_eq!((named("x^2"), named("x1^2")), (["x", "y"].map(String::from), ["x1", "x2"].map(String::from)));
    assert_eq!([0, 3].map(|index| LossSpec::new("toy4d").coordinate(index)), ["x1", "x4"]);
}
