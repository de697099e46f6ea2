//! A window over the rest, with its title and a cross.

use egui::{Align, Align2, Context, Layout, RichText, ScrollArea, Ui, Vec2, vec2};

use super::fields::cross;
use super::focus::{self, Place};

/// Draws it while it is `shown`, at most so wide, and as high as it has to be; what is higher than the screen scrolls.
pub fn show(ctx: &Context, title: &str, shown: &mut bool, width: f32, contents: impl FnOnce(&mut Ui)) {
    if !*shown {
        return;
    }
    let room = ctx.content_rect().size() - vec2(28.0, 110.0);
    egui::Window::new(title)
        .title_bar(false)
        .collapsible(false)
        .resizable(false)
        .anchor(Align2::CENTER_CENTER, Vec2::ZERO)
        .show(ctx, |ui| {
            ui.set_width(room.x.clamp(120.0, width));
            ui.horizontal(|ui| {
                focus::title(ui, Place::Window, RichText::new(title).size(18.0));
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    *shown = !cross(ui, "Close").clicked();
                });
            });
            ui.separator();
            let height = room.y.max(80.0);
            ScrollArea::vertical().max_height(height).min_scrolled_height(height).show(ui, contents);
        });
}
