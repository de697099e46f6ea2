//! Scenario files in, results out.

use std::fmt::Display;
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::args::JsonArgs;
use super::errors::CliError;
use super::interrupt;
use crate::figure;
use crate::loss::quoted;
use crate::platform::OPEN_MAX;
use crate::platform::files::Target;
use crate::run::Scenario;

/// Reads a scenario file, or a figure with its scenario; `-` is standard input. `flag` names it in a refusal.
pub(super) fn read_scenario(flag: &str, path: &Path) -> Result<Scenario, CliError> {
    let name = quoted(&path.display().to_string());
    let bytes = read_bounded(path).map_err(|error| CliError::Input(format!("{flag}: cannot read {name}: {error}")))?;
    figure::read_scenario(&bytes).map_err(|error| CliError::Input(format!("{flag} {name}: {error}")))
}

/// What is in a file, or in standard input for `-`; a device without end is refused like a file that is too large.
fn read_bounded(path: &Path) -> io::Result<Vec<u8>> {
    let source: Box<dyn Read> =
        if path.as_os_str() == "-" { Box::new(io::stdin()) } else { Box::new(File::open(path)?) };
    let mut bytes = Vec::new();
    source.take(OPEN_MAX as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > OPEN_MAX {
        let sentence = format!("it is too large: at most {} MiB are read", OPEN_MAX >> 20);
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, sentence));
    }
    Ok(bytes)
}

/// Where a result goes.
pub(super) struct Output {
    /// The flag that names the file.
    flag: &'static str,
    file: Option<(PathBuf, Target)>,
}

impl Output {
    /// The file that the flag names, or else standard output. Tried before the work, so that no work is lost.
    pub(super) fn new(flag: &'static str, path: Option<&Path>) -> Result<Self, CliError> {
        let Some(path) = path else { return Ok(Self { flag, file: None }) };
        let tried = Target::new(path).and_then(|target| {
            // No interrupt leaves the trial's file behind.
            let _until_tried = interrupt::hold();
            target.tried()
        });
        let target = tried.map_err(|error| cannot_write(flag, path, error))?;
        Ok(Self { flag, file: Some((path.to_owned(), target)) })
    }

    /// The file.
    pub(super) fn path(&self) -> Option<&Path> {
        self.file.as_ref().map(|(path, _)| path.as_path())
    }

    /// Whether a person reads it.
    pub(super) fn is_terminal(&self) -> bool {
        self.file.is_none() && io::stdout().is_terminal()
    }

    /// Writes a whole file or none; on standard output a reader that went away is not an error.
    pub(super) fn write(self, bytes: impl AsRef<[u8]>) -> Result<(), CliError> {
        self.write_with(|out| out.write_all(bytes.as_ref()))
    }

    /// The same for JSON, which is never in memory as a whole.
    pub(super) fn write_json(self, value: &impl Serialize, is_pretty: bool) -> Result<(), CliError> {
        self.write_with(|out| write_json(out, value, is_pretty))
    }

    fn write_with(self, content: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), CliError> {
        let Some((path, target)) = self.file else { return print_with(content) };
        let _until_written = matches!(target, Target::File(_)).then(interrupt::hold);
        target.write(content).map_err(|error| cannot_write(self.flag, &path, error))
    }
}

fn cannot_write(flag: &str, path: &Path, error: impl Display) -> CliError {
    CliError::Output(format!("{flag}: cannot write {}: {error}", quoted(&path.display().to_string())))
}

/// The file's extension, one of those allowed.
pub(super) fn kind<'a>(flag: &str, path: &Path, allowed: &[&'a str]) -> Result<&'a str, CliError> {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or("").to_lowercase();
    allowed.iter().copied().find(|kind| *kind == extension).ok_or_else(|| {
        let allowed = allowed.iter().map(|kind| format!(".{kind}")).collect::<Vec<_>>().join(" or ");
        CliError::Input(format!("{flag}: must end in {allowed}, but is {}", path.display()))
    })
}

/// Prints to standard output; a reader that went away is not an error.
pub(super) fn print(bytes: impl AsRef<[u8]>) -> Result<(), CliError> {
    print_with(|out| out.write_all(bytes.as_ref()))
}

fn print_with(content: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), CliError> {
    // Standard output's own buffer is emptied at every line.
    let mut out = BufWriter::new(io::stdout().lock());
    match content(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(CliError::Output(format!("standard output: {error}")))
        }
        _ => Ok(()),
    }
}

/// Prints a result as JSON where that is asked for, else as a table.
pub(super) fn show<T: Serialize>(args: JsonArgs, value: &T, table: impl FnOnce() -> String) -> Result<(), CliError> {
    if args.json || args.pretty { Output::new("--out", None)?.write_json(value, args.pretty) } else { print(table()) }
}

/// JSON on one line, or indented.
fn write_json(out: &mut dyn Write, value: &impl Serialize, is_pretty: bool) -> io::Result<()> {
    let written = if is_pretty {
        serde_json::to_writer_pretty(&mut *out, value)
    } else {
        serde_json::to_writer(&mut *out, value)
    };
    written?;
    out.write_all(b"\n")
}
