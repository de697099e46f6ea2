//! The page in Chromium.

use std::{
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use fastrand::Rng;
use serde_json::json;

use super::{ensure_flat, resident_mb};
use crate::{
    browser::{Browser, Graphics, Key, Page, Point, Screen, Tab},
    repo,
    screenshots::SCENES,
    server::Server,
};

/// Keeps the program's memory where it can be asked, and counts frames.
const WATCH: &str = "
    window.soak = { frames: 0 };
    const instantiate = WebAssembly.instantiate;
    WebAssembly.instantiate = async (...given) => {
        const made = await instantiate.apply(WebAssembly, given);
        soak.memory = (made.instance ?? made).exports.memory;
        return made;
    };
    (function count() { soak.frames++; requestAnimationFrame(count); })();";

/// What a script may change, each with the values that it gets; some are refused for some scenarios.
const CHANGES: &[(&str, &[&str])] = &[
    ("view.layout", &["'map'", "'surface'", "'gap'", "'basin'", "'sweep'"]),
    ("view.side", &["'curves'", "'anatomy'"]),
    ("view.quantity", &["'loss'", "'lambda_1'", "'trace'", "'r_max'", "'l_asc'"]),
    ("view.pace", &["'steps'", "'time'"]),
    ("view.steps_per_frame", &["1", "100", "10000"]),
    ("view.step_scale", &["'log'", "'linear'"]),
    ("seed", &["1", "2"]),
    ("seeds", &["null", "[0, 7]"]),
    ("steps", &["0", "1000", "100000000"]),
    ("loss", &["{id: 'diagonal-net'}", "{id: 'himmelblau'}", "{id: 'typed', expressions: ['x^4 - x*y + tanh(z)']}"]),
];

pub fn soak(minutes: u32, rng: &mut Rng) -> Result<()> {
    let server = Server::start(&repo::dist_dir())?;
    let mut browser = Browser::launch(Graphics::Software, &Screen::DESKTOP)?;
    let mut page = browser.open(&Screen::DESKTOP)?;
    page.before_load(WATCH)?;
    page.navigate(&server.url())?;
    page.wait_for("samscope.state().playing")?;
    println!("page    minute  wasm MB  renderer MB  peak MB  after GC MB  JS heap MB  frames  steps done");
    let (mut wasm, mut resident) = (Vec::new(), Vec::new());
    for minute in 1..=minutes {
        let end = Instant::now() + Duration::from_secs(60);
        let mut steps = 0;
        while Instant::now() < end {
            step(&mut page, rng).with_context(|| format!("in minute {minute}"))?;
            page.ensure_clean().with_context(|| format!("in minute {minute}"))?;
            steps += 1;
        }
        let renderer = page.process_id()?;
        let [now, peak] = resident_mb(renderer)?;
        page.collect_garbage()?;
        let [collected, _] = resident_mb(renderer)?;
        let memory = page.number("soak.memory.buffer.byteLength / 1e6")?;
        let heap = page.number("performance.memory.usedJSHeapSize / 1e6")?;
        let frames = page.number("soak.frames")?;
        page.eval("soak.frames = 0")?;
        println!(
            "{minute:14}  {memory:7.1}  {now:11.0}  {peak:7.0}  {collected:11.0}  {heap:10.1}  {frames:6}  {steps:10}"
        );
        wasm.push(memory);
        resident.push(peak);
    }
    ensure_flat("the program's memory", &wasm)?;
    ensure_flat("the renderer's resident memory", &resident)
}

/// One random step.
fn step(page: &mut Page, rng: &mut Rng) -> Result<()> {
    match rng.u32(0..10) {
        0 => {
            let (_, scenario) = SCENES[rng.usize(..SCENES.len())];
            page.eval(&format!("samscope.setScenario({scenario}), samscope.play()"))?;
        }
        1..=3 => change(page, rng)?,
        4 => {
            let key = [Key::Space, Key::Right, Key::Home, Key::Enter][rng.usize(..4)];
            page.press(key)?;
        }
        5 => page.press_with_ctrl('z', rng.bool())?,
        6 => page.click(somewhere(rng))?,
        7 => {
            let by = (300.0 * (rng.f64() - 0.5), 300.0 * (rng.f64() - 0.5));
            page.drag(somewhere(rng), by, 5)?;
        }
        8 => {
            page.eval(&format!("samscope.step({}), samscope.play()", rng.u32(1..2000)))?;
        }
        _ => hash(page, rng)?,
    }
    thread::sleep(Duration::from_millis(rng.u64(0..200)));
    let is_well = page.eval("document.querySelector('#crash').hidden")?;
    ensure!(is_well == true, "it has crashed: {}", page.eval("document.querySelector('#crash').innerText")?);
    Ok(())
}

/// Anywhere but the page's rim.
fn somewhere(rng: &mut Rng) -> Point {
    (20.0 + 1400.0 * rng.f64(), 20.0 + 860.0 * rng.f64())
}

/// Sets one part of the scenario; where that is refused, nothing happens.
fn change(page: &mut Page, rng: &mut Rng) -> Result<()> {
    let (part, values) = CHANGES[rng.usize(..CHANGES.len())];
    let value = values[rng.usize(..values.len())];
    page.eval(&format!(
        "(() => {{
            const scenario = samscope.getScenario();
            scenario.{part} = {value};
            if ('{part}' === 'loss') delete scenario.init, delete scenario.view;
            try {{ samscope.setScenario(scenario); samscope.play(); }} catch {{}}
        }})()"
    ))
    .map(drop)
}

/// Goes to a link of before, as by the browser's buttons, or to a damaged one, which is refused.
fn hash(page: &mut Page, rng: &mut Rng) -> Result<()> {
    let damage = json!(if rng.u32(0..4) == 0 { "x" } else { "" });
    page.eval(&format!(
        "(() => {{
            const links = soak.links ??= [];
            const here = location.hash;
            if (here.startsWith('#v1.') && links.length < 100) links.push(here);
            if (links.length) location.hash = links[{} % links.length] + {damage};
        }})()",
        rng.u32(..)
    ))
    .map(drop)
}
