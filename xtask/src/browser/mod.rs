//! A headless Chromium of our own, driven over its debugging protocol.

mod cdp;
mod files;
mod input;
mod page;
pub mod problems;
pub mod tab;
pub mod widget;

use std::{
    fs,
    path::Path,
    process::Stdio,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

pub use self::{
    cdp::Cdp,
    files::take_download,
    input::Key,
    page::{Page, Screen},
    tab::{Point, Tab},
    widget::{Widget, button, check, choice, field, picture, radio, row, slider, text},
};
use crate::{
    process::{self, Running},
    setup,
    wire::PATIENCE,
};

/// How the browser draws.
#[derive(Clone, Copy)]
pub enum Graphics {
    /// On the CPU, with WebGL2.
    Software,
    /// The same, and WebGPU.
    WebGpu,
    /// Without any WebGL, like a browser whose driver is blocked.
    NoWebGl,
}

impl Graphics {
    fn flags(self) -> Vec<&'static str> {
        const SOFTWARE: &[&str] = &["--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"];
        match self {
            Self::Software => SOFTWARE.to_vec(),
            Self::WebGpu => [SOFTWARE, &["--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader"]].concat(),
            Self::NoWebGl => vec!["--disable-gpu", "--disable-3d-apis"],
        }
    }
}

const FLAGS: &[&str] = &[
    "--headless=new",
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    // Without a screen every window counts as covered, and covered pages are throttled.
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    // Small shared-memory mounts (containers) would crash the renderer.
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    // Tests change the address's fragment oftener than a person can.
    "--disable-ipc-flooding-protection",
    "--remote-debugging-port=0",
    "--window-size=1440,900",
];

/// A running browser with a profile of its own; both go when it is dropped.
pub struct Browser {
    // Dropped in this order: the connection, the process, the files that it uses.
    cdp: Cdp,
    process: Running,
    _profile: tempfile::TempDir,
}

impl Browser {
    /// Starts a browser, installed first if need be, for pages on a screen like this. The ratio of pixels belongs
    /// to the browser: under an emulated one a canvas is told a wrong size in device pixels.
    pub fn launch(graphics: Graphics, screen: &Screen) -> Result<Self> {
        let chrome = setup::chrome()?;
        let profile = tempfile::tempdir()?;
        let log = profile.path().join("stderr.log");
        let mut command = process::command(&chrome);
        command.args(FLAGS).args(graphics.flags()).arg(format!("--force-device-scale-factor={}", screen.scale));
        command.arg(format!("--user-data-dir={}", profile.path().display())).arg("about:blank");
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(fs::File::create(&log)?);
        let mut process = Running::start(command)?;
        let url = debugging_url(&mut process, profile.path())
            .with_context(|| format!("{}: {}", chrome.display(), last_lines(&log)))?;
        Ok(Self { cdp: Cdp::connect(&url)?, process, _profile: profile })
    }

    /// Opens an empty page as on a screen like this, with storage of its own.
    pub fn open(&mut self, screen: &Screen) -> Result<Page<'_>> {
        Page::open(&mut self.cdp, screen)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // An orderly end stops the helper processes too; whatever is left is killed with `process`.
        let _ = self.cdp.call("", "Browser.close", serde_json::json!({}));
        let deadline = Instant::now() + Duration::from_secs(5);
        while self.process.is_alive() && Instant::now() < deadline {
            thread::sleep(Duration::from_millis(20));
        }
    }
}

/// The browser writes its port and path into a file of its profile when it listens.
fn debugging_url(process: &mut Running, profile: &Path) -> Result<String> {
    let file = profile.join("DevToolsActivePort");
    let deadline = Instant::now() + PATIENCE;
    while Instant::now() < deadline {
        let content = fs::read_to_string(&file).unwrap_or_default();
        if let Some((port, path)) = content.trim().split_once('\n') {
            return Ok(format!("ws://127.0.0.1:{port}{path}"));
        }
        if !process.is_alive() {
            bail!("the browser ended at once");
        }
        thread::sleep(Duration::from_millis(50));
    }
    bail!("the browser did not open its debugging port within {} s", PATIENCE.as_secs())
}

fn last_lines(log: &Path) -> String {
    let text = fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(5)..].join("; ")
}
