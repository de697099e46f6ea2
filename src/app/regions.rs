//! The parts of the screen that the keyboard can go to at once: by links, to which Tab comes first, and natively by F6 from one to
//! the next.

use egui::accesskit::Action;
use egui::{
    Align2, Context, FontId, Id, Key, LayerId, Modifiers, Order, Rect, Role, Sense, Stroke, StrokeKind, Ui, vec2,
};

use super::fields::finger;
use super::focus::{self, Place};
use crate::platform;

/// A part of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Region {
    /// The lesson, or the settings in its place.
    Panel,
    /// The map, or what is in its place.
    Map,
    /// Curves or anatomy.
    Side,
    /// Play and pause, the scrubber.
    Transport,
}

impl Region {
    /// In reading order.
    const ALL: [Self; 4] = [Self::Panel, Self::Map, Self::Side, Self::Transport];

    fn key(self) -> Id {
        Id::unique(("region", self as u8))
    }

    /// The widget by which the keyboard comes to it, if it is on the screen.
    fn widget(self, ctx: &Context) -> Option<Id> {
        let (widget, pass): (Id, u64) = ctx.data(|data| data.get_temp(self.key()))?;
        (pass + 1 >= ctx.cumulative_pass_nr()).then_some(widget)
    }
}

/// Says by which widget the keyboard comes to a region.
pub fn mark(ctx: &Context, region: Region, widget: Id) {
    let pass = ctx.cumulative_pass_nr();
    ctx.data_mut(|data| data.insert_temp(region.key(), (widget, pass)));
}

/// The links, before anything else: they are seen while they have the focus.
pub fn links(ui: &Ui, is_lesson: bool) {
    let panel = if is_lesson { "Skip to the lesson" } else { "Skip to the settings" };
    for (region, name) in [(Region::Map, "Skip to the map"), (Region::Panel, panel)] {
        if let Some(widget) = region.widget(ui.ctx())
            && link(ui, region, name)
        {
            go(ui.ctx(), region, widget);
        }
    }
}

/// Goes on to the next region where F6 is pressed. A browser has that key for its own parts.
pub fn by_keys(ctx: &Context) {
    if !platform::HAS_FUNCTION_KEYS || !ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::F6)) {
        return;
    }
    let last: Option<usize> = ctx.data(|data| data.get_temp(last_visited()));
    let first = last.map_or(0, |last| last + 1);
    let mut following = (first..first + Region::ALL.len()).map(|i| i % Region::ALL.len());
    let found = following.find_map(|i| Some((Region::ALL[i], Region::ALL[i].widget(ctx)?)));
    if let Some((region, widget)) = found {
        go(ctx, region, widget);
    }
}

fn last_visited() -> Id {
    Id::unique("region visited last")
}

fn go(ctx: &Context, region: Region, widget: Id) {
    ctx.memory_mut(|memory| memory.request_focus(widget));
    ctx.data_mut(|data| data.insert_temp(last_visited(), region as usize));
    focus::frame(ctx, Place::Lessons, true);
    ctx.request_repaint();
}

/// A button in the screen's corner, which no pointer finds; true where it is pressed.
fn link(ui: &Ui, region: Region, name: &str) -> bool {
    // 1. Size and place.
    let id = region.key().with("link");
    let has_focus = ui.memory(|memory| memory.has_focus(id));
    let painter = ui.ctx().layer_painter(LayerId::new(Order::Tooltip, id));
    let galley = painter.layout_no_wrap(name.to_owned(), FontId::proportional(15.0), ui.visuals().strong_text_color());
    let corner = ui.ctx().content_rect().min;
    let size = if has_focus { finger(ui).max(galley.size() + vec2(20.0, 12.0)) } else { vec2(1.0, 1.0) };
    let rect = Rect::from_min_size(corner, size);
    let response = ui.interact(rect, id, if has_focus { Sense::click() } else { Sense::focusable_noninteractive() });
    // 2. What it is.
    response.widget_info(|| egui::WidgetInfo::labeled(Role::Button, true, name));
    ui.ctx().accesskit_node_builder(id, |node| node.add_action(Action::Click));
    let is_asked = ui.input(|input| input.has_accesskit_action_request(id, Action::Click));
    // 3. Paint.
    if has_focus {
        let line = Stroke::new(2.0, ui.visuals().selection.stroke.color);
        painter.rect(rect, 3.0, ui.visuals().extreme_bg_color, line, StrokeKind::Inside);
        painter.galley(Align2::CENTER_CENTER.align_size_within_rect(galley.size(), rect).min, galley, line.color);
    }
    response.clicked() || is_asked
}
