//! The interface without a window: every panel in both themes and at several sizes and pixel ratios, driven
//! with clicks, drags and keys. The harness panics on a glyph that no font has and, in `run`, on an
//! interface that never comes to rest.
#![cfg(all(feature = "gui", not(target_arch = "wasm32")))]

#[path = "common/ui.rs"]
mod common;

use common::{DESKTOP, PHONE, harness, map, middle, pause, settle, start, themed};
use egui::accesskit::Role;
use egui::{Event, Key, Pos2, Theme, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use samscope::app::{App, Command};
use samscope::loss::{CATALOGUE, LossSpec, Reduction};
use samscope::optimizer::METHODS;
use samscope::run::{Crowd, Layout, OptimizerSpec, Scale, Scenario, Side, Through, View};
use samscope::sharpness::{Curve, MapQuantity};

fn welcome() -> Harness<'static, App> {
    harness(DESKTOP, Scenario::welcome())
}

/// Replaces what a field shows by a typed text and presses Enter.
fn type_into(harness: &mut Harness<App>, label: &str, text: &str) {
    harness.get_by_role_and_label(Role::SpinButton, label).click();
    harness.run_steps(2);
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::A);
    harness.event(Event::Text(text.to_owned()));
    harness.run_steps(1);
    harness.key_press(Key::Enter);
    harness.run_steps(3);
}

#[test]
fn every_size_theme_and_pixel_ratio_draws_plays_and_settles_when_paused() {
    for size in [DESKTOP, PHONE, Vec2::new(820.0, 600.0), Vec2::new(320.0, 300.0), Vec2::ZERO] {
        for pixels_per_point in [1.0, 2.0] {
            for theme in [Theme::Dark, Theme::Light] {
                let mut harness = themed(size, pixels_per_point, theme, Scenario::welcome());
                harness.run_steps(30);
                assert!(harness.state().session().step() > 500, "it plays by itself");
                pause(&mut harness);
            }
        }
    }
}

#[test]
fn every_loss_quantity_and_slice_can_be_shown() {
    for info in CATALOGUE {
        for &dim in info.dims {
            let loss = LossSpec::new(info.id).in_dim(dim);
            let mut scenario = Scenario { loss, init: info.start[..dim].to_vec(), ..Scenario::welcome() };
            scenario.view.bounds = None;
            scenario.view.curves = Curve::ALL.to_vec();
            scenario.view.steps_per_frame = 2;
            let mut harness = harness(DESKTOP, scenario.clone().resolved().expect(info.id));
            harness.run_steps(10);
            let throughs = [Through::Gamma, Through::Head, Through::Start];
            let scales = [Scale::Linear, Scale::Log];
            for (i, quantity) in MapQuantity::ALL.iter().copied().enumerate() {
                scenario.view.quantity = quantity;
                scenario.view.through = throughs[i % 3];
                scenario.view.axes = if dim > 2 { [dim - 1, dim] } else { [1, 2] };
                scenario.view.levels = scales[i % 2];
                scenario.view.step_scale = scales[i / 2 % 2];
                scenario.view.value_scale = scales[i / 2 % 2];
                harness.state_mut().apply(Command::Edit(Box::new(scenario.clone())));
                harness.run_steps(2);
                assert_eq!(harness.state().notice(), None);
            }
            pause(&mut harness);
        }
    }
}

#[test]
fn every_method_shows_its_settings_and_texts() {
    let mut scenario = Scenario::welcome();
    scenario.optimizers = METHODS.iter().copied().map(OptimizerSpec::new).collect();
    for size in [DESKTOP, PHONE] {
        let mut harness = themed(size, 1.0, Theme::Light, scenario.clone());
        harness.run_steps(5);
        if size == PHONE {
            harness.get_by_label("Setup").click();
            harness.run_steps(3);
        }
        for info in METHODS.iter().map(|method| method.info()) {
            assert!(harness.query_all_by_label(&format!("{}'s η", info.name)).count() == 1, "{}", info.id);
        }
        pause(&mut harness);
    }
}

