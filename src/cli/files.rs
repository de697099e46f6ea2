//! Scenario files in, results out.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::errors::CliError;
use super::print_bytes;
use crate::figure;
use crate::loss::quoted;
use crate::platform::{OPEN_MAX, files};
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

/// Writes a result to the file that `--out` names, whole or not at all, or else to standard output.
pub(super) fn write(out: Option<&Path>, bytes: &[u8]) -> Result<(), CliError> {
    let Some(path) = out else { return print_bytes(bytes) };
    files::replace(path, bytes)
        .map_err(|error| CliError::Input(format!("--out: cannot write {}: {error}", path.display())))
}
