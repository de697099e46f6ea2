//! The native window on a virtual display.

use std::{
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use fastrand::Rng;

use super::{ensure_flat, resident_mb};
use crate::{
    display::{Display, Window},
    repo,
};

const KEYS: [&str; 9] = ["space", "Right", "Left", "Home", "ctrl+z", "ctrl+shift+z", "Escape", "Tab", "Return"];

pub fn soak(minutes: u32, rng: &mut Rng) -> Result<()> {
    let display = Display::start()?;
    let mut window = Window::open(&display, &repo::samscope_exe()?, "samscope")?;
    println!("native  minute  resident MB  peak MB  steps done");
    let mut resident = Vec::new();
    for minute in 1..=minutes {
        let end = Instant::now() + Duration::from_secs(60);
        let mut steps = 0;
        while Instant::now() < end {
            step(&display, rng)?;
            window.ensure_alive().with_context(|| format!("in minute {minute}"))?;
            steps += 1;
        }
        let [now, peak] = resident_mb(window.process_id())?;
        println!("{minute:14}  {now:11.0}  {peak:7.0}  {steps:10}");
        resident.push(peak);
    }
    ensure_flat("the window's resident memory", &resident)
}

/// A key, a click, a drag or a turn of the wheel, anywhere.
fn step(display: &Display, rng: &mut Rng) -> Result<()> {
    let place = [rng.u32(5..1435), rng.u32(5..895)].map(|c| c.to_string());
    let onward = [rng.u32(5..1435), rng.u32(5..895)].map(|c| c.to_string());
    let go = ["mousemove", &place[0], &place[1]];
    match rng.u32(0..4) {
        0 => display.press(KEYS[rng.usize(..KEYS.len())])?,
        1 => display.input(&[&go[..], &["click", "1"]].concat())?,
        2 => display
            .input(&[&go[..], &["mousedown", "1", "mousemove", &onward[0], &onward[1], "mouseup", "1"]].concat())?,
        _ => display.input(&[&go[..], &["click", if rng.bool() { "4" } else { "5" }]].concat())?,
    }
    thread::sleep(Duration::from_millis(rng.u64(50..300)));
    Ok(())
}
