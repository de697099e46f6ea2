//! How far a command has come, on standard error where that is a terminal.

use std::fmt::Write;
use std::time::{Duration, Instant};

use indicatif::{HumanCount, ProgressBar, ProgressState, ProgressStyle};

/// What is done sooner needs no progress.
const SILENT: Duration = Duration::from_millis(500);

/// A line that is gone when this is.
pub(super) struct Progress {
    bar: ProgressBar,
    begin: Instant,
}

impl Progress {
    /// Of `total` of `unit`.
    pub(super) fn new(total: u64, unit: &str) -> Self {
        let template = format!("{{percent}} % of {{human_len}} {unit}, {{rate}} a second, {{eta}} left{{msg}}");
        let rate = |state: &ProgressState, text: &mut dyn Write| {
            // It is shown too fast to be missed.
            let _ = write!(text, "{}", HumanCount(state.per_sec() as u64));
        };
        let style = ProgressStyle::with_template(&template).unwrap_or_else(|_| ProgressStyle::default_spinner());
        Self { bar: ProgressBar::new(total).with_style(style.with_key("rate", rate)), begin: Instant::now() }
    }

    /// `done` of them.
    pub(super) fn show(&self, done: u64, message: impl FnOnce() -> String) {
        if self.begin.elapsed() >= SILENT {
            self.bar.set_message(message());
            self.bar.set_position(done);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
