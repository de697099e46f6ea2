//! Words on the map, none of which lies on another, on a head or, where it can be avoided, on a path.

use egui::{Align2, Pos2, Rect, Vec2, pos2, vec2};

use super::Canvas;
use crate::app::formula::{self, Flow, Placed};
use crate::field::{Rectangle, Room, around, beside};

/// The distance of a label from its point.
const GAP: f64 = 9.0;
/// Around a label, on its plate.
const MARGIN: Vec2 = vec2(3.0, 1.0);

/// Where the words of the frame before stood: each keeps its place as long as that is as good as another, so that none jumps to
/// and fro while something passes.
#[derive(Default)]
pub struct Places(Vec<Option<usize>>);

/// The words that a frame wants, with what is in their way.
pub struct Labels {
    room: Room,
    wanted: Vec<(Place, String)>,
}

/// Where words are wanted.
enum Place {
    /// In this corner of the map, or else in another one.
    Corner(Align2),
    /// Beside one of these points.
    Beside(Vec<[f64; 2]>),
}

impl Labels {
    /// None yet.
    pub fn on(canvas: &Canvas) -> Self {
        Self { room: Room::new(rectangle(canvas.painter.clip_rect())), wanted: Vec::new() }
    }

    /// Nothing is written here.
    pub fn take(&mut self, rect: Rect) {
        self.room.take(rectangle(rect));
    }

    /// Nothing is written within this distance of a point.
    pub fn keep_free(&mut self, center: Pos2, radius: f32) {
        self.room.take(around(point(center), f64::from(radius)));
    }

    /// Nothing is written on a line, where there is another place.
    pub fn avoid(&mut self, line: &[Pos2]) {
        self.room.avoid(line.iter().copied().map(point).collect());
    }

    /// A name beside one of these points.
    pub fn beside(&mut self, points: &[Pos2], name: &str) {
        self.wanted.push((Place::Beside(points.iter().copied().map(point).collect()), name.to_owned()));
    }

    /// A sentence in a corner of the map.
    pub fn in_corner(&mut self, corner: Align2, text: &str) {
        self.wanted.push((Place::Corner(corner), text.to_owned()));
    }

    /// Writes the words where there is room, once everything is known that is in their way; what has no room is left out.
    pub fn write(mut self, canvas: &Canvas, places: &mut Places) {
        let clip = canvas.painter.clip_rect();
        places.0.resize(self.wanted.len(), None);
        for ((place, text), before) in self.wanted.iter().zip(&mut places.0) {
            let words = words(canvas, text);
            let placed = words.in_lines(clip.width() - 16.0);
            let size = placed.size + 2.0 * MARGIN;
            let found = self.room.place(&place.rectangles(clip, size), *before);
            *before = found.map(|(number, _)| number);
            if let Some((_, [x, y, ..])) = found {
                write(canvas, &placed, Rect::from_min_size(pos2(x as f32, y as f32), size));
            }
        }
    }
}

impl Place {
    fn rectangles(&self, clip: Rect, size: Vec2) -> Vec<Rectangle> {
        match self {
            Self::Corner(Align2([x, y])) => {
                let corners = [(*x, *y), (*x, y.flipped()), (x.flipped(), *y), (x.flipped(), y.flipped())];
                let frame = clip.shrink2(vec2(5.0, 5.0));
                corners.map(|(x, y)| rectangle(Align2([x, y]).align_size_within_rect(size, frame))).to_vec()
            }
            Self::Beside(points) => beside(points, GAP, [size.x, size.y].map(f64::from)),
        }
    }
}

fn write(canvas: &Canvas, words: &Placed, plate: Rect) {
    canvas.painter.rect_filled(plate, 3.0, canvas.colours.plate());
    words.paint(&canvas.painter, plate.min + MARGIN);
}

fn words(canvas: &Canvas, text: &str) -> Flow {
    formula::words(&canvas.painter, text, 12.0, canvas.colours.ink())
}

fn point(at: Pos2) -> [f64; 2] {
    [at.x, at.y].map(f64::from)
}

fn rectangle(rect: Rect) -> Rectangle {
    [rect.min.x, rect.min.y, rect.max.x, rect.max.y].map(f64::from)
}
