//! What a person does with mouse, keyboard and finger.

use anyhow::{Context, Result, ensure};

use super::{Lab, loading::PLAYS};
use crate::browser::{Browser, Graphics, Key, Screen, Tab, button, field, picture, slider};

const STEP: &str = "samscope.state().step";

fn step_of(page: &mut dyn Tab) -> Result<u64> {
    page.eval(STEP)?.as_u64().context("state().step is no whole number")
}

pub fn transport(page: &mut dyn Tab) -> Result<()> {
    page.press(Key::Space)?;
    page.wait_for("!samscope.state().playing")?;
    let paused_at = step_of(page)?;
    page.let_draw()?;
    ensure!(step_of(page)? == paused_at, "it goes on although it is paused");

    page.press(Key::Right)?;
    page.wait_for(&format!("{STEP} !== {paused_at}"))?;
    page.let_draw()?;
    let stepped_to = step_of(page)?;
    ensure!(stepped_to == paused_at + 1, "the right arrow went from step {paused_at} to {stepped_to}");

    page.press(Key::Home)?;
    page.wait_for(&format!("{STEP} === 0"))?;

    page.click_on(button("Play"))?;
    page.wait_for(&format!("samscope.state().playing && {STEP} > 0"))?;
    page.ensure_clean()
}

pub fn drag_start(page: &mut dyn Tab) -> Result<()> {
    // Far enough for a restart to show.
    page.wait_for(&format!("{STEP} >= 100"))?;
    page.eval("samscope.pause()")?;
    page.wait_for("!samscope.state().playing")?;
    let before = page.eval("samscope.getScenario().init")?;
    let start = page.middle_of(slider("Start point"))?;
    page.drag(start, (60.0, -40.0), 8)?;
    let follows = |axis: usize| format!("samscope.getScenario().init[{axis}] !== {}", before[axis]);
    page.wait_for(&format!("{} && {}", follows(0), follows(1))).context("the start point does not follow the drag")?;
    page.wait_for(&format!("{STEP} < 100"))?;
    page.ensure_clean()
}

/// A drag of the start is taken back by Ctrl+Z, and made again by both keys for that.
pub fn undo_by_keys(page: &mut dyn Tab) -> Result<()> {
    let init = "JSON.stringify(samscope.getScenario().init)";
    let before = page.eval(init)?;
    let start = page.middle_of(slider("Start point"))?;
    page.drag(start, (60.0, -40.0), 8)?;
    page.wait_for(&format!("{init} !== {before}")).context("the start point does not follow the drag")?;
    // The last move of the drag may come a frame later.
    page.let_draw()?;
    let dragged = page.eval(init)?;
    for (letter, shift, expected) in
        [('Z', false, &before), ('Z', true, &dragged), ('Z', false, &before), ('Y', false, &dragged)]
    {
        page.press_with_ctrl(letter, shift)?;
        let keys = if shift { "Ctrl+Shift" } else { "Ctrl" };
        page.wait_for(&format!("{init} === {expected}")).with_context(|| format!("{keys}+{letter}"))?;
    }
    page.ensure_clean()
}

pub fn change_eta(lab: &mut Lab) -> Result<()> {
    let mut page = lab.playing(&Screen::DESKTOP)?;
    page.click_on(field("GD's η"))?;
    // The number becomes a field.
    page.let_draw()?;
    page.select_all()?;
    page.type_text("0.02")?;
    page.press(Key::Enter)?;
    page.wait_for("samscope.getScenario().optimizers[0].eta === 0.02")?;
    page.ensure_clean()
}

/// A formula is typed: while it is wrong the last valid loss goes on, when it is right it runs.
pub fn type_a_loss(lab: &mut Lab) -> Result<()> {
    let mut page = lab.playing(&Screen::DESKTOP)?;
    let typed = "{id: 'typed', expressions: ['0.5*(x*y - c)^2'], params: {c: 1}}";
    page.eval(&format!("samscope.setScenario({{loss: {typed}, init: [2, 0.6], optimizers: [{{id: 'sam'}}]}})"))?;
    page.let_draw()?;
    page.click_on(field("Formula L"))?;
    page.let_draw()?;
    page.select_all()?;
    page.type_text("x^2 + ")?;
    page.let_draw()?;
    let expression = "samscope.getScenario().loss.expressions[0]";
    let kept = page.eval(expression)?;
    ensure!(kept != "x^2 + ", "a formula that ends too early was accepted");
    let step = step_of(&mut page)?;
    page.eval("samscope.play()")?;
    page.wait_for(&format!("{STEP} > {step}"))?;
    page.type_text("a*y^2")?;
    page.wait_for(&format!("{expression} === 'x^2 + a*y^2'"))?;
    page.wait_for("samscope.getScenario().loss.params.a === 1")?;
    page.ensure_clean()
}

/// One click brings the approximation gap with its own race, in which SAM keeps its place.
pub fn gap(lab: &mut Lab) -> Result<()> {
    let mut page = lab.playing(&Screen::DESKTOP)?;
    page.click_on(button("Gap"))?;
    page.wait_for("samscope.getScenario().view.layout === 'gap'")?;
    let methods = "samscope.state().points.map(point => point.optimizer).sort().join()";
    page.wait_for(&format!("{methods} === 'asc-descent,max-descent,sam'"))?;
    page.wait_for("samscope.state().step > 1000")?;
    page.ensure_clean()
}

pub fn phone(lab: &mut Lab) -> Result<()> {
    let mut browser = Browser::launch(Graphics::Software, &Screen::PHONE)?;
    let mut page = browser.open(&Screen::PHONE)?;
    page.navigate(&lab.url)?;
    page.wait_for(PLAYS)?;
    let (_, map_y) = page.middle_of(picture("Map of "))?;
    ensure!(map_y < 422.0, "the map is not on top: its centre is at y = {map_y}");
    let width = page.number("document.scrollingElement.scrollWidth")?;
    ensure!(width <= 390.0, "the page is {width} px wide on a phone of 390 px");
    for (tab, expected) in [("Setup", true), ("Curves", false), ("Setup", true)] {
        page.click_on(button(tab))?;
        page.wait_for(&format!("{} === {expected}", field("GD's η").is_there())).context(tab)?;
    }
    page.ensure_clean()
}
