//! The table of contents.

use egui::{RichText, Ui};

use super::{LessonCommand, Progress};
use crate::app::command::Command;
use crate::app::fields::finger;
use crate::app::focus::{self, Place};
use crate::lesson::{self, Lesson};

/// Shows every lesson with a full mark where it has been done; `open` can be gone back to.
pub fn show(ui: &mut Ui, open: Option<&Lesson>, progress: &Progress) -> Vec<Command> {
    let mut wish = None;
    let lessons = lesson::all();
    ui.horizontal(|ui| {
        focus::title(ui, Place::Lessons, RichText::new("Lessons").heading());
        ui.label(RichText::new(format!("{} of {} done", progress.count(), lessons.len())).weak());
    });
    ui.label("Each asks one question, lets you predict, runs it, and says why. Ten minutes or less.");
    ui.add_space(4.0);
    egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        for lesson in lessons {
            let mark = if progress.is_done(lesson.number) { "●" } else { "○" };
            let text = format!("{mark} {}. {}", lesson.number, lesson.title);
            let is_open = open.is_some_and(|open| open.number == lesson.number);
            let row = egui::Button::selectable(is_open, RichText::new(text).size(15.0)).wrap();
            if ui.add(row.min_size(egui::vec2(ui.available_width(), finger(ui).y.max(30.0)))).clicked() {
                wish = Some(LessonCommand::Open(lesson.number));
            }
        }
        ui.add_space(8.0);
        ui.horizontal_wrapped(|ui| {
            if ui.button("To the laboratory").clicked() {
                wish = Some(LessonCommand::Leave);
            }
            if progress.count() > 0 && ui.button("Clear progress").clicked() {
                wish = Some(LessonCommand::Forget);
            }
        });
    });
    wish.map(Command::from).into_iter().collect()
}
