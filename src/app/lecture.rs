//! Lecture mode: a lesson's page and the picture in large type, and nothing else, for a class to see.

use egui::{CentralPanel, Context, Id, Key, LayerId, Modifiers, Order, Panel, Stroke, Ui, Vec2};

use super::App;
use super::command::Command;
use super::focus;
use super::lesson::{LessonCommand, Lessons};
use super::theme::Colours;
use super::{anatomy, curves};
use crate::run::{Layout, Side};
use crate::sharpness::Curve;

/// The window that a lecture takes, in points: all that is larger makes the type larger.
const ROOM: Vec2 = Vec2::new(780.0, 570.0);
/// The most that it does.
const LARGEST: f32 = 2.5;
/// The share of the width that the page gets.
const PAGE: f32 = 0.4;
/// The share of the height that the curves get, and the anatomy, which has more to say.
const CURVES: f32 = 0.46;
const ANATOMY: f32 = 0.62;
/// The radius of the pointer's disc, in points.
const POINTER: f32 = 11.0;

/// Whether there is a lecture.
#[derive(Debug, Default)]
pub struct Lecture {
    is_on: bool,
    /// The size of the type before.
    zoom_before: Option<f32>,
}

impl Lecture {
    /// Whether there is one.
    pub fn is_on(&self) -> bool {
        self.is_on
    }

    /// Ends it.
    pub fn leave(&mut self) {
        self.is_on = false;
    }

    /// Makes the type as large as the window allows, or as it was before.
    pub fn follow(&mut self, ctx: &Context) {
        let now = ctx.zoom_factor();
        if !self.is_on {
            if let Some(before) = self.zoom_before.take() {
                ctx.set_zoom_factor(before);
            }
            return;
        }
        let before = *self.zoom_before.get_or_insert(now);
        let size = ctx.content_rect().size() * now / before;
        let larger = (size / ROOM).min_elem().clamp(1.0, LARGEST);
        // Not for every pixel of a window that is being resized.
        if (before * larger / now - 1.0).abs() > 0.02 {
            ctx.set_zoom_factor(before * larger);
        }
    }
}

/// Turns the lesson's page by the keys of a keyboard or of a presenter's remote control.
pub fn by_keys(ctx: &Context, lessons: &Lessons) -> Option<Command> {
    if focus::has_keys(ctx) {
        return None;
    }
    let pressed =
        |keys: [Key; 2]| ctx.input_mut(|input| keys.into_iter().any(|key| input.consume_key(Modifiers::NONE, key)));
    let turned = if pressed([Key::ArrowRight, Key::PageDown]) {
        lessons.next_page()
    } else if pressed([Key::ArrowLeft, Key::PageUp]) {
        lessons.page_before()
    } else {
        None
    };
    turned.map(Command::from)
}

impl App {
    /// Begins or ends a lecture; it begins with the lesson that is open, or was last.
    pub(super) fn toggle_lecture(&mut self) {
        self.lecture.is_on = !self.lecture.is_on;
        if self.lecture.is_on && !self.lessons.are_shown() {
            self.apply(self.lessons.number_of_last().map_or(LessonCommand::Contents, LessonCommand::Open).into());
        }
    }

    /// The page beside the picture; on a phone below it.
    pub(super) fn lecture(&mut self, ui: &mut Ui, narrow: bool) -> Vec<Command> {
        let mut commands = Vec::new();
        let size = ui.available_size();
        if narrow {
            let picture = Panel::top("lecture_picture").exact_size(0.45 * size.y);
            picture.show(ui, |ui| commands.extend(self.in_layout(ui)));
            CentralPanel::default().show(ui, |ui| commands.extend(self.lesson(ui)));
        } else {
            let page = Panel::left("lecture_page").exact_size(PAGE * size.x).resizable(false);
            page.show(ui, |ui| commands.extend(self.lesson(ui)));
            // What a sweep or the surfaces show needs all the room.
            if matches!(self.session.scenario().view.layout, Layout::Map | Layout::Basin) {
                let share = if self.session.scenario().view.side == Side::Anatomy { ANATOMY } else { CURVES };
                let side = Panel::bottom("lecture_side").exact_size(share * size.y);
                let about = self.lessons.curve();
                side.show(ui, |ui| commands.extend(self.lecture_side(ui, about)));
            }
            CentralPanel::default().show(ui, |ui| commands.extend(self.in_layout(ui)));
        }
        pointer(ui.ctx(), Colours::of(ui));
        commands
    }

    /// What the lesson shows beside the map; of the curves the plot of the one that it is `about`, where there is one.
    pub(super) fn lecture_side(&self, ui: &mut Ui, about: Option<Curve>) -> Vec<Command> {
        let (session, hidden, focus) = (&self.session, &self.hidden, self.focus());
        match session.scenario().view.side {
            Side::Curves => curves::plots(ui, session, hidden, focus, about),
            Side::Anatomy => anatomy::show(ui, session, hidden, focus),
        }
    }
}

/// A disc where the pointer is, that the last row sees.
fn pointer(ctx: &Context, colours: Colours) {
    let Some(place) = ctx.input(|input| input.pointer.hover_pos()) else { return };
    let painter = ctx.layer_painter(LayerId::new(Order::Tooltip, Id::unique("lecture pointer")));
    painter.circle(place, POINTER, colours.pointer(), Stroke::new(1.5, colours.halo()));
}
