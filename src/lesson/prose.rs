//! A lesson's text: paragraphs with formulas between `$` and measured numbers in braces.

use crate::formula::in_unicode;
use crate::loss::short;

/// A text as it stands in the lesson's file.
#[derive(Clone, Debug)]
pub struct Prose(String);

/// A paragraph as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph(Vec<Piece>);

/// A piece of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Text(String),
    /// A formula among them, in LaTeX's notation.
    Formula(String),
    /// A formula that is the whole paragraph.
    Display(String),
}

impl Paragraph {
    /// One without formulas.
    #[must_use]
    pub fn of_words(words: &str) -> Self {
        Self(vec![Piece::Text(words.to_owned())])
    }

    /// One with formulas between `$`.
    #[must_use]
    pub fn of_text(text: &str) -> Self {
        let piece = |(i, part): (usize, &str)| match i % 2 {
            1 => Piece::Formula(part.to_owned()),
            _ => Piece::Text(part.to_owned()),
        };
        Self(text.split('$').enumerate().map(piece).collect())
    }

    /// What it is made of, in order.
    #[must_use]
    pub fn pieces(&self) -> &[Piece] {
        &self.0
    }

    /// Its source where the whole paragraph is a formula.
    #[must_use]
    pub fn formula(&self) -> Option<&str> {
        match &self.0[..] {
            [Piece::Display(source)] => Some(source),
            _ => None,
        }
    }

    /// What a screen reader says.
    #[must_use]
    pub fn text(&self) -> String {
        let text = |piece: &Piece| match piece {
            Piece::Text(words) => words.clone(),
            Piece::Formula(source) | Piece::Display(source) => in_unicode(source),
        };
        self.0.iter().map(text).collect()
    }
}

impl Prose {
    pub(super) fn new(text: &str) -> Self {
        Self(text.trim().to_owned())
    }

    /// The text as it stands in the file.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.0
    }

    /// What is to be measured.
    pub(super) fn placeholders(&self) -> impl Iterator<Item = &str> {
        let blocks = self.0.split("\n\n").filter(|block| formula(block).is_none());
        // Between formulas.
        let texts = blocks.flat_map(|block| block.split('$').step_by(2));
        texts.flat_map(|text| text.split('{').skip(1)).filter_map(|rest| rest.split('}').next())
    }

    /// Its paragraphs, with what `measured` knows of each name in braces; three dots stand for what is not known yet.
    pub fn paragraphs(&self, measured: impl Fn(&str) -> Option<f64>) -> Vec<Paragraph> {
        let blocks = self.0.split("\n\n").map(str::trim).filter(|block| !block.is_empty());
        blocks
            .map(|block| match formula(block) {
                Some(source) => Paragraph(vec![Piece::Display(source.to_owned())]),
                None => filled(block, &measured),
            })
            .collect()
    }
}

/// The source of a paragraph that is a formula.
fn formula(block: &str) -> Option<&str> {
    block.trim().strip_prefix("$$")?.strip_suffix("$$").map(str::trim)
}

/// A block on one line, its numbers filled in.
fn filled(block: &str, measured: impl Fn(&str) -> Option<f64>) -> Paragraph {
    let block = block.split_whitespace().collect::<Vec<_>>().join(" ");
    let piece = |(i, part): (usize, &str)| {
        if i % 2 == 1 {
            return Piece::Formula(part.to_owned());
        }
        // What is emphasized in the file is not here: the fonts have no italics.
        let part = part.replace('*', "");
        let mut pieces = part.split('{');
        let first = pieces.next().unwrap_or_default().to_owned();
        Piece::Text(pieces.fold(first, |text, piece| {
            let (name, rest) = piece.split_once('}').unwrap_or((piece, ""));
            text + &measured(name).map_or_else(|| "…".to_owned(), number) + rest
        }))
    };
    Paragraph(block.split('$').enumerate().map(piece).collect())
}

/// A measured number as it is told: what rounding has left of a zero is `≈ 0`.
#[must_use]
pub fn number(value: f64) -> String {
    if value != 0.0 && value.abs() < 1e-9 { "≈ 0".to_owned() } else { short(value) }
}
