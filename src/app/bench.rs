//! Frame times without a window: the same logic, panels and tessellation, with what screen readers are told.

use egui::{Rect, Vec2};

use super::{App, Command, PerfReport};
use crate::platform::Mirror;
use crate::run::{Figure, Layout, Scenario};
use crate::sharpness::Curve;

/// Frames that are thrown away while fonts and fields are made.
const WARM_UP: usize = 60;
const FRAMES: usize = 400;

/// The welcome race at 1000 steps per frame with every curve on, at 1440×900: medians and 95th percentiles; then the
/// same race with surfaces at its three heads.
#[must_use]
pub fn bench_frames() -> Vec<Figure> {
    let report = frames(Layout::Map);
    let surfaces = frames(Layout::Surface);
    [
        ("frame_logic_p50", report.logic.p50),
        ("frame_logic_p95", report.logic.p95),
        ("frame_ui_p50", report.ui.p50),
        ("frame_ui_p95", report.ui.p95),
        ("frame_tessellation_p50", report.tessellation.p50),
        ("frame_tessellation_p95", report.tessellation.p95),
        ("frame_cpu_p50", report.cpu.p50),
        ("frame_cpu_p95", report.cpu.p95),
        ("frame_surface_cpu_p50", surfaces.cpu.p50),
        ("frame_surface_cpu_p95", surfaces.cpu.p95),
    ]
    .map(|(id, value)| Figure::new(id, value, "ms", None))
    .to_vec()
}

fn frames(layout: Layout) -> PerfReport {
    let ctx = egui::Context::default();
    ctx.add_plugin(Mirror::new(|changes| drop(std::hint::black_box(serde_json::to_string(changes)))));
    let mut scenario = Scenario::welcome();
    scenario.steps = 1_000_000_000;
    scenario.view.steps_per_frame = 1000;
    scenario.view.layout = layout;
    scenario.view.curves = Curve::ALL.to_vec();
    let mut app = App::new(&ctx, scenario);
    for frame in 0..WARM_UP + FRAMES {
        if frame == WARM_UP {
            app.apply(Command::Play(true));
        }
        let input = egui::RawInput {
            screen_rect: Some(Rect::from_min_size(egui::Pos2::ZERO, Vec2::new(1440.0, 900.0))),
            time: Some(frame as f64 / 60.0),
            ..egui::RawInput::default()
        };
        app.frame_logic(&ctx);
        let output = ctx.run_ui(input, |ui| app.frame_ui(ui));
        let triangles = ctx.tessellate(output.shapes.clone(), output.pixels_per_point);
        std::hint::black_box(triangles);
        app.perf.tessellated();
        output.drop_without_applying_deltas();
    }
    app.perf()
}
