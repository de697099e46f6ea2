//! A lesson's run and its claims, a little at a time: the window goes on with them frame by frame, the command line at once.

use std::collections::BTreeMap;

use super::Lesson;
use super::measure::Measurement;
use crate::race::{Race, Wanted};
use crate::theory::claims::Verdict;

/// How far a lesson's own run and the claims that it rests on have come.
#[derive(Debug)]
pub struct Solution {
    lesson: &'static Lesson,
    race: Race,
    verdicts: Vec<Verdict>,
    is_done: bool,
}

const WANTED: Wanted = Wanted { sharpness: false, flows: true, distances: false, ends: true };

impl Solution {
    /// The run at its start.
    #[must_use]
    pub fn new(lesson: &'static Lesson) -> Self {
        let race = Race::new(lesson.scenario.clone(), 1);
        Self { lesson, race, verdicts: Vec::new(), is_done: false }
    }

    /// Goes on until `is_late`; true while there is more to do. A claim is never taken apart: it takes up to half a second.
    pub fn advance(&mut self, mut is_late: impl FnMut() -> bool) -> bool {
        let is_late: &mut dyn FnMut() -> bool = &mut is_late;
        if !self.race.is_over() && self.race.advance(u64::MAX, &mut *is_late) > 0 {
            return true;
        }
        if self.race.predict(WANTED, &mut *is_late) {
            return true;
        }
        while let Some(claim) = self.lesson.claims.get(self.verdicts.len()) {
            self.verdicts.push(claim.verify());
            if is_late() {
                return true;
            }
        }
        self.is_done = true;
        false
    }

    /// Goes to the end.
    #[must_use]
    pub fn finished(mut self) -> Self {
        while self.advance(|| false) {}
        self
    }

    /// Whether everything is known.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.is_done
    }

    /// The lesson's own run.
    #[must_use]
    pub fn race(&self) -> &Race {
        &self.race
    }

    /// The claims' verdicts so far, in the lesson's order.
    #[must_use]
    pub fn verdicts(&self) -> &[Verdict] {
        &self.verdicts
    }

    /// The value of a measurement that the lesson names; `None` while it is not known.
    #[must_use]
    pub fn measured(&self, name: &str) -> Option<f64> {
        Measurement::named(name).value(self)
    }

    /// Everything that the lesson has measured, by name.
    #[must_use]
    pub fn numbers(&self) -> BTreeMap<String, Option<f64>> {
        self.lesson.measurements().map(|measurement| (measurement.0.clone(), measurement.value(self))).collect()
    }

    /// For each choice whether it is right; `None` while that is not known.
    pub fn holds(&self) -> impl Iterator<Item = Option<bool>> {
        self.lesson.choices.iter().map(|choice| choice.condition.holds(self))
    }

    /// The place of the right choice, once that is known.
    #[must_use]
    pub fn right(&self) -> Option<usize> {
        self.holds().position(|holds| holds == Some(true))
    }
}
