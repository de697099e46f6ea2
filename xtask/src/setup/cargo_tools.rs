//! Command-line tools from crates.io, at pinned versions, in the tools folder.

use std::{fs, path::Path};

use anyhow::Result;

use crate::{process, repo};

/// Makes sure that the tools folder holds this version of a package; one that is there is reused.
pub fn ensure(package: &str, version: &str) -> Result<()> {
    let program = package.trim_end_matches("-cli");
    let path = repo::tools_dir().join("bin").join(program).with_extension(std::env::consts::EXE_EXTENSION);
    if has_version(&path, version) {
        return Ok(());
    }
    println!("installing {package} {version} into {} (some minutes)", repo::tools_dir().display());
    // The published lock file gives a tested set of dependencies, but may not build with this compiler.
    let installed = install(package, version, true).or_else(|_| install(package, version, false));
    // Only the programs are kept: the build's left-overs take a gigabyte.
    let _ = fs::remove_dir_all(build_dir());
    installed
}

fn build_dir() -> std::path::PathBuf {
    repo::tools_dir().join("build")
}

fn install(package: &str, version: &str, locked: bool) -> Result<()> {
    let mut cargo = process::cargo(["install", "--quiet", "--force", package, "--version", version, "--root"]);
    cargo.arg(repo::tools_dir()).env("CARGO_TARGET_DIR", build_dir());
    if locked {
        cargo.arg("--locked");
    }
    process::run(cargo)
}

fn has_version(program: &Path, version: &str) -> bool {
    let mut query = process::command(program);
    query.arg("--version");
    process::capture_text(query).is_ok_and(|answer| says_version(&answer, version))
}

fn says_version(answer: &str, version: &str) -> bool {
    answer.split_whitespace().any(|word| word == version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_must_match_exactly() {
        assert!(says_version("trunk 0.21.14\n", "0.21.14"));
        assert!(!says_version("wasm-bindgen 0.2.130\n", "0.2.13"));
    }
}
