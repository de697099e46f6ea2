//! With the keyboard alone: no pointer, no elements of the mirror, which only tell where the keyboard is.

use anyhow::{Result, bail, ensure};

use super::{Lab, mirror};
use crate::browser::{Key, Page, Screen, Tab, Widget, button, choice, field, picture, take_download};

/// More widgets than any screen has.
const MOST: usize = 250;

/// What has the keyboard, once that is another element than the last time; where it stays, some frames later.
const FOCUSED: &str = "(async () => {
    const id = () => document.querySelector('#canvas').getAttribute('aria-activedescendant');
    for (let frame = 0; frame < 6 && id() === window.focusedBefore; frame++) await new Promise(requestAnimationFrame);
    window.focusedBefore = id();
    return document.getElementById(id());
})()";

/// Moves the keyboard from widget to widget until it is on this one.
pub fn go_to(page: &mut dyn Tab, widget: Widget) -> Result<()> {
    page.wait_for(&widget.is_there())?;
    let is_on = format!("{FOCUSED}.then((node) => !!node && node === {})", widget.element());
    for _ in 0..MOST {
        if page.eval(&is_on)? == true {
            return Ok(());
        }
        page.press(Key::Tab)?;
    }
    bail!("the keyboard does not come to {widget:?}")
}

/// Goes to a widget and presses it.
pub fn press(page: &mut dyn Tab, widget: Widget) -> Result<()> {
    go_to(page, widget)?;
    page.press(Key::Enter)
}

/// Goes to a field and replaces what is in it.
fn fill(page: &mut Page, name: &str, text: &str) -> Result<()> {
    go_to(page, field(name))?;
    page.select_all()?;
    page.type_text(text)?;
    page.press(Key::Enter)
}

/// Tab comes first to links, by which the map and the settings are two keys away.
pub fn skip_links(page: &mut dyn Tab) -> Result<()> {
    let has_keyboard = |widget: Widget| {
        let focused =
            "document.getElementById(document.querySelector('#canvas').getAttribute('aria-activedescendant'))";
        format!("!!{focused} && {focused} === {}", widget.element())
    };
    page.wait_for(&button("Skip to the map").is_there())?;
    page.press(Key::Tab)?;
    page.wait_for(&has_keyboard(button("Skip to the map")))?;
    page.press(Key::Tab)?;
    page.wait_for(&has_keyboard(button("Skip to the settings")))?;
    page.press(Key::Enter)?;
    page.wait_for(&has_keyboard(choice("Loss:")))?;
    mirror::press(page, button("Skip to the map"))?;
    page.wait_for(&has_keyboard(picture("Map of ")))?;
    page.ensure_clean()
}

/// A loss is typed, a setting is made, it runs, and its figure is saved.
pub fn typed_loss(lab: &mut Lab) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let mut page = lab.playing(&Screen::DESKTOP)?;
    page.download_to(folder.path())?;
    press(&mut page, choice("Loss:"))?;
    press(&mut page, button("typed: your own formula"))?;
    page.wait_for("samscope.getScenario().loss.id === 'typed'")?;
    fill(&mut page, "Formula L", "(x^2 - 1)^2 + 2*y^2")?;
    page.wait_for("samscope.getScenario().loss.expressions[0] === '(x^2 - 1)^2 + 2*y^2'")?;
    fill(&mut page, "SAM's η", "0.02")?;
    page.wait_for("samscope.getScenario().optimizers.some(({ id, eta }) => id === 'sam' && eta === 0.02)")?;
    page.wait_for("samscope.state().playing && samscope.state().step > 100")?;
    page.press(Key::Space)?;
    page.wait_for("!samscope.state().playing")?;
    page.press_with_ctrl('K', false)?;
    page.let_draw()?;
    page.type_text("export")?;
    page.press(Key::Enter)?;
    press(&mut page, button("Save"))?;
    let figure = String::from_utf8(take_download(folder.path(), "samscope-fig1.svg")?)?;
    ensure!(figure.contains("<svg") && figure.len() > 20_000, "a figure of {} bytes shows nothing", figure.len());
    page.ensure_clean()
}
