//! Where the keyboard's focus goes when something opens by a key, and where it comes back to when that closes: to a title, which
//! is no stop of Tab and leaves all keys to the laboratory.

use egui::{Context, EventFilter, Id, RichText, Sense, Stroke, StrokeKind, TextStyle, TextWrapMode, Ui, WidgetText};

/// What opens: a window over the rest, or the lessons' panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A window.
    Window,
    /// The lessons' panel.
    Lessons,
}

impl Place {
    fn title(self) -> Id {
        Id::unique(("title", self as u8))
    }
}

/// Follows what is open in a place.
#[derive(Debug)]
pub struct Focus {
    place: Place,
    shown: Option<usize>,
    /// What had the focus before.
    before: Option<Id>,
    /// What is to have it, and for how many frames that is asked for: a window is only measured in its first one.
    wanted: Option<(Id, u8)>,
}

impl Focus {
    /// Nothing is open.
    pub fn new(place: Place) -> Self {
        Self { place, shown: None, before: None, wanted: None }
    }

    /// `shown` says which one is open. A pointer that opens it has shown where it is, and takes the focus nowhere.
    pub fn follow(&mut self, ctx: &Context, shown: Option<usize>) {
        if shown != self.shown {
            self.turn(ctx, shown);
        }
        if let Some((id, frames)) = self.wanted {
            ctx.memory_mut(|memory| memory.request_focus(id));
            self.wanted = (frames > 1).then_some((id, frames - 1));
            ctx.request_repaint();
        }
    }

    fn turn(&mut self, ctx: &Context, shown: Option<usize>) {
        if self.shown.is_none() {
            self.before = ctx.memory(egui::Memory::focused).filter(|&id| !is_title(id));
        }
        self.shown = shown;
        let next = match shown {
            Some(_) => Some(self.place.title()).filter(|_| !ctx.input(|input| input.pointer.any_click())),
            None => self.before.take(),
        };
        self.wanted = next.map(|id| (id, 3));
    }
}

fn is_title(id: Id) -> bool {
    [Place::Window, Place::Lessons].iter().any(|place| place.title() == id)
}

/// Whether something has the focus that has keys of its own.
pub fn has_keys(ctx: &Context) -> bool {
    ctx.memory(egui::Memory::focused).is_some_and(|id| !is_title(id))
}

/// The title of what is open in `place`.
pub fn title(ui: &mut Ui, place: Place, text: RichText) {
    // 1. Size and place.
    let name = text.text().to_owned();
    let width = ui.available_width();
    let galley = WidgetText::from(text).into_galley(ui, Some(TextWrapMode::Wrap), width, TextStyle::Heading);
    let (_, rect) = ui.allocate_space(galley.size());
    let has_focus = ui.memory(|memory| memory.has_focus(place.title()));
    let sense = if has_focus { Sense::focusable_noninteractive() } else { Sense::hover() };
    // 2. What it is.
    let response = ui.interact(rect, place.title(), sense);
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(egui::Role::Heading);
        node.set_level(2);
        node.set_label(name);
    });
    // 3. Paint.
    ui.painter().galley(rect.min, galley, ui.visuals().text_color());
    if has_focus {
        let line = Stroke::new(1.0, ui.visuals().selection.stroke.color);
        ui.painter().rect_stroke(rect.expand(2.0), 2.0, line, StrokeKind::Outside);
        let arrows = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(place.title(), arrows));
    }
}
