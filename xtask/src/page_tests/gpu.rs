//! Fields on the page's graphics card, in whose place a program computes here.

use std::{
    io::{BufRead, BufReader, ErrorKind, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    thread,
    time::Duration,
};

use anyhow::{Context, Result, anyhow, ensure};
use serde_json::{Value, json};

use super::{
    Lab,
    fields::{IS_WHOLE, basin, is_the_native_one},
    loading::PLAYS,
};
use crate::{
    browser::{Browser, Graphics, Page, Screen, Tab},
    cargo_test, process,
};

/// The name of the program that computes in a card's place.
const CARD: &str = "google swiftshader";

/// Small, so that its pictures have few nodes, but not all of them on borders.
const SMALL: Screen = Screen { width: 640, height: 520, scale: 1, phone: false };

/// How long one answer may take: some shaders have thousands of operations.
const LONG: Duration = Duration::from_secs(300);

/// The tests of the native card, in the page: what they ask is evaluated here.
pub fn card(lab: &mut Lab) -> Result<()> {
    let mut browser = Browser::launch(Graphics::WebGpu, &SMALL)?;
    let mut page = browser.open(&SMALL)?;
    page.navigate(&format!("{}?embed=1&backend=gpu", lab.url))?;
    page.wait_for(PLAYS)?;
    page.set_patience(LONG);
    let listener = TcpListener::bind("127.0.0.1:0")?;
    listener.set_nonblocking(true)?;
    let mut tests = cargo_test::command(["--test", "gpu"]);
    tests.env("SAMSCOPE_PAGE", listener.local_addr()?.to_string());
    tests.args(["--", "--ignored", "--test-threads=1", "page"]);
    thread::scope(|scope| {
        let tests = scope.spawn(|| process::run(tests));
        while !tests.is_finished() {
            match listener.accept() {
                Ok((stream, _)) => answer(&mut page, stream)?,
                Err(error) if error.kind() == ErrorKind::WouldBlock => thread::sleep(Duration::from_millis(50)),
                Err(error) => return Err(error.into()),
            }
        }
        tests.join().map_err(|_| anyhow!("the tests cannot be started"))?
    })?;
    page.ensure_clean()
}

/// Evaluates every line, which is an expression as JSON, until there are no more.
fn answer(page: &mut Page, stream: TcpStream) -> Result<()> {
    stream.set_nonblocking(false)?;
    let mut stream = BufReader::new(stream);
    let mut line = String::new();
    while stream.read_line(&mut line)? > 0 {
        let expression: String = serde_json::from_str(&line)?;
        let answer = match page.eval(&expression) {
            Ok(value) => json!({ "value": value }),
            Err(error) => json!({ "error": format!("{error:#}") }),
        };
        writeln!(stream.get_mut(), "{answer}")?;
        line.clear();
    }
    Ok(())
}

/// Keeps the page's device.
const KEEP_DEVICE: &str = "{
    const { requestDevice } = GPUAdapter.prototype;
    GPUAdapter.prototype.requestDevice = async function (...values) {
        return (window.device = await requestDevice.apply(this, values));
    };
}";

/// A card that is lost while it computes: workers go on, and what is asked for later has their bits.
pub fn lost_card(lab: &mut Lab) -> Result<()> {
    let mut browser = Browser::launch(Graphics::WebGpu, &Screen::DESKTOP)?;
    let mut page = browser.open(&Screen::DESKTOP)?;
    page.before_load(KEEP_DEVICE)?;
    page.navigate(&format!("{}?backend=gpu", lab.url))?;
    page.wait_for(PLAYS)?;
    page.eval(&format!("samscope.setScenario({}), samscope.pause()", basin(0.004)))?;
    page.eval(&format!(
        "(async () => {{
            for (;;) {{
                await new Promise(requestAnimationFrame);
                const {{ share, backend }} = samscope.picture() ?? {{ share: 0 }};
                if (share === 1) throw new Error('nothing is left for the card to be lost over');
                if (share > 0 && backend === '{CARD}') return device.destroy();
            }}
        }})()"
    ))?;
    page.wait_for(&format!("{IS_WHOLE} && /worker.*: {CARD} was lost: /.test(samscope.picture().backend)"))?;
    page.eval(&format!("samscope.setScenario({}), samscope.pause()", basin(0.005)))?;
    is_the_native_one(&mut page, &lab.samscope, 0.005, "was lost")?;
    page.ensure_clean()
}

/// Where the browser has no card, workers compute and say so.
pub fn no_card(page: &mut dyn Tab, url: &str, samscope: &Path) -> Result<()> {
    page.navigate(&format!("{url}?backend=gpu"))?;
    page.wait_for(PLAYS)?;
    page.eval(&format!("samscope.setScenario({}), samscope.pause()", basin(0.008)))?;
    is_the_native_one(page, samscope, 0.008, "this browser has no graphics card")?;
    page.navigate(&format!("{url}?backend=abacus"))?;
    page.wait_for("samscope.state().notice === 'The backend must be auto, workers or gpu, but is “abacus”.'")?;
    page.ensure_clean()
}

/// Changes a setting in every frame, as a drag does, until a condition holds.
fn drag_until(page: &mut dyn Tab, condition: &str) -> Result<Value> {
    page.eval(&format!(
        "(async () => {{
            const scenario = {};
            for (let frame = 0; frame < 600; frame++) {{
                scenario.optimizers[0].eta += 1e-6;
                samscope.setScenario(scenario);
                samscope.pause();
                await new Promise(requestAnimationFrame);
                if ({condition}) return frame;
            }}
        }})()",
        basin(0.01)
    ))
}

/// A card computes while a setting is dragged, and workers at rest; a program in its place does not.
pub fn card_in_haste(lab: &mut Lab) -> Result<()> {
    let mut browser = Browser::launch(Graphics::WebGpu, &Screen::DESKTOP)?;
    for is_real in [false, true] {
        let mut page = browser.open(&Screen::DESKTOP)?;
        let is_fallback = format!("{{ get: () => {} }}", !is_real);
        page.before_load(&format!(
            "Object.defineProperty(GPUAdapterInfo.prototype, 'isFallbackAdapter', {is_fallback})"
        ))?;
        page.navigate(&lab.url)?;
        page.wait_for(PLAYS)?;
        let by_card = format!("samscope.picture()?.backend === '{CARD}'");
        let until = if is_real { by_card } else { format!("({by_card}) || frame > 100") };
        let frame = drag_until(&mut page, &until)?;
        let frame = frame.as_u64().context("the card does not compute while a setting is dragged")?;
        ensure!(is_real || frame > 100, "a program in the place of a card computes");
        page.eval(&format!("samscope.setScenario({}), samscope.pause()", basin(0.003)))?;
        is_the_native_one(&mut page, &lab.samscope, 0.003, "worker")?;
        page.ensure_clean()?;
    }
    Ok(())
}
