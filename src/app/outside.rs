//! Commands that reach beyond the interface: clipboard, files, addresses.

use super::App;
use super::command::{OutsideCommand, Window};
use crate::platform;

impl App {
    /// Carries out a command; answers come later, through the mailbox.
    pub(super) fn apply_outside(&mut self, command: OutsideCommand) {
        match command {
            OutsideCommand::ShowShare => {
                let shown = !self.share.shown;
                self.hide_windows();
                self.share.shown = shown;
            }
            OutsideCommand::ShowExport => {
                let shown = !self.export.shown;
                self.hide_windows();
                if shown {
                    self.export.open(self.session.shown_step());
                }
            }
            OutsideCommand::ShowOpen => {
                let shown = !self.open_file.shown;
                self.hide_windows();
                self.open_file.shown = shown;
            }
            OutsideCommand::HideWindows => {
                if self.open_window().is_none() {
                    self.lecture.leave();
                }
                self.hide_windows();
            }
            OutsideCommand::CopyLink { text, fragment } => {
                platform::set_hash(&fragment);
                self.mailbox.copy(text);
            }
            OutsideCommand::Copy(text) => self.mailbox.copy(text),
            OutsideCommand::Save { target, mime, bytes } => {
                let saved = platform::save_file(&target, mime, &bytes);
                let outcome = saved.unwrap_or_else(|reason| format!("Not saved: {reason}."));
                // An export may be finished when its window has been closed.
                if self.share.shown {
                    self.share.saved(outcome);
                } else {
                    self.export.saved(outcome);
                }
            }
            OutsideCommand::Choose => platform::open_file("", &self.mailbox),
            OutsideCommand::Open(text) => {
                let is_link = text.contains('#') || text.trim_start().starts_with("v1.");
                if platform::PICKS_FILES || is_link {
                    self.follow(&text);
                } else {
                    platform::open_file(&text, &self.mailbox);
                }
            }
        }
    }

    /// Which window is open.
    pub(super) fn open_window(&self) -> Option<usize> {
        let sheet = |sheet| self.sheet == Some(sheet);
        let shown = [
            self.palette.shown,
            self.share.shown,
            self.export.shown,
            self.open_file.shown,
            sheet(Window::Shortcuts),
            sheet(Window::Data),
            sheet(Window::Gallery),
            sheet(Window::Glossary),
        ];
        shown.into_iter().position(|is_shown| is_shown)
    }

    /// They lie in the same place: one at a time.
    pub(super) fn hide_windows(&mut self) {
        self.share.hide();
        self.export.shown = false;
        self.export.forget_outcome();
        self.open_file.shown = false;
        self.sheet = None;
    }
}
