//! The words of the language: functions, constants, variables; every other word is a parameter.

use super::DIM_MAX;
use crate::loss::Scalar;

/// A function of one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Function {
    /// √u
    Sqrt,
    /// eᵘ
    Exp,
    /// The natural logarithm.
    Log,
    /// sin u
    Sin,
    /// cos u
    Cos,
    /// tan u
    Tan,
    /// sinh u
    Sinh,
    /// cosh u
    Cosh,
    /// tanh u
    Tanh,
    /// |u|, whose derivative is sign(u), 0 at 0.
    Abs,
}

impl Function {
    /// f(u).
    #[inline]
    pub fn apply<T: Scalar>(self, u: T) -> T {
        match self {
            Self::Sqrt => u.sqrt(),
            Self::Exp => u.exp(),
            Self::Log => u.ln(),
            Self::Sin => u.sin(),
            Self::Cos => u.cos(),
            Self::Tan => u.tan(),
            Self::Sinh => u.sinh(),
            Self::Cosh => u.cosh(),
            Self::Tanh => u.tanh(),
            Self::Abs => u.abs(),
        }
    }
}

/// What a word followed by ( calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Callee {
    Function(Function),
    Min,
    Max,
}

const FUNCTIONS: [(&str, Callee); 12] = [
    ("sqrt", Callee::Function(Function::Sqrt)),
    ("exp", Callee::Function(Function::Exp)),
    ("log", Callee::Function(Function::Log)),
    ("sin", Callee::Function(Function::Sin)),
    ("cos", Callee::Function(Function::Cos)),
    ("tan", Callee::Function(Function::Tan)),
    ("sinh", Callee::Function(Function::Sinh)),
    ("cosh", Callee::Function(Function::Cosh)),
    ("tanh", Callee::Function(Function::Tanh)),
    ("abs", Callee::Function(Function::Abs)),
    ("min", Callee::Min),
    ("max", Callee::Max),
];

const CONSTANTS: [(&str, f64); 3] =
    [("pi", std::f64::consts::PI), ("π", std::f64::consts::PI), ("e", std::f64::consts::E)];

/// The short names of the first variables.
pub(super) const LETTERS: [&str; 4] = ["x", "y", "z", "w"];

/// What other languages call a function, and what it is called here.
const ELSEWHERE: [(&str, &str); 3] = [("ln", "log"), ("pow", "^"), ("fabs", "abs")];

/// What a word stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Word {
    Callee(Callee),
    Constant(f64),
    /// Counted from 0.
    Variable(usize),
    /// x0, x17 and the like.
    NoVariable,
    Parameter,
}

pub(super) fn word(name: &str) -> Word {
    if let Some(&(_, callee)) = FUNCTIONS.iter().find(|(known, _)| *known == name) {
        return Word::Callee(callee);
    }
    if let Some(&(_, value)) = CONSTANTS.iter().find(|(known, _)| *known == name) {
        return Word::Constant(value);
    }
    if let Some(index) = LETTERS.iter().position(|known| *known == name) {
        return Word::Variable(index);
    }
    match name.strip_prefix('x') {
        Some(digits) if digits.bytes().all(|b| b.is_ascii_digit()) => match digits.parse() {
            Ok(number @ 1..=DIM_MAX) if !digits.starts_with('0') => Word::Variable(number - 1),
            _ => Word::NoVariable,
        },
        _ => Word::Parameter,
    }
}

/// "sqrt, exp, …", for a sentence.
pub(super) fn functions() -> String {
    FUNCTIONS.map(|(name, _)| name).join(", ")
}

/// The function meant by a word that is none.
pub(super) fn near_function(name: &str) -> Option<&'static str> {
    let elsewhere = ELSEWHERE.iter().find(|(other, _)| *other == name).map(|&(_, here)| here);
    elsewhere.or_else(|| nearest(name, FUNCTIONS.iter().map(|&(known, _)| known)))
}

/// The known word, or one of `given`, that may be meant by a parameter that has no value.
#[must_use]
pub fn near_word(name: &str, given: impl Iterator<Item = String>) -> Option<String> {
    let letters = name.chars().map(|c| c.to_string());
    if letters.clone().count() > 1 && letters.clone().all(|letter| LETTERS.contains(&letter.as_str())) {
        return Some(letters.collect::<Vec<_>>().join("*"));
    }
    let numbered = (1..=DIM_MAX).map(|i| format!("x{i}"));
    let fixed = FUNCTIONS.iter().map(|&(known, _)| known).chain(CONSTANTS.iter().map(|&(known, _)| known));
    nearest(name, given.chain(fixed.chain(LETTERS).map(str::to_owned)).chain(numbered))
}

/// The longest word that is compared with others, in characters.
const WORD_MAX: usize = 64;

/// The first of the candidates with the fewest edits, where those are few enough to be a slip.
fn nearest<S: AsRef<str>>(name: &str, candidates: impl Iterator<Item = S>) -> Option<S> {
    let length = name.chars().count();
    // Any letter is one edit away from any other: only its case can be a slip.
    let allowed = match length {
        0 | 1 => 0,
        2..=4 => 1,
        5..=WORD_MAX => 2,
        // Comparing grows with the square of the length: seconds for the longest names.
        _ => return None,
    };
    let is_as_long = |candidate: &S| candidate.as_ref().chars().count().abs_diff(length) <= allowed;
    candidates
        .filter(is_as_long)
        .map(|candidate| (edits(&name.to_lowercase(), &candidate.as_ref().to_lowercase()), candidate))
        .filter(|&(distance, _)| distance <= allowed)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

/// Levenshtein's distance.
fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, &to) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(from != to);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}
