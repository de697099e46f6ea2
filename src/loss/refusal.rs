//! Why input is refused: one clear sentence about one field.

use std::fmt;

/// What is wrong with one field. Displayed, it is one sentence that begins with the field.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{field}{}{allowed}", if field.is_whole() { "" } else { ": " })]
pub struct Refusal {
    /// Where.
    pub field: Field,
    /// What is allowed there, and what was found.
    pub allowed: String,
    /// A faulty expression with a caret under the fault, on two lines.
    pub picture: Option<String>,
}

impl Refusal {
    /// `allowed` says what is allowed in `field`, and what was found there.
    pub fn new(field: impl Into<Field>, allowed: impl Into<String>) -> Self {
        Self { field: field.into(), allowed: allowed.into(), picture: None }
    }
}

/// The path of a field inside a scenario, displayed as in `optimizers[0].eta`; empty where the text as a whole is meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field(Vec<Step>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Name(String),
    Index(usize),
}

/// One step of a field's path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'a> {
    /// The field of an object.
    Name(&'a str),
    /// The item of a list, counted from 0.
    Index(usize),
}

impl Field {
    /// The field `name` of the object here.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.0.push(Step::Name(name.into()));
        self
    }

    /// The item `index` of the list here.
    #[must_use]
    pub fn index(mut self, index: usize) -> Self {
        self.0.push(Step::Index(index));
        self
    }

    /// Its path, to be matched.
    #[must_use]
    pub fn parts(&self) -> Vec<Part<'_>> {
        let part = |step| match step {
            &Step::Index(index) => Part::Index(index),
            Step::Name(name) => Part::Name(name),
        };
        self.0.iter().map(part).collect()
    }

    fn is_whole(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<&str> for Field {
    fn from(name: &str) -> Self {
        Self::default().name(name)
    }
}

impl<const N: usize> From<[&str; N]> for Field {
    fn from(names: [&str; N]) -> Self {
        names.into_iter().fold(Self::default(), Self::name)
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        for (i, step) in self.0.iter().enumerate() {
            match step {
                Step::Index(index) => write!(f, "[{index}]")?,
                Step::Name(name) => write!(f, "{}{}", if i > 0 { "." } else { "" }, quoted(name))?,
            }
        }
        Ok(())
    }
}

/// The most characters of what was given that a sentence repeats.
const QUOTED: usize = 80;

/// What was given, as a sentence repeats it: at most 80 characters, those that would break the line or steer a terminal
/// escaped; of what is longer the beginning and the end.
#[must_use]
pub fn quoted(text: &str) -> String {
    let visible = |c: char| -> String {
        match c {
            '\\' | '\'' | '"' => c.into(),
            _ => c.escape_debug().collect(),
        }
    };
    let head: Vec<char> = text.chars().take(QUOTED + 1).collect();
    if head.len() <= QUOTED {
        return head.into_iter().map(visible).collect();
    }
    let end = QUOTED / 3;
    let begin = head[..QUOTED - 1 - end].iter().copied().map(visible);
    let tail: Vec<char> = text.chars().rev().take(end).collect();
    begin.chain(["…".to_owned()]).chain(tail.into_iter().rev().map(visible)).collect()
}
