//! The page from a sub-path of a static host, and after the network is gone.

use std::path::Path;

use anyhow::{Result, ensure};

use super::loading::PLAYS;
use crate::{
    browser::{Key, Tab},
    server::Server,
    size,
};

const RUN: &str =
    "samscope.run({ optimizers: [{ id: 'sam' }], steps: 1000 }).then(result => result.runs[0].steps === 1000)";
const SHARPNESS: &str =
    "samscope.sharpness({ loss: { id: 'toy4d' }, at: [0.5, 0.5, 0.1, 0.2], rho: 0.1 }).then(() => true)";
const BASIN: &str = "samscope.setScenario({ loss: { id: 'ring' }, optimizers: [{ id: 'sam', rho: 1.5 }], steps: 200,
    view: { layout: 'basin', bounds: [-1.6, 1.6, -1.6, 1.6] } })";

pub fn offline(page: &mut dyn Tab, dist: &Path) -> Result<()> {
    let server = Server::start_at(dist, "/some/deep/path/")?;
    let url = server.url();
    page.navigate(&url)?;
    page.wait_for(PLAYS)?;
    // The workers' scripts may come a little after the first frame.
    page.wait_for("samscopeBackground.isReady()")?;
    let foreign = page.requests().into_iter().find(|request| !is_own(request, &url));
    ensure!(foreign.is_none(), "the page asked for {}", foreign.unwrap_or_default());
    let needless = size::APART.into_iter().find(|file| server.count(file) > 0);
    ensure!(needless.is_none(), "a visit loads {}", needless.unwrap_or_default());
    drop(server);

    page.press(Key::Space)?;
    page.wait_for("!samscope.state().playing")?;
    page.press(Key::Space)?;
    page.wait_for(PLAYS)?;
    ensure!(page.eval(RUN)? == true, "a run does not end without the network");
    ensure!(page.eval(SHARPNESS)? == true, "sharpness gives nothing without the network");
    page.eval(BASIN)?;
    page.wait_for("samscope.picture()?.share === 1 && samscope.picture().class.every((one) => one !== null)")?;
    page.ensure_clean()?;
    let gone = page.eval("fetch('worker.mjs').then(() => false, () => true)")?;
    ensure!(gone == true, "the network was there all the time");
    Ok(())
}

fn is_own(request: &str, url: &str) -> bool {
    [url, "blob:", "data:"].iter().any(|beginning| request.starts_with(beginning))
}
