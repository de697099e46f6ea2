//! One page: loading it, evaluating JavaScript in it, looking at it. Input is in `input.rs`.

use std::{fs, path::Path, time::Duration};

use anyhow::{Context, Result, bail, ensure};
use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::{Value, json};

use super::{
    Key, Tab,
    cdp::Cdp,
    problems::{exception_text, problem, shorten},
    tab::{Point, VIOLATIONS_ARE_ERRORS},
};
use crate::wire::PATIENCE;

/// The screen that a page believes to be on.
#[derive(Clone, Copy)]
pub struct Screen {
    pub width: u32,
    pub height: u32,
    /// Physical pixels per CSS pixel.
    pub scale: u32,
    /// A touch screen of a phone.
    pub phone: bool,
}

impl Screen {
    pub const DESKTOP: Self = Self { width: 1440, height: 900, scale: 1, phone: false };
    pub const PHONE: Self = Self { width: 390, height: 844, scale: 2, phone: true };
}

/// A page in a browser context of its own, closed when dropped.
pub struct Page<'b> {
    pub(super) cdp: &'b mut Cdp,
    pub(super) context: String,
    pub(super) session: String,
    /// Whether its screen is touched, and has no mouse.
    phone: bool,
}

impl<'b> Page<'b> {
    pub(super) fn open(cdp: &'b mut Cdp, screen: &Screen) -> Result<Self> {
        cdp.set_patience(PATIENCE);
        let context = text(&cdp.call("", "Target.createBrowserContext", json!({}))?, "browserContextId")?;
        let mut page = Self { cdp, context, session: String::new(), phone: screen.phone };
        let target = json!({ "url": "about:blank", "browserContextId": page.context });
        let target = text(&page.cdp.call("", "Target.createTarget", target)?, "targetId")?;
        let attach = json!({ "targetId": target, "flatten": true });
        page.session = text(&page.cdp.call("", "Target.attachToTarget", attach)?, "sessionId")?;
        for domain in ["Page", "Runtime", "Log", "Network"] {
            page.call(&format!("{domain}.enable"), json!({}))?;
        }
        page.call("Emulation.setFocusEmulationEnabled", json!({ "enabled": true }))?;
        page.emulate(screen)?;
        page.before_load(VIOLATIONS_ARE_ERRORS)?;
        Ok(page)
    }

    fn emulate(&mut self, screen: &Screen) -> Result<()> {
        let metrics = json!({
            "width": screen.width, "height": screen.height, "deviceScaleFactor": 0, "mobile": screen.phone,
        });
        self.call("Emulation.setDeviceMetricsOverride", metrics)?;
        let touch = json!({ "enabled": screen.phone, "maxTouchPoints": if screen.phone { 5 } else { 1 } });
        self.call("Emulation.setTouchEmulationEnabled", touch)
    }

    /// Sets what `prefers-color-scheme` answers: `dark` or `light`.
    pub fn set_color_scheme(&mut self, scheme: &str) -> Result<()> {
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        self.call("Emulation.setEmulatedMedia", json!({ "features": features }))
    }

    /// Makes requests to addresses that match these patterns fail.
    pub fn block(&mut self, patterns: &[&str]) -> Result<()> {
        self.call("Network.setBlockedURLs", json!({ "urls": patterns }))
    }

    /// Lets the page read the clipboard too, as if a person had agreed.
    pub fn allow_clipboard(&mut self) -> Result<()> {
        let params = json!({ "permissions": ["clipboardReadWrite"], "browserContextId": self.context });
        self.cdp.call("", "Browser.grantPermissions", params).map(drop)
    }

    /// The page's picture, as the bytes of a PNG file.
    pub fn picture(&mut self) -> Result<Vec<u8>> {
        let answer = self.cdp.call(&self.session, "Page.captureScreenshot", json!({ "format": "png" }))?;
        Ok(BASE64_STANDARD.decode(text(&answer, "data")?)?)
    }

    pub fn save_picture(&mut self, path: &Path) -> Result<()> {
        let picture = self.picture()?;
        fs::write(path, picture).with_context(|| format!("cannot write {}", path.display()))
    }

    /// The number in the system of the process that draws the page: of several renderers the newest.
    pub fn process_id(&mut self) -> Result<u64> {
        let answer = self.cdp.call("", "SystemInfo.getProcessInfo", json!({}))?;
        let processes = answer["processInfo"].as_array().context("no processes")?;
        let renderers = processes.iter().filter(|process| process["type"] == "renderer");
        renderers.filter_map(|process| process["id"].as_u64()).max().context("no renderer")
    }

    pub fn collect_garbage(&mut self) -> Result<()> {
        self.call("HeapProfiler.collectGarbage", json!({}))
    }

    pub(super) fn call(&mut self, method: &str, params: Value) -> Result<()> {
        self.cdp.call(&self.session, method, params).map(drop)
    }
}

impl Tab for Page<'_> {
    fn navigate(&mut self, url: &str) -> Result<()> {
        let answer = self.cdp.call(&self.session, "Page.navigate", json!({ "url": url }))?;
        ensure!(answer.get("errorText").is_none(), "cannot load {url}: {}", answer["errorText"]);
        Ok(())
    }

    fn before_load(&mut self, script: &str) -> Result<()> {
        self.call("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script }))
    }

    fn eval(&mut self, expression: &str) -> Result<Value> {
        let params = json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
        let mut answer = self.cdp.call(&self.session, "Runtime.evaluate", params)?;
        if let Some(exception) = answer.get("exceptionDetails") {
            bail!("`{}` threw {}", shorten(expression), exception_text(exception));
        }
        Ok(answer["result"]["value"].take())
    }

    fn set_patience(&mut self, patience: Duration) {
        self.cdp.set_patience(patience);
    }

    fn press(&mut self, key: Key) -> Result<()> {
        self.press_key(key)
    }

    fn press_with_ctrl(&mut self, letter: char, shift: bool) -> Result<()> {
        self.press_chord(letter, shift)
    }

    fn click(&mut self, at: Point) -> Result<()> {
        if self.phone { self.swipe(at, (0.0, 0.0), 0) } else { self.click_mouse(at) }
    }

    fn drag(&mut self, from: Point, by: Point, moves: u32) -> Result<()> {
        if self.phone { self.swipe(from, by, moves) } else { self.drag_mouse(from, by, moves) }
    }

    fn scroll(&mut self, at: Point, by: f64) -> Result<()> {
        if self.phone { self.swipe(at, (0.0, -by), 8) } else { self.turn_wheel(at, by) }
    }

    fn requests(&mut self) -> Vec<String> {
        let events = self.cdp.events(&self.session).filter(|event| event["method"] == "Network.requestWillBeSent");
        events.filter_map(|event| event["params"]["request"]["url"].as_str().map(str::to_owned)).collect()
    }

    fn problems(&mut self) -> Vec<String> {
        self.cdp.take_events(&self.session).iter().filter_map(problem).collect()
    }
}

impl Drop for Page<'_> {
    fn drop(&mut self) {
        let context = json!({ "browserContextId": self.context });
        let _ = self.cdp.call("", "Target.disposeBrowserContext", context);
        self.cdp.take_events(&self.session);
    }
}

fn text(answer: &Value, field: &str) -> Result<String> {
    Ok(answer[field].as_str().with_context(|| format!("the browser's answer lacks {field}"))?.to_owned())
}
