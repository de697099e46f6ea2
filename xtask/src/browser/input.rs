//! Real input: what a person's mouse, keyboard and finger would send, through the browser's own event handling.

use std::{thread, time::Duration};

use anyhow::Result;
use serde_json::{Value, json};

use super::{
    Page, Widget,
    tab::{Point, Tab as _},
};

/// Between two events of a gesture: longer than a frame, so that each is seen on its own.
const PAUSE: Duration = Duration::from_millis(60);
const CTRL: u32 = 2;
const SHIFT: u32 = 8;

/// The keys that the tests press by name.
#[derive(Clone, Copy)]
pub enum Key {
    Space,
    Right,
    Home,
    Enter,
    Tab,
}

impl Key {
    /// Name, code, Windows virtual-key code and the text it types.
    fn codes(self) -> (&'static str, &'static str, u32, &'static str) {
        match self {
            Self::Space => (" ", "Space", 32, " "),
            Self::Right => ("ArrowRight", "ArrowRight", 39, ""),
            Self::Home => ("Home", "Home", 36, ""),
            Self::Enter => ("Enter", "Enter", 13, "\r"),
            Self::Tab => ("Tab", "Tab", 9, ""),
        }
    }

    /// What `WebDriver` calls it.
    pub fn webdriver(self) -> &'static str {
        match self {
            Self::Space => " ",
            Self::Right => "\u{e014}",
            Self::Home => "\u{e011}",
            Self::Enter => "\u{e007}",
            Self::Tab => "\u{e004}",
        }
    }
}

/// A letter's key while Ctrl is held, and perhaps Shift.
fn with_ctrl(letter: char, shift: bool) -> Value {
    let upper = letter.to_ascii_uppercase();
    let typed = if shift { upper } else { letter.to_ascii_lowercase() };
    json!({
        "key": typed, "code": format!("Key{upper}"), "windowsVirtualKeyCode": u32::from(upper),
        "modifiers": if shift { CTRL | SHIFT } else { CTRL },
    })
}

impl Page<'_> {
    pub(super) fn press_key(&mut self, key: Key) -> Result<()> {
        let (name, code, number, text) = key.codes();
        self.key_stroke(&json!({ "key": name, "code": code, "windowsVirtualKeyCode": number }), text)
    }

    pub fn select_all(&mut self) -> Result<()> {
        self.key_stroke(&with_ctrl('A', false), "")
    }

    /// Copies what is selected. The browser's menu, which gives the keys their meaning, is told it by name.
    pub fn copy(&mut self) -> Result<()> {
        let mut key = with_ctrl('C', false);
        key["commands"] = json!(["copy"]);
        self.key_stroke(&key, "")
    }

    pub(super) fn press_chord(&mut self, letter: char, shift: bool) -> Result<()> {
        self.key_stroke(&with_ctrl(letter, shift), "")
    }

    /// Types text, one key stroke a character.
    pub fn type_text(&mut self, text: &str) -> Result<()> {
        for character in text.chars() {
            self.key_stroke(&json!({ "key": character }), &character.to_string())?;
        }
        Ok(())
    }

    fn key_stroke(&mut self, key: &Value, text: &str) -> Result<()> {
        let (mut down, mut up) = (key.clone(), key.clone());
        down["type"] = if text.is_empty() { "rawKeyDown" } else { "keyDown" }.into();
        down["text"] = text.into();
        up["type"] = "keyUp".into();
        self.call("Input.dispatchKeyEvent", down)?;
        self.call("Input.dispatchKeyEvent", up)?;
        thread::sleep(PAUSE);
        Ok(())
    }

    /// Moves the mouse to a widget and leaves it there.
    pub fn rest_on(&mut self, widget: Widget) -> Result<()> {
        let at = self.middle_of(widget)?;
        self.mouse("mouseMoved", at, 0, 0)
    }

    pub(super) fn click_mouse(&mut self, at: Point) -> Result<()> {
        self.mouse("mouseMoved", at, 0, 0)?;
        thread::sleep(PAUSE);
        self.mouse("mousePressed", at, 1, 1)?;
        self.mouse("mouseReleased", at, 0, 1)?;
        thread::sleep(PAUSE);
        Ok(())
    }

    /// Drags with the left button, in `moves` equal moves.
    pub(super) fn drag_mouse(&mut self, from: Point, by: Point, moves: u32) -> Result<()> {
        self.mouse("mouseMoved", from, 0, 0)?;
        thread::sleep(PAUSE);
        self.mouse("mousePressed", from, 1, 1)?;
        let mut at = from;
        for nth in 1..=moves {
            thread::sleep(PAUSE);
            let part = f64::from(nth) / f64::from(moves);
            at = (from.0 + by.0 * part, from.1 + by.1 * part);
            self.mouse("mouseMoved", at, 1, 0)?;
        }
        thread::sleep(PAUSE);
        self.mouse("mouseReleased", at, 0, 1)
    }

    /// `held` is the bit set of held buttons: 1 is the left one.
    fn mouse(&mut self, kind: &str, at: Point, held: u32, clicks: u32) -> Result<()> {
        let button = if kind == "mouseMoved" && held == 0 { "none" } else { "left" };
        let event = json!({
            "type": kind, "x": at.0, "y": at.1, "button": button, "buttons": held, "clickCount": clicks,
        });
        self.call("Input.dispatchMouseEvent", event)
    }

    /// Turns the mouse's wheel by so many pixels of the page.
    pub(super) fn turn_wheel(&mut self, at: Point, by: f64) -> Result<()> {
        let event = json!({ "type": "mouseWheel", "x": at.0, "y": at.1, "deltaX": 0, "deltaY": by });
        self.call("Input.dispatchMouseEvent", event)
    }

    /// Touches the screen with one finger, moves it in `moves` equal moves and lifts it.
    pub(super) fn swipe(&mut self, from: Point, by: Point, moves: u32) -> Result<()> {
        self.touch("touchStart", &[from])?;
        // A finger stays for longer than a frame, however slow those are: a shorter tap is none.
        self.eval("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")?;
        for nth in 1..=moves {
            let part = f64::from(nth) / f64::from(moves);
            self.touch("touchMove", &[(from.0 + by.0 * part, from.1 + by.1 * part)])?;
        }
        self.touch("touchEnd", &[])
    }

    fn touch(&mut self, kind: &str, fingers: &[Point]) -> Result<()> {
        let fingers: Vec<_> = fingers.iter().map(|&(x, y)| json!({ "x": x, "y": y })).collect();
        self.call("Input.dispatchTouchEvent", json!({ "type": kind, "touchPoints": fingers }))?;
        thread::sleep(PAUSE);
        Ok(())
    }
}
