//! How formulas are written: one source in LaTeX's notation, as glyphs and bars of a maths font, and as a line of Unicode,
//! which is also what a screen reader says.
//!
//! It knows `\frac`, `\tfrac`, `\sqrt`, `\hat`, `\text`, `\left` and `\right`, `\quad`, scripts, and the commands of
//! `sign.rs`. Lengths are in sizes of the font, to the right and down from where the baseline begins.

mod fence;
mod font;
mod layout;
mod line;
mod parse;
mod shape;
mod sign;
mod symbol;

pub use font::{Extent, FONT, extent};
pub use shape::{Mark, Typeset};
pub use symbol::of_symbol;

use layout::Style;

/// A formula in LaTeX's notation as one line of Unicode: `\frac{\rho^2}{2}\lambda_1` as `ρ²/2 λ1`. What is no formula stays as
/// it is.
#[must_use]
pub fn in_unicode(source: &str) -> String {
    parse::formula(source).map_or_else(|_| source.to_owned(), |nodes| line::of(&nodes))
}

/// A text with formulas between `$` as one line of Unicode.
#[must_use]
pub fn text_in_unicode(text: &str) -> String {
    let part = |(i, part)| if i % 2 == 1 { in_unicode(part) } else { part.to_owned() };
    text.split('$').enumerate().map(part).collect()
}

/// A formula typeset to stand alone, in the parts between its `\quad`s.
///
/// # Errors
/// What cannot be read, in a sentence.
pub fn typeset(source: &str) -> Result<Vec<Typeset>, String> {
    set(source, Style::Display)
}

/// A formula typeset to stand within a line of text.
///
/// # Errors
/// What cannot be read, in a sentence.
pub fn typeset_in_text(source: &str) -> Result<Vec<Typeset>, String> {
    set(source, Style::Text)
}

fn set(source: &str, style: Style) -> Result<Vec<Typeset>, String> {
    let nodes = parse::formula(source)?;
    let parts = nodes.split(|node| *node == parse::Node::Quad);
    Ok(parts.filter(|part| !part.is_empty()).map(|part| layout::row(part, style).finished()).collect())
}
