//! The page: built and served by trunk.

use std::process::Command;

use anyhow::Result;

use crate::{process, setup};

/// The page as it is published, into dist/.
pub fn build() -> Result<()> {
    setup::page_build()?;
    let mut trunk = trunk("build");
    trunk.args(PUBLISHED);
    process::run(trunk)
}

/// A development server, which stops with Ctrl-C.
pub fn serve(port: u16, dev: bool) -> Result<()> {
    setup::page_build()?;
    println!("the page will be at http://127.0.0.1:{port}/ when it is built; Ctrl-C stops the server");
    let mut trunk = trunk("serve");
    trunk.args(["--address", "127.0.0.1", "--port", &port.to_string()]);
    if !dev {
        trunk.args(PUBLISHED);
    }
    process::run_last(trunk)
}

/// `--release` steers trunk itself (minifying, hashed names), `--cargo-profile` what cargo builds.
const PUBLISHED: [&str; 3] = ["--release", "--cargo-profile", "web"];

fn trunk(subcommand: &str) -> Command {
    let mut trunk = process::command("trunk");
    // Offline, since everything has been fetched at pinned versions: a missing piece is an error, not a download.
    trunk.args([subcommand, "--locked", "--offline"]);
    // trunk refuses NO_COLOR=1: it wants true or false.
    trunk.env_remove("NO_COLOR");
    trunk
}
