//! Files that a person drops on the page or chooses in the browser's dialog: scenarios, and figures that carry one.

use std::{fs, path::PathBuf};

use anyhow::{Result, bail, ensure};

use super::Lab;
use crate::{
    browser::{Page, Screen, Tab, Widget, button, picture},
    json, process,
};

const CHOOSE: Widget = button("Choose a file…");

/// The largest file that is read, in bytes.
const OPEN_MAX: usize = 1 << 24;

pub fn drop_and_open(lab: &mut Lab) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let file = |name: &str, content: &[u8]| -> Result<PathBuf> {
        let path = folder.path().join(name);
        fs::write(&path, content)?;
        Ok(path)
    };
    let samscope = lab.samscope.clone();
    let mut page = lab.playing(&Screen::DESKTOP)?;
    let map = page.middle_of(picture("Map of "))?;
    page.drop_file(map, &file("good.json", &scenario(31))?)?;
    wait_for_seed(&mut page, 31)?;
    for (kind, seed) in [("svg", 33), ("png", 34)] {
        let figure = folder.path().join(format!("figure.{kind}"));
        let mut command = process::command(&samscope);
        command.args(["figure", "landscape", "--steps", "200", "--dpi", "60", "--scenario"]);
        command.arg(file("of-figure.json", &scenario(seed))?).arg("--out").arg(&figure);
        process::capture(command)?;
        page.drop_file(map, &figure)?;
        wait_for_seed(&mut page, seed)?;
    }

    for (name, content, words) in [
        ("bad.json", br#"{"optimizers": [{"id": "sam", "eta": -1}]}"#.as_slice(), "eta"),
        ("picture.json", b"\x89PNG\r\n\x1a\n", "only the SVG and PNG figures that samscope saves"),
        ("large.json", &vec![b' '; OPEN_MAX + 1], "larger than 16 MB"),
    ] {
        let before = page.eval("samscope.getScenario()")?;
        page.drop_file(map, &file(name, content)?)?;
        refused(&mut page, name, words)?;
        if let Some(difference) = json::first_difference(&before, &page.eval("samscope.getScenario()")?) {
            bail!("{name} changed the scenario: {difference}");
        }
    }

    page.click_on(button("Open…"))?;
    page.choose_file(CHOOSE, &file("chosen.json", &scenario(32))?)?;
    wait_for_seed(&mut page, 32)?;
    page.wait_for(&format!("!{}", CHOOSE.is_there()))?;
    page.ensure_clean()
}

fn scenario(seed: u32) -> Vec<u8> {
    format!(r#"{{"loss": {{"id": "ring"}}, "optimizers": [{{"id": "sam", "eta": 0.02}}], "seed": {seed}}}"#)
        .into_bytes()
}

/// The scenario of this seed plays, and nothing is complained of.
fn wait_for_seed(page: &mut Page, seed: u32) -> Result<()> {
    page.wait_for(&format!("samscope.getScenario().seed === {seed}"))?;
    page.wait_for("samscope.getScenario().loss.id === 'ring' && samscope.getScenario().optimizers[0].eta === 0.02")?;
    page.wait_for("samscope.state().playing && samscope.state().step > 0 && !samscope.state().notice")
}

/// One sentence names the file and says what is wrong with it.
fn refused(page: &mut Page, name: &str, words: &str) -> Result<()> {
    page.wait_for(&format!("samscope.state().notice?.toLowerCase().includes('{name}')"))?;
    let notice = page.eval("samscope.state().notice")?;
    let is_sentence = notice.as_str().is_some_and(|text| text.contains(words) && text.ends_with('.'));
    ensure!(is_sentence, "{name}: the page says {notice}");
    Ok(())
}
