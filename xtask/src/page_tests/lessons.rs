//! The lessons from their questions to their sources, in every way in which a person may go through them.

use std::{
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};

use super::{Lab, keyboard, loading::PLAYS, mirror};
use crate::browser::{Browser, Graphics, Key, Screen, Tab, Widget, button, radio, row, slider, text};

/// How many there are.
const COUNT: usize = 12;

const CROSS: Widget = slider("Predicted end");

/// How a widget is pressed.
type Press = fn(&mut dyn Tab, Widget) -> Result<()>;

/// How a person goes through a lesson.
struct Hand {
    press: Press,
    /// The same for what is on the lesson's page, which scrolls.
    press_on_page: Press,
    /// Whether it can drag.
    is_pointer: bool,
}

const POINTER: Hand = Hand { press: |page, widget| page.click_on(widget), press_on_page: point_at, is_pointer: true };
const KEYS: Hand = Hand { press: keyboard::press, press_on_page: keyboard::press, is_pointer: false };
const ELEMENTS: Hand = Hand { press: mirror::press, press_on_page: mirror::press, is_pointer: false };

/// Opens the page in a lesson.
pub fn open(page: &mut dyn Tab, url: &str, number: usize) -> Result<()> {
    page.navigate(&format!("{url}?lesson={number}"))?;
    page.wait_for(&format!("samscope.state().lesson === {number}"))
}

/// All of them.
pub fn all(page: &mut dyn Tab) -> Result<()> {
    from_first_to_last(page, POINTER.press)
}

/// From the contents on; each leads to the next, and the last back.
fn from_first_to_last(page: &mut dyn Tab, to_contents: Press) -> Result<()> {
    page.click_on(button("Lessons"))?;
    page.click_on(row("○ 1. "))?;
    for number in 1..=COUNT {
        page.wait_for(&format!("samscope.state().lesson === {number}"))?;
        go_through(page, &POINTER).with_context(|| format!("lesson {number}"))?;
        if number < COUNT {
            page.click_on(button(&format!("Lesson {}", number + 1)))?;
        }
    }
    to_contents(page, button("Contents"))?;
    page.wait_for(&text(&format!("{COUNT} of {COUNT} done")).is_there())?;
    page.ensure_clean()
}

/// The same by a finger on a phone's screen, with a quarter of its pixels: all of them take the software that draws here four minutes.
pub fn on_phone(lab: &mut Lab) -> Result<()> {
    let phone = Screen { scale: 1, ..Screen::PHONE };
    let mut browser = Browser::launch(Graphics::Software, &phone)?;
    let mut page = browser.open(&phone)?;
    page.navigate(&lab.url)?;
    page.wait_for(PLAYS)?;
    from_first_to_last(&mut page, back_and_press)
}

/// A lecture from its link: nothing but page and picture, turned by a key, until it ends.
pub fn lecture(lab: &mut Lab) -> Result<()> {
    let url = format!("{}?lesson=2&lecture=1", lab.url);
    let mut page = lab.browser.open(&Screen::DESKTOP)?;
    page.navigate(&url)?;
    page.wait_for("samscope.state().lesson === 2")?;
    page.wait_for(&button("End the lecture").is_there())?;
    let share = button("Share…");
    ensure!(page.eval(&share.is_there())? == false, "a lecture shows page and picture alone");
    page.press(Key::Right)?;
    page.wait_for("samscope.state().step > 0").context("the run does not play")?;
    page.press(Key::Right)?;
    page.wait_for(&text("theory ").is_there()).context("there is no answer")?;
    ensure!(
        page.eval("samscope.state().step === samscope.getScenario().steps")? == true,
        "an answer before the run's end"
    );
    page.click_on(button("End the lecture"))?;
    page.wait_for(&share.is_there())?;
    page.ensure_clean()
}

/// The second and the fifth.
pub fn two_of_them(page: &mut dyn Tab, url: &str) -> Result<()> {
    for number in [2, 5] {
        open(page, url, number)?;
        go_through(page, &POINTER).with_context(|| format!("lesson {number}"))?;
    }
    page.ensure_clean()
}

/// The open one with the keyboard alone.
pub fn by_keys(page: &mut dyn Tab) -> Result<()> {
    go_through(page, &KEYS)?;
    page.ensure_clean()
}

/// The open one by the mirror's elements alone.
pub fn by_elements(page: &mut dyn Tab) -> Result<()> {
    go_through(page, &ELEMENTS)?;
    page.ensure_clean()
}

