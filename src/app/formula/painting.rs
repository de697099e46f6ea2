//! A typeset formula on the screen.

use egui::{Color32, FontFamily, FontId, Galley, Painter, Pos2, Rect, pos2, vec2};

use crate::formula::{Mark, Typeset};

/// The name of the maths font.
pub const FAMILY: &str = "math";

/// How far a text's baseline is below its top.
pub fn baseline(galley: &Galley) -> f32 {
    galley.rows.first().map_or(0.0, |row| row.pos.y + row.glyphs.first().map_or(0.0, |glyph| glyph.pos.y))
}

/// Paints a formula whose baseline begins at `at`, with letters of this size.
pub fn paint(painter: &Painter, formula: &Typeset, at: Pos2, size: f32, colour: Color32) {
    let to = |[x, y]: [f32; 2]| at + size * vec2(x, y);
    for mark in &formula.marks {
        match mark {
            Mark::Glyph { char, at, size: share } => {
                let font = FontId::new(size * share, FontFamily::Name(FAMILY.into()));
                let galley = painter.layout_no_wrap(char.to_string(), font, colour);
                let above = baseline(&galley);
                painter.galley(to(*at) - vec2(0.0, above), galley, colour);
            }
            Mark::Bar { from, to: end } => {
                let bar = Rect::from_min_max(to(*from), to(*end));
                painter.rect_filled(on_pixels(bar, painter.pixels_per_point()), 0.0, colour);
            }
        }
    }
}

/// A thin bar where it covers whole pixels, one at least.
fn on_pixels(bar: Rect, pixels_per_point: f32) -> Rect {
    let whole = |[low, high]: [f32; 2]| {
        let thick = ((high - low) * pixels_per_point).round().max(1.0);
        let low = (0.5 * (low + high) * pixels_per_point - 0.5 * thick).round();
        [low / pixels_per_point, (low + thick) / pixels_per_point]
    };
    let ([x0, x1], [y0, y1]) = (whole([bar.min.x, bar.max.x]), whole([bar.min.y, bar.max.y]));
    Rect::from_min_max(pos2(x0, y0), pos2(x1, y1))
}
