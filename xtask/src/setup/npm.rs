//! Packages of the npm registry, at pinned versions, each in a folder of its own in the tools folder: npm removes what it was not
//! asked for this time.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use serde_json::Value;

use super::debian;
use crate::{process, repo};

/// The folder of this version of a package; one that is there is reused.
pub fn ensure(package: &str, version: &str) -> Result<PathBuf> {
    let tools = repo::tools_dir().join("npm").join(package);
    let folder = tools.join("node_modules").join(package);
    if version_in(&folder).as_deref() == Some(version) {
        return Ok(folder);
    }
    debian::ensure(&[debian::NPM]).with_context(|| format!("there is no npm on PATH to install {package} with"))?;
    println!("installing {package} {version} into {}", tools.display());
    fs::create_dir_all(&tools)?;
    let mut npm = process::command("npm");
    // What a package would run while it is installed is not run.
    npm.args(["install", "--ignore-scripts", "--no-save", "--no-audit", "--no-fund", "--prefix"]).arg(&tools);
    npm.arg(format!("{package}@{version}"));
    process::run(npm)?;
    Ok(folder)
}

fn version_in(folder: &Path) -> Option<String> {
    let manifest: Value = serde_json::from_str(&fs::read_to_string(folder.join("package.json")).ok()?).ok()?;
    Some(manifest["version"].as_str()?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_tells_its_version() -> Result<()> {
        let folder = tempfile::tempdir()?;
        assert_eq!(version_in(folder.path()), None);
        fs::write(folder.path().join("package.json"), r#"{"name": "it", "version": "1.2.3"}"#)?;
        assert_eq!(version_in(folder.path()).as_deref(), Some("1.2.3"));
        Ok(())
    }
}
