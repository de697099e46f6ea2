//! What a machine with only Rust still needs, installed on demand and announced in one line each.

mod cargo_tools;
mod debian;
mod npm;
mod pypi;

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::{process, repo};

/// trunk 0.22 needs a newer compiler than the package's `rust-version`.
const TRUNK: &str = "0.21.14";
const AXE: &str = "4.14.1";
const BINARYEN: &str = "132.0.0";
const HYPERQUEUE: &str = "0.27.0";
const WASM: &str = "wasm32-unknown-unknown";

/// All that building the page needs. Afterwards trunk can work without the network, where there is a wasm-opt.
pub fn page_build() -> Result<()> {
    wasm_target()?;
    cargo_tools::ensure("trunk", TRUNK)?;
    // Its version must equal the library's to the last digit.
    cargo_tools::ensure("wasm-bindgen-cli", &repo::locked_version("wasm-bindgen")?)?;
    // It has wasm-opt, which takes a fifteenth of the program away.
    if let Err(error) = npm::ensure("binaryen", BINARYEN) {
        println!("{error:#}: trunk downloads wasm-opt by itself");
    }
    process::run(process::cargo(["fetch", "--locked", "--quiet"]))
}

/// The compiler's standard library for the browser.
pub fn wasm_target() -> Result<()> {
    let mut query = process::command("rustc");
    query.args(["--print", "target-libdir", "--target", WASM]);
    if PathBuf::from(process::capture_text(query)?.trim()).is_dir() {
        return Ok(());
    }
    rustup(&["target", "add", WASM])
}

/// rustfmt and clippy, which a minimal toolchain lacks.
pub fn lint_tools() -> Result<()> {
    for (subcommand, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if process::capture(process::cargo([subcommand, "--version"])).is_err() {
            rustup(&["component", "add", component])?;
        }
    }
    Ok(())
}

fn rustup(arguments: &[&str]) -> Result<()> {
    if process::find("rustup").is_none() {
        bail!("the toolchain lacks `{}`: install it, or rustup (https://rustup.rs)", arguments.join(" "));
    }
    println!("installing with rustup: {}", arguments.join(" "));
    let mut rustup = process::command("rustup");
    rustup.args(arguments);
    process::run(rustup)
}

/// The browser to drive: `CHROME`, or the first known name on `PATH`, or Debian's chromium, freshly installed.
pub fn chrome() -> Result<PathBuf> {
    if let Some(path) = std::env::var_os("CHROME") {
        return Ok(PathBuf::from(path));
    }
    if let Some(path) = installed_chrome() {
        return Ok(path);
    }
    debian::ensure(&[debian::CHROMIUM]).context("there is no Chromium on PATH and CHROME does not name one")?;
    installed_chrome().context("chromium was installed but is not on PATH")
}

fn installed_chrome() -> Option<PathBuf> {
    ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(process::find)
}

/// The second browser: `FIREFOX`, or the first known name on `PATH`, or Debian's firefox-esr, freshly installed.
pub fn firefox() -> Result<PathBuf> {
    if let Some(path) = std::env::var_os("FIREFOX") {
        return Ok(PathBuf::from(path));
    }
    debian::ensure(debian::WEBGL).context("Firefox has no WebGL2 without them")?;
    if let Some(path) = installed_firefox() {
        return Ok(path);
    }
    debian::ensure(&[debian::FIREFOX]).context("there is no Firefox on PATH and FIREFOX does not name one")?;
    installed_firefox().context("firefox-esr was installed but is not on PATH")
}

fn installed_firefox() -> Option<PathBuf> {
    ["firefox-esr", "firefox"].into_iter().find_map(process::find)
}

/// What finds faults for assistive programs in a page: a script.
pub fn axe() -> Result<PathBuf> {
    Ok(npm::ensure("axe-core", AXE)?.join("axe.min.js"))
}

/// What the cluster example runs on: the folder that Python imports it from.
pub fn hyperqueue() -> Result<PathBuf> {
    pypi::ensure("hyperqueue", HYPERQUEUE)
}

/// A virtual X display, tools that type into it and photograph it, and a software Vulkan driver for it.
pub fn virtual_display() -> Result<()> {
    debian::ensure(debian::VIRTUAL_DISPLAY)
}
