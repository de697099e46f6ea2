//! Links, embedding, and the last state.

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use super::{Lab, loading::PLAYS};
use crate::{
    browser::{Key, Screen, Tab, button, field, picture, slider},
    json, process,
};

/// A scenario that differs from the default in every kind of field.
const SCENARIO: &str = r#"{"loss": {"id": "typed", "expressions": ["0.5*(x*y - c)^2", "0.1*(x - y)^2"], "params": {"c": 1.25}},
    "init": [2, -0.0], "optimizers": [{"id": "sam", "eta": 0.0301}, {"id": "one-sam", "rho": 0.2, "on": false}],
    "seed": 9007199254740991, "steps": 1000, "view": {"levels": "linear", "bounds": [-1, 3, -1, 2.5]}}"#;

/// A link made natively opens in the page, and back, to the same scenario and the same bits.
pub fn links(lab: &mut Lab) -> Result<()> {
    let samscope = lab.samscope.clone();
    let native = |arguments: &[&str]| {
        let mut command = process::command(&samscope);
        command.args(arguments);
        process::capture_text(command)
    };
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("scenario.json");
    std::fs::write(&file, SCENARIO)?;
    let file = file.to_str().context("a path in UTF-8")?;
    let fragment = native(&["link", file])?;
    let url = format!("{}{}", lab.url, fragment.trim());
    let mut page = lab.browser.open(&Screen::DESKTOP)?;
    page.navigate(&url)?;
    page.wait_for("samscope.state().step === 1000")?;
    let run: Value = serde_json::from_str(&native(&["run", "--scenario", file])?)?;
    let mut of_page = all(&mut page, "samscope.state().points[0].x")?;
    json::restore_negative_zero(&mut of_page);
    if let Some(difference) = json::first_difference(&run["runs"][0]["final"]["x"], &of_page) {
        bail!("the run of the link differs natively and in the page: {difference}");
    }
    page.click_on(button("Share…"))?;
    // What is there then is what the page has written.
    page.eval("history.replaceState(null, '', '#')")?;
    page.click_on(button("Copy link"))?;
    page.wait_for("location.hash.startsWith('#v1.')")?;
    let hash = page.eval("location.hash")?;
    let back: Value = serde_json::from_str(&native(&["open", hash.as_str().unwrap_or_default()])?)?;
    let mut here = all(&mut page, "samscope.getScenario()")?;
    json::restore_negative_zero(&mut here);
    if let Some(difference) = json::first_difference(&back, &here) {
        bail!("the page's link gives another scenario: {difference}");
    }
    page.ensure_clean()
}

/// A value of the page with its negative zeros.
fn all(page: &mut dyn Tab, expression: &str) -> Result<Value> {
    let answer = page.eval(&format!("JSON.stringify({expression}, {})", json::KEEP_NEGATIVE_ZERO))?;
    Ok(serde_json::from_str(answer.as_str().context("no JSON")?)?)
}

/// Bad links give a sentence and a page that plays.
pub fn bad_links(lab: &mut Lab) -> Result<()> {
    let huge = format!("#v1.{}", "A".repeat(1 << 17));
    let cases = [
        ("#v1.eJyrVkrLz1eyUkpKLFKqBQA", "amaged"),
        ("#v2.abc", "newer version"),
        (huge.as_str(), "damaged"),
        ("#something", "not a samscope link"),
    ];
    for (hash, words) in cases {
        let mut page = lab.browser.open(&Screen::DESKTOP)?;
        page.navigate(&format!("{}{hash}", lab.url))?;
        page.wait_for(PLAYS)?;
        let notice = page.eval("samscope.state().notice")?;
        ensure!(notice.as_str().is_some_and(|text| text.contains(words)), "{words}: the page says {notice}");
        page.ensure_clean()?;
    }
    Ok(())
}

/// Embedded, there are picture and transport alone.
pub fn embed(lab: &mut Lab) -> Result<()> {
    let mut page = lab.browser.open(&Screen::DESKTOP)?;
    page.navigate(&format!("{}?embed=1", lab.url))?;
    page.wait_for(PLAYS)?;
    for widget in [picture("Map of "), button("Pause")] {
        page.wait_for(&widget.is_there())?;
    }
    for widget in [field("GD's η"), button("Share…")] {
        ensure!(page.eval(&widget.is_there())? == false, "{widget:?} is there");
    }
    page.ensure_clean()
}

/// What was set is there again after a reload, and a change is taken back by its button.
pub fn state_and_undo(lab: &mut Lab) -> Result<()> {
    let url = lab.url.clone();
    let mut page = lab.playing(&Screen::DESKTOP)?;
    page.eval("samscope.setScenario({...samscope.getScenario(), seed: 77})")?;
    page.wait_for("Object.values(localStorage).some((kept) => kept.includes('\"seed\":77'))")?;
    page.navigate(&url)?;
    page.wait_for("samscope.getScenario().seed === 77")?;
    let before = page.eval("samscope.getScenario().init")?;
    let start = page.middle_of(slider("Start point"))?;
    page.drag(start, (50.0, -30.0), 8)?;
    let init = "JSON.stringify(samscope.getScenario().init)";
    page.wait_for(&format!("{init} !== '{before}'")).context("the drag moves nothing")?;
    page.click_on(button("Undo"))?;
    page.wait_for(&format!("{init} === '{before}'")).context("one undo does not take one drag back")?;
    page.press(Key::Space)?;
    page.ensure_clean()
}
