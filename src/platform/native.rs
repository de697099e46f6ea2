//! The window's platform: paths, the system's clipboard, a state file.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use super::{Kept, Mailbox, Message, OPEN_MAX, files, too_large};

/// What a file is named by: a path.
pub const TARGET: &str = "Path";

/// Whether the platform has a dialog of its own to choose a file.
pub const PICKS_FILES: bool = false;
/// Whether the function keys are the program's.
pub const HAS_FUNCTION_KEYS: bool = true;

/// The path to offer for a file of this name: in the working directory, or in the home folder where the program was
/// not started from a terminal's folder.
#[must_use]
pub fn suggested_target(name: &str) -> String {
    let here = std::env::current_dir().ok().filter(|folder| folder.parent().is_some());
    let home = || directories::UserDirs::new().map(|user| user.home_dir().to_owned());
    here.or_else(home).unwrap_or_default().join(name).display().to_string()
}

/// Writes a file to the path `target`, or beside it under a new name where there is one already. Says where.
///
/// # Errors
/// Why it cannot be written, as a sentence; no part of it is left behind.
pub fn save_file(target: &str, _mime: &str, bytes: &[u8]) -> Result<String, String> {
    let path = Path::new(target.trim());
    let saved = files::write_new(path, bytes).map_err(|error| format!("cannot write {}: {error}", path.display()))?;
    Ok(format!("Saved as {}", saved.display()))
}

/// Reads the file at the path `target` and posts it.
pub fn open_file(target: &str, mailbox: &Mailbox) {
    mailbox.post(read(Path::new(target.trim())));
}

/// Reads a dropped file and posts it.
pub fn read_dropped(file: &egui::DroppedFileHandle, mailbox: &Mailbox) {
    mailbox.post(read(file.path()));
}

fn read(path: &Path) -> Message {
    let name = path.display().to_string();
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(OPEN_MAX as u64 + 1).read_to_end(&mut bytes));
    match read {
        Ok(size) if size > OPEN_MAX => too_large(&name),
        Ok(_) => Message::Opened { name, bytes },
        Err(error) => Message::NotOpened(format!("cannot read {name}: {error}")),
    }
}

/// Copies a text and posts that it has been.
pub fn copy_text(ctx: &egui::Context, text: String, mailbox: &Mailbox) {
    ctx.copy_text(text);
    mailbox.post(Message::Copied);
}

/// What is copied by keys goes the window's own way.
pub fn copy_by_keys(_ctx: &egui::Context) {}

/// The page's address for links, where the build knows one (`SAMSCOPE_PAGE`).
#[must_use]
pub fn page_address() -> Option<String> {
    option_env!("SAMSCOPE_PAGE").map(|page| page.trim_end_matches(['#', '?']).to_owned())
}

/// A window has no address that could be written.
pub fn set_hash(_fragment: &str) {}

/// What [`store`] kept.
#[must_use]
pub fn stored(what: Kept) -> Option<String> {
    fs::read_to_string(file_of(what)?).ok()
}

/// The state that [`store`] kept. It is on trial, under another name, until [`pass_state`]: one with which the program
/// ends at once is not opened a second time.
///
/// # Errors
/// The last state has not stood its trial: says so and where it is.
pub fn take_state() -> Result<Option<String>, String> {
    let Some([kept, tried]) = state_files() else { return Ok(None) };
    if fs::rename(&kept, &tried).is_ok() {
        return Ok(fs::read_to_string(&tried).ok());
    }
    if !kept.exists() && tried.exists() {
        let place = tried.display();
        return Err(format!(
            "the last session ended in its first seconds: this one starts afresh; its scenario is in {place}"
        ));
    }
    Ok(fs::read_to_string(&kept).ok())
}

/// The program goes on with the state that [`take_state`] gave: it is opened again, unless there is a later one.
pub fn pass_state() {
    let Some([kept, tried]) = state_files() else { return };
    if !kept.exists()
        && let Err(error) = fs::rename(&tried, &kept)
    {
        log::warn!("the last state cannot be kept in {}: {error}", kept.display());
    }
}

/// Keeps a text until the next start. Where that fails, it is logged.
pub fn store(what: Kept, text: &str) {
    let Some(path) = file_of(what) else { return };
    let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
    if let Err(error) = folder.and_then(|()| files::replace(&path, text.as_bytes())) {
        log::warn!("the {} cannot be kept in {}: {error}", what.name(), path.display());
    }
}

/// The last state, and the one on trial.
fn state_files() -> Option<[PathBuf; 2]> {
    let kept = file_of(Kept::State)?;
    let tried = kept.with_file_name("tried.json");
    Some([kept, tried])
}

/// In the folder that `SAMSCOPE_STATE` names, or in the system's own for such files.
fn file_of(what: Kept) -> Option<PathBuf> {
    let folder = if let Some(folder) = std::env::var_os("SAMSCOPE_STATE") {
        PathBuf::from(folder)
    } else {
        let project = directories::ProjectDirs::from("", "", "samscope")?;
        project.state_dir().unwrap_or(project.data_local_dir()).to_owned()
    };
    Some(folder.join(format!("{}.json", what.name())))
}
