//! Files that are there whole or not at all.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Writes `bytes` to `path` in place of what is there. The file is written beside it and renamed, so that a full disk
/// leaves the old one; what is no regular file (a device, a pipe) is written to as it is.
///
/// # Errors
/// The file cannot be written.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    match fs::metadata(path) {
        Ok(there) if there.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        Ok(there) if !there.is_file() => File::options().write(true).open(path)?.write_all(bytes),
        // Through a link to the file that it stands for.
        Ok(_) => replace_regular(&fs::canonicalize(path)?, bytes),
        Err(_) => replace_regular(path, bytes),
    }
}

fn replace_regular(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let partial = Partial::write(path, bytes)?;
    fs::rename(&partial.0, path)
}

/// Writes `bytes` to `path`, or to `name-2.ext`, `name-3.ext`, … where that is taken: never over another file. Gives
/// the path.
///
/// # Errors
/// The file cannot be written.
pub fn write_new(path: &Path, bytes: &[u8]) -> io::Result<PathBuf> {
    let partial = Partial::write(path, bytes)?;
    let mut target = path.to_owned();
    for number in 2.. {
        // A hard link is refused where there is a file already, in one step with the look.
        match fs::hard_link(&partial.0, &target) {
            Ok(()) => break,
            Err(_) if target.symlink_metadata().is_ok() => target = numbered(path, number),
            // Some file systems have no hard links.
            Err(_) => {
                fs::rename(&partial.0, &target)?;
                break;
            }
        }
    }
    Ok(target)
}

/// `name-2.ext` for `name.ext`.
fn numbered(path: &Path, number: u32) -> PathBuf {
    let mut name = path.file_stem().unwrap_or_default().to_owned();
    name.push(format!("-{number}"));
    if let Some(extension) = path.extension() {
        name.push(".");
        name.push(extension);
    }
    path.with_file_name(name)
}

/// A file beside the target that is gone when this is dropped, unless it has been renamed.
struct Partial(PathBuf);

impl Partial {
    fn write(target: &Path, bytes: &[u8]) -> io::Result<Self> {
        let name = target.file_name().ok_or(io::ErrorKind::InvalidFilename)?;
        let mut partial = OsString::from(".");
        partial.push(name);
        partial.push(format!(".{}.partial", std::process::id()));
        let partial = Self(target.with_file_name(partial));
        let mut file = File::create(&partial.0)?;
        file.write_all(bytes)?;
        // A full disk may be noticed only here.
        file.sync_all()?;
        Ok(partial)
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        // It is gone already where it was renamed.
        let _ = fs::remove_file(&self.0);
    }
}
