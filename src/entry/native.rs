//! The native window.

use crate::app::{App, Opening};
use crate::run::Scenario;

/// Opens the window, with this scenario where one is given, and returns when it is closed.
///
/// # Errors
/// No window or no graphics device can be had.
pub fn open_window(scenario: Option<Box<Scenario>>) -> Result<(), eframe::Error> {
    env_logger::init();
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_title("samscope: how does SAM minimize sharpness?")
            .with_app_id("samscope")
            .with_inner_size([1440.0, 900.0])
            .with_min_inner_size([380.0, 500.0]),
        ..eframe::NativeOptions::default()
    };
    eframe::run_native(
        "samscope",
        options,
        Box::new(|cc| {
            Ok(Box::new(App::open(
                &cc.egui_ctx,
                Opening { scenario: scenario.map(|scenario| *scenario), ..Opening::default() },
            )))
        }),
    )
}
