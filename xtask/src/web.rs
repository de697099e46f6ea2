//! The page: built and served by trunk.

use std::{fs, process::Command};

use anyhow::{Result, ensure};

use crate::{process, repo, setup};

/// The page as it is published, into dist/; `url` is where, for what must name a whole address.
pub fn build(url: Option<&str>) -> Result<()> {
    setup::page_build()?;
    let mut trunk = trunk("build");
    trunk.args(PUBLISHED);
    process::run(trunk)?;
    let Some(url) = url else { return Ok(()) };
    let page = repo::dist_dir().join("index.html");
    let html = fs::read_to_string(&page)?;
    Ok(fs::write(&page, with_whole_address(&html, url)?)?)
}

/// The sites that show link previews don't resolve a relative address.
fn with_whole_address(html: &str, url: &str) -> Result<String> {
    const RELATIVE: &str = "content=\"social.png\"";
    ensure!(url.starts_with("https://") && url.ends_with('/'), "the address must be https://…/, but is {url}");
    ensure!(html.matches(RELATIVE).count() == 1, "index.html must have {RELATIVE} once");
    Ok(html.replace(RELATIVE, &format!("content=\"{url}social.png\"")))
}

/// A development server, which stops with Ctrl-C.
pub fn serve(port: u16, dev: bool) -> Result<()> {
    setup::page_build()?;
    println!(
        "the page will be at http://127.0.0.1:{port}/ when it is built; load it again after a change; Ctrl-C stops the server"
    );
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
    trunk.args([subcommand, "--locked"]);
    if process::find("wasm-opt").is_some() {
        // Everything has been fetched at pinned versions: a missing piece is an error, not a download.
        trunk.arg("--offline");
    }
    // trunk refuses NO_COLOR=1: it wants true or false.
    trunk.env_remove("NO_COLOR");
    trunk
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_preview_picture_gets_a_whole_address() -> Result<()> {
        let html = fs::read_to_string(repo::root().join("index.html"))?;
        let whole = with_whole_address(&html, "https://example.org/sam/")?;
        assert!(whole.contains("content=\"https://example.org/sam/social.png\""));
        assert!(with_whole_address(&html, "example.org").is_err());
        Ok(())
    }
}