#[test]
fn buttons_and_keys_drive_the_run() {
    let mut harness = welcome();
    harness.run_steps(20);
    harness.get_by_role_and_label(Role::Button, "Pause").click();
    settle(&mut harness);
    let step = harness.state().session().step();
    assert!(step > 0 && !harness.state().session().playing);
    harness.get_by_role_and_label(Role::Button, "Step").click();
    settle(&mut harness);
    assert_eq!(harness.state().session().step(), step + 1);
    harness.key_press(Key::ArrowRight);
    settle(&mut harness);
    assert_eq!(harness.state().session().step(), step + 2);
    harness.get_by_role_and_label(Role::Button, "Restart").click();
    settle(&mut harness);
    assert_eq!(harness.state().session().step(), 0);
    let speed = harness.state().scenario().view.steps_per_frame;
    harness.key_press(Key::Plus);
    settle(&mut harness);
    assert_eq!(harness.state().scenario().view.steps_per_frame, 2 * speed);
    harness.key_press(Key::Minus);
    settle(&mut harness);
    assert_eq!(harness.state().scenario().view.steps_per_frame, speed);
    harness.key_press(Key::Space);
    harness.run_steps(5);
    assert!(harness.state().session().playing && harness.state().session().step() > 0);
    harness.key_press(Key::Home);
    harness.run_steps(1);
    assert!(harness.state().session().step() <= 2 * speed);
}

#[test]
fn the_start_is_dragged_on_the_map_and_the_run_before_stays_as_a_ghost() {
    let mut harness = welcome();
    harness.run_steps(60);
    pause(&mut harness);
    let from = start(&harness);
    harness.drag_at(from);
    harness.run_steps(1);
    for i in 1..=6 {
        harness.hover_at(from + Vec2::new(15.0, -10.0) * i as f32);
        harness.run_steps(1);
    }
    harness.drop_at(from + Vec2::new(90.0, -60.0));
    settle(&mut harness);
    let init = &harness.state().scenario().init;
    assert!(init[0] > 0.55 && init[1] > 0.55, "dragged to {init:?}");
    assert_eq!(init[2..], [0.3, 0.3], "the other coordinates stay");
    assert_eq!(harness.state().session().step(), 0);
    assert_eq!(harness.state().session().ghosts().len(), 3);
    let ghost = &harness.state().session().ghosts()[0];
    assert_eq!(ghost.path[0], [0.5, 0.5, 0.3, 0.3], "the ghost is the run from before the drag");
}

#[test]
fn numbers_are_typed_also_beyond_the_sliders_and_bad_ones_are_refused_in_words() {
    let mut harness = welcome();
    pause(&mut harness);
    type_into(&mut harness, "SAM's η", "3.5");
    assert_eq!(harness.state().scenario().optimizers[1].eta.to_bits(), 3.5_f64.to_bits());
    let accepted = harness.state().scenario().clone();
    for (label, text, words) in [
        ("SAM's η", "-1", "SAM's η must be a number above 0"),
        ("SAM's ρ", "nan", "SAM's ρ must be a number from 0"),
        ("SAM's η", "fast", "SAM's η: must be a number, but is `fast`"),
        ("x1", "1e99", "x1 of the start must be a number within"),
    ] {
        type_into(&mut harness, label, text);
        let notice = harness.state().notice().unwrap_or_default();
        assert!(notice.contains(words), "{label} = {text}: `{notice}`");
        assert_eq!(*harness.state().scenario(), accepted, "nothing entered is lost");
    }
    type_into(&mut harness, "SAM's η", "0.02");
    assert_eq!(harness.state().notice(), None);
}

