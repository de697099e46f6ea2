//! Fields in the page: the workers that compute them give the command line's bits, whatever becomes of them.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::{
    loading::PLAYS,
    withstands::{WATCH, flows},
};
use crate::{browser::Tab, json, process};

/// Remembers every worker that is started from now on, and whether it has said anything.
const NOTE_WORKERS: &str = "window.workers = [];
    window.Worker = class extends Worker {
        constructor(...values) {
            super(...values);
            workers.push(this);
            this.addEventListener('message', () => { this.isReady = true; }, { once: true });
        }
    };";

/// Whether the picture is whole.
pub const IS_WHOLE: &str = "samscope.picture()?.share === 1";

/// SAM on Himmelblau's function as a basin, with this η.
pub fn basin(eta: f64) -> Value {
    json!({
        "loss": { "id": "himmelblau" }, "steps": 500, "optimizers": [{ "id": "sam", "eta": eta, "rho": 0.1 }],
        "view": { "layout": "basin", "bounds": [-5.0, 5.0, -5.0, 5.0] },
    })
}

/// The page's basin has the bits of `samscope basin`, also after other settings were wanted in every phase of it.
pub fn same_basin(page: &mut dyn Tab, samscope: &Path) -> Result<()> {
    for (eta, share) in [(0.01, 0.0), (0.011, 0.001), (0.012, 0.02), (0.013, 0.3), (0.014, 0.9)] {
        page.eval(&format!("samscope.setScenario({}), samscope.pause()", basin(eta)))?;
        page.wait_for(&format!("samscope.picture()?.share >= {share}"))?;
    }
    page.eval(&format!("samscope.setScenario({}), samscope.pause()", basin(0.005)))?;
    is_the_native_one(page, samscope, 0.005, "worker")?;
    page.ensure_clean()
}

/// Workers that end without a word, one that says so, and one that talks nonsense: others do their tiles again.
pub fn lost_workers(page: &mut dyn Tab, url: &str, samscope: &Path) -> Result<()> {
    page.before_load(NOTE_WORKERS)?;
    page.navigate(url)?;
    page.wait_for(PLAYS)?;
    page.wait_for("samscopeBackground.isReady()")?;
    page.eval(&format!("samscope.setScenario({}), samscope.pause()", basin(0.004)))?;
    // The first two are not the program's. While the basin is being computed, and before it can be whole.
    let before = page.number(
        "(async () => {
            for (;;) {
                await new Promise(requestAnimationFrame);
                const { share, field } = samscope.picture() ?? { share: 0 };
                if (share === 0 || field.kind.kind !== 'basin') continue;
                if (share === 1) throw new Error('nothing is left for a worker to be lost over');
                workers.slice(2).forEach((worker) => worker.terminate());
                return workers.length;
            }
        })()",
    )?;
    ensure!(before > 2.0, "no worker computes tiles");
    page.wait_for(&format!("workers.length > {before} && workers.at(-1).isReady"))?;
    for (lost, event) in [(1, "new Event('error')"), (2, "new MessageEvent('message', { data: 'nonsense' })")] {
        page.eval(&format!("workers.at(-1).dispatchEvent({event})"))?;
        page.wait_for(&format!("workers.length > {before} + {lost} && workers.at(-1).isReady"))?;
    }
    is_the_native_one(page, samscope, 0.004, "worker")?;
    page.ensure_clean()
}

/// A basin whose nodes take seconds each.
const SLOW: &str = "{ loss: { id: 'tiny-mlp' }, steps: 1e5, optimizers: [{ id: 'max-descent', eta: 1e-4, rho: 0.1 }],
    view: { layout: 'basin' } }";

/// Where the browser gives no workers, as in a sandboxed frame, the page computes a few nodes a frame.
pub fn no_workers(page: &mut dyn Tab, url: &str, samscope: &Path) -> Result<()> {
    page.before_load("window.Worker = class { constructor() { throw new Error('no workers here'); } };")?;
    page.navigate(url)?;
    page.wait_for(PLAYS)?;
    page.eval(WATCH)?;
    flows(page, "a basin without workers", |page| {
        page.eval(&format!("samscope.setScenario({}), samscope.pause(), window.longest = [0, 0]", basin(0.004)))?;
        is_the_native_one(page, samscope, 0.004, "the page itself")
    })?;
    page.ensure_clean()
}

/// The program's workers never answer: the page computes itself in the end.
const DEAF: &str = "{
    let started = 0;
    window.Worker = class extends Worker {
        constructor(...values) {
            super(...values);
            if (++started > 2) this.postMessage = () => {};
        }
    };
}";

