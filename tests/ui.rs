//! The interface without a window: every panel in both themes and at several sizes and pixel ratios, driven
//! with clicks, drags and keys. The harness panics on a glyph that no font has and, in `run`, on an
//! interface that never comes to rest.
#![cfg(all(feature = "gui", not(target_arch = "wasm32")))]

use egui::accesskit::Role;
use egui::{Event, Key, Pos2, Theme, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use samscope::app::{App, Command};
use samscope::loss::{CATALOGUE, LossSpec};
use samscope::optimizer::METHODS;
use samscope::run::{Curve, MapQuantity, OptimizerSpec, Scale, Scenario, Through};

const DESKTOP: Vec2 = Vec2::new(1440.0, 900.0);
const PHONE: Vec2 = Vec2::new(390.0, 844.0);

fn harness(size: Vec2, pixels_per_point: f32, theme: Theme, scenario: Scenario) -> Harness<'static, App> {
    Harness::builder()
        .with_size(size)
        .with_pixels_per_point(pixels_per_point)
        .with_theme(theme)
        .with_max_steps(200)
        .build_eframe(move |cc| App::new(&cc.egui_ctx, scenario))
}

fn welcome() -> Harness<'static, App> {
    harness(DESKTOP, 1.0, Theme::Dark, Scenario::welcome())
}

fn handle(harness: &Harness<App>, name: &str) -> Pos2 {
    let state = harness.state().state();
    let [x, y] = *state.handles.get(name).unwrap_or_else(|| panic!("no handle `{name}`"));
    Pos2::new(x, y)
}

fn pause(harness: &mut Harness<App>) {
    harness.state_mut().apply(Command::Play(false));
    harness.run();
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
                let mut harness = harness(size, pixels_per_point, theme, Scenario::welcome());
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
            let mut scenario =
                Scenario { loss: LossSpec::new(info.id), init: info.start[..dim].to_vec(), ..Scenario::welcome() };
            scenario.view.bounds = None;
            scenario.view.curves = Curve::ALL.to_vec();
            let mut harness = harness(DESKTOP, 1.0, Theme::Dark, scenario.clone().resolved().expect(info.id));
            harness.run_steps(10);
            for quantity in [MapQuantity::Loss, MapQuantity::Lambda1, MapQuantity::LambdaM, MapQuantity::Trace] {
                for through in [Through::Gamma, Through::Head, Through::Start] {
                    for scale in [Scale::Linear, Scale::Log] {
                        scenario.view.quantity = quantity;
                        scenario.view.through = through;
                        scenario.view.axes = if dim > 2 { [dim - 1, dim] } else { [1, 2] };
                        scenario.view.levels = scale;
                        scenario.view.step_scale = scale;
                        scenario.view.value_scale = scale;
                        harness.state_mut().apply(Command::Edit(Box::new(scenario.clone())));
                        harness.run_steps(2);
                        assert_eq!(harness.state().notice(), None);
                    }
                }
            }
            pause(&mut harness);
        }
    }
}

#[test]
fn every_method_shows_its_settings_and_texts() {
    let mut scenario = Scenario::welcome();
    scenario.optimizers = METHODS.iter().map(|info| OptimizerSpec::new(info.method)).collect();
    for size in [DESKTOP, PHONE] {
        let mut harness = harness(size, 1.0, Theme::Light, scenario.clone());
        harness.run_steps(5);
        if size == PHONE {
            harness.get_by_label("Setup").click();
            harness.run_steps(3);
        }
        for info in METHODS {
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
    harness.run();
    let step = harness.state().session().step();
    assert!(step > 0 && !harness.state().session().playing);
    harness.get_by_role_and_label(Role::Button, "Step").click();
    harness.run();
    assert_eq!(harness.state().session().step(), step + 1);
    harness.key_press(Key::ArrowRight);
    harness.run();
    assert_eq!(harness.state().session().step(), step + 2);
    harness.get_by_role_and_label(Role::Button, "Restart").click();
    harness.run();
    assert_eq!(harness.state().session().step(), 0);
    let speed = harness.state().scenario().view.steps_per_frame;
    harness.key_press(Key::Plus);
    harness.run();
    assert_eq!(harness.state().scenario().view.steps_per_frame, 2 * speed);
    harness.key_press(Key::Minus);
    harness.run();
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
    let from = handle(&harness, "start");
    harness.drag_at(from);
    harness.run_steps(1);
    for i in 1..=6 {
        harness.hover_at(from + Vec2::new(15.0, -10.0) * i as f32);
        harness.run_steps(1);
    }
    harness.drop_at(from + Vec2::new(90.0, -60.0));
    harness.run();
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
    harness.run();
    assert_eq!(harness.state().session().step(), step);
    let mut scenario = harness.state().scenario().clone();
    scenario.seed = 7;
    harness.state_mut().apply(Command::Edit(Box::new(scenario)));
    harness.run();
    assert_eq!(harness.state().session().step(), 0);
}

#[test]
fn the_scrubber_shows_the_recorded_run() {
    let mut harness = welcome();
    harness.run_steps(60);
    harness.state_mut().apply(Command::Scrub(Some(1000)));
    harness.run();
    let session = harness.state().session();
    assert!(!session.playing);
    let lane = &session.lanes()[1];
    let shown = lane.shown(session.cursor);
    assert!(shown.step <= 1000 && shown.step > 900, "step {}", shown.step);
    assert!(lane.head.step > 1500);
}

#[test]
fn a_finished_run_stops_playing_and_plays_again_from_the_start() {
    let mut scenario = Scenario::welcome();
    scenario.steps = 100;
    let mut harness = harness(DESKTOP, 1.0, Theme::Dark, scenario);
    harness.run_steps(10);
    harness.run();
    assert_eq!(harness.state().session().step(), 100);
    harness.get_by_role_and_label(Role::Button, "Play").click();
    harness.run_steps(2);
    assert!(harness.state().session().step() < 100);
}
