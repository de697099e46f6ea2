//! The page's JavaScript interface: scenarios in, the command line's numbers out.

use std::{fs, path::Path, time::Duration};

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};

use super::Lab;
use crate::{
    browser::{Screen, Tab},
    json, process,
};

pub fn bad_scenario(lab: &mut Lab) -> Result<()> {
    let mut page = lab.playing(&Screen::DESKTOP)?;
    let before = page.eval("samscope.getScenario()")?;
    let message = page.eval(
        "(() => {
            try {
                samscope.setScenario({ ...samscope.getScenario(), optimizers: [{ id: 'sam', eta: -1 }] });
                return 'nothing';
            } catch (error) {
                return error instanceof Error ? error.message : 'no Error but ' + error;
            }
        })()",
    )?;
    ensure!(message.as_str().is_some_and(|text| text.contains("eta")), "it threw {message}, which names no `eta`");
    let after = page.eval("samscope.getScenario()")?;
    if let Some(difference) = json::first_difference(&before, &after) {
        bail!("the bad scenario changed the good one: {difference}");
    }
    let step = page.number("samscope.state().step")?;
    page.wait_for(&format!("samscope.state().step > {step}"))?;
    page.ensure_clean()
}

/// Every optimizer on every loss, and on a typed one: the page computes what the native binary computes, to the last bit.
pub fn same_bits(page: &mut dyn Tab, samscope: &Path) -> Result<()> {
    let losses = list(samscope, "losses")?;
    let optimizers = list(samscope, "optimizers")?;
    let mut specs: Vec<(Value, Value)> =
        losses.iter().map(|loss| (json!({ "id": loss["id"] }), loss["start"].clone())).collect();
    specs.push((typed_loss(), json!([0.7, 0.4, 0.9])));
    page.set_patience(Duration::from_secs(120));
    page.eval("samscope.pause()")?;
    for (loss, start) in specs {
        let scenario = race(&loss, &start, &optimizers);
        let native = native_run(samscope, &scenario)?;
        let run = format!("samscope.run({scenario}).then(run => JSON.stringify(run, {}))", json::KEEP_NEGATIVE_ZERO);
        let answer = page.eval(&run)?;
        let mut web: Value = serde_json::from_str(answer.as_str().context("run() gave no object")?)?;
        json::restore_negative_zero(&mut web);
        json::drop_field(&mut web, "elapsed_s");
        if let Some(difference) = json::first_difference(&native, &web) {
            bail!("{loss}: native and page differ at {difference}");
        }
    }
    page.ensure_clean()
}

/// What `samscope losses` or `samscope optimizers` lists.
fn list(samscope: &Path, command: &str) -> Result<Vec<Value>> {
    let mut query = process::command(samscope);
    query.args([command, "--json"]);
    let answer: Value = serde_json::from_slice(&process::capture(query)?)?;
    let rows = answer.as_array().with_context(|| format!("`{command} --json` is no list"))?.clone();
    ensure!(!rows.is_empty(), "`{command} --json` is empty");
    Ok(rows)
}

/// A loss that uses every function of the language.
fn typed_loss() -> Value {
    let first = "0.5*(x*y - c)^2 + 0.1*exp(-z^2) + 0.01*log(1 + x^2) + 0.02*abs(sin(y)*cos(z))";
    let second = "sqrt(1 + z^2) + 0.1*tanh(x)*sinh(0.1*y) + 0.1*cosh(z) + 0.01*tan(0.1*x) + 0.1*max(x, y, z)^2.5 - 0.1*min(x, y)";
    json!({ "id": "typed", "expressions": [first, second], "reduction": "mean", "params": { "c": 1.25 } })
}

fn race(loss: &Value, start: &Value, optimizers: &[Value]) -> Value {
    let spec = |row: &Value| json!({ "id": row["id"], "eta": 0.01, "rho": 0.1, "batch": 1, "on": true });
    let optimizers: Vec<Value> = optimizers.iter().map(spec).collect();
    json!({
        "version": 1, "loss": loss, "init": start, "optimizers": optimizers,
        "seed": 3, "steps": 500, "record": 64,
    })
}

/// The page's `sharpness` gives the command line's JSON, and refuses in one sentence.
pub fn sharpness(lab: &mut Lab) -> Result<()> {
    let mut command = process::command(&lab.samscope);
    command.args(["sharpness", "--loss", "toy4d", "--at", "0.5,0.25,0.125,-0.0625", "--rho", "0.1", "--json"]);
    let native: Value = serde_json::from_slice(&process::capture(command)?)?;
    let mut page = lab.playing(&Screen::DESKTOP)?;
    let request = "{loss: {id: 'toy4d'}, at: [0.5, 0.25, 0.125, -0.0625], rho: 0.1}";
    let answer = page.eval(&format!("samscope.sharpness({request}).then(JSON.stringify)"))?;
    let web: Value = serde_json::from_str(answer.as_str().context("sharpness() gave no object")?)?;
    if let Some(difference) = json::first_difference(&native, &web) {
        bail!("native and page differ at {difference}");
    }
    let refused = page.eval("samscope.sharpness({at: [1, 2]}).catch(error => error.message)")?;
    ensure!(refused.as_str().is_some_and(|text| text.contains("at: must have 4 numbers")), "it says {refused}");
    page.ensure_clean()
}

