//! Pictures of the interface, held against those in `tests/pictures`, which somebody has looked at: windows, lessons, and every
//! layout but basin and sweep, which say how fast this machine is; dark on a desktop and light on a phone.
//!
//! `UPDATE_SNAPSHOTS=1 cargo test --release --test ui_pictures` takes them anew. They have half as many pixels as a screen, drawn by
//! the processor (lavapipe), so that they are small and alike on every machine. A pixel counts as different above egui's usual
//! threshold, and four in a thousand may.
#![cfg(all(feature = "gui", not(target_arch = "wasm32")))]

#[path = "common/ui.rs"]
mod common;

use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{Theme, Vec2};
use egui_kittest::kittest::Queryable as _;
use egui_kittest::{Harness, SnapshotOptions, SnapshotResults};
use samscope::app::{App, Command, LessonCommand, OutsideCommand, Window};
use samscope::lesson::all;
use samscope::run::{Layout, Scenario, Side};

use common::{DESKTOP, PHONE, settle};

const SCREENS: [(&str, Vec2, Theme); 2] =
    [("desktop-dark", DESKTOP, Theme::Dark), ("phone-light", PHONE, Theme::Light)];

/// Pixels per point.
const SCALE: f32 = 0.5;

/// Where they are; and a folder to save in that every machine has: its path is in the pictures.
const PICTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pictures");
const FOLDER: &str = "/usr";

/// The interface on a screen, paused at the start.
fn harness(size: Vec2, theme: Theme, scenario: Scenario) -> Harness<'static, App> {
    std::env::set_current_dir(FOLDER).expect("a folder");
    let mut harness = Harness::builder()
        .with_size(size)
        .with_pixels_per_point(SCALE)
        .with_theme(theme)
        .with_max_steps(400)
        .with_step_dt(1.0 / 30.0)
        .wgpu()
        .build_eframe(move |cc| App::new(&cc.egui_ctx, scenario));
    harness.state_mut().apply(Command::Play(false));
    settle(&mut harness);
    harness
}

fn take(harness: &mut Harness<App>, name: &str, results: &mut SnapshotResults) {
    settle(harness);
    let [width, height] = [harness.ctx.content_rect().width(), harness.ctx.content_rect().height()];
    let pixels = width * SCALE * height * SCALE;
    let options = SnapshotOptions::new().output_path(PICTURES).max_failed_pixels((pixels / 250.0) as usize);
    results.add(harness.try_snapshot_options(name, &options));
}

fn looked_at(layout: Layout, side: Side) -> Scenario {
    let mut scenario = Scenario::welcome();
    (scenario.view.layout, scenario.view.side) = (layout, side);
    scenario.steps = 4000;
    scenario
}

#[test]
fn layouts_look_as_they_did() {
    let mut results = SnapshotResults::new();
    for (screen, size, theme) in SCREENS {
        for (name, layout, side) in [
            ("map", Layout::Map, Side::Curves),
            ("anatomy", Layout::Map, Side::Anatomy),
            ("gap", Layout::Gap, Side::Curves),
            ("surface", Layout::Surface, Side::Curves),
        ] {
            let mut harness = harness(size, theme, looked_at(layout, side));
            harness.state_mut().apply(Command::Step(2000));
            take(&mut harness, &format!("{name}-{screen}"), &mut results);
        }
    }
}

#[test]
fn windows_look_as_they_did() {
    let mut results = SnapshotResults::new();
    let windows: [(&str, Command); 8] = [
        ("export", OutsideCommand::ShowExport.into()),
        ("share", OutsideCommand::ShowShare.into()),
        ("open", OutsideCommand::ShowOpen.into()),
        ("palette", Command::Show(Window::Palette)),
        ("shortcuts", Command::Show(Window::Shortcuts)),
        ("gallery", Command::Show(Window::Gallery)),
        ("glossary", Command::Show(Window::Glossary)),
        ("contents", LessonCommand::Contents.into()),
    ];
    for (screen, size, theme) in SCREENS {
        for (name, command) in &windows {
            let mut harness = harness(size, theme, looked_at(Layout::Map, Side::Curves));
            harness.state_mut().apply(command.clone());
            harness.run_steps(20);
            take(&mut harness, &format!("{name}-{screen}"), &mut results);
        }
    }
}

/// Each at its answer.
#[test]
fn lessons_look_as_they_did() {
    let mut results = SnapshotResults::new();
    for (screen, size, theme) in SCREENS {
        let mut harness = harness(size, theme, Scenario::welcome());
        for lesson in all() {
            harness.state_mut().apply(LessonCommand::Open(lesson.number).into());
            harness.run_steps(5);
            press(&mut harness, Role::RadioButton, &lesson.choices[0].text);
            press(&mut harness, Role::Button, "Run it");
            press(&mut harness, Role::Button, "See the answer");
            let begin = Instant::now();
            while harness.query_by_label_contains("s you predicted.").is_none() {
                assert!(begin.elapsed() < Duration::from_mins(5), "{}: there is no answer", lesson.title);
                harness.run_steps(1);
            }
            take(&mut harness, &format!("lesson-{:02}-{screen}", lesson.number), &mut results);
        }
    }
}

/// Scrolls to a widget and clicks it.
fn press(harness: &mut Harness<App>, role: Role, label: &str) {
    harness.get_by_role_and_label(role, label).scroll_to_me();
    harness.run_steps(12);
    harness.get_by_role_and_label(role, label).click();
    harness.run_steps(3);
}
