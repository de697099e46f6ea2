//! What the program begins with, and what is opened in it later: links, files, the last state.

use super::App;
use super::command::Command;
use super::keeper::Keeper;
use super::lesson::{LessonCommand, Progress};
use crate::figure::read_scenario;
use crate::loss::quoted;
use crate::platform::{self, Kept, Mailbox, Message};
use crate::run::Scenario;

/// What the window or the page is opened with.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a question of its own")]
pub struct Opening {
    /// A scenario that the command line asks for.
    pub scenario: Option<Scenario>,
    /// The address's fragment; empty where there is none.
    pub hash: String,
    /// Whether only picture and transport are shown, and no state is kept.
    pub embed: bool,
    /// The number of the lesson to open, as it was given.
    pub lesson: Option<String>,
    /// Whether the lesson begins as a lecture.
    pub lecture: bool,
    /// Whether the last state stays closed: the program has crashed with it.
    pub afresh: bool,
    /// Whether it is for someone who has never been here, whatever is kept; no state is kept then.
    pub is_new: bool,
}

impl App {
    /// The program as `opening` asks for it: its scenario or link, else the last state, else the welcome scenario.
    #[must_use]
    pub fn open(ctx: &egui::Context, opening: Opening) -> Self {
        let mut notice = None;
        let asked = opening.scenario.or_else(|| {
            let linked = linked(&opening.hash)?;
            Some(linked.unwrap_or_else(|sentence| {
                notice = Some(sentence);
                Scenario::welcome()
            }))
        });
        let is_asked = asked.is_some();
        let mut keeper = Keeper::new(!(opening.embed || opening.is_new));
        let scenario = asked.or_else(|| {
            if opening.embed || opening.is_new {
                return None;
            }
            if opening.afresh {
                keeper.replace();
                return None;
            }
            last_state(&mut keeper).unwrap_or_else(|reason| {
                notice = Some(sentence(&reason));
                keeper.replace();
                None
            })
        });
        let mut app = Self::new(ctx, scenario.unwrap_or_else(Scenario::welcome).in_plane());
        app.notice = notice;
        app.embed = opening.embed;
        app.knows_ends = is_asked;
        app.keeper = keeper;
        if opening.is_new {
            app.progress = Progress::default();
        } else if !opening.embed {
            app.progress = platform::stored(Kept::Progress).map(|text| Progress::read(&text)).unwrap_or_default();
        }
        if let Some(number) = opening.lesson {
            let before = app.scenario().clone();
            app.apply(match number.parse() {
                Ok(number) => LessonCommand::Open(number).into(),
                Err(_) => Command::Refuse(format!("The lesson must be a number, but is {}.", quoted(&number))),
            });
            // A link beside it holds how far someone has come with it.
            if is_asked {
                app.put(before);
            }
            if opening.lecture {
                app.apply(Command::ToggleLecture);
            }
        }
        app
    }

    /// Where the answers of the platform arrive, for the page's own events.
    #[must_use]
    pub fn mailbox(&self) -> Mailbox {
        self.mailbox.clone()
    }

    /// Takes in files that were dropped and what the platform has answered since the last frame.
    pub(super) fn receive(&mut self, ctx: &egui::Context) {
        for file in ctx.input(|input| input.raw.dropped_files.clone()) {
            platform::read_dropped(&file, &self.mailbox);
        }
        for message in self.mailbox.take() {
            match message {
                Message::Copied => {
                    self.share.copied();
                    self.export.copied("The citation is copied.");
                }
                Message::NotCopied { reason, text } => {
                    let sentence = format!("Not copied: {reason}.");
                    // In the Share window the text can be selected.
                    self.hide_windows();
                    self.export.copied(&sentence);
                    self.share.not_copied(text);
                    self.notice = Some(sentence);
                    self.share.shown = true;
                }
                Message::Opened { name, bytes } => self.opened(&name, &bytes),
                Message::NotOpened(reason) => self.notice = Some(sentence(&reason)),
                Message::Hash(hash) => self.follow(&hash),
            }
        }
    }

    /// A file's scenario takes the place of the present one; where it has none, the present one stays.
    fn opened(&mut self, name: &str, bytes: &[u8]) {
        match read_scenario(bytes) {
            Ok(scenario) => self.put_asked(scenario),
            Err(reason) => self.notice = Some(format!("{name} holds no scenario: {reason}.")),
        }
    }

    /// Puts a link's scenario in place of the present one; where it has none, the present one stays.
    pub(super) fn follow(&mut self, link: &str) {
        match linked(link) {
            Some(Ok(scenario)) => self.put_asked(scenario),
            Some(Err(sentence)) => self.notice = Some(sentence),
            None => {}
        }
    }

    /// Puts the scenario of a link or a file in place.
    fn put_asked(&mut self, scenario: Scenario) {
        self.knows_ends = true;
        self.put(scenario);
        self.open_file.shown = false;
    }
}

/// The scenario of a fragment; `None` where there is no fragment, and a sentence where it cannot be read.
fn linked(hash: &str) -> Option<Result<Scenario, String>> {
    let fragment = hash.trim_start_matches('#');
    if fragment.is_empty() {
        return None;
    }
    Some(Scenario::from_link(fragment).map_err(|error| sentence(&error.to_string())))
}

/// With a capital and a full stop.
pub(super) fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map_or_else(String::new, |first| first.to_uppercase().collect());
    format!("{first}{}.", characters.as_str())
}

/// The state kept at the end of the last session; a broken one is as good as none.
///
/// # Errors
/// The last session ended so early that its state is not opened again.
fn last_state(keeper: &mut Keeper) -> Result<Option<Scenario>, String> {
    let Some(text) = platform::take_state()? else { return Ok(None) };
    keeper.try_out();
    Ok(Scenario::from_json(&text).map_err(|error| log::warn!("the last state cannot be used: {error}")).ok())
}
