//! The native window.

use crate::app::{App, Opening};
#[cfg(feature = "gpu")]
use crate::platform::compute::{self, Card};
use crate::run::Scenario;

/// Opens the window, with this scenario where one is given, and returns when it is closed.
///
/// # Errors
/// No window or no graphics device can be had: why, in one sentence.
pub fn open_window(scenario: Option<Box<Scenario>>) -> Result<(), String> {
    env_logger::init();
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_title("samscope: how does SAM minimize sharpness?")
            .with_app_id("samscope")
            .with_inner_size([1440.0, 900.0])
            .with_min_inner_size([380.0, 500.0]),
        ..eframe::NativeOptions::default()
    };
    let opened = eframe::run_native(
        "samscope",
        options,
        Box::new(|cc| {
            #[cfg(feature = "gpu")]
            if let Some(state) = &cc.wgpu_render_state {
                let card = Card::on(&state.adapter.get_info(), state.device.clone(), state.queue.clone());
                compute::offer(card);
            }
            Ok(Box::new(App::open(
                &cc.egui_ctx,
                Opening { scenario: scenario.map(|scenario| *scenario), ..Opening::default() },
            )))
        }),
    );
    opened.map_err(|error| reason(&error.to_string()))
}

/// winit's errors begin with the line of its source where they arose, and some end in a list.
fn reason(error: &str) -> String {
    let line = error.lines().next().unwrap_or_default();
    let reason = if line.contains("os error at ") { line.rsplit(": ").next().unwrap_or(line) } else { line };
    reason.trim_end_matches('.').to_owned()
}
