//! A virtual X display (Xvfb) and the native window on it.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};

use crate::{
    process::{self, Running},
    setup,
    wire::PATIENCE,
};

/// An X display of 1440 × 900 pixels that nobody sees.
pub struct Display {
    name: String,
    _server: Running,
}

impl Display {
    /// Starts one under a free number, with what it needs installed first.
    pub fn start() -> Result<Self> {
        setup::virtual_display()?;
        let mut xvfb = process::command("Xvfb");
        // The server picks a free number and tells it, so that parallel runs don't collide.
        xvfb.args(["-displayfd", "1", "-screen", "0", "1440x900x24", "-nolisten", "tcp"]);
        xvfb.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut server = Running::start(xvfb)?;
        let output = server.child().stdout.take().context("Xvfb has no output")?;
        let mut number = String::new();
        BufReader::new(output).read_line(&mut number)?;
        ensure!(!number.trim().is_empty(), "Xvfb ended at once");
        Ok(Self { name: format!(":{}", number.trim()), _server: server })
    }

    /// A command whose windows open on this display.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = process::command(program);
        command.env("DISPLAY", &self.name).env_remove("WAYLAND_DISPLAY").env_remove("WAYLAND_SOCKET");
        command
    }

    fn xdotool(&self, arguments: &[&str]) -> Result<String> {
        let mut xdotool = self.command("xdotool");
        xdotool.args(arguments);
        process::capture_text(xdotool)
    }

    /// Presses and releases a key, by its X name.
    pub fn press(&self, key: &str) -> Result<()> {
        self.xdotool(&["key", key]).map(drop)
    }

    /// What xdotool does with these words: moves, presses, drags.
    pub fn input(&self, words: &[&str]) -> Result<()> {
        self.xdotool(words).map(drop)
    }

    /// All pixels of the screen, as raw RGB.
    pub fn pixels(&self) -> Result<Vec<u8>> {
        let mut import = self.command("import");
        import.args(["-silent", "-window", "root", "-depth", "8", "rgb:-"]);
        process::capture(import)
    }

    /// The screen's picture as a PNG file.
    pub fn save_picture(&self, path: &Path) -> Result<()> {
        let mut import = self.command("import");
        import.args(["-silent", "-window", "root"]).arg(path);
        process::capture(import).map(drop)
    }
}

/// The native program with its window on a display; ends when dropped.
pub struct Window<'d> {
    display: &'d Display,
    program: Running,
    log: tempfile::TempDir,
}

impl<'d> Window<'d> {
    /// Starts a program and waits until a window of that title fills the display and has the keyboard.
    pub fn open(display: &'d Display, program: &Path, title: &str) -> Result<Self> {
        ensure!(program.is_file(), "{} is not built", program.display());
        let log = tempfile::tempdir()?;
        let mut command = display.command(program);
        // Neither what was left by another session nor a trace in it; what is saved goes with the folder, too.
        command.env("SAMSCOPE_STATE", log.path()).current_dir(log.path());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(fs::File::create(log.path().join("stderr"))?);
        let mut window = Self { display, program: Running::start(command)?, log };
        let id = window.wait_for_id(title)?;
        // There is no window manager here to place the window and to give it the keyboard.
        display.xdotool(&["windowmove", &id, "0", "0"])?;
        display.xdotool(&["windowsize", &id, "1440", "900"])?;
        display.xdotool(&["windowfocus", &id])?;
        // Out of the way: what lies under the pointer is highlighted.
        display.xdotool(&["mousemove", "2", "2"])?;
        Ok(window)
    }

    fn wait_for_id(&mut self, title: &str) -> Result<String> {
        let deadline = Instant::now() + PATIENCE;
        while Instant::now() < deadline {
            self.ensure_alive()?;
            // xdotool fails while it finds nothing.
            let found = self.display.xdotool(&["search", "--onlyvisible", "--name", title]).unwrap_or_default();
            if let Some(id) = found.lines().next() {
                return Ok(id.to_owned());
            }
            thread::sleep(Duration::from_millis(200));
        }
        bail!("no window appeared within {} s: {}", PATIENCE.as_secs(), self.stderr())
    }

    /// Fails if the program has ended or panicked.
    pub fn ensure_alive(&mut self) -> Result<()> {
        let stderr = self.stderr();
        ensure!(self.program.is_alive(), "the program ended: {stderr}");
        ensure!(!stderr.contains("panicked"), "the program panicked: {stderr}");
        Ok(())
    }

    /// The program's number in the system.
    pub fn process_id(&mut self) -> u64 {
        self.program.child().id().into()
    }

    fn stderr(&self) -> String {
        fs::read_to_string(self.log.path().join("stderr")).unwrap_or_default()
    }
}
