//! What the tests do with a page, whichever browser shows it.

use std::{
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::{Key, Widget, problems::shorten};
use crate::wire::PATIENCE;

/// A position in CSS pixels.
pub type Point = (f64, f64);

/// What the page's Content-Security-Policy refused fails a test like any other error in the console.
pub const VIOLATIONS_ARE_ERRORS: &str = "addEventListener('securitypolicyviolation', event =>
    console.error('refused by the policy:', event.effectiveDirective, event.blockedURI));";

/// Whether an evaluation has no answer because the page went to another document, in Chromium's words; Firefox says nothing
/// of it.
fn is_cut_off(error: &anyhow::Error) -> bool {
    error.to_string().contains("Inspected target navigated or closed")
}

/// The middle of an element that is where it was longer than the mirror may be behind the picture; null where it is not.
fn at_rest(element: &str) -> String {
    format!(
        "(async () => {{
            const middle = () => {{
                const box = ({element})?.getBoundingClientRect();
                return box?.width ? [box.x + box.width / 2, box.y + box.height / 2] : null;
            }};
            const [before, begin] = [middle(), performance.now()];
            for (let frame = 0; before && (frame < 4 || performance.now() - begin < 300); frame++) {{
                await new Promise(requestAnimationFrame);
            }}
            return `${{before}}` === `${{middle()}}` ? before : null;
        }})()"
    )
}

/// A page in a browser.
pub trait Tab {
    /// Starts to load an address; does not wait for it.
    fn navigate(&mut self, url: &str) -> Result<()>;

    /// Runs a script in every later document before its own scripts.
    fn before_load(&mut self, script: &str) -> Result<()>;

    /// The value of a JavaScript expression; a promise is awaited, an exception is an error.
    fn eval(&mut self, expression: &str) -> Result<Value>;

    /// How long an evaluation may take in this page from now on.
    fn set_patience(&mut self, patience: Duration);

    /// Presses and releases a key.
    fn press(&mut self, key: Key) -> Result<()>;

    /// Presses and releases a letter's key while Ctrl is held, and perhaps Shift.
    fn press_with_ctrl(&mut self, letter: char, shift: bool) -> Result<()>;

    /// Clicks, or taps where the screen is touched.
    fn click(&mut self, at: Point) -> Result<()>;

    /// Drags with the left button or a finger, in `moves` equal moves.
    fn drag(&mut self, from: Point, by: Point, moves: u32) -> Result<()>;

    /// Scrolls what is there down by so many pixels, with the wheel or a finger.
    fn scroll(&mut self, at: Point, by: f64) -> Result<()>;

    /// The addresses that the page has asked for, unless [`Self::problems`] has been read since.
    fn requests(&mut self) -> Vec<String>;

    /// Uncaught exceptions and errors of the console since the last call.
    fn problems(&mut self) -> Vec<String>;

    /// [`Self::eval`], for numbers.
    fn number(&mut self, expression: &str) -> Result<f64> {
        let value = self.eval(expression)?;
        value.as_f64().with_context(|| format!("`{}` is {value}, no number", shorten(expression)))
    }

    /// Waits until an expression is true. One that throws counts as not true yet, and so does one that was asked of a
    /// document which has gone. There is one limit for all: it is long, since a wait that ends well costs no more than it takes.
    fn wait_for(&mut self, condition: &str) -> Result<()> {
        let deadline = Instant::now() + PATIENCE;
        let expression =
            format!("(async () => {{ try {{ return !!await ({condition}) }} catch {{ return false }} }})()");
        loop {
            match self.eval(&expression) {
                Ok(Value::Bool(true)) => return Ok(()),
                Err(error) if !is_cut_off(&error) => return Err(error),
                _ => {}
            }
            ensure!(Instant::now() < deadline, "not so within {} s: {}", PATIENCE.as_secs(), shorten(condition));
            thread::sleep(Duration::from_millis(40));
        }
    }

    /// Does what makes the page begin anew, and waits until the old document is gone: until then everything asked is
    /// answered by the old one.
    fn leave_by(&mut self, action: &str) -> Result<()> {
        self.eval(&format!("void (window.isOld = true, {action})"))?;
        self.wait_for("!window.isOld")
    }

    /// The middle of a widget, once it is on the screen and stays where it is: what opens or is laid out anew takes its place in
    /// some frames.
    fn middle_of(&mut self, widget: Widget) -> Result<Point> {
        let deadline = Instant::now() + PATIENCE;
        let place = at_rest(&widget.element());
        loop {
            let point = self.eval(&place)?;
            if let Some(point) = point[0].as_f64().zip(point[1].as_f64()) {
                return Ok(point);
            }
            ensure!(Instant::now() < deadline, "{widget:?} does not come to rest on the screen");
            thread::sleep(Duration::from_millis(40));
        }
    }

    /// Waits until the page has drawn some frames, however long that takes.
    fn let_draw(&mut self) -> Result<()> {
        let frames =
            "(async () => { for (let frame = 0; frame < 4; frame++) await new Promise(requestAnimationFrame); })()";
        self.eval(frames).map(drop)
    }

    /// Clicks a widget.
    fn click_on(&mut self, widget: Widget) -> Result<()> {
        let place = self.middle_of(widget)?;
        self.click(place)
    }

    /// Fails if the page has reported a problem.
    fn ensure_clean(&mut self) -> Result<()> {
        let problems = self.problems();
        ensure!(problems.is_empty(), "the page reported: {}", problems.join(" | "));
        Ok(())
    }
}
