//! Answers of the platform that come later than the frame that asked.

use std::cell::RefCell;
use std::rc::Rc;

/// An answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Message {
    /// The text is in the clipboard.
    Copied,
    /// The text could not be copied: the reason as a sentence, and the text.
    NotCopied {
        /// Why not.
        reason: String,
        /// What was to be copied.
        text: String,
    },
    /// A file that a person chose or dropped.
    Opened {
        /// Its name.
        name: String,
        /// What is in it.
        bytes: Vec<u8>,
    },
    /// A file that cannot be read: why, as a sentence.
    NotOpened(String),
    /// The address has another fragment now.
    Hash(String),
}

/// Where answers arrive; a new one asks for a frame in which it is read.
#[derive(Clone, Debug)]
pub struct Mailbox {
    ctx: egui::Context,
    messages: Rc<RefCell<Vec<Message>>>,
}

impl Mailbox {
    /// An empty one of the interface `ctx`.
    #[must_use]
    pub fn new(ctx: &egui::Context) -> Self {
        Self { ctx: ctx.clone(), messages: Rc::default() }
    }

    /// Leaves a message.
    pub fn post(&self, message: Message) {
        self.messages.borrow_mut().push(message);
        self.ask_for_frame();
    }

    /// Asks for a frame in which what has changed is drawn.
    pub fn ask_for_frame(&self) {
        self.ctx.request_repaint();
    }

    /// Copies a text to the clipboard; whether that worked is posted.
    pub fn copy(&self, text: String) {
        super::copy_text(&self.ctx, text, self);
    }

    /// The messages since the last call.
    #[must_use]
    pub fn take(&self) -> Vec<Message> {
        self.messages.take()
    }
}