/// What the native command line makes of a scenario, but for the time it took.
pub fn native_run(samscope: &Path, scenario: &Value) -> Result<Value> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("scenario.json");
    fs::write(&file, scenario.to_string())?;
    let mut command = process::command(samscope);
    command.args(["run", "--scenario"]).arg(&file);
    let mut run = serde_json::from_slice(&process::capture(command)?)?;
    json::drop_field(&mut run, "elapsed_s");
    Ok(run)
}

/// A long run in the page, and what the page does meanwhile: frames and steps, and for how long at most its own thread does not
/// come to a timer.
const RUN_AND_COUNT: &str = "(async () => {
    const scenario = samscope.getScenario();
    scenario.steps = 1e12;
    samscope.setScenario(scenario);
    samscope.play();
    const long = { ...scenario, optimizers: [{ id: 'sam', eta: 0.01, rho: 0.1 }], steps: 2e7, record: 'none' };
    let done = false;
    const begin = performance.now();
    const first = samscope.state().step;
    const run = samscope.run(long).then(result => { done = true; return result.runs[0].steps; });
    let [last, frames, steps_while_running, longest_ms] = [begin, 0, 0, 0];
    const clock = setInterval(() => {
        const now = performance.now();
        longest_ms = Math.max(longest_ms, now - last);
        last = now;
    }, 10);
    while (!done) {
        await new Promise(requestAnimationFrame);
        if (done) break;
        frames++;
        steps_while_running = samscope.state().step - first;
    }
    clearInterval(clock);
    return { frames, steps_while_running, longest_ms, run_ms: performance.now() - begin, run_steps: await run };
})()";

/// While a long run is computed, the page goes on playing and drawing. How long its thread is occupied is held against the run's
/// own length: on a busy machine all is slow, and pictures come late that other processes draw; but a run on the page's own thread
/// would be one long wait on any.
pub fn run_does_not_freeze(lab: &mut Lab) -> Result<()> {
    let mut page = lab.playing(&Screen::DESKTOP)?;
    page.set_patience(Duration::from_secs(120));
    let observed = page.eval(RUN_AND_COUNT)?;
    let number = |field: &str| observed[field].as_f64().with_context(|| format!("no {field}: {observed}"));
    ensure!(observed["run_steps"] == 20_000_000, "the run did not do its steps: {observed}");
    ensure!(number("steps_while_running")? > 0.0, "the page stood still while it ran: {observed}");
    ensure!(number("frames")? >= 2.0, "the page drew hardly a frame while it ran: {observed}");
    let allowed_ms = (0.25 * number("run_ms")?).max(500.0);
    ensure!(number("longest_ms")? < allowed_ms, "the page's thread was occupied for too long while it ran: {observed}");
    page.ensure_clean()
}

/// Every figure of the page is the command line's, byte for byte.
pub fn export_svg(lab: &mut Lab) -> Result<()> {
    let samscope = lab.samscope.clone();
    let folder = tempfile::tempdir()?;
    let mut page = lab.playing(&Screen::DESKTOP)?;
    page.set_patience(Duration::from_secs(120));
    page.eval("samscope.setScenario({...samscope.getScenario(), steps: 3000})")?;
    let scenario = page.eval("samscope.getScenario()")?;
    let file = folder.path().join("scenario.json");
    fs::write(&file, scenario.to_string())?;
    // The figures are those that a refusal lists.
    let refusal = page.eval("samscope.exportSvg('nothing').catch(error => error.message)")?;
    let listed = refusal.as_str().and_then(|text| text.split_once("one of ")?.1.split_once(", but is"));
    let (ids, _) = listed.with_context(|| format!("exportSvg('nothing') gives {refusal}"))?;
    for id in ids.split(", ") {
        let out = folder.path().join("figure.svg");
        let mut command = process::command(&samscope);
        command.args(["figure", id, "--scenario"]).arg(&file).arg("--out").arg(&out);
        process::capture(command)?;
        let native = fs::read_to_string(&out)?;
        let web = page.eval(&format!("samscope.exportSvg('{id}')"))?;
        ensure!(web.as_str() == Some(&native), "{id}: native and page differ");
    }
    ensure!(ids.starts_with("fig1, landscape"), "exportSvg('nothing') gives {refusal}");
    page.ensure_clean()
}
