//! The page for those who don't see the canvas: everything by the elements over it, with no pointer and no coordinates.

use anyhow::{Result, ensure};
use serde_json::json;

use crate::browser::Tab;

/// The element of the mirror whose name begins so, and that fits a selector.
fn element(selector: &str, name: &str) -> String {
    format!(
        "[...document.querySelectorAll('#mirror {selector}')].find((node) =>
            (node.getAttribute('aria-label') ?? node.textContent).startsWith({}))",
        json!(name)
    )
}

/// Waits for an element and does something with it, before it can be replaced by another.
fn act(page: &mut dyn Tab, selector: &str, name: &str, what: &str) -> Result<()> {
    page.wait_for(&format!("((node) => {{ {what}; return true }})({})", element(selector, name)))
}

/// A loss is chosen, a setting changed, a seed typed, and the run paused and played again.
pub fn by_elements_alone(page: &mut dyn Tab) -> Result<()> {
    act(page, "button", "Pause", "node.click()")?;
    page.wait_for("!samscope.state().playing")?;
    act(page, "button", "Loss:", "node.click()")?;
    act(page, "button", "hyperbola", "node.click()")?;
    page.wait_for("samscope.getScenario().loss.id === 'hyperbola'")?;
    let input = "node.value = '0.05'; node.dispatchEvent(new Event('input'))";
    act(page, "input[type=range]", "SAM's η", input)?;
    page.wait_for("samscope.getScenario().optimizers.some(({ eta }) => Math.abs(eta - 0.05) < 1e-9)")?;
    act(page, "input", "seed", "node.value = '77'; node.dispatchEvent(new Event('change'))")?;
    page.wait_for("samscope.getScenario().seed === 77")?;
    act(page, "input[type=checkbox]", "Takes part", "node.click()")?;
    page.wait_for("samscope.getScenario().optimizers.some(({ on }) => on === false)")?;
    page.ensure_clean()
}

/// Each element has a name, stands where the thing is on the canvas, and follows the run.
pub fn says_what_is_shown(page: &mut dyn Tab) -> Result<()> {
    let nameless = "[...document.querySelectorAll('#mirror button, #mirror input, #mirror [role=img]')]
        .filter((node) => !(node.getAttribute('aria-label') ?? node.textContent).trim()).length";
    page.wait_for("document.querySelectorAll('#mirror button').length > 20")?;
    ensure!(page.number(nameless)? == 0.0, "elements without a name");
    let steps = element("p", "step ");
    page.wait_for(&format!("!!{steps}"))?;
    let before = page.eval(&format!("{steps}.textContent"))?;
    page.wait_for(&format!("{steps}.textContent !== {before}"))?;
    let [x, y] = ["left", "top"].map(|edge| format!("{}.getBoundingClientRect().{edge}", element("button", "Pause")));
    let place = (page.number(&x)? + 10.0, page.number(&y)? + 10.0);
    page.click(place)?;
    page.wait_for("!samscope.state().playing")?;
    page.ensure_clean()
}
