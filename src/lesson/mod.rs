//! Guided lessons, the glossary and the gallery. A lesson is one file in `assets/lessons/` (a question, a prediction, a run, its answer, why, what to try, the
//! sources) and one line of `TEXTS`. What a lesson says about its run is measured, never typed in.

mod condition;
mod gallery;
mod glossary;
mod measure;
mod parse;
mod prose;
mod solution;

use std::sync::OnceLock;

use crate::run::Scenario;
use crate::sharpness::Curve;
use crate::theory::claims::Claim;

pub use gallery::{GALLERY, Preset};
pub use glossary::{explained, glossary, in_markdown};
pub use prose::{Paragraph, Piece, Prose, number};
pub use solution::Solution;

use condition::Condition;

/// The lessons' files, in the order of the table of contents.
const TEXTS: [&str; 12] = [
    include_str!("../../assets/lessons/01-what-is-sharp.md"),
    include_str!("../../assets/lessons/02-three-minima.md"),
    include_str!("../../assets/lessons/03-first-approximation.md"),
    include_str!("../../assets/lessons/04-second-approximation.md"),
    include_str!("../../assets/lessons/05-two-wrongs.md"),
    include_str!("../../assets/lessons/06-along-the-valley.md"),
    include_str!("../../assets/lessons/07-one-sample.md"),
    include_str!("../../assets/lessons/08-batch-size-one.md"),
    include_str!("../../assets/lessons/09-why-normalize.md"),
    include_str!("../../assets/lessons/10-edge-of-stability.md"),
    include_str!("../../assets/lessons/11-where-sam-goes-wrong.md"),
    include_str!("../../assets/lessons/12-where-the-theorem-ends.md"),
];

/// A lesson.
#[derive(Clone, Debug)]
pub struct Lesson {
    /// Its place in the table of contents, counted from 1.
    pub number: usize,
    /// Its title.
    pub title: String,
    /// What it asks.
    pub question: Prose,
    /// What the learner is to predict.
    pub predict: Prose,
    /// The answers to choose from; the run decides which is right.
    pub choices: Vec<Choice>,
    /// The method whose end can be predicted by a marker on the map as well: its place in the scenario's list.
    pub marker: Option<usize>,
    /// What to watch while it runs.
    pub watch: Prose,
    /// The curve that it is about: in a lecture its plot is alone.
    pub curve: Option<Curve>,
    /// What runs, resolved.
    pub scenario: Scenario,
    /// The same as JSON, as it stands in the lesson's file: what it leaves out has its default.
    pub json: String,
    /// What came of it.
    pub answer: Prose,
    /// The claims that the answer rests on.
    pub claims: Vec<&'static Claim>,
    /// Why it is so.
    pub why: Prose,
    /// What to try then.
    pub tries: Vec<Try>,
    /// Where it comes from.
    pub sources: Vec<String>,
}

/// An answer to choose.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What it says.
    pub text: String,
    /// What must be so at the end of the run for it to be right.
    condition: Condition,
}

/// A change of the lesson's scenario.
#[derive(Clone, Debug)]
pub struct Try {
    /// What it does.
    pub text: String,
    /// The scenario with the change, resolved.
    pub scenario: Scenario,
}

/// Every lesson, in the order of the table of contents.
///
/// # Panics
/// A shipped file is broken; the tests read them all.
pub fn all() -> &'static [Lesson] {
    static LESSONS: OnceLock<Vec<Lesson>> = OnceLock::new();
    LESSONS.get_or_init(|| {
        let read = |(i, text): (usize, &&str)| match Lesson::parse(i + 1, text) {
            Ok(lesson) => lesson,
            Err(error) => unreachable!("the shipped lesson {}: {error}", i + 1),
        };
        TEXTS.iter().enumerate().map(read).collect()
    })
}

/// The lesson with this number, counted from 1.
///
/// # Errors
/// There is none: which there are, in a sentence without a subject.
pub fn find(number: usize) -> Result<&'static Lesson, String> {
    let lessons = all();
    let lesson = number.checked_sub(1).and_then(|i| lessons.get(i));
    lesson.ok_or_else(|| format!("must be a number from 1 to {}, but is {number}", lessons.len()))
}
