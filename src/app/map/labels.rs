//! Words on the map, none of which lies on another.

use std::sync::Arc;

use egui::{Align2, FontId, Galley, Pos2, Rect, pos2, vec2};

use super::Canvas;
use crate::field::{Rectangle, around, label_place, overlap};

/// The distance of a label from its point.
const GAP: f64 = 9.0;
/// Around a label, on its plate.
const MARGIN: egui::Vec2 = vec2(3.0, 1.0);

/// The places that are taken.
#[derive(Default)]
pub struct Labels {
    taken: Vec<Rectangle>,
}

impl Labels {
    /// Nothing is written within this distance of a point.
    pub fn keep_free(&mut self, center: Pos2, radius: f32) {
        self.taken.push(around([f64::from(center.x), f64::from(center.y)], f64::from(radius)));
    }

    /// Writes a name beside a point, where it is free; nothing where it is not.
    pub fn beside(&mut self, canvas: &Canvas, point: Pos2, text: &str) {
        let galley = layout(canvas, text);
        let size = galley.size() + 2.0 * MARGIN;
        let frame = rectangle(canvas.painter.clip_rect());
        let place = [f64::from(point.x), f64::from(point.y)];
        let found = label_place(place, GAP, [f64::from(size.x), f64::from(size.y)], frame, &self.taken);
        if let Some([x, y, ..]) = found {
            self.write(canvas, galley, Rect::from_min_size(pos2(x as f32, y as f32), size));
        }
    }

    /// Writes a sentence in a corner of the map, cut to its width; nothing where that is taken.
    pub fn in_corner(&mut self, canvas: &Canvas, corner: Align2, text: &str) {
        let galley = layout(canvas, text);
        let place = corner.pos_in_rect(&canvas.painter.clip_rect().shrink2(vec2(8.0, 6.0)));
        let plate = corner.anchor_size(place, galley.size()).expand2(MARGIN);
        if !self.taken.iter().any(|taken| overlap(taken, &rectangle(plate))) {
            self.write(canvas, galley, plate);
        }
    }

    fn write(&mut self, canvas: &Canvas, galley: Arc<Galley>, plate: Rect) {
        self.taken.push(rectangle(plate));
        canvas.painter.rect_filled(plate, 3.0, canvas.colours.plate());
        canvas.painter.galley(plate.min + MARGIN, galley, canvas.colours.ink());
    }
}

/// One line, cut to the map's width.
fn layout(canvas: &Canvas, text: &str) -> Arc<Galley> {
    let width = canvas.painter.clip_rect().width() - 16.0;
    let font = FontId::proportional(12.0);
    let mut job = egui::text::LayoutJob::simple(text.to_owned(), font, canvas.colours.ink(), width);
    job.wrap.max_rows = 1;
    canvas.painter.layout_job(job)
}

fn rectangle(rect: Rect) -> Rectangle {
    [rect.min.x, rect.min.y, rect.max.x, rect.max.y].map(f64::from)
}
