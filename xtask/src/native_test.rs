//! The native window on a virtual display: it opens, plays by itself, and the space bar pauses it.

use std::{
    path::Path,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Result, ensure};

use crate::{
    cargo_test,
    display::{Display, Window},
    process,
    wire::PATIENCE,
};

/// The one release build that every part uses: it leaves the native binary beside the tests.
pub fn build() -> Result<()> {
    process::run(cargo_test::command(["--no-run"]))
}

/// Runs the check with the given native binary.
pub fn run(samscope: &Path) -> Result<()> {
    let display = Display::start()?;
    let mut window = Window::open(&display, samscope, "samscope")?;
    ensure!(becomes(&display, true)?, "the window does not play by itself");
    display.press("space")?;
    ensure!(becomes(&display, false)?, "the picture goes on changing after the space bar was pressed");
    display.press("space")?;
    ensure!(becomes(&display, true)?, "the space bar does not resume");
    window.ensure_alive()
}

/// Whether the picture gets into the wanted state, moving or still, in the end. One comparison could be a
/// late or a slow frame, hence two in a row.
fn becomes(display: &Display, moving: bool) -> Result<bool> {
    let deadline = Instant::now() + PATIENCE;
    let mut before = display.pixels()?;
    let mut in_a_row = 0;
    while Instant::now() < deadline {
        thread::sleep(Duration::from_secs(1));
        let after = display.pixels()?;
        in_a_row = if (before != after) == moving { in_a_row + 1 } else { 0 };
        if in_a_row == 2 {
            return Ok(true);
        }
        before = after;
    }
    Ok(false)
}
