//! Scenario files in, results out.

use std::io::Read;
use std::path::Path;

use super::errors::CliError;
use super::print_bytes;
use crate::figure;
use crate::platform::files;
use crate::run::Scenario;

/// Reads a scenario file, or a figure with its scenario; `-` is standard input. `flag` names it in a refusal.
pub(super) fn read_scenario(flag: &str, path: &Path) -> Result<Scenario, CliError> {
    let bytes = if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(path)
    };
    let bytes = bytes.map_err(|error| CliError::Input(format!("{flag}: cannot read {}: {error}", path.display())))?;
    figure::read_scenario(&bytes).map_err(|error| CliError::Input(format!("{flag} {}: {error}", path.display())))
}

/// Writes a result to the file that `--out` names, whole or not at all, or else to standard output.
pub(super) fn write(out: Option<&Path>, bytes: &[u8]) -> Result<(), CliError> {
    let Some(path) = out else { return print_bytes(bytes) };
    files::replace(path, bytes)
        .map_err(|error| CliError::Input(format!("--out: cannot write {}: {error}", path.display())))
}
