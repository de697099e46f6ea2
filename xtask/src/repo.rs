//! Where things lie: the repository, the tools folder, cargo's target folder, the built page and binary.

use std::{
    env,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::process;

/// The repository's root: the folder above this package's. Cargo says it when it runs this program; what was true
/// when it was compiled may be another clone that shares the target folder.
pub fn root() -> &'static Path {
    static ROOT: OnceLock<PathBuf> = OnceLock::new();
    ROOT.get_or_init(|| {
        let package = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let package = PathBuf::from(package);
        package.parent().map(Path::to_path_buf).unwrap_or(package)
    })
}

/// Where the pinned tools are installed: `SAMSCOPE_TOOLS`, or `.tools` (which git ignores).
pub fn tools_dir() -> PathBuf {
    env::var_os("SAMSCOPE_TOOLS").map_or_else(|| root().join(".tools"), |dir| root().join(dir))
}

/// The built page.
pub fn dist_dir() -> PathBuf {
    root().join("dist")
}

/// Cargo's target folder, asked from cargo since the environment and configuration files can move it.
pub fn target_dir() -> Result<PathBuf> {
    let metadata = process::capture(process::cargo(["metadata", "--no-deps", "--format-version", "1"]))?;
    let metadata: Value = serde_json::from_slice(&metadata).context("cargo metadata's answer is no JSON")?;
    let dir = metadata["target_directory"].as_str().context("cargo metadata names no target folder")?;
    Ok(PathBuf::from(dir))
}

/// The native release binary's path, whether or not it has been built.
pub fn samscope_exe() -> Result<PathBuf> {
    let name = format!("samscope{}", env::consts::EXE_SUFFIX);
    Ok(target_dir()?.join("release").join(name))
}

/// The version of `package` that Cargo.lock pins.
pub fn locked_version(package: &str) -> Result<String> {
    let path = root().join("Cargo.lock");
    let lock = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let version = version_in_lock(&lock, package);
    Ok(version.with_context(|| format!("Cargo.lock has no package {package}"))?.to_owned())
}

fn version_in_lock<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let mut lines = lock.lines();
    lines.find(|line| line.strip_prefix("name = ") == Some(&format!("\"{package}\"")))?;
    lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = r#"
[[package]]
name = "wasm-bindgen-futures"
version = "0.4.50"

[[package]]
name = "wasm-bindgen"
version = "0.2.130"
source = "registry+https://github.com/rust-lang/crates.io-index"
"#;

    #[test]
    fn the_lock_file_gives_the_version_of_exactly_that_package() {
        assert_eq!(version_in_lock(LOCK, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(version_in_lock(LOCK, "wasm-bindgen-futures"), Some("0.4.50"));
        assert_eq!(version_in_lock(LOCK, "wasm"), None);
    }

    #[test]
    fn the_repository_pins_wasm_bindgen() {
        assert!(locked_version("wasm-bindgen").is_ok());
    }
}
