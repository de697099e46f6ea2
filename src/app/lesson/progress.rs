//! What has been done, kept beside the last state.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::app::hints::Tried;

/// The lessons that have been done, and what need not be shown any more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Progress {
    lessons: BTreeSet<usize>,
    /// What has been tried of the first minute.
    pub tried: Tried,
}

impl Progress {
    /// That of someone who need not be told what to try.
    pub fn of_an_expert() -> Self {
        Self { tried: Tried::all(), ..Self::default() }
    }

    /// Reads what was kept; what cannot be read is as good as nothing.
    pub fn read(text: &str) -> Self {
        serde_json::from_str(text)
            .map_err(|error| log::warn!("the progress cannot be used: {error}"))
            .unwrap_or_default()
    }

    /// Notes that a lesson has been done.
    pub fn done(&mut self, number: usize) {
        self.lessons.insert(number);
    }

    /// Whether it has been.
    pub fn is_done(&self, number: usize) -> bool {
        self.lessons.contains(&number)
    }

    /// How many have been.
    pub fn count(&self) -> usize {
        self.lessons.len()
    }

    /// Forgets which have been.
    pub fn forget_lessons(&mut self) {
        self.lessons.clear();
    }
}
