//! One page of Firefox.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::{
    browser::{Key, Point, Tab, problems::shorten, tab::VIOLATIONS_ARE_ERRORS},
    wire::{PATIENCE, Wire},
};

/// Between two events of a gesture, in ms: longer than a frame, so that each is seen on its own.
const PAUSE: u32 = 60;
/// What `WebDriver` calls the keys that are held.
const CTRL: &str = "\u{e009}";
const SHIFT: &str = "\u{e008}";

/// A tab that knows nothing of any other's storage, closed when dropped.
pub struct FirefoxPage<'f> {
    wire: &'f mut Wire,
    user: String,
    context: String,
}

impl<'f> FirefoxPage<'f> {
    pub(super) fn open(wire: &'f mut Wire) -> Result<Self> {
        wire.patience = PATIENCE;
        // What the page before it reported last.
        wire.events.clear();
        let new = wire.call(json!({ "method": "browser.createUserContext", "params": {} }))?;
        let user = new["userContext"].as_str().context("the new user has no name")?.to_owned();
        let params = json!({ "type": "tab", "userContext": user });
        let tab = wire.call(json!({ "method": "browsingContext.create", "params": params }))?;
        let context = tab["context"].as_str().context("the new tab has no name")?.to_owned();
        let mut page = Self { wire, user, context };
        page.before_load(VIOLATIONS_ARE_ERRORS)?;
        Ok(page)
    }

    fn call(&mut self, method: &str, params: Value) -> Result<Value> {
        self.wire.call(json!({ "method": method, "params": params }))
    }

    fn keys(&mut self, actions: Vec<Value>) -> Result<()> {
        self.perform(json!({ "type": "key", "id": "keyboard", "actions": actions }))
    }

    fn perform(&mut self, source: Value) -> Result<()> {
        let params = json!({ "context": self.context, "actions": [source] });
        self.call("input.performActions", params).map(drop)
    }

    fn mouse(&mut self, actions: Vec<Value>) -> Result<()> {
        self.perform(json!({ "type": "pointer", "id": "mouse", "actions": actions }))
    }

    fn events(&self, method: &str) -> impl Iterator<Item = &Value> {
        self.wire.events.iter().filter(move |event| event["method"] == method).map(|event| &event["params"])
    }
}

fn move_to(at: Point) -> Value {
    json!({ "type": "pointerMove", "x": at.0.round(), "y": at.1.round() })
}

fn button(what: &str) -> Value {
    json!({ "type": what, "button": 0 })
}

fn stroke(what: &str, value: &str) -> Value {
    json!({ "type": what, "value": value })
}

fn pause() -> Value {
    json!({ "type": "pause", "duration": PAUSE })
}

impl Tab for FirefoxPage<'_> {
    fn navigate(&mut self, url: &str) -> Result<()> {
        let params = json!({ "context": self.context, "url": url, "wait": "none" });
        self.call("browsingContext.navigate", params).map(drop)
    }

    fn before_load(&mut self, script: &str) -> Result<()> {
        let script = format!("() => {{ {script} }}");
        let contexts = [&self.context];
        let script = json!({ "functionDeclaration": script, "contexts": contexts });
        self.call("script.addPreloadScript", script).map(drop)
    }

    /// The value crosses as JSON text: the protocol's own notation of values is another.
    fn eval(&mut self, expression: &str) -> Result<Value> {
        let params = json!({
            "expression": format!("(async () => JSON.stringify(await ({expression})))()"),
            "target": { "context": self.context }, "awaitPromise": true,
        });
        let answer = self.call("script.evaluate", params)?;
        if answer["type"] == "exception" {
            bail!("`{}` threw {}", shorten(expression), answer["exceptionDetails"]["text"]);
        }
        // What JSON cannot say, `undefined` above all, comes without a text.
        Ok(answer["result"]["value"].as_str().map(serde_json::from_str).transpose()?.unwrap_or_default())
    }

    fn set_patience(&mut self, patience: Duration) {
        self.wire.patience = patience;
    }

    fn press(&mut self, key: Key) -> Result<()> {
        let value = key.webdriver();
        self.keys(vec![stroke("keyDown", value), stroke("keyUp", value), pause()])
    }

    fn press_with_ctrl(&mut self, letter: char, shift: bool) -> Result<()> {
        let typed = if shift { letter.to_ascii_uppercase() } else { letter.to_ascii_lowercase() }.to_string();
        let held: &[&str] = if shift { &[CTRL, SHIFT] } else { &[CTRL] };
        let mut strokes: Vec<Value> = held.iter().map(|held| stroke("keyDown", held)).collect();
        strokes.extend([stroke("keyDown", &typed), stroke("keyUp", &typed)]);
        strokes.extend(held.iter().rev().map(|held| stroke("keyUp", held)));
        strokes.push(pause());
        self.keys(strokes)
    }

    fn click(&mut self, at: Point) -> Result<()> {
        self.mouse(vec![move_to(at), pause(), button("pointerDown"), button("pointerUp"), pause()])
    }

    fn drag(&mut self, from: Point, by: Point, moves: u32) -> Result<()> {
        let mut actions = vec![move_to(from), pause(), button("pointerDown")];
        for nth in 1..=moves {
            let part = f64::from(nth) / f64::from(moves);
            actions.extend([pause(), move_to((from.0 + by.0 * part, from.1 + by.1 * part))]);
        }
        actions.extend([pause(), button("pointerUp")]);
        self.mouse(actions)
    }

    fn scroll(&mut self, at: Point, by: f64) -> Result<()> {
        let (x, y, by) = (at.0.round(), at.1.round(), by.round());
        let turn = json!({ "type": "scroll", "x": x, "y": y, "deltaX": 0, "deltaY": by });
        self.perform(json!({ "type": "wheel", "id": "wheel", "actions": [turn] }))
    }

    fn requests(&mut self) -> Vec<String> {
        let requests = self.events("network.beforeRequestSent");
        requests.filter_map(|request| request["request"]["url"].as_str().map(str::to_owned)).collect()
    }

    fn problems(&mut self) -> Vec<String> {
        let errors = self.events("log.entryAdded").filter(|entry| entry["level"] == "error");
        let errors = errors.map(|entry| entry["text"].as_str().unwrap_or("something").to_owned()).collect();
        self.wire.events.clear();
        errors
    }
}

impl Drop for FirefoxPage<'_> {
    fn drop(&mut self) {
        let _ = self.call("browser.removeUserContext", json!({ "userContext": self.user }));
    }
}
