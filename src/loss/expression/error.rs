//! What is wrong with a formula, where, and what is allowed there.

/// A piece of a formula's text, in bytes: `start` ≤ `end`, both on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
}

impl Span {
    pub(super) fn of(text: &str) -> Self {
        Self { start: 0, end: text.len() }
    }

    pub(super) fn to(self, other: Self) -> Self {
        Self { start: self.start, end: other.end }
    }

    /// The text that it covers, on one line and shortened where it is long.
    pub(super) fn excerpt(self, text: &str) -> String {
        let covered = &text[self.start..self.end];
        let more = if covered.chars().nth(EXCERPT).is_some() { "…" } else { "" };
        covered.chars().take(EXCERPT).map(printable).chain(more.chars()).collect()
    }
}

/// The longest piece of a formula, in characters, that a sentence repeats.
const EXCERPT: usize = 24;
/// The longest line, in characters, that is shown with a caret under it.
const LINE: usize = 72;

/// A fault in one text, before it is known which sample that is.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    pub span: Span,
    pub message: String,
}

impl Fault {
    pub fn new(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into() }
    }

    pub fn in_sample(self, sample: usize, text: &str) -> ExpressionError {
        let Self { span, message } = self;
        let line_start = text[..span.start].rfind('\n').map_or(0, |newline| newline + 1);
        let line = text[line_start..].lines().next().unwrap_or_default();
        let column = text[line_start..span.start].chars().count() + 1;
        let width = text[span.start..span.end.min(line_start + line.len()).max(span.start)].chars().count();
        ExpressionError { sample, span, column, message, marked: marked(line, column - 1, width) }
    }
}

/// Why a formula is refused. Displayed, it is one sentence that says what is wrong and what is allowed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ExpressionError {
    /// The sample, counted from 0.
    pub sample: usize,
    /// Where in that sample's text; all of it where no single place is at fault.
    pub span: Span,
    /// The span's first character within its line, counted from 1.
    pub column: usize,
    /// The sentence.
    pub message: String,
    marked: String,
}

impl ExpressionError {
    /// Two lines: the formula's line (a part of it where it is long), and carets under the fault.
    ///
    /// ```
    /// # use samscope::loss::parameters_of;
    /// let error = parameters_of(&["x1 + ".to_owned()]).unwrap_err();
    /// assert_eq!(error.marked(), "x1 + \n     ^");
    /// ```
    #[must_use]
    pub fn marked(&self) -> &str {
        &self.marked
    }
}

/// A space for a character that would break the line or move what follows away from its caret.
fn printable(character: char) -> char {
    if character.is_control() { ' ' } else { character }
}

/// A window of `line` around the character `at`, and `width` carets (at least one) under that.
fn marked(line: &str, at: usize, width: usize) -> String {
    let length = line.chars().count();
    let begin = if length <= LINE { 0 } else { at.saturating_sub(LINE / 2).min(length - LINE) };
    let shown = line.chars().skip(begin).take(LINE).map(printable);
    let (before, after) = (if begin > 0 { "…" } else { "" }, if begin + LINE < length { "…" } else { "" });
    let indent = at - begin + before.chars().count();
    let carets = width.min((begin + LINE).saturating_sub(at)).max(1);
    format!("{before}{}{after}\n{}{}", shown.collect::<String>(), " ".repeat(indent), "^".repeat(carets))
}
