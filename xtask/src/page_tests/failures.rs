//! What is said when the browser refuses something or the program has crashed.

use anyhow::{Context, Result, ensure};

use super::{Lab, loading::PLAYS};
use crate::browser::{Page, Point, Screen, Tab, Widget, button, field};

const COPY_CITATION: Widget = button("Copy citation");

/// A browser that lets no script write into the clipboard, as where the page is in a frame of another site.
const REFUSE_TO_COPY: &str = "
    Clipboard.prototype.writeText = () =>
        Promise.reject(new DOMException('Write permission denied.', 'NotAllowedError'));";

/// What cannot be copied by a button is told and shown, to be copied by hand.
pub fn clipboard_refused(lab: &mut Lab) -> Result<()> {
    let mut page = lab.browser.open(&Screen::DESKTOP)?;
    page.allow_clipboard()?;
    page.before_load(REFUSE_TO_COPY)?;
    page.navigate(&lab.url)?;
    page.wait_for(PLAYS)?;
    page.eval("samscope.pause()")?;

    page.click_on(button("Share…"))?;
    page.click_on(button("Copy link"))?;
    let copied = copied_by_hand(&mut page)?;
    let address = page.eval("location.href")?;
    ensure!(address == copied.as_str() && copied.contains("#v1."), "instead of {address} there is {copied:?}");

    page.eval("samscope.setScenario({...samscope.getScenario(), seed: 5})")?;
    page.click_on(button("Export…"))?;
    page.click_on(COPY_CITATION)?;
    let copied = copied_by_hand(&mut page)?;
    ensure!(copied.contains("ICLR 2023") && copied.contains("#v1."), "instead of the citation there is {copied:?}");
    page.ensure_clean()
}

/// Waits until the page has told that it could not copy, and copies what it shows instead.
fn copied_by_hand(page: &mut Page) -> Result<String> {
    page.wait_for("samscope.state().notice?.startsWith('Not copied: the browser refused')")?;
    // One window at a time: what is to be copied is not behind another.
    page.wait_for(&format!("!{}", COPY_CITATION.is_there()))?;
    page.click_on(field("Text to copy"))?;
    page.let_draw()?;
    page.select_all()?;
    page.copy()?;
    let text = page.eval("navigator.clipboard.readText()")?;
    Ok(text.as_str().context("the clipboard holds no text")?.to_owned())
}

/// Takes something from the program that every browser has, so that it panics in its next frame.
const BREAK: &str = "void Object.defineProperty(window, 'performance', { value: undefined })";

/// A crash is told with its reason, and a button loads the page again.
pub fn crash_message(lab: &mut Lab) -> Result<()> {
    let mut page = lab.playing(&Screen::DESKTOP)?;
    ensure!(page.eval("document.querySelector('#crash').hidden")? == true, "it has crashed already");
    page.eval(BREAK)?;
    page.wait_for("!document.querySelector('#crash').hidden")?;
    let message = page.eval("document.querySelector('#crash-message').innerText")?;
    ensure!(message.as_str().is_some_and(|text| text.contains("Performance")), "it says {message}");
    let is_logged = page.problems().iter().any(|problem| problem.contains("panicked"));
    ensure!(is_logged, "a crash would not fail the other tests");

    let reload = place_of(&mut page, "#reload")?;
    page.click(reload)?;
    page.wait_for(&format!("performance && document.querySelector('#crash').hidden && {PLAYS}"))?;
    page.ensure_clean()
}

/// The centre of an element of the document, where nothing must lie over it.
fn place_of(page: &mut Page, selector: &str) -> Result<Point> {
    let place = page.eval(&format!(
        "(() => {{
            const element = document.querySelector('{selector}');
            const box = element.getBoundingClientRect();
            const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
            return document.elementFromPoint(x, y) === element && [x, y];
        }})()"
    ))?;
    place[0].as_f64().zip(place[1].as_f64()).with_context(|| format!("{selector} cannot be clicked"))
}