/// Workers that never become ready are not waited for.
pub fn deaf_workers(page: &mut dyn Tab, url: &str, samscope: &Path) -> Result<()> {
    page.before_load(DEAF)?;
    page.navigate(url)?;
    page.wait_for(PLAYS)?;
    page.eval(&format!("samscope.setScenario({}), samscope.pause()", basin(0.006)))?;
    page.wait_for("samscope.picture()?.backend === 'the page itself'")?;
    is_the_native_one(page, samscope, 0.006, "the page itself")?;
    page.ensure_clean()
}

/// A tile that takes long and that nobody wants any more does not keep a worker from the next picture; nor does the page ever wait.
pub fn slow_tiles(page: &mut dyn Tab, url: &str, samscope: &Path) -> Result<()> {
    page.before_load(NOTE_WORKERS)?;
    page.navigate(url)?;
    page.wait_for(PLAYS)?;
    page.eval(WATCH)?;
    flows(page, "a basin whose nodes take seconds", |page| {
        page.eval(&format!("samscope.setScenario({SLOW}), samscope.pause(), window.longest = [0, 0]"))?;
        page.wait_for("workers.length > 2 && workers.at(-1).isReady && samscope.picture()?.share < 1")?;
        page.eval("new Promise((done) => setTimeout(done, 1000))").map(drop)
    })?;
    let before = page.number("workers.length")?;
    page.eval(&format!("samscope.setScenario({}), samscope.pause()", basin(0.007)))?;
    page.wait_for(&format!("workers.length > {before}"))?;
    is_the_native_one(page, samscope, 0.007, "worker")?;
    page.ensure_clean()
}

/// Waits for the whole picture, which `whose` work it is, and compares it with the native one of the same plane.
pub fn is_the_native_one(page: &mut dyn Tab, samscope: &Path, eta: f64, whose: &str) -> Result<()> {
    page.wait_for(&format!("{IS_WHOLE} && samscope.picture().field.scenario.optimizers[0].eta === {eta}"))?;
    let answer = page.eval(&format!("JSON.stringify(samscope.picture(), {})", json::KEEP_NEGATIVE_ZERO))?;
    let mut picture: Value = serde_json::from_str(answer.as_str().context("no picture")?)?;
    json::restore_negative_zero(&mut picture);
    let by_whom = picture["backend"].as_str().unwrap_or_default();
    ensure!(by_whom.contains(whose), "it was computed by {by_whom}");
    for of in ["class", "steps", "loss", "lambda_1", "alignment"] {
        let native = column(samscope, &picture, eta, of)?;
        let values = picture[of].as_array().with_context(|| format!("the picture has no {of}"))?;
        ensure!(native.len() == values.len(), "{} nodes instead of {}", values.len(), native.len());
        for (node, (native, value)) in native.iter().zip(values).enumerate() {
            let text = match (of, value) {
                ("class", class) => name(&picture["classes"], class)?,
                (_, Value::Null) => String::new(),
                (_, value) => format!("{:?}", value.as_f64().context("a number")?),
            };
            ensure!(*native == text, "node {node}: {of} is {text}, natively {native}");
        }
    }
    Ok(())
}

/// A value of every node as `samscope basin` writes it, over the plane of a picture.
fn column(samscope: &Path, picture: &Value, eta: f64, of: &str) -> Result<Vec<String>> {
    let plane = &picture["field"]["kind"]["plane"];
    let list =
        |value: &Value| -> Vec<String> { value.as_array().into_iter().flatten().map(ToString::to_string).collect() };
    let file = std::env::temp_dir().join(format!("samscope-page-{}-{of}.csv", std::process::id()));
    let mut query = process::command(samscope);
    query.args(["basin", "--loss", "himmelblau", "--optimizer", "sam", "--rho", "0.1", "--steps", "500", "--quiet"]);
    query.args(["--eta", &eta.to_string(), "--of", of]).arg("--out").arg(&file);
    query.args(["--bounds", &list(&plane["bounds"]).join(","), "--size", &list(&plane["size"]).join(",")]);
    process::capture(query)?;
    let text = std::fs::read_to_string(&file)?;
    std::fs::remove_file(&file)?;
    Ok(text.lines().skip(1).filter_map(|line| line.rsplit(',').next()).map(str::to_owned).collect())
}

/// The class at this place of the list.
fn name(classes: &Value, class: &Value) -> Result<String> {
    let place = class.as_u64().and_then(|class| usize::try_from(class).ok()).context("a class")?;
    Ok(classes[place].as_str().context("a name")?.to_owned())
}
