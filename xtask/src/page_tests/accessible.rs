//! axe-core, which knows what assistive programs need, finds nothing wrong with the page and its mirror.

use std::fs;

use anyhow::{Context, Result, ensure};

use super::{Lab, mirror};
use crate::{
    browser::{Page, Screen, Tab, Widget, button, field, picture, row, text},
    setup,
};

/// What is looked at: a name, what brings it, and a widget that is there then.
const SCENES: [(&str, &str, Widget); 8] = [
    ("map", "samscope.pause()", picture("Map of ")),
    ("gap", "view({ layout: 'gap' })", text("predicted")),
    ("3-D", "view({ layout: 'surface' })", picture("Surface of ")),
    ("basin", "view({ layout: 'basin' })", picture("Basin of ")),
    ("sweep", "view({ layout: 'sweep' })", picture("Sweep of ")),
    ("anatomy", "view({ layout: 'map', side: 'anatomy' })", picture("The step's vectors ")),
    ("curves", "view({ side: 'curves' })", picture("Curves of ")),
    ("refusal", "location.hash = '#v1.damaged'", button("Dismiss")),
];

/// Puts other settings into the view.
const VIEW: &str = "window.view = (change) => {
    const scenario = samscope.getScenario();
    samscope.setScenario({ ...scenario, view: { ...scenario.view, ...change } });
}";

/// What it finds, as sentences with the elements that they are about.
const FIND: &str = "axe.run(document, { preload: false, resultTypes: ['violations'] }).then(({ violations }) =>
    violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map(({ html }) => html).join(' ')}`))";

/// Every layout, a lesson, the windows and the palette.
pub fn axe(lab: &mut Lab) -> Result<()> {
    let script = fs::read_to_string(setup::axe()?)?;
    let mut page = lab.playing(&Screen::DESKTOP)?;
    // Through the debugging protocol: the page's policy lets no foreign script in.
    page.eval(&format!("{script}; {VIEW}; 0"))?;
    for (name, act, widget) in SCENES {
        page.eval(&format!("void ({act})"))?;
        finds_nothing(&mut page, widget).with_context(|| name.to_owned())?;
    }
    for (opener, widget) in [
        (button("Lessons"), text("0 of 12 done")),
        (row("○ 1. "), text("Your prediction")),
        (button("Gallery"), row("Three methods, three minima: ")),
        (button("Glossary"), field("Find in the glossary")),
        (button("Export…"), button("Save")),
        (button("Share…"), button("Copy link")),
        (button("Open…"), field("Link or path")),
    ] {
        mirror::press(&mut page, opener)?;
        finds_nothing(&mut page, widget).with_context(|| format!("{opener:?}"))?;
    }
    page.press_with_ctrl('K', false)?;
    finds_nothing(&mut page, field("Command")).context("palette")?;
    // What it would find is told.
    page.eval("document.querySelector('#mirror').append(document.createElement('button'))")?;
    let found = page.eval(FIND)?;
    ensure!(found.to_string().contains("button-name"), "a button without a name is no fault: {found}");
    page.ensure_clean()
}

/// Waits for a widget, and lets axe look.
fn finds_nothing(page: &mut Page, widget: Widget) -> Result<()> {
    page.wait_for(&widget.is_there())?;
    let found = page.eval(FIND)?;
    ensure!(found == serde_json::json!([]), "{found:#}");
    Ok(())
}
