//! Packages of Python's index, at pinned versions, each in a folder of its own in the tools folder.

use std::path::PathBuf;

use anyhow::{Context, Result};

use super::debian;
use crate::{process, repo};

/// The folder to import this version of a package from; one that is there is reused.
pub fn ensure(package: &str, version: &str) -> Result<PathBuf> {
    let folder = repo::tools_dir().join("pypi").join(format!("{package}-{version}"));
    if folder.join(package).is_dir() {
        return Ok(folder);
    }
    debian::ensure(debian::PYTHON).with_context(|| format!("there is no Python on PATH to use {package} with"))?;
    println!("installing {package} {version} into {}", folder.display());
    let mut pip = process::command("python3");
    pip.args(["-m", "pip", "install", "--quiet", "--root-user-action", "ignore", "--target"]).arg(&folder);
    pip.arg(format!("{package}=={version}"));
    process::run(pip)?;
    Ok(folder)
}
