//! The maths font: how wide and high its glyphs are.

use std::collections::HashMap;
use std::sync::OnceLock;

use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

/// The font's file: assets/fonts/README.md.
pub static FONT: &[u8] = include_bytes!("../../assets/fonts/math.ttf");

/// The glyphs that have larger forms, as the font has them.
const WITH_LARGER: [char; 4] = ['(', ')', '√', '∑'];
/// How many larger forms there may be.
const SIZES: u32 = 4;
/// The font's units in its size.
const UNITS: f32 = 1000.0;

/// How large a glyph is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extent {
    /// From where it begins to where the next one does.
    pub advance: f32,
    /// Its ink's left and right.
    pub ink: [f32; 2],
    /// How far its ink rises above the baseline.
    pub above: f32,
    /// How far its ink falls below it.
    pub below: f32,
}

/// How large a glyph is, in sizes of the font; `None` where the font lacks it.
#[must_use]
pub fn extent(char: char) -> Option<Extent> {
    static EXTENTS: OnceLock<HashMap<u32, Extent>> = OnceLock::new();
    EXTENTS
        .get_or_init(|| FontRef::new(FONT).map_or_else(|_| HashMap::new(), |font| extents(&font)))
        .get(&char.into())
        .copied()
}

/// Those of all glyphs: they are asked for in every frame.
fn extents(font: &FontRef) -> HashMap<u32, Extent> {
    let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
    let extent = |glyph| {
        let ink = metrics.bounds(glyph)?;
        Some(Extent {
            advance: metrics.advance_width(glyph)? / UNITS,
            ink: [ink.x_min / UNITS, ink.x_max / UNITS],
            above: ink.y_max / UNITS,
            below: -ink.y_min / UNITS,
        })
    };
    font.charmap().mappings().filter_map(|(code, glyph)| Some((code, extent(glyph)?))).collect()
}

/// A glyph and its larger forms, from small to large.
pub fn forms(char: char) -> impl Iterator<Item = char> {
    let place = WITH_LARGER.iter().position(|&known| known == char).map(|place| place as u32);
    let larger = (1..=SIZES).filter_map(move |size| char::from_u32(0xE000 + 16 * size + place?));
    std::iter::once(char).chain(larger).filter(|&form| extent(form).is_some())
}
