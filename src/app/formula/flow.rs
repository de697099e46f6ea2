//! Words and formulas in lines.

use std::sync::Arc;

use egui::{Color32, FontId, Galley, Painter, Pos2, Vec2, vec2};

use super::painting;
use crate::formula::Typeset;

/// What is not broken.
pub struct Word {
    what: What,
    width: f32,
    /// How far it rises above the baseline, and falls below it.
    above: f32,
    below: f32,
    /// The space before it, on a line that it does not begin.
    space: f32,
    /// Whether it belongs to the one before it, without a break between.
    is_joined: bool,
}

enum What {
    Text(Arc<Galley>),
    /// With the size of its letters.
    Formula(Typeset, f32, Color32),
}

/// Words in order.
pub struct Flow {
    words: Vec<Word>,
    /// The space between two lines, in points.
    leading: f32,
    /// Whether the text so far ends with a space.
    ends_with_space: bool,
}

/// Words in their places.
pub struct Placed<'a> {
    /// Where each one's baseline begins, from the upper left corner, and how much smaller it is than it should be.
    pub words: Vec<(&'a Word, Vec2, f32)>,
    /// What they take.
    pub size: Vec2,
}

impl Flow {
    /// No words yet, for lines this far from each other.
    pub fn new(leading: f32) -> Self {
        Self { words: Vec::new(), leading, ends_with_space: false }
    }

    /// Puts a text behind what is there.
    pub fn text(&mut self, painter: &Painter, text: &str, size: f32, colour: Color32) {
        let font = FontId::proportional(size);
        let blank = painter.fonts_mut(|fonts| fonts.glyph_width(&font, ' '));
        let begins_with_space = text.starts_with(' ');
        for (i, word) in text.split_whitespace().enumerate() {
            let galley = painter.layout_no_wrap(word.to_owned(), font.clone(), colour);
            let above = painting::baseline(&galley);
            let is_joined = i == 0 && !begins_with_space && !self.ends_with_space && !self.words.is_empty();
            let (width, below) = (galley.size().x, galley.size().y - above);
            let space = if is_joined { 0.0 } else { blank };
            self.words.push(Word { what: What::Text(galley), width, above, below, space, is_joined });
        }
        self.ends_with_space = text.ends_with(' ');
    }

    /// Puts the parts of a formula behind it, `apart` from each other. Within a text a formula has the space that the text
    /// before it ends with.
    pub fn formulas(&mut self, parts: Vec<Typeset>, size: f32, colour: Color32, apart: f32) {
        for (i, part) in parts.into_iter().enumerate() {
            let is_joined = i == 0 && !self.ends_with_space && !self.words.is_empty();
            let space = if i > 0 { apart.max(0.5 * size) } else { 0.22 * size };
            self.words.push(Word {
                width: part.width * size,
                above: part.above * size,
                below: part.below * size,
                what: What::Formula(part, size, colour),
                space: if is_joined { 0.0 } else { space },
                is_joined,
            });
        }
        self.ends_with_space = false;
    }

    /// Breaks the words into lines of this width. What is wider by itself is made smaller.
    pub fn in_lines(&self, width: f32) -> Placed<'_> {
        let mut placed = Placed { words: Vec::new(), size: Vec2::ZERO };
        let mut line: Vec<(&Word, f32, f32)> = Vec::new();
        let mut end = 0.0;
        for group in self.words.chunk_by(|_, next| next.is_joined) {
            let needed: f32 = group.iter().map(|word| word.width).sum();
            let space = group[0].space;
            if !line.is_empty() && end + space + needed > width {
                placed.take(&mut line, self.leading);
                end = 0.0;
            }
            let scale = if needed > width { width.max(1.0) / needed } else { 1.0 };
            let mut x = if line.is_empty() { 0.0 } else { end + space };
            for word in group {
                line.push((word, x, scale));
                x += word.width * scale;
            }
            end = x;
        }
        placed.take(&mut line, self.leading);
        placed
    }
}

impl<'a> Placed<'a> {
    /// Puts a line below the others.
    fn take(&mut self, line: &mut Vec<(&'a Word, f32, f32)>, leading: f32) {
        let most =
            |height: fn(&Word) -> f32| line.iter().map(|(word, _, scale)| height(word) * scale).fold(0.0, f32::max);
        let (above, below) = (most(|word| word.above), most(|word| word.below));
        let top = if self.words.is_empty() { 0.0 } else { self.size.y + leading };
        let end = line.last().map_or(0.0, |(word, x, scale)| x + word.width * scale);
        self.size = vec2(self.size.x.max(end), top + above + below);
        self.words.extend(line.drain(..).map(|(word, x, scale)| (word, vec2(x, top + above), scale)));
    }
}

impl Placed<'_> {
    /// Paints them, with their upper left corner at `at`.
    pub fn paint(&self, painter: &Painter, at: Pos2) {
        for (word, place, scale) in &self.words {
            word.paint(painter, at + *place, *scale);
        }
    }
}

impl Word {
    /// Paints it with its baseline beginning at `at`.
    fn paint(&self, painter: &Painter, at: Pos2, scale: f32) {
        match &self.what {
            What::Text(galley) => {
                painter.galley(at - vec2(0.0, self.above), Arc::clone(galley), Color32::PLACEHOLDER);
            }
            What::Formula(formula, size, colour) => painting::paint(painter, formula, at, size * scale, *colour),
        }
    }
}
