//! Keeps the last state, a second after a change, so that a drag is written once, and at the end; and at once what has been
//! done of the lessons.

use web_time::{Duration, Instant};

use super::lesson::Progress;
use crate::platform::{self, Kept};
use crate::run::Scenario;

const CALM: Duration = Duration::from_secs(1);

/// What is kept, and what is not yet.
#[derive(Debug, Default)]
pub struct Keeper {
    /// Whether anything is kept at all.
    pub on: bool,
    /// The scenario of the last frame, and since when it has been so.
    seen: Option<(Scenario, Instant)>,
    kept: bool,
    progress: Option<Progress>,
}

impl Keeper {
    /// Notes the scenario of a frame; keeps it when it has been the same for a second.
    pub fn note(&mut self, scenario: &Scenario, ctx: &egui::Context) {
        if !self.on {
            return;
        }
        match &self.seen {
            Some((seen, since)) if seen == scenario => {
                if !self.kept && since.elapsed() >= CALM {
                    self.keep();
                }
            }
            // The state at the start is what a link or the last state gave: only a change is worth keeping.
            before => {
                self.kept = before.is_none();
                self.seen = Some((scenario.clone(), Instant::now()));
                ctx.request_repaint_after(CALM + Duration::from_millis(50));
            }
        }
    }

    /// Keeps the progress of a frame where it is another than before.
    pub fn note_progress(&mut self, progress: &Progress) {
        if !self.on || self.progress.as_ref() == Some(progress) {
            return;
        }
        // At the start it is what was kept.
        if self.progress.replace(progress.clone()).is_some()
            && let Ok(text) = serde_json::to_string(progress)
        {
            platform::store(Kept::Progress, &text);
        }
    }

    /// Keeps what has not been kept yet.
    pub fn keep(&mut self) {
        if let Some((scenario, _)) = self.seen.as_ref().filter(|_| self.on && !self.kept)
            && let Ok(text) = serde_json::to_string(scenario)
        {
            platform::store(Kept::State, &text);
            self.kept = true;
        }
    }
}
