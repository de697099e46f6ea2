//! A minimal client of the browser's debugging protocol (CDP): commands, their answers, and the events in between.

use std::{
    io::ErrorKind,
    net::TcpStream,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use tungstenite::{Message, WebSocket, protocol::WebSocketConfig};

/// How long an answer may take, unless more is granted: a page that hangs must not hang the tests.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// Something that the browser reported on its own.
pub struct Event {
    pub session: String,
    pub method: String,
    pub params: Value,
}

/// A connection to a browser.
pub struct Cdp {
    socket: WebSocket<TcpStream>,
    last_id: u64,
    events: Vec<Event>,
    /// How long an answer may take; a new page starts with [`PATIENCE`].
    pub patience: Duration,
}

impl Cdp {
    /// Connects to a `ws://host:port/…` address.
    pub fn connect(url: &str) -> Result<Self> {
        let address = url.strip_prefix("ws://").and_then(|rest| rest.split('/').next());
        let stream = TcpStream::connect(address.with_context(|| format!("{url} is no ws:// address"))?)?;
        stream.set_nodelay(true)?;
        // Pictures and run records come as one large message.
        let config = WebSocketConfig::default().max_message_size(None).max_frame_size(None);
        let (socket, _) = tungstenite::client::client_with_config(url, stream, Some(config))
            .map_err(|error| anyhow::anyhow!("cannot talk to the browser: {error}"))?;
        // Short reads, so that a silent browser is noticed; the socket keeps a partial message between them.
        socket.get_ref().set_read_timeout(Some(Duration::from_millis(100)))?;
        Ok(Self { socket, last_id: 0, events: Vec::new(), patience: PATIENCE })
    }

    /// Sends a command to a session (empty: to the browser itself) and waits for its answer.
    pub fn call(&mut self, session: &str, method: &str, params: Value) -> Result<Value> {
        self.last_id += 1;
        let mut message = json!({ "id": self.last_id, "method": method, "params": params });
        if !session.is_empty() {
            message["sessionId"] = session.into();
        }
        self.socket.send(Message::text(message.to_string()))?;
        let deadline = Instant::now() + self.patience;
        while Instant::now() < deadline {
            let Some(mut answer) = self.receive()? else {
                continue;
            };
            if answer["id"] == self.last_id {
                if let Some(error) = answer.get("error") {
                    bail!("{method}: {error}");
                }
                return Ok(answer["result"].take());
            }
        }
        bail!("{method}: no answer within {} s", self.patience.as_secs())
    }

    /// The events of a session since they were last asked for.
    pub fn take_events(&mut self, session: &str) -> Vec<Event> {
        let (taken, kept) = self.events.drain(..).partition(|event| event.session == session);
        self.events = kept;
        taken
    }

    /// The next answer; none if nothing (or only an event) came.
    fn receive(&mut self) -> Result<Option<Value>> {
        let message = match self.socket.read() {
            Ok(Message::Text(text)) => serde_json::from_str::<Value>(&text)?,
            Ok(_) => return Ok(None),
            Err(tungstenite::Error::Io(error))
                if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted) =>
            {
                return Ok(None);
            }
            Err(error) => return Err(error).context("the browser hung up"),
        };
        if message.get("id").is_some() {
            return Ok(Some(message));
        }
        let text = |field: &str| message[field].as_str().unwrap_or_default().to_owned();
        let event = Event { session: text("sessionId"), method: text("method"), params: message["params"].clone() };
        self.events.push(event);
        Ok(None)
    }
}
