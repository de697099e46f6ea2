//! What is typeset: glyphs and bars in their places.

use super::sign::Class;

/// Something to be drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Mark {
    /// A glyph of the maths font.
    Glyph {
        /// Which.
        char: char,
        /// Where its baseline begins.
        at: [f32; 2],
        /// Its size.
        size: f32,
    },
    /// A filled rectangle.
    Bar {
        /// Its upper left corner.
        from: [f32; 2],
        /// Its lower right corner.
        to: [f32; 2],
    },
}

/// A formula, or a part of one between two `\quad`s.
#[derive(Clone, Debug, PartialEq)]
pub struct Typeset {
    /// Its width.
    pub width: f32,
    /// How far it rises above its baseline.
    pub above: f32,
    /// How far it falls below it.
    pub below: f32,
    /// What is drawn, from (0, 0) on its baseline.
    pub marks: Vec<Mark>,
}

/// A part of a formula in the making.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    pub width: f32,
    pub above: f32,
    pub below: f32,
    /// How far a slanted letter leans over its end: what is raised behind it stands that much to the right.
    pub lean: f32,
    /// Where the middle of its upper part is, for a hat.
    pub middle: f32,
    pub class: Class,
    /// Whether it is a single glyph, behind which scripts have their usual places.
    pub is_glyph: bool,
    pub marks: Vec<Mark>,
}

impl Shape {
    /// Nothing.
    pub fn empty(class: Class) -> Self {
        Self { width: 0.0, above: 0.0, below: 0.0, lean: 0.0, middle: 0.0, class, is_glyph: false, marks: Vec::new() }
    }

    /// Takes in another shape with its baseline at this place; the width stays.
    pub fn put(&mut self, other: Self, [x, y]: [f32; 2]) {
        self.above = self.above.max(other.above - y);
        self.below = self.below.max(other.below + y);
        self.marks.extend(other.marks.into_iter().map(|mark| mark.moved([x, y])));
    }

    /// Draws a bar; the width stays.
    pub fn bar(&mut self, from: [f32; 2], to: [f32; 2]) {
        self.above = self.above.max(-from[1]);
        self.below = self.below.max(to[1]);
        self.marks.push(Mark::Bar { from, to });
    }

    /// Takes in another shape at the end, this far behind it.
    pub fn append(&mut self, other: Self, space: f32) {
        let x = self.width + space;
        (self.width, self.lean) = (x + other.width, other.lean);
        self.put(other, [x, 0.0]);
    }

    /// As a whole.
    pub fn finished(self) -> Typeset {
        Typeset { width: self.width + self.lean, above: self.above, below: self.below, marks: self.marks }
    }
}

impl Mark {
    fn moved(self, [x, y]: [f32; 2]) -> Self {
        let to = |place: [f32; 2]| [place[0] + x, place[1] + y];
        match self {
            Self::Glyph { char, at, size } => Self::Glyph { char, at: to(at), size },
            Self::Bar { from, to: end } => Self::Bar { from: to(from), to: to(end) },
        }
    }
}
