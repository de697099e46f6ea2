//! The page for those who don't see the canvas: everything by the elements over it, with no pointer and no coordinates.

use anyhow::{Result, ensure};

use crate::browser::{Tab, Widget, button, check, choice, field, radio, row, slider, text};

/// Waits for a widget's element and does something with it, before it can be replaced by another.
pub fn act(page: &mut dyn Tab, widget: Widget, what: &str) -> Result<()> {
    page.wait_for(&format!("((node) => {{ {what}; return true }})({})", widget.element()))
}

/// Presses a widget by its element.
pub fn press(page: &mut dyn Tab, widget: Widget) -> Result<()> {
    act(page, widget, "node.click()")
}

/// A loss is chosen, a setting changed, a seed typed, and the run paused and played again.
pub fn by_elements_alone(page: &mut dyn Tab) -> Result<()> {
    press(page, button("Pause"))?;
    page.wait_for("!samscope.state().playing")?;
    press(page, choice("Loss:"))?;
    press(page, button("hyperbola"))?;
    page.wait_for("samscope.getScenario().loss.id === 'hyperbola'")?;
    let input = "node.value = '0.05'; node.dispatchEvent(new Event('input'))";
    act(page, slider("SAM's η slider"), input)?;
    page.wait_for("samscope.getScenario().optimizers.some(({ eta }) => Math.abs(eta - 0.05) < 1e-9)")?;
    act(page, field("seed"), "node.value = '77'; node.dispatchEvent(new Event('change'))")?;
    page.wait_for("samscope.getScenario().seed === 77")?;
    press(page, check("Takes part in the race"))?;
    page.wait_for("samscope.getScenario().optimizers.some(({ on }) => on === false)")?;
    page.ensure_clean()
}

/// Each element has a name, stands where the thing is on the canvas, and follows the run.
pub fn says_what_is_shown(page: &mut dyn Tab) -> Result<()> {
    let nameless = "[...document.querySelectorAll('#mirror button, #mirror input, #mirror [role=img]')]
        .filter((node) => !(node.getAttribute('aria-label') ?? node.textContent).trim()).length";
    page.wait_for("document.querySelectorAll('#mirror button').length > 20")?;
    ensure!(page.number(nameless)? == 0.0, "elements without a name");
    let steps = text("step ").element();
    page.wait_for(&format!("!!{steps}"))?;
    let before = page.eval(&format!("{steps}.textContent"))?;
    page.wait_for(&format!("{steps}.textContent !== {before}"))?;
    page.click_on(button("Pause"))?;
    page.wait_for("!samscope.state().playing")?;
    page.ensure_clean()
}

/// Keeps what a screen reader is told by itself.
const LISTEN: &str = "window.told = [];
    new MutationObserver(() => told.push(document.querySelector('#story').textContent))
        .observe(document.querySelector('#story'), { childList: true, characterData: true, subtree: true }); 0";

/// While a run goes on its numbers are no news; that it is paused is, and a lesson's new page.
pub fn tells_news_alone(page: &mut dyn Tab) -> Result<()> {
    page.wait_for("document.querySelector('#story').textContent.startsWith('GD')")?;
    page.eval(LISTEN)?;
    page.eval("window.stories = new Set(); 0")?;
    page.wait_for("stories.add(samscope.state().story).size > 20")?;
    let told = page.eval("told")?;
    ensure!(told.as_array().is_some_and(|told| told.len() <= 3), "of twenty stories these are told: {told:#}");
    press(page, button("Pause"))?;
    page.wait_for("told.at(-1)?.startsWith('Step ')")?;
    press(page, button("Lessons"))?;
    press(page, row("○ 2. "))?;
    page.wait_for("told.at(-1).startsWith('Every point of the plane')")?;
    press(page, radio(""))?;
    press(page, button("Run it"))?;
    page.wait_for("told.some((text) => text.startsWith('First all three fall'))")?;
    press(page, button("See the answer"))?;
    page.wait_for("told.some((text) => /^(As|Not as) you predicted\\. .*GD stays where it landed/.test(text))")?;
    page.ensure_clean()
}
