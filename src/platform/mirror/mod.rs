//! What is on the screen, as elements that a screen reader can go through, and what it asks for.
//!
//! egui describes every frame as a tree of accessible nodes. eframe hands it to the system natively, but drops it on the
//! page, where `web/mirror.js` keeps an element over the canvas for each node instead: this tells it what has changed, and
//! turns what is done with an element into egui's own input.

mod element;
mod gesture;

use std::collections::{HashSet, VecDeque};

use egui::accesskit::{NodeId, TreeUpdate};
use egui::{Context, Event, FullOutput, Plugin, RawInput};
use serde::Serialize;

pub use element::{Element, Kind, Range};
pub use gesture::Gesture;

/// The elements follow the picture no more often than this, in seconds: while a run plays its numbers change every frame, and faster
/// than this nobody hears them. It is one frame in twenty-four, so that what it takes is felt in few.
const PACE: f64 = 0.4;
/// Frames after a key or a press that are told at once: where the keyboard is then cannot wait, and egui moves it a frame later.
const HASTE: u32 = 3;

/// What has changed since the last time, as `web/mirror.js` takes it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Changes {
    /// New elements and those that are not as they were.
    pub changed: Vec<Element>,
    /// All elements in reading order, where that is another; the ones that are missing are gone.
    pub order: Option<Vec<String>>,
    /// The element that has the keyboard.
    pub focus: Option<String>,
}

/// egui's plugin that does it.
pub struct Mirror {
    tell: Box<dyn FnMut(&Changes) + Send + Sync>,
    shown: Vec<Element>,
    focus: Option<String>,
    told_at: f64,
    /// How many of the coming frames are told at once.
    haste: u32,
    /// Input for the coming frames, one by one.
    queue: VecDeque<Vec<Event>>,
}

impl Mirror {
    /// One that tells what has changed.
    pub fn new(tell: impl FnMut(&Changes) + Send + Sync + 'static) -> Self {
        Self {
            tell: Box::new(tell),
            shown: Vec::new(),
            focus: None,
            told_at: f64::NEG_INFINITY,
            haste: 0,
            queue: VecDeque::new(),
        }
    }

    /// What is shown, in reading order.
    #[must_use]
    pub fn shown(&self) -> &[Element] {
        &self.shown
    }

    /// Does what was done with an element, in the coming frames. One that is gone is left alone.
    pub fn act(&mut self, ctx: &Context, id: &str, gesture: &Gesture) {
        let Ok(node) = id.parse::<u64>() else { return };
        self.queue.extend(gesture.events(NodeId(node)));
        ctx.request_repaint();
    }

    fn follow(&mut self, update: &TreeUpdate, zoom: f32) {
        let elements = element::elements(update, zoom);
        let before: HashSet<&Element> = self.shown.iter().collect();
        let changed = elements.iter().filter(|element| !before.contains(element)).cloned().collect::<Vec<_>>();
        let has_other_order =
            !elements.iter().map(Element::place_in_tree).eq(self.shown.iter().map(Element::place_in_tree));
        let order = has_other_order.then(|| elements.iter().map(|element| element.id.clone()).collect());
        let focus = Some(update.focus.0.to_string()).filter(|id| elements.iter().any(|element| element.id == *id));
        if changed.is_empty() && order.is_none() && focus == self.focus {
            return;
        }
        (self.tell)(&Changes { changed, order, focus: focus.clone() });
        (self.shown, self.focus) = (elements, focus);
    }
}

/// Whether it is something that a person does to a widget.
fn is_act(event: &Event) -> bool {
    matches!(event, Event::Key { .. } | Event::Text(_) | Event::Paste(_))
        || matches!(event, Event::PointerButton { .. } | Event::AccessKitActionRequest(_))
}

impl Plugin for Mirror {
    fn debug_name(&self) -> &'static str {
        "mirror"
    }

    fn setup(&mut self, ctx: &Context) {
        ctx.enable_accesskit();
    }

    fn input_hook(&mut self, _ctx: &Context, input: &mut RawInput) {
        if let Some(events) = self.queue.pop_front() {
            input.events.extend(events);
        }
        if input.events.iter().any(is_act) {
            self.haste = HASTE;
        }
    }

    fn output_hook(&mut self, ctx: &Context, output: &mut FullOutput) {
        let Some(update) = &output.platform_output.accesskit_update else { return };
        let now = ctx.input(|input| input.time);
        let wait = self.told_at + PACE - now;
        if self.haste > 0 {
            self.haste -= 1;
            ctx.request_repaint();
        } else if wait > 0.0 {
            // The last frame before everything comes to rest must be told too.
            ctx.request_repaint_after(std::time::Duration::from_secs_f64(wait));
            return;
        }
        self.told_at = now;
        let zoom = ctx.zoom_factor();
        self.follow(update, zoom);
    }
}
