//! The page's JavaScript interface: scenarios in, the command line's numbers out.

use std::{fs, path::Path, time::Duration};

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};

use super::Lab;
use crate::{browser::Screen, json, process, tempdir::TempDir};

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
    page.wait_for(&format!("samscope.state().step > {step}"), 10)?;
    page.ensure_clean()
}

const OPTIMIZERS: [&str; 5] = ["gd", "sgd", "sam", "one-sam", "m-sam"];

/// Every optimizer on every loss: the page computes what the native binary computes, to the last bit.
pub fn same_bits(lab: &mut Lab) -> Result<()> {
    let mut query = process::command(&lab.samscope);
    query.args(["losses", "--json"]);
    let losses: Value = serde_json::from_slice(&process::capture(query)?)?;
    let losses = losses.as_array().context("`losses --json` is no list")?.clone();
    ensure!(!losses.is_empty(), "`losses --json` is empty");
    let samscope = lab.samscope.clone();
    let mut page = lab.playing(&Screen::DESKTOP)?;
    page.eval("samscope.pause()")?;
    for loss in &losses {
        let scenario = race(loss);
        let native = native_run(&samscope, &scenario)?;
        let run = format!("samscope.run({scenario}).then(run => JSON.stringify(run, {}))", json::KEEP_NEGATIVE_ZERO);
        let answer = page.eval(&run)?;
        let mut web: Value = serde_json::from_str(answer.as_str().context("run() gave no object")?)?;
        json::restore_negative_zero(&mut web);
        json::drop_field(&mut web, "elapsed_s");
        if let Some(difference) = json::first_difference(&native, &web) {
            bail!("{}: native and page differ at {difference}", loss["id"]);
        }
    }
    page.ensure_clean()
}

fn race(loss: &Value) -> Value {
    let optimizers = OPTIMIZERS.map(|id| json!({ "id": id, "eta": 0.01, "rho": 0.1, "batch": 1, "on": true }));
    json!({
        "version": 1, "loss": { "id": loss["id"] }, "init": loss["start"], "optimizers": optimizers,
        "seed": 3, "steps": 2000, "record": 64,
    })
}

fn native_run(samscope: &Path, scenario: &Value) -> Result<Value> {
    let folder = TempDir::new("scenario")?;
    let file = folder.path().join("scenario.json");
    fs::write(&file, scenario.to_string())?;
    let mut command = process::command(samscope);
    command.args(["run", "--scenario"]).arg(&file);
    let mut run = serde_json::from_slice(&process::capture(command)?)?;
    json::drop_field(&mut run, "elapsed_s");
    Ok(run)
}

/// While a long run is computed, the page goes on playing and drawing.
pub fn run_does_not_freeze(lab: &mut Lab) -> Result<()> {
    let mut page = lab.playing(&Screen::DESKTOP)?;
    page.set_patience(Duration::from_secs(120));
    let observed = page.eval(
        "(async () => {
            const scenario = samscope.getScenario();
            scenario.steps = 1e12;
            samscope.setScenario(scenario);
            samscope.play();
            const long = { ...scenario, optimizers: [{ id: 'sam', eta: 0.01, rho: 0.1 }], steps: 3e7, record: 'none' };
            let done = false;
            const first = samscope.state().step;
            const run = samscope.run(long).then(result => { done = true; return result.runs[0].steps; });
            let [last, steps_while_running, longest_ms] = [performance.now(), 0, 0];
            while (!done) {
                await new Promise(requestAnimationFrame);
                if (!done) steps_while_running = samscope.state().step - first;
                longest_ms = Math.max(longest_ms, performance.now() - last);
                last = performance.now();
            }
            return { steps_while_running, longest_ms, run_steps: await run };
        })()",
    )?;
    ensure!(observed["run_steps"].as_f64() == Some(3e7), "the run did not do its steps: {observed}");
    let went_on = observed["steps_while_running"].as_f64().is_some_and(|steps| steps > 0.0);
    ensure!(went_on, "the page stood still while it ran: {observed}");
    let responsive = observed["longest_ms"].as_f64().is_some_and(|longest| longest < 1000.0);
    ensure!(responsive, "the page drew no frame for a second: {observed}");
    page.ensure_clean()
}
