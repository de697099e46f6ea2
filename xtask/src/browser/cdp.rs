//! A minimal client of Chromium's debugging protocol (CDP): commands to a session, and the session's events.

use anyhow::Result;
use serde_json::{Value, json};

use crate::wire::Wire;

/// A connection to a browser.
pub struct Cdp(Wire);

impl Cdp {
    /// Connects to a `ws://host:port/…` address.
    pub fn connect(url: &str) -> Result<Self> {
        Wire::connect(url).map(Self)
    }

    /// How long an answer may take from now on.
    pub fn set_patience(&mut self, patience: std::time::Duration) {
        self.0.patience = patience;
    }

    /// Sends a command to a session (empty: to the browser itself) and waits for its answer.
    pub fn call(&mut self, session: &str, method: &str, params: Value) -> Result<Value> {
        let mut command = json!({ "method": method, "params": params });
        if !session.is_empty() {
            command["sessionId"] = session.into();
        }
        self.0.call(command)
    }

    /// The events of a session that have not been taken.
    pub fn events<'a>(&'a self, session: &'a str) -> impl Iterator<Item = &'a Value> {
        self.0.events.iter().filter(move |event| event["sessionId"] == session)
    }

    /// The events of a session since they were last taken.
    pub fn take_events(&mut self, session: &str) -> Vec<Value> {
        self.0.events.extract_if(.., |event| event["sessionId"] == session).collect()
    }
}
