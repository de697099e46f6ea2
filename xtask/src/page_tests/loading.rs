//! From the first byte to the first picture, and what is said when there will be none.

use std::fs;

use anyhow::{Result, ensure};

use super::Lab;
use crate::{
    browser::{Browser, Graphics, Screen, Tab},
    busy,
};

/// True once the page plays by itself.
pub const PLAYS: &str = "samscope.state().playing && samscope.state().step > 0";

/// Notes, in ms since the navigation, when the interface was there and when the run was under way.
const STOPWATCH: &str = "
    window.timesOfStart = {};
    const watch = setInterval(() => {
        if (!window.samscope) return;
        timesOfStart.ready ??= performance.now();
        try {
            const state = samscope.state();
            timesOfStart.first ??= state.step;
            if (!state.playing || state.step <= timesOfStart.first) return;
            timesOfStart.plays = performance.now();
            clearInterval(watch);
        } catch {}
    }, 5);";

/// The most ms from the navigation until the first picture, on a machine with nothing else to do.
const START_BUDGET: f64 = 1500.0;

/// Three loads, each with an empty cache; the middle one counts. What others take of the machine is taken off.
pub fn loads_and_plays(lab: &mut Lab) -> Result<()> {
    let mut first_pictures = Vec::new();
    for _ in 0..3 {
        let before = busy::slowdown();
        let mut page = lab.browser.open(&Screen::DESKTOP)?;
        page.before_load(STOPWATCH)?;
        page.navigate(&lab.url)?;
        page.wait_for("timesOfStart.plays")?;
        let (ready, plays) = (page.number("timesOfStart.ready")?, page.number("timesOfStart.plays")?);
        page.ensure_clean()?;
        drop(page);
        let slowdown = before.max(busy::slowdown());
        println!(
            "    first picture after {ready:.0} ms, plays after {plays:.0} ms; others slow it down by {slowdown:.1}"
        );
        first_pictures.push(ready / slowdown);
    }
    first_pictures.sort_by(f64::total_cmp);
    let ready = first_pictures[1];
    ensure!(
        ready <= START_BUDGET,
        "the first picture comes after {ready:.0} ms; at most {START_BUDGET} ms are allowed"
    );
    Ok(())
}

/// A reload while the page is asked something: the question is asked again of the new document.
pub fn reload_while_waiting(page: &mut dyn Tab) -> Result<()> {
    page.wait_for("sessionStorage.again || (sessionStorage.again = '1', location.reload(), new Promise(() => {}))")?;
    page.wait_for(PLAYS)?;
    page.ensure_clean()
}

/// Before the wasm is there (or when it never comes) the document itself says so.
pub fn loading_message(lab: &mut Lab) -> Result<()> {
    let html = fs::read_to_string(lab.dist.join("index.html"))?;
    ensure!(html.contains("id=\"loading\"") || html.contains("id=loading"), "index.html has no #loading element");
    let mut page = lab.browser.open(&Screen::DESKTOP)?;
    page.block(&["*.wasm*"])?;
    page.navigate(&lab.url)?;
    page.wait_for("document.querySelector('#loading').innerText.trim()")?;
    page.wait_for("/could ?n[o']t be loaded|could not load/i.test(document.querySelector('#loading').innerText)")
}

pub fn no_webgl(lab: &mut Lab) -> Result<()> {
    let mut browser = Browser::launch(Graphics::NoWebGl, &Screen::DESKTOP)?;
    let mut page = browser.open(&Screen::DESKTOP)?;
    page.navigate(&lab.url)?;
    page.wait_for("document.readyState === 'complete'")?;
    ensure!(page.eval("!document.createElement('canvas').getContext('webgl2')")? == true, "this browser has WebGL2");
    page.wait_for("/WebGL ?2/.test(document.body.innerText)")
}
