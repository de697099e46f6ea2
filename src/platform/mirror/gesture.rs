//! What is done with an element, as egui's input.

use egui::accesskit::{Action, ActionData, ActionRequest, NodeId, TreeId};
use egui::{Event, Key, Modifiers};
use serde::Deserialize;

/// What is done with an element.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Gesture {
    /// It is pressed, ticked or opened.
    Click,
    /// It gets the keyboard.
    Focus,
    /// It gets a number.
    Number(f64),
    /// It gets a text.
    Text(String),
}

impl Gesture {
    /// The input for a node, frame by frame.
    pub(super) fn events(&self, node: NodeId) -> Vec<Vec<Event>> {
        let ask = |action, data| {
            Event::AccessKitActionRequest(ActionRequest { action, target_node: node, target_tree: TreeId::ROOT, data })
        };
        match self {
            Self::Click => vec![vec![ask(Action::Click, None)]],
            Self::Focus => vec![vec![ask(Action::Focus, None)]],
            Self::Number(value) => vec![vec![ask(Action::SetValue, Some(ActionData::NumericValue(*value)))]],
            // egui has no request to replace a field's text: it is done as by a person, who selects all of it and types.
            Self::Text(text) => vec![
                vec![ask(Action::Focus, None)],
                vec![key(Key::A, Modifiers::COMMAND, true), key(Key::A, Modifiers::COMMAND, false)],
                vec![Event::Paste(text.clone())],
                vec![key(Key::Enter, Modifiers::NONE, true), key(Key::Enter, Modifiers::NONE, false)],
            ],
        }
    }
}

fn key(key: Key, modifiers: Modifiers, pressed: bool) -> Event {
    Event::Key { key, physical_key: None, pressed, repeat: false, modifiers }
}
