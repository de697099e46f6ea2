//! Where the keyboard's focus goes when something opens by a key, and where it comes back to when that closes: to a title, which
//! is no stop of Tab and leaves all keys to the laboratory.

use egui::{Context, EventFilter, Id, RichText, Sense, Stroke, StrokeKind, TextStyle, TextWrapMode, Ui, WidgetText};

use super::regions::{self, Region};

/// What opens: a window over the rest, or the lessons' panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A window.
    Window,
    /// The lessons' panel.
    Lessons,
}

impl Place {
    const ALL: [Self; 2] = [Self::Window, Self::Lessons];

    fn key(self) -> Id {
        Id::unique(("title", self as u8))
    }

    /// The title that is on the screen there. Another text is another title: one that only changed would not be read out. The palette
    /// has none, but a field that takes the keyboard by itself.
    fn title(self, ctx: &Context) -> Option<Id> {
        let (title, pass): (Id, u64) = ctx.data(|data| data.get_temp(self.key()))?;
        (pass + 1 >= ctx.cumulative_pass_nr()).then_some(title)
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
    wanted: Option<(Target, u8)>,
}

/// What is to have the focus.
#[derive(Clone, Copy, Debug)]
enum Target {
    /// The place's title.
    Title,
    /// What had it before.
    Before(Id),
}

impl Focus {
    /// Nothing is open.
    pub fn new(place: Place) -> Self {
        Self { place, shown: None, before: None, wanted: None }
    }

    /// `shown` says which one is open. A pointer that opens it has shown where it is, and takes the focus nowhere. In a lecture
    /// nothing is framed.
    pub fn follow(&mut self, ctx: &Context, shown: Option<usize>, is_lecture: bool) {
        if ctx.input(|input| input.pointer.any_pressed()) {
            // What opens late, as when a browser refuses to copy, takes nothing from a pointer that is already there.
            self.wanted = None;
        }
        // What has just opened is drawn in the next frame: before, there is no such title yet.
        if let Some((target, frames)) = self.wanted {
            let id = match target {
                Target::Title => self.place.title(ctx),
                Target::Before(id) => Some(id),
            };
            ctx.memory_mut(|memory| id.into_iter().for_each(|id| memory.request_focus(id)));
            self.wanted = (frames > 1).then_some((target, frames - 1));
            ctx.request_repaint();
        }
        if shown != self.shown {
            self.turn(ctx, shown);
            ctx.request_repaint();
        }
        if is_lecture {
            frame(ctx, self.place, false);
        }
    }

    fn turn(&mut self, ctx: &Context, shown: Option<usize>) {
        if self.shown.is_none() {
            self.before = ctx.memory(egui::Memory::focused).filter(|&id| !is_title(ctx, id));
        }
        self.shown = shown;
        let next = match shown {
            Some(_) => Some(Target::Title).filter(|_| !ctx.input(|input| input.pointer.any_click())),
            None => self.before.take().map(Target::Before),
        };
        self.wanted = next.map(|target| (target, 3));
        let is_key = |event: &egui::Event| matches!(event, egui::Event::Key { pressed: true, .. });
        frame(ctx, self.place, ctx.input(|input| input.events.iter().any(is_key)));
    }
}

/// Whether a title that has the focus is framed: who uses a keyboard has to see where it is.
pub fn frame(ctx: &Context, place: Place, is_seen: bool) {
    ctx.data_mut(|data| data.insert_temp(place.key(), is_seen));
}

fn is_title(ctx: &Context, id: Id) -> bool {
    Place::ALL.iter().any(|place| place.title(ctx) == Some(id))
}

/// Whether something has the focus that has keys of its own.
pub fn has_keys(ctx: &Context) -> bool {
    ctx.memory(egui::Memory::focused).is_some_and(|id| !is_title(ctx, id))
}

/// The title of what is open in `place`; the lessons' is where the keyboard comes to them.
pub fn title(ui: &mut Ui, place: Place, text: RichText) {
    // 1. Size and place.
    let name = text.text().to_owned();
    let id = place.key().with(&name);
    let width = ui.available_width();
    let galley = WidgetText::from(text).into_galley(ui, Some(TextWrapMode::Wrap), width, TextStyle::Heading);
    let (_, rect) = ui.allocate_space(galley.size());
    let has_focus = ui.memory(|memory| memory.has_focus(id));
    // 2. What it is.
    ui.interact(rect, id, if has_focus { Sense::focusable_noninteractive() } else { Sense::hover() });
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_role(egui::Role::Heading);
        node.set_level(2);
        node.set_label(name);
    });
    let pass = ui.ctx().cumulative_pass_nr();
    ui.data_mut(|data| data.insert_temp(place.key(), (id, pass)));
    if place == Place::Lessons {
        regions::mark(ui.ctx(), Region::Panel, id);
    }
    // 3. Paint.
    ui.painter().galley(rect.min, galley, ui.visuals().text_color());
    if !has_focus {
        return;
    }
    if ui.data(|data| data.get_temp(place.key())).unwrap_or(false) {
        let line = Stroke::new(1.0, ui.visuals().selection.stroke.color);
        ui.painter().rect_stroke(rect.expand(2.0), 2.0, line, StrokeKind::Outside);
    }
    let arrows = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, arrows));
}
