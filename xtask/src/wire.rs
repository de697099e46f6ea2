//! Commands, their answers and the events in between, as JSON over a websocket: what both browsers' debugging protocols
//! have in common.

use std::{
    io::ErrorKind,
    net::TcpStream,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use serde_json::Value;
use tungstenite::{Message, WebSocket, protocol::WebSocketConfig};

/// How long an answer may take, and whatever else is waited for, unless more is granted: what hangs must not hang the tests, and a
/// busy machine takes its time.
pub const PATIENCE: Duration = Duration::from_secs(120);

/// A connection to a browser.
pub struct Wire {
    socket: WebSocket<TcpStream>,
    last_id: u64,
    /// What the browser reported on its own and nobody has taken yet.
    pub events: Vec<Value>,
    /// How long an answer may take.
    pub patience: Duration,
}

impl Wire {
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

    /// Sends a command, under a new id, and waits for its result.
    pub fn call(&mut self, mut command: Value) -> Result<Value> {
        self.last_id += 1;
        command["id"] = self.last_id.into();
        self.socket.send(Message::text(command.to_string()))?;
        let deadline = Instant::now() + self.patience;
        while Instant::now() < deadline {
            let Some(mut answer) = self.receive()? else {
                continue;
            };
            if answer["id"] == self.last_id {
                if let Some(error) = answer.get("error") {
                    bail!("{}: {error} {}", command["method"], answer["message"]);
                }
                return Ok(answer["result"].take());
            }
        }
        bail!("{}: no answer within {} s", command["method"], self.patience.as_secs())
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
        if message.get("id").is_some_and(Value::is_number) {
            return Ok(Some(message));
        }
        self.events.push(message);
        Ok(None)
    }
}
