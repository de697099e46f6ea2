//! The interface without a window.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{Pos2, Rect, Shape, Theme, Vec2, ViewportId};
use egui_kittest::Harness;
use egui_kittest::kittest::{Queryable as _, by};
use samscope::app::{App, Command};
use samscope::run::Scenario;

pub const DESKTOP: Vec2 = Vec2::new(1440.0, 900.0);
pub const PHONE: Vec2 = Vec2::new(390.0, 844.0);

pub fn harness(size: Vec2, scenario: Scenario) -> Harness<'static, App> {
    themed(size, 1.0, Theme::Dark, scenario)
}

pub fn themed(size: Vec2, pixels_per_point: f32, theme: Theme, scenario: Scenario) -> Harness<'static, App> {
    Harness::builder()
        .with_size(size)
        .with_pixels_per_point(pixels_per_point)
        .with_theme(theme)
        .with_max_steps(200)
        // Two clicks in neighbouring frames are a double click.
        .with_step_dt(1.0 / 30.0)
        .build_eframe(move |cc| App::new(&cc.egui_ctx, scenario))
}

/// With frames so far apart that changes in two of them are not taken together; paused.
pub fn slow(scenario: Scenario) -> Harness<'static, App> {
    let mut harness = Harness::builder()
        .with_size(DESKTOP)
        .with_step_dt(0.4)
        .build_eframe(move |cc| App::new(&cc.egui_ctx, scenario));
    harness.state_mut().apply(Command::Play(false));
    harness.run_steps(3);
    harness
}

/// The middle of what has this role and a name with `name` in it: of several the last.
pub fn middle(harness: &Harness<App>, role: Role, name: &str) -> Pos2 {
    let found = harness.query_all(by().role(role).label_contains(name)).next_back();
    found.unwrap_or_else(|| panic!("no {role:?} `{name}`")).rect().center()
}

/// The map's middle.
pub fn map(harness: &Harness<App>) -> Pos2 {
    middle(harness, Role::Image, "Map of ")
}

/// Where the start is on the screen.
pub fn start(harness: &Harness<App>) -> Pos2 {
    middle(harness, Role::Slider, "Start point")
}

pub fn pause(harness: &mut Harness<App>) {
    harness.state_mut().apply(Command::Play(false));
    settle(harness);
}

/// Runs until nothing is left to compute. Fields are computed beside the window, by threads that all tests of a file share: how many
/// frames pass meanwhile says nothing, and between two of them the processor is left to those threads.
pub fn settle(harness: &mut Harness<App>) {
    let begin = Instant::now();
    harness.step();
    while harness.output().viewport_output[&ViewportId::ROOT].repaint_delay.is_zero() {
        assert!(begin.elapsed() < Duration::from_mins(10), "it goes on repainting while paused");
        std::thread::sleep(Duration::from_millis(2));
        harness.step();
    }
}

/// What is written on the screen, and where.
pub fn written(harness: &Harness<App>) -> Vec<(String, Rect)> {
    fn collect(shape: &Shape, texts: &mut Vec<(String, Rect)>) {
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| collect(shape, texts)),
            Shape::Text(text) => texts.push((text.galley.text().to_owned(), text.visual_bounding_rect())),
            _ => {}
        }
    }
    let mut texts = Vec::new();
    harness.output().shapes.iter().for_each(|clipped| collect(&clipped.shape, &mut texts));
    texts
}
