//! How the curves are drawn.

use egui_plot::LineStyle;

use crate::sharpness::Dash;

/// A curve's dashes in a plot.
pub fn line_style(dash: Dash) -> LineStyle {
    match dash {
        Dash::Solid => LineStyle::Solid,
        Dash::Loose => LineStyle::dashed_loose(),
        Dash::Dense => LineStyle::dashed_dense(),
        Dash::Short => LineStyle::Dashed { length: 3.0 },
    }
}
