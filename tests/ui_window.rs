//! What the window keeps still, and what it keeps: the frame that is seen, a run that goes on, widgets in their places.
#![cfg(all(feature = "gui", not(target_arch = "wasm32")))]

#[path = "common/ui.rs"]
mod common;

use common::{DESKTOP, PHONE, harness, map, pause, settle, start, written};
use egui::accesskit::Role;
use egui::epaint::ClippedShape;
use egui::{Event, MouseWheelUnit, Pos2, Rect, Shape, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use samscope::app::{App, Command, LessonCommand};
use samscope::loss::{CATALOGUE, LossSpec};
use samscope::run::{Layout, Scenario, View};
use samscope::sharpness::MapQuantity;

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
    let mut other = common::harness(DESKTOP, Scenario::from_link(&link).expect("a link"));
    pause(&mut other);
    assert_eq!(bounds(&other), bounds(harness));
    let (here, there) = (start(harness), start(&other));
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
            let map = map(&harness) + Vec2::new(40.0, 60.0);
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

/// Where widgets that are always there are.
fn places(harness: &Harness<App>, labels: &[&str]) -> Vec<Rect> {
    let place =
        |label: &&str| harness.query_all_by_label(label).next().unwrap_or_else(|| panic!("no `{label}`")).rect();
    labels.iter().map(place).collect()
}

/// A sentence of the story or the badge may come, go or grow, and a number may get more digits: nothing else moves.
#[test]
fn nothing_jumps_while_it_runs_while_it_warns_or_while_the_start_is_dragged() {
    for (size, labels) in [
        (DESKTOP, &["Play", "GD's η slider", "SAM's ρ", "seed", "fit", "log values", "reset"][..]),
        (Vec2::new(1024.0, 768.0), &["Play", "GD's η slider", "fit", "log values", "reset"]),
        (Vec2::new(820.0, 600.0), &["Play", "fit", "Curves"]),
        (Vec2::new(390.0, 844.0), &["Play", "fit", "Curves", "log values"]),
    ] {
        let mut harness = harness(size, Scenario::welcome());
        pause(&mut harness);
        harness.state_mut().apply(Command::Restart);
        settle(&mut harness);
        let (before, place) = (places(&harness, labels), map(&harness));
        let unmoved = |harness: &Harness<App>, when: &str| {
            assert_eq!(places(harness, labels), before, "{size:?} {when}");
            assert_eq!(map(harness), place, "{size:?} {when}");
        };
        for step in [1, 10, 1000, 20_000] {
            harness.state_mut().apply(Command::Step(step));
            harness.run_steps(3);
            unmoved(&harness, "while it runs");
        }
        for start in [vec![0.512, -0.497, 0.3, 0.3], vec![-12.25, 1.062_5, -0.3, 0.123_456_789]] {
            harness.state_mut().apply(Command::Start(start));
            harness.run_steps(3);
            unmoved(&harness, "after another start");
        }
        // Each of these brings a warning of the badge, two of them at once a second one; the last one is refused.
        let mut scenario = Scenario::welcome();
        for (eta, rho) in [(0.2, 0.1), (0.01, 0.9), (1.0, 2.0), (-1.0, 0.1)] {
            (scenario.optimizers[1].eta, scenario.optimizers[1].rho) = (eta, rho);
            harness.state_mut().apply(Command::Edit(Box::new(scenario.clone())));
            harness.run_steps(3);
            unmoved(&harness, &format!("with η = {eta} and ρ = {rho}"));
        }
        assert!(harness.state().notice().is_some());
    }
}

/// What has no room in a line is shown by pointing at it, and all of it is there for a screen reader.
#[test]
fn a_long_story_is_cut_on_the_screen_only() {
    let mut scenario = Scenario::welcome();
    let sam = scenario.optimizers[1].clone();
    scenario.optimizers = vec![sam; 12];
    let mut harness = harness(PHONE, scenario);
    harness.run_steps(5);
    pause(&mut harness);
    let story = harness.state().state().story;
    assert!(story.len() > 500);
    assert!(harness.get_by_label_contains(&story).rect().height() < 66.0);
}

#[test]
fn the_whole_toolbar_is_in_the_window() {
    for size in [DESKTOP, Vec2::new(1024.0, 768.0), Vec2::new(390.0, 844.0), Vec2::new(320.0, 568.0)] {
        for layout in [Layout::Map, Layout::Surface, Layout::Gap] {
            let mut scenario = Scenario::welcome();
            scenario.view.layout = layout;
            let mut harness = harness(size, scenario);
            pause(&mut harness);
            let map = map(&harness);
            let on_phone = ["Layout", "fit", "Zoom in", "Zoom out", "More about the map"];
            let elsewhere = ["Map", "Basin", "Gap", "3-D", "flows", "log levels", "Map axes", "Map slice"];
            let labels = if size.x < 700.0 { &on_phone[..] } else { &elsewhere };
            for &label in labels.iter().chain(&on_phone[1..4]) {
                let rect = harness.get_by_label(label).rect();
                assert!(
                    rect.left() >= 0.0 && rect.right() <= size.x && rect.bottom() < map.y,
                    "{size:?} {label}: {rect:?}"
                );
                // Beside each other in the map's own column.
                let column = if size.x < 700.0 { size.x } else { size.x * 0.72 };
                assert!(rect.right() <= column, "{size:?} {label}: {rect:?}");
            }
        }
    }
}

#[test]
fn heads_off_the_slice_are_told() {
    let mut harness = harness(DESKTOP, Scenario::welcome());
    pause(&mut harness);
    harness.state_mut().apply(Command::Restart);
    settle(&mut harness);
    let told = |harness: &Harness<App>| {
        let words: Vec<_> = written(harness).into_iter().map(|(word, _)| word).collect();
        let words = words.join(" ");
        let begin = words.find("off this slice: ")?;
        Some(words[begin..].chars().take(40).collect::<String>())
    };
    let text = told(&harness).expect("the start is off Γ");
    assert!(text.starts_with("off this slice: GD at ") && text.contains(" 4 = 0.30, SAM"), "{text}");
    harness.state_mut().apply(Command::Step(3000));
    settle(&mut harness);
    assert_eq!(told(&harness), None, "all have landed");
}

#[test]
fn no_label_of_a_map_lies_on_another_or_on_a_head() {
    let mut seen = 0;
    for info in CATALOGUE.iter().filter(|info| info.dims.contains(&info.start.len())) {
        let loss = LossSpec::new(info.id).in_dim(info.start.len());
        let marks = loss.landmarks(info.start.len());
        let mut scenario = Scenario { loss, init: info.start.to_vec(), steps: 300, ..Scenario::welcome() };
        scenario.view.bounds = None;
        for (size, layout) in [(DESKTOP, Layout::Map), (DESKTOP, Layout::Gap), (Vec2::new(390.0, 844.0), Layout::Gap)] {
            scenario.view.layout = layout;
            let mut harness = harness(size, scenario.clone().resolved().expect(info.id));
            harness.state_mut().apply(Command::Step(300));
            harness.run_steps(4);
            // The dark theme's plates, one below each label.
            let plate = |shape: &Shape| match shape {
                Shape::Rect(rect) if rect.fill == egui::Color32::from_black_alpha(150) => Some(rect.rect),
                _ => None,
            };
            let shapes = &harness.output().shapes;
            let plates: Vec<_> = shapes.iter().filter_map(|clipped| plate(&clipped.shape)).collect();
            let head = |clipped: &ClippedShape| match &clipped.shape {
                Shape::Circle(circle) if circle.radius == 4.5 => {
                    Some(circle.visual_bounding_rect().intersect(clipped.clip_rect))
                }
                _ => None,
            };
            let heads: Vec<_> = shapes.iter().filter_map(head).filter(Rect::is_positive).collect();
            seen += heads.len();
            assert!(marks.is_empty() || layout == Layout::Gap || !plates.is_empty(), "{} {size:?}", info.id);
            for (i, rect) in plates.iter().enumerate() {
                for other in plates[..i].iter().chain(&heads) {
                    assert!(!rect.shrink(2.0).intersects(other.shrink(2.0)), "{} {size:?}: {rect} on {other}", info.id);
                }
            }
        }
    }
    assert!(seen > 100, "{seen} heads");
}

/// Whatever the map shows: on a common screen nothing wraps.
#[test]
fn the_toolbar_is_one_line() {
    for &quantity in MapQuantity::ALL {
        let mut scenario = Scenario::welcome();
        scenario.view.quantity = quantity;
        let mut harness = harness(DESKTOP, scenario);
        pause(&mut harness);
        let height = |label: &str| harness.get_by_label(label).rect().center().y;
        assert!((height("Map") - height("Zoom out")).abs() < 4.0, "{quantity:?}");
    }
    // A lesson's column is wider than the setup's.
    let mut harness = harness(DESKTOP, Scenario::welcome());
    harness.state_mut().apply(LessonCommand::Open(2).into());
    harness.run_steps(5);
    let height = |label: &str| harness.get_by_label(label).rect().center().y;
    assert!((height("Map") - height("Zoom out")).abs() < 4.0, "in a lesson");
}

/// What does not fit says so, and all of it is shown by a press.
#[test]
fn the_rest_of_a_warning_is_a_press_away() {
    for size in [DESKTOP, PHONE] {
        let mut scenario = Scenario::welcome();
        (scenario.optimizers[1].eta, scenario.optimizers[1].rho) = (0.2, 0.9);
        let mut harness = harness(size, scenario);
        pause(&mut harness);
        let words = |harness: &Harness<App>| written(harness).into_iter().map(|(text, _)| text).collect::<Vec<_>>();
        assert!(words(&harness).contains(&"more".to_owned()), "{size:?}");
        let place = harness.get_by_label_contains("outside the theorem's regime").rect().center();
        let told = |harness: &Harness<App>| words(harness).iter().filter(|text| text.contains("Thm 4.5")).count();
        let before = told(&harness);
        harness.hover_at(place);
        harness.drag_at(place);
        harness.run_steps(1);
        harness.drop_at(place);
        harness.run_steps(4);
        assert!(told(&harness) > before, "{size:?}: {:?}", words(&harness));
    }
}
