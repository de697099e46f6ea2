//! A Firefox of our own on a virtual display (headless it has no WebGL2), driven by W3C's `WebDriver BiDi`.

mod page;

use std::{
    fmt::Write,
    fs,
    path::Path,
    process::Stdio,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

pub use self::page::FirefoxPage;
use crate::{
    display::Display,
    process::Running,
    setup,
    wire::{PATIENCE, Wire},
};

/// WebGL2 on the CPU, and nothing that calls home: what is not on this machine goes to a proxy that isn't there.
const PREFERENCES: &[(&str, &str)] = &[
    ("webgl.disabled", "false"),
    ("webgl.force-enabled", "true"),
    ("gfx.webrender.software", "true"),
    ("network.proxy.type", "1"),
    ("network.proxy.http", "\"127.0.0.1\""),
    ("network.proxy.http_port", "9"),
    ("network.proxy.ssl", "\"127.0.0.1\""),
    ("network.proxy.ssl_port", "9"),
    ("app.update.disabledForTesting", "true"),
    ("datareporting.policy.dataSubmissionEnabled", "false"),
    ("toolkit.telemetry.enabled", "false"),
    ("browser.shell.checkDefaultBrowser", "false"),
    ("browser.aboutwelcome.enabled", "false"),
    ("browser.startup.page", "0"),
    // Tests change the address's fragment oftener than a person can.
    ("dom.navigation.navigationRateLimit.count", "0"),
    // Closing the last tab must not end the browser.
    ("browser.tabs.closeWindowWithLastTab", "false"),
];

/// A running browser with a profile of its own; both go when it is dropped.
pub struct Firefox {
    // Dropped in this order: the connection, the process, its screen, the files that it uses.
    wire: Wire,
    process: Running,
    _display: Display,
    _profile: tempfile::TempDir,
}

impl Firefox {
    /// Starts it, installed first if need be.
    pub fn launch() -> Result<Self> {
        let program = setup::firefox()?;
        let display = Display::start()?;
        let profile = tempfile::tempdir()?;
        write_preferences(profile.path())?;
        let log = profile.path().join("stderr.log");
        let mut command = display.command(&program);
        command.args(["--no-remote", "--kiosk", "--remote-debugging-port", "0", "--profile"]).arg(profile.path());
        // What it keeps beside the profile goes with the profile.
        command.env("HOME", profile.path()).env("MOZ_CRASHREPORTER_DISABLE", "1");
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(fs::File::create(&log)?);
        let mut process = Running::start(command)?;
        let url = debugging_url(&mut process, profile.path())
            .with_context(|| format!("{}: {}", program.display(), fs::read_to_string(&log).unwrap_or_default()))?;
        let wire = Wire::connect(&url)?;
        let mut firefox = Self { wire, process, _display: display, _profile: profile };
        firefox.call("session.new", json!({ "capabilities": {} }))?;
        let events = ["log.entryAdded", "network.beforeRequestSent"];
        firefox.call("session.subscribe", json!({ "events": events }))?;
        Ok(firefox)
    }

    /// Opens an empty page.
    pub fn open(&mut self) -> Result<FirefoxPage<'_>> {
        FirefoxPage::open(&mut self.wire)
    }

    fn call(&mut self, method: &str, params: Value) -> Result<Value> {
        self.wire.call(json!({ "method": method, "params": params }))
    }
}

impl Drop for Firefox {
    fn drop(&mut self) {
        // An orderly end stops the helper processes too; whatever is left is killed with `process`.
        let _ = self.call("browser.close", json!({}));
        let deadline = Instant::now() + Duration::from_secs(10);
        while self.process.is_alive() && Instant::now() < deadline {
            thread::sleep(Duration::from_millis(20));
        }
    }
}

fn write_preferences(profile: &Path) -> Result<()> {
    let mut text = String::new();
    for (name, value) in PREFERENCES {
        writeln!(text, "user_pref(\"{name}\", {value});")?;
    }
    Ok(fs::write(profile.join("user.js"), text)?)
}

/// The browser writes its port into a file of its profile when it listens.
fn debugging_url(process: &mut Running, profile: &Path) -> Result<String> {
    let file = profile.join("WebDriverBiDiServer.json");
    let deadline = Instant::now() + PATIENCE;
    while Instant::now() < deadline {
        let content = fs::read_to_string(&file).unwrap_or_default();
        // Empty or half written it is no JSON yet.
        if let Some(port) = serde_json::from_str::<Value>(&content).ok().and_then(|server| server["ws_port"].as_u64()) {
            return Ok(format!("ws://127.0.0.1:{port}/session"));
        }
        if !process.is_alive() {
            bail!("the browser ended at once");
        }
        thread::sleep(Duration::from_millis(50));
    }
    bail!("the browser did not open its debugging port within {} s", PATIENCE.as_secs())
}
