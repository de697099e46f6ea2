//! `cargo xtask screenshots`: what the page and the window look like after some seconds of playing.

use std::{
    fs,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use anyhow::{Context, Result};

use crate::{
    browser::{Browser, Graphics, Screen},
    display::{Display, Window},
    process, repo,
    server::Server,
    web,
};

/// Long enough for the three optimizers to part.
const PLAYING_TIME: Duration = Duration::from_secs(6);

/// Takes all the pictures into `out`.
pub fn take(out: Option<PathBuf>, no_build: bool) -> Result<()> {
    let out = match out {
        // As the user's shell means it; programs started here run in the repository's root.
        Some(out) => std::path::absolute(out)?,
        None => repo::target_dir()?.join("screenshots"),
    };
    fs::create_dir_all(&out).with_context(|| format!("cannot create {}", out.display()))?;
    if !no_build {
        web::build()?;
        process::run(process::cargo(["build", "--release", "--locked", "--bin", "samscope"]))?;
    }
    of_page(&out)?;
    of_window(&out.join("native.png"))
}

fn of_page(out: &Path) -> Result<()> {
    let server = Server::start(&repo::dist_dir())?;
    for (name, screen) in [("desktop", Screen::DESKTOP), ("phone", Screen::PHONE)] {
        let mut browser = Browser::launch(Graphics::Software, &screen)?;
        for scheme in ["dark", "light"] {
            let mut page = browser.open(&screen)?;
            page.set_color_scheme(scheme)?;
            page.navigate(&server.url())?;
            page.wait_for("samscope.state().playing", 30)?;
            thread::sleep(PLAYING_TIME);
            let path = out.join(format!("{name}-{scheme}.png"));
            page.save_picture(&path)?;
            println!("{}", path.display());
        }
    }
    Ok(())
}

fn of_window(path: &Path) -> Result<()> {
    let display = Display::start()?;
    let mut window = Window::open(&display, &repo::samscope_exe()?, "samscope")?;
    thread::sleep(PLAYING_TIME);
    display.save_picture(path)?;
    println!("{}", path.display());
    window.ensure_alive()
}
