//! The signs of formulas: what each command looks like, what a line of Unicode has for it, and how it stands among others.

/// What a sign is to its neighbours: it decides the space between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A letter, a number.
    Ordinary,
    /// A sum, a function's name; what is below it in a formula of its own stands under it.
    Operator,
    /// Plus, times.
    Binary,
    /// Equal, less.
    Relation,
    /// An opening bracket.
    Open,
    /// A closing bracket.
    Close,
    /// A comma.
    Punctuation,
    /// A fraction, a part in large brackets.
    Inner,
}

/// A sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sign {
    /// Its letters in the maths font; more than one are a function's name.
    pub glyphs: &'static str,
    /// The same in a line of Unicode, with the spaces that belong to it.
    pub line: &'static str,
    /// How it stands among others.
    pub class: Class,
}

const fn sign(glyphs: &'static str, line: &'static str, class: Class) -> Sign {
    Sign { glyphs, line, class }
}

/// One that is the same in both.
const fn same(glyphs: &'static str) -> Sign {
    sign(glyphs, glyphs, Class::Ordinary)
}

/// The prime, which stands raised.
pub const PRIME: Sign = sign("′", "'", Class::Ordinary);

use Class::{Binary, Close, Open, Operator, Ordinary, Punctuation, Relation};

/// The commands, without `\`.
const COMMANDS: &[(&str, Sign)] = &[
    ("alpha", same("α")),
    ("beta", same("β")),
    ("delta", same("δ")),
    ("epsilon", same("ε")),
    ("eta", same("η")),
    ("theta", same("θ")),
    ("kappa", same("κ")),
    ("lambda", same("λ")),
    ("mu", same("μ")),
    ("nu", same("ν")),
    ("rho", same("ρ")),
    ("sigma", same("σ")),
    ("tau", same("τ")),
    ("phi", same("φ")),
    ("omega", same("ω")),
    ("Gamma", same("Γ")),
    ("Delta", same("Δ")),
    ("Lambda", same("Λ")),
    ("Phi", same("Φ")),
    ("Omega", same("Ω")),
    ("nabla", same("∇")),
    ("partial", same("∂")),
    // The window's fonts have this one, which means the same.
    ("perp", sign("⊥", "⟂", Ordinary)),
    ("top", sign("⊤", "ᵀ", Ordinary)),
    ("infty", same("∞")),
    ("ldots", sign("…", "…", Ordinary)),
    ("|", sign("∥", "‖", Ordinary)),
    ("sum", sign("∑", "Σ", Operator)),
    ("max", sign("max", "max ", Operator)),
    ("min", sign("min", "min ", Operator)),
    ("ln", sign("ln", "ln ", Operator)),
    ("log", sign("log", "log", Operator)),
    ("exp", sign("exp", "exp", Operator)),
    ("tanh", sign("tanh", "tanh", Operator)),
    ("diag", sign("diag", "diag", Operator)),
    ("Tr", sign("Tr", "Tr ", Operator)),
    ("cdot", sign("⋅", "·", Binary)),
    ("times", sign("×", "×", Binary)),
    ("pm", sign("±", "±", Binary)),
    ("to", sign("→", " → ", Relation)),
    ("mapsto", sign("↦", " → ", Relation)),
    ("leftarrow", sign("←", " ← ", Relation)),
    ("Rightarrow", sign("⇒", " ⇒ ", Relation)),
    ("le", sign("≤", " ≤ ", Relation)),
    ("ge", sign("≥", " ≥ ", Relation)),
    ("approx", sign("≈", " ≈ ", Relation)),
    ("propto", sign("∝", " ∝ ", Relation)),
    ("in", sign("∈", " ∈ ", Relation)),
    ("langle", sign("⟨", "⟨", Open)),
    ("rangle", sign("⟩", "⟩", Close)),
    ("{", sign("{", "{", Open)),
    ("}", sign("}", "}", Close)),
];

/// What is typed as it is, but for letters and digits.
const TYPED: &[(char, Sign)] = &[
    ('+', sign("+", "+", Binary)),
    ('-', sign("−", "−", Binary)),
    ('*', sign("∗", "*", Binary)),
    ('=', sign("=", " = ", Relation)),
    ('<', sign("<", " < ", Relation)),
    ('>', sign(">", " > ", Relation)),
    (':', sign(":", ":", Relation)),
    ('(', sign("(", "(", Open)),
    ('[', sign("[", "[", Open)),
    (')', sign(")", ")", Close)),
    (']', sign("]", "]", Close)),
    (',', sign(",", ",", Punctuation)),
    (';', sign(";", ";", Punctuation)),
    ('.', same(".")),
    ('/', same("/")),
    ('|', same("|")),
    ('!', same("!")),
];

/// The sign of a command, without `\`.
pub fn of_command(name: &str) -> Option<Sign> {
    COMMANDS.iter().find(|(known, _)| *known == name).map(|(_, sign)| *sign)
}

/// The sign of a character that is typed as it is, but for letters and digits.
pub fn of_char(typed: char) -> Option<Sign> {
    TYPED.iter().find(|(known, _)| *known == typed).map(|(_, sign)| *sign)
}

/// A letter as the maths font has it for quantities: slanted.
pub fn slanted(letter: char) -> char {
    let place = |first: u8, base: u32| base + u32::from(letter as u8 - first);
    let code = match letter {
        'h' => 0x210E,
        'A'..='Z' => place(b'A', 0x1D434),
        'a'..='z' => place(b'a', 0x1D44E),
        _ => return letter,
    };
    char::from_u32(code).unwrap_or(letter)
}
