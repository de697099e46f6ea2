//! What the curves are called, and how they are drawn.

use egui_plot::LineStyle;

use crate::figure::plain;
use crate::sharpness::{Curve, Dash};

/// A curve's symbol.
pub fn name(curve: Curve) -> String {
    plain(curve.info().entry.symbol)
}

/// Its dashes in a plot.
pub fn line_style(dash: Dash) -> LineStyle {
    match dash {
        Dash::Solid => LineStyle::Solid,
        Dash::Loose => LineStyle::dashed_loose(),
        Dash::Dense => LineStyle::dashed_dense(),
        Dash::Short => LineStyle::Dashed { length: 3.0 },
    }
}
