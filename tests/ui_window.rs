//! What the window keeps still, and what it keeps: the frame that is seen, a run that goes on, widgets in their places.
#![cfg(all(feature = "gui", not(target_arch = "wasm32")))]

use egui::accesskit::Role;
use egui::{Event, MouseWheelUnit, Pos2, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use samscope::app::{App, Command};
use samscope::loss::LossSpec;
use samscope::run::{Layout, Scenario, View};

const DESKTOP: Vec2 = Vec2::new(1440.0, 900.0);

fn harness(size: Vec2, scenario: Scenario) -> Harness<'static, App> {
    Harness::builder()
        .with_size(size)
        .with_max_steps(200)
        .with_step_dt(1.0 / 30.0)
        .build_eframe(move |cc| App::new(&cc.egui_ctx, scenario))
}

fn pause(harness: &mut Harness<App>) {
    harness.state_mut().apply(Command::Play(false));
    settle(harness);
}

/// Runs until nothing is left to compute.
fn settle(harness: &mut Harness<App>) {
    let settled = (0..40).any(|_| harness.try_run().is_ok());
    assert!(settled, "it goes on repainting while paused");
}

fn handle(harness: &Harness<App>, name: &str) -> Pos2 {
    let state = harness.state().state();
    let [x, y] = *state.handles.get(name).unwrap_or_else(|| panic!("no handle `{name}`"));
    Pos2::new(x, y)
}

fn bounds(harness: &Harness<App>) -> Option<[f64; 4]> {
    harness.state().scenario().view.bounds
}

fn wheel(harness: &mut Harness<App>, place: Pos2, modifiers: egui::Modifiers) {
    harness.event(Event::PointerMoved(place));
    harness.event_modifiers(
        Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: egui::vec2(0.0, 60.0),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Unknown,
            modifiers,
        },
        modifiers,
    );
    settle(harness);
}

/// Where a link opens the same frame as the window that it was made in: the start is then at the same place.
fn assert_a_link_shows_the_same(harness: &Harness<App>, layout: Layout) {
    let link = harness.state().scenario().to_link();
    let mut other = self::harness(DESKTOP, Scenario::from_link(&link).expect("a link"));
    pause(&mut other);
    assert_eq!(bounds(&other), bounds(harness));
    let (here, there) = (handle(harness, "start"), handle(&other, "start"));
    assert!(here.distance(there) < 0.5, "{layout:?}: the start is at {here:?}, in the link at {there:?}");
}

#[test]
fn every_way_to_another_frame_reaches_the_view_and_the_link() {
    for layout in [Layout::Map, Layout::Surface, Layout::Gap] {
        let mut scenario = Scenario::welcome();
        scenario.view = View { layout, bounds: None, ..scenario.view };
        let mut harness = harness(DESKTOP, scenario);
        pause(&mut harness);
        assert_eq!(bounds(&harness), None, "nothing has been asked yet");
        let mut before = None;
        for name in ["fit", "Zoom in", "Zoom out", "pan", "wheel", "pinch"] {
            let map = handle(&harness, "map") + Vec2::new(40.0, 60.0);
            match name {
                "pan" => {
                    harness.drag_at(map);
                    harness.run_steps(1);
                    harness.hover_at(map + Vec2::new(10.0, -7.0));
                    harness.run_steps(1);
                    harness.drop_at(map + Vec2::new(10.0, -7.0));
                    settle(&mut harness);
                }
                "wheel" => wheel(&mut harness, map, egui::Modifiers::NONE),
                "pinch" => wheel(&mut harness, map, egui::Modifiers::CTRL),
                _ => {
                    harness.get_by_role_and_label(Role::Button, name).click();
                    settle(&mut harness);
                }
            }
            let now = bounds(&harness);
            assert!(now.is_some() && now != before, "{layout:?}: {name} gives {now:?} after {before:?}");
            before = now;
            assert_a_link_shows_the_same(&harness, layout);
        }
        // A change and its undo leave the frame where it is.
        let edit = Scenario { seed: 5, ..harness.state().scenario().clone() };
        harness.state_mut().apply(Command::Edit(Box::new(edit)));
        harness.state_mut().apply(Command::Undo);
        settle(&mut harness);
        assert_eq!(bounds(&harness), before, "{layout:?}");
    }
}

#[test]
fn fit_shows_the_whole_run() {
    let mut scenario = Scenario::welcome();
    scenario.view.bounds = Some([0.4, 0.6, 0.4, 0.6]);
    let mut harness = harness(DESKTOP, scenario);
    harness.run_steps(60);
    pause(&mut harness);
    harness.state_mut().apply(Command::Fit);
    settle(&mut harness);
    let [u0, u1, v0, v1] = bounds(&harness).expect("a frame");
    for run in harness.state().session().runs() {
        for point in run.points() {
            assert!((u0..=u1).contains(&point.x[0]) && (v0..=v1).contains(&point.x[1]), "{:?}", point.x);
        }
    }
}

#[test]
fn after_a_run_has_ended_another_loss_or_start_plays() {
    let mut scenario = Scenario { steps: 100, ..Scenario::welcome() };
    let mut harness = harness(DESKTOP, scenario.clone());
    harness.run_steps(10);
    settle(&mut harness);
    assert!(!harness.state().session().playing, "it has ended");
    scenario.init[0] = 0.6;
    harness.state_mut().apply(Command::Start(scenario.init.clone()));
    assert!(harness.state().session().playing && harness.state().session().step() == 0);
    harness.run_steps(10);
    pause(&mut harness);
    let loss = LossSpec::new("himmelblau").resolved().expect("in the catalogue");
    let other = Scenario { init: loss.start(), loss, view: View::default(), ..scenario };
    harness.state_mut().apply(Command::Edit(Box::new(other)));
    harness.run_steps(2);
    assert!(harness.state().session().playing && harness.state().session().step() > 0, "another loss plays");
    // What was paused by hand stays paused with the same loss.
    pause(&mut harness);
    harness.state_mut().apply(Command::Start(vec![0.5, 0.5]));
    assert!(!harness.state().session().playing);
}

#[test]
fn opening_export_takes_a_snapshot_and_the_run_goes_on() {
    let mut harness = harness(DESKTOP, Scenario::welcome());
    harness.run_steps(20);
    harness.get_by_role_and_label(Role::Button, "Export…").click();
    harness.run_steps(5);
    let told = |harness: &Harness<App>| harness.get_by_label_contains("The run up to step").value();
    let (first, step) = (told(&harness), harness.state().session().step());
    harness.run_steps(20);
    assert!(harness.state().session().playing && harness.state().session().step() > step + 200);
    assert_eq!(told(&harness), first, "the snapshot does not move");
    harness.get_by_role_and_label(Role::Button, "Up to now").click();
    harness.run_steps(5);
    assert_ne!(told(&harness), first);
    pause(&mut harness);
}
