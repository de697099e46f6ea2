//! The picture of what would be saved.

use egui::{ColorImage, Direction, Layout, TextureHandle, TextureOptions, Ui, Vec2, vec2};

use crate::figure::FigureRequest;
use crate::platform::{Job, Product};

/// Its pixels in a row.
const PREVIEW: u32 = 880;
/// The most of the window's height that it has, in points. It has its place before it is there: what is below never jumps.
const HIGHEST: f32 = 340.0;

/// The picture of what would be saved.
#[derive(Default)]
pub(super) struct Preview {
    /// What is wanted.
    of: Option<FigureRequest>,
    job: Option<Job>,
    texture: Option<TextureHandle>,
    failed: Option<String>,
}

impl Preview {
    /// Draws it, or that it is not there yet.
    pub(super) fn show(&mut self, ui: &mut Ui, request: &FigureRequest) {
        if self.job.is_none() && self.of.as_ref() != Some(request) {
            self.of = Some(request.clone());
            self.job = Some(Job::start(Product::Preview(PREVIEW), request.clone(), ui.ctx()));
        }
        if let Some(result) = self.job.as_ref().and_then(Job::take) {
            self.job = None;
            match result {
                Ok(made) => self.take_in(ui, &made.bytes, made.width as usize),
                Err(reason) => self.failed = Some(reason),
            }
        }
        let width = ui.available_width();
        let room = vec2(width, (0.8 * width).min(HIGHEST));
        ui.allocate_ui_with_layout(room, Layout::centered_and_justified(Direction::TopDown), |ui| {
            ui.set_min_size(room);
            self.contents(ui, room);
        });
    }

    fn contents(&self, ui: &mut Ui, room: Vec2) {
        if let Some(reason) = &self.failed {
            ui.label(format!("No preview: {reason}."));
        } else if let Some(texture) = &self.texture {
            let size = texture.size_vec2();
            let scale = (room / size).min_elem().min(1.0);
            ui.add(egui::Image::new((texture.id(), size * scale)).alt_text("The figure as it will be saved"));
        } else {
            ui.label("Drawing the figure…");
        }
    }

    fn take_in(&mut self, ui: &Ui, rgba: &[u8], width: usize) {
        let height = rgba.len() / (4 * width.max(1));
        // A figure of many rows may be higher than the graphics hardware takes.
        let most = ui.ctx().input(|input| input.max_texture_side).max(1);
        let every = width.max(height).div_ceil(most).max(1);
        let pixel = |at: usize| egui::Color32::from_rgb(rgba[4 * at], rgba[4 * at + 1], rgba[4 * at + 2]);
        let rows = (0..height).step_by(every);
        let pixels = rows.flat_map(|row| (0..width).step_by(every).map(move |column| row * width + column)).map(pixel);
        let image = ColorImage::new([width.div_ceil(every), height.div_ceil(every)], pixels.collect());
        self.failed = None;
        self.texture = Some(ui.ctx().load_texture("preview", image, TextureOptions::LINEAR));
    }
}
