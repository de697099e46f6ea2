//! Files that are there whole or not at all.

use std::fs::{self, File, Metadata};
use std::io::{self, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// The most symbolic links that are followed to a file; systems allow about as many.
const LINKS_MAX: usize = 40;

/// Where a result will be written, which can be tried before there is a result.
#[derive(Debug)]
pub enum Target {
    /// A file, there or not yet there: written beside it and renamed, so that a full disk leaves the old one.
    File(PathBuf),
    /// What is no regular file (a device, a pipe): written to as it is.
    Stream(File),
}

impl Target {
    /// What is at a path. Symbolic links are followed, also to a file that is not there yet.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn new(path: &Path) -> io::Result<Self> {
        let path = match fs::metadata(path) {
            Ok(there) if there.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
            // Also the superuser's files are read-only for a reason.
            Ok(there) if there.permissions().readonly() => {
                return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it is read-only"));
            }
            Ok(there) => {
                let file = File::options().write(true).open(path)?;
                if !there.is_file() {
                    return Ok(Self::Stream(file));
                }
                fs::canonicalize(path)?
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => without_links(path.to_owned())?,
            Err(error) => return Err(error),
        };
        Ok(Self::File(path))
    }

    /// Tries whether there can be a file beside the target, and leaves everything as it is.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn tried(self) -> io::Result<Self> {
        if let Self::File(path) = &self {
            partial(path, |_| Ok(()))?;
        }
        Ok(self)
    }

    /// Writes what `content` writes in place of what is there, which keeps its permissions. A file that has several names
    /// (hard links) or another owner is written to as it is, once that has been found to have room beside it.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn write(self, content: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        let path = match self {
            Self::File(path) => path,
            Self::Stream(file) => return buffered(file, content),
        };
        let mut partial = partial(&path, content)?;
        if let Ok(there) = fs::metadata(&path) {
            if !is_replaceable(&there, &partial.as_file().metadata()?) {
                return overwrite(&path, partial.as_file_mut());
            }
            partial.as_file().set_permissions(there.permissions())?;
        }
        partial.persist(&path)?;
        Ok(())
    }
}

/// Writes `bytes` to `path` in place of what is there.
///
/// # Errors
/// The file cannot be written.
#[cfg(feature = "gui")]
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    Target::new(path)?.write(|out| out.write_all(bytes))
}

/// Writes `bytes` to `path`, or to `name-2.ext`, `name-3.ext`, … where that is taken: never over another file. Gives
/// the path.
///
/// # Errors
/// The file cannot be written.
#[cfg(feature = "gui")]
pub fn write_new(path: &Path, bytes: &[u8]) -> io::Result<PathBuf> {
    let mut partial = partial(path, |out| out.write_all(bytes))?;
    let mut target = path.to_owned();
    for number in 2.. {
        match partial.persist_noclobber(&target) {
            Ok(_) => break,
            Err(taken) if taken.error.kind() == io::ErrorKind::AlreadyExists => partial = taken.file,
            Err(failed) => return Err(failed.error),
        }
        target = numbered(path, number);
    }
    Ok(target)
}

/// `name-2.ext` for `name.ext`.
#[cfg(feature = "gui")]
fn numbered(path: &Path, number: u32) -> PathBuf {
    let mut name = path.file_stem().unwrap_or_default().to_owned();
    name.push(format!("-{number}"));
    if let Some(extension) = path.extension() {
        name.push(".");
        name.push(extension);
    }
    path.with_file_name(name)
}

/// The path with the links at its end followed.
fn without_links(mut path: PathBuf) -> io::Result<PathBuf> {
    for _ in 0..LINKS_MAX {
        match fs::read_link(&path) {
            // A relative link begins at its own folder, an absolute one replaces that.
            Ok(target) => path = path.parent().unwrap_or(Path::new("")).join(target),
            Err(_) => return Ok(path),
        }
    }
    Err(io::Error::other("too many symbolic links"))
}

/// What `content` writes, in a file beside the target, which is gone when it is dropped unless it has been given the target's
/// name.
fn partial(target: &Path, content: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<NamedTempFile> {
    if target.file_name().is_none() || target.as_os_str().as_encoded_bytes().ends_with(b"/") {
        return Err(io::ErrorKind::InvalidFilename.into());
    }
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".samscope-").suffix(".partial");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let file = builder.tempfile_in(folder).map_err(|error| {
        // Without the partial file's name, which tells nobody anything.
        io::Error::from(error.kind())
    })?;
    buffered(file.as_file(), content)?;
    // A full disk may be noticed only here.
    file.as_file().sync_all()?;
    Ok(file)
}

fn buffered(file: impl Write, content: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = BufWriter::new(file);
    content(&mut out)?;
    out.flush()
}

/// Whether another file with this one's permissions and `new`'s owner is the same to everyone.
fn is_replaceable(there: &Metadata, new: &Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        there.nlink() == 1 && (there.uid(), there.gid()) == (new.uid(), new.gid())
    }
    #[cfg(not(unix))]
    {
        let _ = (there, new);
        true
    }
}

fn overwrite(path: &Path, content: &mut File) -> io::Result<()> {
    content.rewind()?;
    let mut file = File::options().write(true).truncate(true).open(path)?;
    io::copy(content, &mut file)?;
    file.sync_all()
}