/// Goes through the open lesson: predicts the last of its choices, and by the cross where it has one; runs it, sees what was
/// predicted and measured and why, and tries something else.
fn go_through(page: &mut dyn Tab, hand: &Hand) -> Result<()> {
    let press = hand.press;
    until(page, hand.press_on_page, radio(""), &button("Run it").is_there()).context("nothing has been predicted")?;
    let has_cross = hand.is_pointer && page.eval(&CROSS.is_there())? == true;
    if has_cross {
        move_cross(page)?;
    }
    until(page, press, button("Run it"), "samscope.state().step > 0").context("it does not run")?;
    turn(page, press, button("See the answer"))?;
    let [right, wrong] = ["As you predicted.", "Not as you predicted."].map(|verdict| text(verdict).is_there());
    page.wait_for(&format!("({right}) !== ({wrong})")).context("there is no answer")?;
    let measured = text("theory ").element();
    page.wait_for(&format!("/ measured [−\\d.]/.test({measured}?.textContent)")).context("nothing is measured")?;
    if has_cross {
        page.wait_for(&text("Your cross is ").is_there())?;
    }
    turn(page, press, button("Why?"))?;
    turn(page, press, button("Now try"))?;
    try_something(page, hand.press_on_page)
}

/// Presses what turns the lesson's page, and is not on the next one.
fn turn(page: &mut dyn Tab, press: Press, widget: Widget) -> Result<()> {
    until(page, press, widget, &format!("!{}", widget.is_there()))
}

/// How long a press may be without its effect before it is made again: where a frame takes long, a tap may fall between two of them.
const EFFECT: Duration = Duration::from_secs(15);

/// Presses a widget until this holds, three times at most.
fn until(page: &mut dyn Tab, press: Press, widget: Widget, condition: &str) -> Result<()> {
    for _ in 0..3 {
        press(page, widget)?;
        let begin = Instant::now();
        while begin.elapsed() < EFFECT {
            if page.eval(condition)? == true {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(50));
        }
    }
    bail!("{widget:?} has no effect: not so: {condition}")
}

/// Drags the cross to another place of the map.
fn move_cross(page: &mut dyn Tab) -> Result<()> {
    let before = page.middle_of(CROSS)?;
    page.drag(before, (40.0, 30.0), 6)?;
    let after = page.middle_of(CROSS)?;
    let has_followed = after.0 > before.0 + 20.0 && after.1 > before.1 + 15.0;
    ensure!(has_followed, "the cross went from {before:?} to {after:?}");
    Ok(())
}

/// Makes the first of the changes that the lesson offers, and goes back to its own run.
fn try_something(page: &mut dyn Tab, press: Press) -> Result<()> {
    let first = format!("{}?.nextElementSibling.textContent", text("Now try").element());
    page.wait_for(&format!("!!{first}"))?;
    let name = page.eval(&first)?;
    let put_back = button("Put the lesson's run back");
    until(page, press, button(name.as_str().unwrap_or_default()), &put_back.is_there())
        .context("nothing has been tried")?;
    turn(page, press, put_back)?;
    page.wait_for(&text("Sources").is_there())
}

/// From below the page's tabs, or on a phone below the transport, to above its last line, in pixels from the top of the screen.
const ROOM: &str = "(() => {
    const box = (name) => [...document.querySelectorAll('#mirror button')]
        .findLast((node) => node.textContent === name).getBoundingClientRect();
    const end = box('Back').top;
    const tops = [box('Question').bottom, box('Restart').bottom + 44].filter((top) => top < end);
    return [Math.max(...tops) + 8, end - 8];
})()";

/// Scrolls a phone's lesson back to what stands above its text, below the transport, and taps it.
fn back_and_press(page: &mut dyn Tab, widget: Widget) -> Result<()> {
    let transport = format!("{}.getBoundingClientRect().bottom", button("Restart").element());
    for _ in 0..20 {
        let (x, y) = page.middle_of(widget)?;
        let top = page.number(&transport)? + 44.0;
        if y > top + 8.0 {
            return page.click((x, y));
        }
        page.scroll((x, top + 120.0), -100.0)?;
    }
    bail!("{widget:?} cannot be brought into view")
}

/// Scrolls the lesson's page until a widget is on it, and clicks it.
fn point_at(page: &mut dyn Tab, widget: Widget) -> Result<()> {
    for _ in 0..20 {
        let (x, y) = page.middle_of(widget)?;
        let room = page.eval(ROOM)?;
        let (top, bottom) = room[0].as_f64().zip(room[1].as_f64()).context("no page of a lesson")?;
        if (top..bottom).contains(&y) {
            return page.click((x, y));
        }
        let (middle, reach) = (0.5 * (top + bottom), 0.4 * (bottom - top));
        let by = (y - middle).clamp(-reach, reach);
        page.scroll((x, middle + 0.5 * by), by)?;
    }
    bail!("{widget:?} cannot be brought into view")
}
