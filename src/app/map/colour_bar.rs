//! The colour bar: the map's bands with some of their levels.

use egui::{Align2, FontId, Painter, Rect, pos2, vec2};

use super::backdrop::Backdrop;
use crate::app::formula;
use crate::app::theme::Colours;
use crate::loss::number;

const BAR: f32 = 12.0;
/// Vertical distance between two labels.
const LABEL_STEP: f32 = 20.0;

/// The room that it takes on the map's right; none where the map is too small.
pub fn width(available: f32) -> f32 {
    if available < 300.0 { 0.0 } else { 62.0 }
}

/// Draws the bar on the right of the map.
pub fn paint(painter: &Painter, map: Rect, colours: Colours, backdrop: &Backdrop, symbol: &str) {
    let Some((levels, bands)) = backdrop.bands(colours) else { return };
    let font = FontId::proportional(11.0);
    // Levels that stand in equal ratios above the least value are labelled by how far above it they lie.
    let title = if levels.origin == 0.0 { symbol.to_owned() } else { format!("{symbol} − min") };
    let bar = Rect::from_min_max(map.right_top() + vec2(8.0, 20.0), pos2(map.right() + 8.0 + BAR, map.bottom() - 8.0));
    if bar.height() < 30.0 {
        return;
    }
    formula::words(painter, &title, 11.0, colours.ink())
        .in_lines(width(f32::INFINITY))
        .paint(painter, map.right_top() + vec2(8.0, 2.0));
    let step = bar.height() / bands.len() as f32;
    for (i, &colour) in bands.iter().enumerate() {
        let top = bar.bottom() - (i + 1) as f32 * step;
        painter.rect_filled(Rect::from_min_size(pos2(bar.left(), top), vec2(BAR, step + 0.5)), 0.0, colour);
    }
    let mut last_label = f32::INFINITY;
    for (i, &level) in levels.values.iter().enumerate() {
        let y = bar.bottom() - (i + 1) as f32 * step;
        if last_label - y >= LABEL_STEP {
            last_label = y;
            painter.text(
                pos2(bar.right() + 4.0, y),
                Align2::LEFT_CENTER,
                number(level - levels.origin, 4),
                font.clone(),
                colours.ink(),
            );
        }
    }
}
