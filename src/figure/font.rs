//! Letters: where each one stands, and its outline. The fonts are the window's own, so that a figure looks the same
//! there, and its text needs no font where it is read.

use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};

/// The window's proportional font, and the one that has what it lacks.
static FONTS: [&[u8]; 2] = [epaint_default_fonts::UBUNTU_LIGHT, epaint_default_fonts::HACK_REGULAR];

/// How far letters rise above the baseline and fall below it, in sizes.
const ASCENT: f64 = 0.76;
const DESCENT: f64 = 0.2;
/// Lowered and raised letters: their size and their shift, in sizes.
const SMALL: f64 = 0.7;
const LOWERED: f64 = 0.18;
const RAISED: f64 = -0.36;

/// A line of text, laid out from (0, 0) on its baseline.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its letters.
    pub letters: Vec<Letter>,
    /// Its width in pixels.
    pub width: f64,
    /// The size of its letters in pixels.
    pub size: f64,
}

/// A letter of a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Letter {
    /// What it is.
    pub char: char,
    /// Where its baseline begins, in pixels to the right and down.
    pub place: [f64; 2],
    /// Its size in pixels.
    pub size: f64,
}

impl Line {
    /// Lays a text out. `_{…}` is lowered, `^{…}` is raised; both end at the first `}`.
    #[must_use]
    pub fn of(text: &str, size: f64) -> Self {
        let fonts = fonts();
        let mut line = Self { letters: Vec::new(), width: 0.0, size };
        let mut chars = text.chars().peekable();
        let mut shift = 0.0;
        while let Some(char) = chars.next() {
            match char {
                '_' | '^' if chars.peek() == Some(&'{') => {
                    chars.next();
                    shift = if char == '_' { LOWERED } else { RAISED };
                }
                '}' if shift != 0.0 => shift = 0.0,
                _ => {
                    let letter_size = if shift == 0.0 { size } else { SMALL * size };
                    line.letters.push(Letter { char, place: [line.width, shift * size], size: letter_size });
                    line.width += advance(&fonts, char) * letter_size;
                }
            }
        }
        line
    }

    /// From a text's place to where its baseline begins, for letters that run to the right.
    #[must_use]
    pub fn offset(&self, anchor: [super::Anchor; 2]) -> [f64; 2] {
        use super::Anchor::{End, Middle, Start};
        let along = match anchor[0] {
            Start => 0.0,
            Middle => -0.5 * self.width,
            End => -self.width,
        };
        let across = match anchor[1] {
            Start => ASCENT,
            Middle => 0.5 * (ASCENT - DESCENT),
            End => -DESCENT,
        };
        [along, across * self.size]
    }
}

/// The fonts' files are part of the program.
fn fonts() -> [Option<FontRef<'static>>; 2] {
    FONTS.map(|bytes| FontRef::new(bytes).ok())
}

/// The first font that has the letter, with its glyph.
fn find<'a>(fonts: &'a [Option<FontRef<'static>>; 2], char: char) -> Option<(&'a FontRef<'static>, GlyphId)> {
    fonts.iter().flatten().find_map(|font| font.charmap().map(char).map(|glyph| (font, glyph)))
}

/// Whether the fonts have the letter.
#[must_use]
pub fn has(char: char) -> bool {
    find(&fonts(), char).is_some()
}

/// A letter's width in sizes.
fn advance(fonts: &[Option<FontRef<'static>>; 2], char: char) -> f64 {
    let Some((font, glyph)) = find(fonts, char) else { return 0.6 };
    let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
    f64::from(metrics.advance_width(glyph).unwrap_or(0.0)) / units(font)
}

fn units(font: &FontRef) -> f64 {
    f64::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em).max(1.0)
}

/// A piece of an outline, in sizes, y upwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Piece {
    /// A new contour begins here.
    Move([f64; 2]),
    /// A straight line to here.
    Line([f64; 2]),
    /// A quadratic curve: its control point, its end.
    Quad([f64; 2], [f64; 2]),
    /// The contour is closed.
    Close,
}

/// A letter's outline; empty where no font has it.
#[must_use]
pub fn outline(char: char) -> Vec<Piece> {
    let fonts = fonts();
    let Some((font, glyph)) = find(&fonts, char) else { return Vec::new() };
    let mut tracer = Tracer { pieces: Vec::new(), units: units(font) };
    let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
    // A glyph of the shipped fonts that cannot be read is left blank.
    if let Some(shape) = font.outline_glyphs().get(glyph)
        && shape.draw(settings, &mut tracer).is_err()
    {
        tracer.pieces.clear();
    }
    tracer.pieces
}

struct Tracer {
    pieces: Vec<Piece>,
    units: f64,
}

impl Tracer {
    fn point(&self, x: f32, y: f32) -> [f64; 2] {
        [f64::from(x) / self.units, f64::from(y) / self.units]
    }
}

impl OutlinePen for Tracer {
    fn move_to(&mut self, x: f32, y: f32) {
        self.pieces.push(Piece::Move(self.point(x, y)));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.pieces.push(Piece::Line(self.point(x, y)));
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.pieces.push(Piece::Quad(self.point(cx, cy), self.point(x, y)));
    }

    /// TrueType fonts have none; drawn as the line to its end.
    fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, x: f32, y: f32) {
        self.line_to(x, y);
    }

    fn close(&mut self) {
        self.pieces.push(Piece::Close);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lowered_letters_are_smaller_and_below() {
        let line = Line::of("λ_{1}(x)", 10.0);
        assert_eq!(line.letters.iter().map(|letter| letter.char).collect::<String>(), "λ1(x)");
        assert_eq!(line.letters[1].size, 7.0);
        assert!(line.letters[1].place[1] > 0.0 && line.letters[2].place[1] == 0.0);
        assert!(line.width > Line::of("λ", 10.0).width);
    }

    #[test]
    fn every_symbol_in_use_has_an_outline() {
        for char in "λρηΓΦ∇‖⟨⟩ĝ−·×→≤ĝ|…½²½".chars() {
            assert!(has(char), "{char}");
            assert!(!outline(char).is_empty(), "{char}");
        }
        assert!(outline(' ').is_empty());
    }
}
