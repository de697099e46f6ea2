//! Words on the map, none of which lies on another.

use egui::{Align2, FontId, Pos2, Rect, Vec2, vec2};

use super::Canvas;

/// Where a label stands beside its point: which of its corners is how far from it, the best first.
const SIDES: [(Align2, Vec2); 6] = [
    (Align2::LEFT_TOP, vec2(9.0, 4.0)),
    (Align2::RIGHT_TOP, vec2(-9.0, 4.0)),
    (Align2::LEFT_BOTTOM, vec2(9.0, -4.0)),
    (Align2::RIGHT_BOTTOM, vec2(-9.0, -4.0)),
    (Align2::CENTER_TOP, vec2(0.0, 10.0)),
    (Align2::CENTER_BOTTOM, vec2(0.0, -10.0)),
];
/// Around a label, on its plate.
const MARGIN: Vec2 = vec2(3.0, 1.0);

/// The places that are taken.
#[derive(Default)]
pub struct Labels {
    taken: Vec<Rect>,
}

impl Labels {
    /// Nothing is written within this distance of a point.
    pub fn keep_free(&mut self, center: Pos2, radius: f32) {
        self.taken.push(Rect::from_center_size(center, Vec2::splat(2.0 * radius)));
    }

    /// Writes a name beside a point, on the first side that is free; nothing where none is.
    pub fn beside(&mut self, canvas: &Canvas, point: Pos2, text: &str) {
        self.write(canvas, text, SIDES.map(|(corner, away)| (corner, point + away)));
    }

    /// Writes a sentence in a corner of the map, cut to its width; nothing where that is taken.
    pub fn in_corner(&mut self, canvas: &Canvas, corner: Align2, text: &str) {
        let place = corner.pos_in_rect(&canvas.painter.clip_rect().shrink2(vec2(8.0, 6.0)));
        self.write(canvas, text, [(corner, place)]);
    }

    fn write<const N: usize>(&mut self, canvas: &Canvas, text: &str, places: [(Align2, Pos2); N]) {
        let map = canvas.painter.clip_rect();
        let font = FontId::proportional(12.0);
        let mut job = egui::text::LayoutJob::simple(text.to_owned(), font, canvas.colours.ink(), map.width() - 16.0);
        job.wrap.max_rows = 1;
        let galley = canvas.painter.layout_job(job);
        let Some(plate) = self.place(map, galley.size(), places) else { return };
        canvas.painter.rect_filled(plate, 3.0, canvas.colours.plate());
        canvas.painter.galley(plate.min + MARGIN, galley, canvas.colours.ink());
    }

    /// Takes the first place that is free for a text of this size; the plate under it.
    fn place<const N: usize>(&mut self, map: Rect, size: Vec2, places: [(Align2, Pos2); N]) -> Option<Rect> {
        let is_free =
            |plate: &Rect| map.contains_rect(*plate) && !self.taken.iter().any(|taken| taken.intersects(*plate));
        let mut plates = places.into_iter().map(|(corner, place)| corner.anchor_size(place, size).expand2(MARGIN));
        let plate = plates.find(is_free)?;
        self.taken.push(plate);
        Some(plate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_stand_beside_their_points_and_never_on_each_other() {
        let map = Rect::from_min_size(Pos2::new(50.0, 50.0), vec2(200.0, 120.0));
        let mut labels = Labels::default();
        let points = [(60.0, 60.0), (64.0, 62.0), (70.0, 60.0), (240.0, 160.0), (150.0, 110.0), (152.0, 110.0)];
        for (x, y) in points {
            labels.keep_free(Pos2::new(x, y), 3.0);
        }
        for (x, y) in points {
            let places = SIDES.map(|(corner, away)| (corner, Pos2::new(x, y) + away));
            labels.place(map, vec2(50.0, 14.0), places);
        }
        let written = &labels.taken[points.len()..];
        assert!(written.len() >= 4, "{written:?}");
        for (i, plate) in written.iter().enumerate() {
            assert!(map.contains_rect(*plate), "{plate:?}");
            assert!(!labels.taken[..points.len() + i].iter().any(|other| other.intersects(*plate)), "{plate:?}");
        }
    }
}
