//! `cargo xtask bench`: the command line's measurements beside the page's, as one table and one JSON file.

use std::{fs, thread, time::Duration};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::{
    browser::{Browser, Graphics, Page, Screen, Tab},
    process, repo,
    server::Server,
    table, web,
};

/// Measures, prints the table and writes `bench.json` into the target folder.
pub fn run(no_build: bool) -> Result<()> {
    if !no_build {
        process::build_samscope()?;
        web::build(None)?;
    }
    // One after the other: they would take each other's cores.
    let native = of_native()?;
    let page = of_page()?;
    let merged = json!({ "machine": native["machine"], "figures": merge(&figures(&native), &figures(&page)) });
    print!("{}", render(&merged["figures"]));
    let path = repo::target_dir()?.join("bench.json");
    fs::write(&path, format!("{merged:#}\n")).with_context(|| format!("cannot write {}", path.display()))?;
    println!("written to {}", path.display());
    Ok(())
}

fn of_native() -> Result<Value> {
    let mut bench = process::command(repo::samscope_exe()?);
    bench.args(["bench", "--json"]);
    serde_json::from_slice(&process::capture(bench)?).context("`samscope bench --json` printed no JSON")
}

/// The page's own `bench()`, and in a load of its own the frame times while it plays: wall-clock times beside a
/// rasterizer that runs on the same cores where there is no GPU.
fn of_page() -> Result<Value> {
    let server = Server::start(&repo::dist_dir())?;
    let mut browser = Browser::launch(Graphics::Software, &Screen::DESKTOP)?;
    let mut result = {
        let mut page = load(&mut browser, &server)?;
        page.set_patience(Duration::from_secs(600));
        page.eval("samscope.pause()")?;
        page.eval("samscope.bench()")?
    };
    let frames = frame_figures(&frame_times(&mut load(&mut browser, &server)?)?);
    result["figures"].as_array_mut().context("samscope.bench() gave no figures")?.extend(frames);
    Ok(result)
}

fn load<'b>(browser: &'b mut Browser, server: &Server) -> Result<Page<'b>> {
    let mut page = browser.open(&Screen::DESKTOP)?;
    page.navigate(&server.url())?;
    page.wait_for("samscope.state().playing")?;
    Ok(page)
}

/// The first scenario, three optimizers racing, at 1000 steps a frame.
fn frame_times(page: &mut Page) -> Result<Value> {
    page.eval(
        "(() => {
            const scenario = samscope.getScenario();
            scenario.view.steps_per_frame = 1000;
            scenario.view.curves = [\"loss\", \"grad_norm\", \"lambda_1\", \"other_eigenvalues\", \"trace\",
                \"lambda_edge\", \"two_over_eta\", \"rayleigh\", \"alignment\"];
            scenario.steps = 10000000;
            samscope.setScenario(scenario);
            samscope.play();
        })()",
    )?;
    thread::sleep(Duration::from_secs(8));
    page.eval("samscope.perf()")
}

fn frame_figures(perf: &Value) -> Vec<Value> {
    let parts = ["logic", "ui", "tessellation", "cpu"];
    let ids = parts.iter().flat_map(|part| ["p50", "p95"].map(|percentile| (*part, percentile)));
    ids.map(|(part, percentile)| {
        json!({ "id": format!("live_frame_{part}_{percentile}"), "value": perf[part][percentile], "unit": "ms" })
    })
    .collect()
}

fn figures(bench: &Value) -> Vec<Value> {
    bench["figures"].as_array().cloned().unwrap_or_default()
}

/// One figure per id, in the command line's order and then the page's.
fn merge(native: &[Value], page: &[Value]) -> Vec<Value> {
    let by_id = |figures: &[Value], id: &Value| figures.iter().find(|figure| figure["id"] == *id).cloned();
    let only_page = page.iter().filter(|figure| by_id(native, &figure["id"]).is_none());
    let all = native.iter().chain(only_page);
    all.map(|figure| {
        let id = &figure["id"];
        let (native, page) = (by_id(native, id).unwrap_or_default(), by_id(page, id).unwrap_or_default());
        json!({
            "id": id, "unit": figure["unit"],
            "native": native["value"], "native_to_baseline": native["ratio"],
            "page": page["value"], "page_to_baseline": page["ratio"],
            "page_to_native": page["value"].as_f64().zip(native["value"].as_f64()).map(|(page, native)| page / native),
        })
    })
    .collect()
}

/// The table's columns: a heading and the figure's field.
const COLUMNS: [(&str, &str); 7] = [
    ("figure", "id"),
    ("unit", "unit"),
    ("native", "native"),
    ("/ baseline", "native_to_baseline"),
    ("page", "page"),
    ("/ baseline", "page_to_baseline"),
    ("page / native", "page_to_native"),
];

fn render(figures: &Value) -> String {
    let head = COLUMNS.map(|(heading, _)| heading.to_owned());
    let row = |figure: &Value| COLUMNS.map(|(_, field)| cell(&figure[field]));
    table::align(std::iter::once(head).chain(figures.as_array().into_iter().flatten().map(row)))
}

fn cell(value: &Value) -> String {
    match (value.as_f64(), value.as_str()) {
        (Some(number), _) if number.abs() >= 1e6 => format!("{number:.0}"),
        (Some(number), _) => format!("{number:.3}"),
        (_, Some(text)) => text.to_owned(),
        _ => "–".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_of_both_sides_meet_in_one_row() {
        let native = [json!({ "id": "step", "value": 40.0, "unit": "ns", "ratio": 1.1 })];
        let page = [
            json!({ "id": "step", "value": 60.0, "unit": "ns", "ratio": 1.5 }),
            json!({ "id": "frame", "value": 3.0, "unit": "ms" }),
        ];
        let merged = merge(&native, &page);
        assert_eq!(merged.len(), 2);
        assert_eq!(merged[0]["page_to_native"], 1.5);
        assert_eq!(merged[1]["native"], Value::Null);
        let table = render(&json!(merged));
        assert!(table.contains("step") && table.contains("40.000") && table.contains('–'), "{table}");
    }

    #[test]
    fn frame_times_become_figures() {
        let figures = frame_figures(&json!({ "cpu": { "p50": 1.0, "p95": 2.5 } }));
        assert_eq!(figures.len(), 8);
        assert_eq!(figures[7], json!({ "id": "live_frame_cpu_p95", "value": 2.5, "unit": "ms" }));
    }
}