#[test]
fn a_change_restarts_all_but_a_view_does_not() {
    let mut harness = welcome();
    harness.run_steps(30);
    pause(&mut harness);
    let step = harness.state().session().step();
    harness.get_by_label("log levels").click();
    settle(&mut harness);
    assert_eq!(harness.state().session().step(), step);
    let mut scenario = harness.state().scenario().clone();
    scenario.seed = 7;
    harness.state_mut().apply(Command::Edit(Box::new(scenario)));
    settle(&mut harness);
    assert_eq!(harness.state().session().step(), 0);
}

#[test]
fn the_scrubber_shows_the_recorded_run() {
    let mut harness = welcome();
    harness.run_steps(60);
    harness.state_mut().apply(Command::Scrub(Some(1000)));
    settle(&mut harness);
    let session = harness.state().session();
    assert!(!session.playing);
    let run = &session.runs()[1];
    assert!(run.head().step <= 1000 && run.head().step > 900, "step {}", run.head().step);
    assert!(run.last().step > 1500);
}

#[test]
fn arrows_go_through_the_recorded_run_from_the_step_that_is_shown() {
    let mut harness = welcome();
    harness.run_steps(20);
    pause(&mut harness);
    let end = harness.state().session().step();
    let press = |harness: &mut Harness<App>, key| {
        harness.key_press(key);
        settle(harness);
        harness.state().session().shown_step()
    };
    let back: Vec<u64> = (0..3).map(|_| press(&mut harness, Key::ArrowLeft)).collect();
    assert!(back[0] < end && back.is_sorted_by(|a, b| a > b), "{back:?} of {end}");
    assert_eq!(press(&mut harness, Key::ArrowRight), back[1]);
    assert_eq!(press(&mut harness, Key::ArrowRight), back[0]);
    assert_eq!(press(&mut harness, Key::ArrowRight), end);
    assert_eq!(harness.state().session().cursor(), None);
    assert_eq!(press(&mut harness, Key::ArrowRight), end + 1);
}

#[test]
fn a_finished_run_stops_playing_and_plays_again_from_the_start() {
    let mut scenario = Scenario::welcome();
    scenario.steps = 100;
    let mut harness = harness(DESKTOP, scenario);
    harness.run_steps(10);
    settle(&mut harness);
    assert_eq!(harness.state().session().step(), 100);
    harness.get_by_role_and_label(Role::Button, "Play").click();
    harness.run_steps(2);
    assert!(harness.state().session().step() < 100);
}

fn click_at(harness: &mut Harness<App>, place: Pos2) {
    harness.drag_at(place);
    harness.run_steps(1);
    harness.drop_at(place);
    harness.run_steps(2);
}

#[test]
fn a_formula_is_typed_and_the_last_valid_loss_goes_on() {
    let loss = LossSpec::typed(vec!["0.5*(x*y - 1)^2".to_owned()], Reduction::Mean, [].into());
    let scenario = Scenario { loss, init: vec![2.0, 0.6], view: View::default(), ..Scenario::welcome() };
    let mut harness = themed(DESKTOP, 1.0, Theme::Light, scenario.resolved().expect("valid"));
    pause(&mut harness);
    let formula = harness.get_by_label("Formula L").rect().center();
    click_at(&mut harness, formula);
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::A);
    harness.event(Event::Text("x^2 + ".to_owned()));
    settle(&mut harness);
    assert_eq!(
        harness.state().scenario().loss.as_typed().expect("typed").expressions(),
        ["0.5*(x*y - 1)^2"],
        "the last valid one"
    );
    assert!(harness.query_by_label_contains("the formula ends where").is_some(), "the fault is told");
    assert!(harness.query_by_label_contains("     ^").is_some(), "with a caret under it");
    harness.event(Event::Text("a*y^2 + z^2".to_owned()));
    settle(&mut harness);
    let scenario = harness.state().scenario();
    assert_eq!(scenario.loss.as_typed().expect("typed").expressions(), ["x^2 + a*y^2 + z^2"]);
    assert_eq!(scenario.loss.params()["a"].to_bits(), 1.0_f64.to_bits(), "a new parameter begins at 1");
    assert_eq!(scenario.init, [2.0, 0.6, 0.4], "the start keeps its coordinates");
    assert!(harness.query_by_label_contains("the formula ends where").is_none());
    type_into(&mut harness, "a", "2.5");
    assert_eq!(harness.state().scenario().loss.params()["a"].to_bits(), 2.5_f64.to_bits());
}

