//! What a symbol means: a row of the glossary, and of the table of quantities.

/// Where most symbols are from.
pub const PAPER: &str = "Wen, Ma, Li 2023";

/// What there is to say of a symbol, a setting or a button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its public name.
    pub id: &'static str,
    /// Its symbol in the paper, with `_{…}` lowered and `^{…}` raised.
    pub symbol: &'static str,
    /// What people say.
    pub name: &'static str,
    /// What it is, in one sentence without a full stop.
    pub definition: &'static str,
    /// Its formula in LaTeX's notation; empty where there is none.
    pub formula: &'static str,
    /// Where it is in the paper, or else where it comes from.
    pub source: &'static str,
}
