//! How figures look: colours, sizes of letters, and a mark for each method, so that they are told apart in grey too.

use super::mark::Colour;
use crate::field::Palette;
use crate::sharpness::Term;

/// Lines of labels, in pixels: 8 points.
pub const TEXT: f64 = 32.0 / 3.0;
/// Ticks and captions: 7 points.
pub const SMALL: f64 = 28.0 / 3.0;

/// Colours that stay distinct for colour-blind people (after Okabe and Ito), for dark pages.
pub const METHODS_DARK: [Colour; 8] = [
    Colour::rgb(0x7C_C8_FF),
    Colour::rgb(0xFF_7A_45),
    Colour::rgb(0xF7_9A_D3),
    Colour::rgb(0x4F_E0_AE),
    Colour::rgb(0xF5_E6_5C),
    Colour::rgb(0xB9_A5_FF),
    Colour::rgb(0xFF_C0_6B),
    Colour::rgb(0xE0_E0_E0),
];
/// The same for light pages and paper.
pub const METHODS_LIGHT: [Colour; 8] = [
    Colour::rgb(0x00_62_A8),
    Colour::rgb(0xC6_4A_00),
    Colour::rgb(0xA8_2A_7E),
    Colour::rgb(0x00_7D_5A),
    Colour::rgb(0x8A_78_00),
    Colour::rgb(0x5B_45_B8),
    Colour::rgb(0xA3_5E_00),
    Colour::rgb(0x40_40_40),
];

/// Behind everything.
pub const PAPER: Colour = Colour::rgb(0xFF_FF_FF);
/// Letters and frames.
pub const INK: Colour = Colour::rgb(0x1A_1A_1A);
/// Ticks and captions.
pub const FAINT: Colour = Colour::rgb(0x60_60_60);
/// Grid lines.
pub const GRID: Colour = Colour::rgb(0xD8_D8_D8);
/// Isolines.
pub const ISOLINE: Colour = Colour([0x20, 0x30, 0x50], 0.28);
/// The manifold of minimizers.
pub const GAMMA: Colour = Colour::rgb(0x20_20_50);
/// Around lines and labels on a map.
pub const HALO: Colour = Colour([0xFF, 0xFF, 0xFF], 0.8);
/// The colours of a map on paper.
pub const MAP: Palette = Palette::Light;

/// The colour of the optimizer at this place in the scenario.
#[must_use]
pub fn method(index: usize) -> Colour {
    METHODS_LIGHT[index % METHODS_LIGHT.len()]
}

/// The place in the list of colours of a SAM step's vector.
#[must_use]
pub fn term(term: Term) -> usize {
    match term {
        Term::First => 0,
        Term::Second => 3,
        Term::Third => 4,
        Term::Remainder => 7,
        Term::Sam => 1,
        Term::Dropped => 6,
        Term::Ascent => 5,
        Term::Worst => 2,
    }
}

/// The corners of the optimizer's mark around a place; `None` is a disc.
#[must_use]
pub fn mark(index: usize, [x, y]: [f64; 2], radius: f64) -> Option<Vec<[f64; 2]>> {
    let corners: &[[f64; 2]] = match index % 4 {
        0 => return None,
        1 => &[[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
        2 => &[[0.0, -1.2], [1.1, 0.8], [-1.1, 0.8]],
        _ => &[[0.0, -1.25], [1.25, 0.0], [0.0, 1.25], [-1.25, 0.0]],
    };
    Some(corners.iter().map(|[dx, dy]| [x + radius * dx, y + radius * dy]).collect())
}
