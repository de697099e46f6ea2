//! Keeps the last state: a second after a change, so that a drag is written once, and at the end.

use web_time::{Duration, Instant};

use crate::platform;
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

    /// Keeps what has not been kept yet.
    pub fn keep(&mut self) {
        if let Some((scenario, _)) = self.seen.as_ref().filter(|_| self.on && !self.kept)
            && let Ok(text) = serde_json::to_string(scenario)
        {
            platform::store(&text);
            self.kept = true;
        }
    }
}
