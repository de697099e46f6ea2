//! Keeps the last state, a second after a change, so that a drag is written once, and at the end; and at once what has been
//! done of the lessons.

use web_time::{Duration, Instant};

use super::lesson::Progress;
use crate::platform::{self, Kept};
use crate::run::Scenario;

const CALM: Duration = Duration::from_secs(1);
/// For how long the program must have gone on with the last state until that is one to be opened again.
const TRIAL: Duration = Duration::from_secs(3);

/// What is kept, and what is not yet.
#[derive(Debug, Default)]
pub struct Keeper {
    /// Whether anything is kept at all.
    on: bool,
    /// Since when the last state has been tried out.
    trial: Option<Instant>,
    /// Whether the scenario at the start is kept: it takes the place of one that is not to be opened again.
    replaces: bool,
    /// The scenario of the last frame, and since when it has been so.
    seen: Option<(Scenario, Instant)>,
    kept: bool,
    progress: Option<Progress>,
}

impl Keeper {
    /// One that keeps anything at all or nothing.
    pub fn new(on: bool) -> Self {
        Self { on, ..Self::default() }
    }

    /// The last state has been opened.
    pub fn try_out(&mut self) {
        self.trial = Some(Instant::now());
    }

    /// The last state is not to be opened again.
    pub fn replace(&mut self) {
        self.replaces = true;
    }

    /// Notes the scenario of a frame; keeps it when it has been the same for a second.
    pub fn note(&mut self, scenario: &Scenario, ctx: &egui::Context) {
        if !self.on {
            return;
        }
        match self.trial.map(|begin| begin.elapsed()) {
            Some(time) if time < TRIAL => ctx.request_repaint_after(TRIAL),
            _ => self.pass(),
        }
        match &self.seen {
            Some((seen, since)) if seen == scenario => {
                if !self.kept && since.elapsed() >= CALM {
                    self.keep();
                }
            }
            // The state at the start is what a link or the last state gave: only a change is worth keeping.
            before => {
                self.kept = before.is_none() && !self.replaces;
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

    /// The last state has stood its trial.
    fn pass(&mut self) {
        if self.trial.take().is_some() {
            platform::pass_state();
        }
    }

    /// The end: keeps what has not been kept yet.
    pub fn close(&mut self) {
        self.pass();
        self.keep();
    }

    fn keep(&mut self) {
        if let Some((scenario, _)) = self.seen.as_ref().filter(|_| self.on && !self.kept)
            && let Ok(text) = serde_json::to_string(scenario)
        {
            platform::store(Kept::State, &text);
            self.kept = true;
        }
    }
}
