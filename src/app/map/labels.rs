//! Words on the map, none of which lies on another.

use egui::{Align2, Pos2, Rect, pos2, vec2};

use super::Canvas;
use crate::app::formula::{self, Flow, Placed};
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
        let words = words(canvas, text);
        let placed = words.in_lines(width(canvas));
        let size = placed.size + 2.0 * MARGIN;
        let frame = rectangle(canvas.painter.clip_rect());
        let place = [f64::from(point.x), f64::from(point.y)];
        let found = label_place(place, GAP, [f64::from(size.x), f64::from(size.y)], frame, &self.taken);
        if let Some([x, y, ..]) = found {
            self.write(canvas, &placed, Rect::from_min_size(pos2(x as f32, y as f32), size));
        }
    }

    /// Writes a sentence in a corner of the map; nothing where that is taken.
    pub fn in_corner(&mut self, canvas: &Canvas, corner: Align2, text: &str) {
        let words = words(canvas, text);
        let placed = words.in_lines(width(canvas));
        let place = corner.pos_in_rect(&canvas.painter.clip_rect().shrink2(vec2(8.0, 6.0)));
        let plate = corner.anchor_size(place, placed.size).expand2(MARGIN);
        if !self.taken.iter().any(|taken| overlap(taken, &rectangle(plate))) {
            self.write(canvas, &placed, plate);
        }
    }

    fn write(&mut self, canvas: &Canvas, words: &Placed, plate: Rect) {
        self.taken.push(rectangle(plate));
        canvas.painter.rect_filled(plate, 3.0, canvas.colours.plate());
        words.paint(&canvas.painter, plate.min + MARGIN);
    }
}

fn words(canvas: &Canvas, text: &str) -> Flow {
    formula::words(&canvas.painter, text, 12.0, canvas.colours.ink())
}

fn width(canvas: &Canvas) -> f32 {
    canvas.painter.clip_rect().width() - 16.0
}

fn rectangle(rect: Rect) -> Rectangle {
    [rect.min.x, rect.min.y, rect.max.x, rect.max.y].map(f64::from)
}