#[test]
fn a_formula_without_a_value_at_the_start_is_refused_and_kept() {
    let loss = LossSpec::typed(vec!["x^2 + y^2".to_owned()], Reduction::Mean, [].into());
    let scenario = Scenario { loss, init: vec![-2.0, 0.6], view: View::default(), ..Scenario::welcome() };
    let mut harness = harness(DESKTOP, scenario.resolved().expect("valid"));
    pause(&mut harness);
    let formula = harness.get_by_label("Formula L").rect().center();
    click_at(&mut harness, formula);
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::A);
    harness.event(Event::Text("log(x)^2 + y^2".to_owned()));
    settle(&mut harness);
    assert!(harness.state().notice().is_some_and(|notice| notice.contains("a finite value")), "it is said");
    assert_eq!(harness.state().scenario().loss.as_typed().expect("typed").expressions(), ["x^2 + y^2"]);
}

#[test]
fn the_anatomy_is_shown_at_every_size_and_at_a_zero_gradient() {
    for size in [DESKTOP, PHONE, Vec2::new(820.0, 600.0)] {
        for init in [vec![0.5, 0.5, 0.3, 0.3], vec![0.5, 0.5, 0.0, 0.0]] {
            let mut scenario = Scenario { init, ..Scenario::welcome() };
            scenario.view.side = Side::Anatomy;
            let mut harness = themed(size, 1.0, Theme::Light, scenario);
            harness.run_steps(5);
            assert!(harness.query_by_label("remainder").is_some());
            pause(&mut harness);
        }
    }
}

#[test]
fn several_seeds_are_a_crowd_for_stochastic_methods_only() {
    let mut harness = welcome();
    harness.run_steps(2);
    harness.get_by_label("8").click();
    harness.run_steps(20);
    let session = harness.state().session();
    assert_eq!(session.scenario().seeds, Some([0, 7]));
    let crowds: Vec<_> = session.runs().iter().map(|run| run.crowd().map(Crowd::seeds)).collect();
    assert_eq!(crowds, [None, None, Some(8)]);
    let run = &session.runs()[2];
    let crowd = run.crowd().expect("a crowd");
    assert_eq!(run.seeds_places().next(), Some(run.racer().x()), "the first seed is the run's own");
    let spread = crowd.spread(|point| Some(point.trace));
    assert!(spread.len() > 10 && spread.iter().all(|s| s.low <= s.mean && s.mean <= s.high));
    pause(&mut harness);
}

#[test]
fn the_toolbar_obeys_clicks_where_it_does_not_fit() {
    let mut harness = harness(PHONE, Scenario::welcome());
    pause(&mut harness);
    for label in ["More about the map", "flows"] {
        let button = harness.get_by_label(label).rect().center();
        click_at(&mut harness, button);
    }
    assert!(!harness.state().scenario().view.flows);
}

