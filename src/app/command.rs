//! What the interface asks for. Panels only return commands; `App::apply` carries them out.

use super::lesson::LessonCommand;
use crate::lesson::Preset;
use crate::run::{Scenario, View};

/// A wish of the person in front of the screen.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub enum Command {
    /// Put this scenario in place of the present one; restarts unless only the view differs.
    Edit(Box<Scenario>),
    /// Look at it in another way.
    View(Box<View>),
    /// Start from this point.
    Start(Vec<f64>),
    /// Play or pause.
    Play(bool),
    /// Pause and do this many updates.
    Step(u64),
    /// Go back to step 0.
    Restart,
    /// Show the recorded run at this step; `None` shows its end.
    Scrub(Option<u64>),
    /// Show or hide an optimizer's paths and curves.
    ToggleMethod(usize),
    /// Draw the step's geometry at this optimizer's head.
    Focus(usize),
    /// Fit the map to the run.
    Fit,
    /// Make the rectangle that the map shows this many times as wide and high.
    Zoom(f64),
    /// Say why something typed cannot be used.
    Refuse(String),
    /// Take the message away.
    Dismiss,
    /// Take the last change of the settings back.
    Undo,
    /// Make it again.
    Redo,
    /// Run this entry of the gallery, and close that.
    Choose(&'static Preset),
    /// Show or hide a window that changes nothing by itself.
    Show(Window),
    /// Stop suggesting what to try in the first minute.
    DismissHints,
    /// Begin or end a lecture: page and picture in large type, and nothing else.
    ToggleLecture,
    /// Something about the lessons.
    Lesson(LessonCommand),
    /// Something beyond the interface.
    Outside(OutsideCommand),
}

/// A window that changes nothing by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// The command palette.
    Palette,
    /// The sheet of shortcuts.
    Shortcuts,
    /// What the pictures show, as tables.
    Data,
    /// Runs worth a look.
    Gallery,
    /// What every symbol and setting means.
    Glossary,
}

/// A wish that reaches beyond the interface.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub enum OutsideCommand {
    /// Show or hide the Share window.
    ShowShare,
    /// Show or hide the Export window.
    ShowExport,
    /// Show or hide the Open window.
    ShowOpen,
    /// Close the window that is open.
    HideWindows,
    /// Copy the link, and make it the page's address.
    CopyLink {
        /// What is copied.
        text: String,
        /// The address's fragment.
        fragment: String,
    },
    /// Copy a text.
    Copy(String),
    /// Give a file to the person.
    Save {
        /// Its path, or the download's name.
        target: String,
        /// What kind of file it is.
        mime: &'static str,
        /// What is in it.
        bytes: Vec<u8>,
    },
    /// Let the person choose a scenario file.
    Choose,
    /// Open a link, or the file at a path.
    Open(String),
}

impl From<OutsideCommand> for Command {
    fn from(command: OutsideCommand) -> Self {
        Self::Outside(command)
    }
}
