//! Files on their way into the page and out of it.

use std::{
    fs,
    path::Path,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::{Page, Point, Tab, Widget};
use crate::wire::PATIENCE;

impl Page<'_> {
    /// Lets what the page downloads into this folder.
    pub fn download_to(&mut self, folder: &Path) -> Result<()> {
        let params = json!({ "behavior": "allow", "browserContextId": self.context, "downloadPath": folder });
        self.cdp.call("", "Browser.setDownloadBehavior", params).map(drop)
    }

    /// Drags a file from outside onto the page and drops it there.
    pub fn drop_file(&mut self, at: Point, file: &Path) -> Result<()> {
        let data = json!({ "items": [], "files": [file], "dragOperationsMask": 1 });
        for kind in ["dragEnter", "dragOver", "drop"] {
            let event = json!({ "type": kind, "x": at.0, "y": at.1, "data": data });
            self.call("Input.dispatchDragEvent", event)?;
        }
        Ok(())
    }

    /// Clicks what opens the browser's dialog for files, and chooses this one in it.
    pub fn choose_file(&mut self, button: Widget, file: &Path) -> Result<()> {
        self.call("Page.setInterceptFileChooserDialog", json!({ "enabled": true }))?;
        self.click_on(button)?;
        let input = self.wait_for_event("Page.fileChooserOpened")?["backendNodeId"].take();
        self.call("DOM.setFileInputFiles", json!({ "files": [file], "backendNodeId": input }))
    }

    /// The parameters of the first such event that has not been taken.
    fn wait_for_event(&mut self, method: &str) -> Result<Value> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let mut events = self.cdp.events(&self.session);
            if let Some(event) = events.find(|event| event["method"] == method) {
                return Ok(event["params"].clone());
            }
            drop(events);
            ensure!(Instant::now() < deadline, "no {method} within {} s", PATIENCE.as_secs());
            thread::sleep(Duration::from_millis(40));
            // Events are read with an answer.
            self.eval("null")?;
        }
    }
}

/// Waits until the browser has put a whole file there, and takes it away.
pub fn take_download(folder: &Path, name: &str) -> Result<Vec<u8>> {
    let file = folder.join(name);
    let deadline = Instant::now() + PATIENCE;
    // Until it is whole it has another name, and an empty file keeps the place.
    while !fs::metadata(&file).is_ok_and(|there| there.len() > 0) {
        ensure!(Instant::now() < deadline, "{name} has not been downloaded within {} s", PATIENCE.as_secs());
        thread::sleep(Duration::from_millis(40));
    }
    let bytes = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
    fs::remove_file(&file)?;
    Ok(bytes)
}