/// What the view asks to see is in the middle of the map, whatever layout and shape the map has, and a pan stays.
#[test]
fn the_map_shows_the_same_place_in_every_layout() {
    let mut scenario = Scenario::welcome();
    // The start, (0.5, 0.5), in the middle.
    scenario.view.bounds = Some([-0.25, 1.25, -0.15, 1.15]);
    let mut harness = harness(DESKTOP, scenario.clone());
    pause(&mut harness);
    let off_middle = |harness: &Harness<App>| start(harness) - map(harness);
    assert!(off_middle(&harness).length() < 1.0);
    for layout in [Layout::Surface, Layout::Map, Layout::Surface] {
        scenario.view.layout = layout;
        harness.state_mut().apply(Command::Edit(Box::new(scenario.clone())));
        settle(&mut harness);
        assert!(off_middle(&harness).length() < 1.0, "{layout:?}: off by {:?}", off_middle(&harness));
    }
    let place = map(&harness) + Vec2::new(60.0, 80.0);
    harness.drag_at(place);
    harness.run_steps(1);
    harness.hover_at(place + Vec2::new(40.0, 0.0));
    harness.run_steps(1);
    harness.drop_at(place + Vec2::new(40.0, 0.0));
    settle(&mut harness);
    let panned = off_middle(&harness);
    assert!(panned.x > 20.0, "{panned:?}");
    let mut scenario = harness.state().scenario().clone();
    scenario.view.layout = Layout::Map;
    harness.state_mut().apply(Command::Edit(Box::new(scenario)));
    settle(&mut harness);
    // As far off as before in the plane's units; the wide map had to show more to its sides.
    assert!(off_middle(&harness).x > 5.0, "{:?}", off_middle(&harness));
}

#[test]
fn surfaces_turn_zoom_and_come_back_to_the_first_camera() {
    let mut harness = welcome();
    pause(&mut harness);
    let button = harness.get_by_role_and_label(Role::Button, "3-D").rect().center();
    click_at(&mut harness, button);
    assert_eq!(harness.state().scenario().view.layout, Layout::Surface);
    settle(&mut harness);
    let place = middle(&harness, Role::Image, "Surface of ");
    harness.drag_at(place);
    harness.run_steps(1);
    harness.hover_at(place + egui::vec2(40.0, 0.0));
    harness.run_steps(2);
    harness.drop_at(place + egui::vec2(40.0, 0.0));
    harness.run_steps(2);
    let [yaw, pitch] = harness.state().scenario().view.camera;
    assert!((yaw - View::CAMERA[0]).abs() > 5.0 && (pitch - View::CAMERA[1]).abs() < 1e-9, "turned: {yaw}, {pitch}");
    harness.event(Event::PointerMoved(place));
    harness.event(Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: egui::vec2(0.0, 60.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
        modifiers: egui::Modifiers::NONE,
    });
    harness.run_steps(30);
    assert!(harness.state().scenario().view.surface_reach.is_some_and(|reach| reach < 0.35), "zoomed in");
    click_at(&mut harness, place);
    click_at(&mut harness, place);
    assert_eq!(harness.state().scenario().view.camera.map(f64::to_bits), View::CAMERA.map(f64::to_bits));
    assert_eq!(harness.state().scenario().view.surface_reach, None);
    pause(&mut harness);
}

#[test]
fn every_loss_is_a_surface_at_every_size() {
    for info in CATALOGUE {
        for &dim in info.dims {
            let loss = LossSpec::new(info.id).in_dim(dim);
            let mut scenario = Scenario { loss, init: info.start[..dim].to_vec(), ..Scenario::welcome() };
            scenario.view = View { layout: Layout::Surface, steps_per_frame: 2, ..View::default() };
            scenario.view.axes = if dim == 1 { [1, 1] } else { [1, 2] };
            let mut harness = themed(DESKTOP, 1.0, Theme::Light, scenario.resolved().expect(info.id));
            harness.run_steps(6);
            assert_eq!(harness.state().notice(), None);
            middle(&harness, Role::Image, "Surface of ");
        }
    }
    for size in [PHONE, Vec2::new(820.0, 600.0), Vec2::new(320.0, 300.0), Vec2::ZERO] {
        let mut scenario = Scenario::welcome();
        scenario.view.layout = Layout::Surface;
        let mut harness = themed(size, 2.0, Theme::Dark, scenario);
        harness.run_steps(5);
        pause(&mut harness);
    }
}
