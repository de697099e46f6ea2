//! The marker with which a lesson lets one predict where a run ends.

use egui::{Pos2, Rect, Sense, Shape, Stroke, Ui, pos2};

use super::{Canvas, keys};
use crate::app::command::Command;
use crate::app::described;
use crate::app::fields::finger;
use crate::app::lesson::LessonCommand;

/// Half its width, in points.
pub const REACH: f32 = 8.0;

/// A place on the map that someone has predicted.
#[derive(Clone, Copy, Debug)]
pub struct Marker {
    /// In the plane's coordinates.
    pub place: [f64; 2],
    /// Whether it can still be moved.
    pub is_free: bool,
}

/// Draws the marker, and moves it while it can be.
pub(super) fn show(ui: &mut Ui, canvas: &Canvas, marker: Marker) -> Option<Command> {
    let centre = canvas.screen(marker.place);
    let clip = canvas.painter.clip_rect();
    let drag = marker.is_free.then(|| {
        let rect = Rect::from_center_size(centre, finger(ui).max(egui::Vec2::splat(36.0))).intersect(clip);
        ui.interact(rect, egui::Id::unique("lesson marker"), Sense::drag())
    });
    let cross = cross(centre);
    canvas.painter.extend(cross.map(|line| Shape::line_segment(line, Stroke::new(6.0, canvas.colours.halo()))));
    canvas.painter.extend(cross.map(|line| Shape::line_segment(line, Stroke::new(2.5, canvas.colours.caution()))));
    let response = drag?;
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Slider, true, "Predicted end"));
    if response.hovered() || response.dragged() {
        ui.ctx().set_cursor_icon(if response.dragged() { egui::CursorIcon::Grabbing } else { egui::CursorIcon::Grab });
    }
    described::marker(&response, marker.place);
    if let Some([du, dv]) = keys::by_arrows(ui, &response, canvas) {
        return Some(LessonCommand::Mark([marker.place[0] + du, marker.place[1] + dv]).into());
    }
    let pointer = response.interact_pointer_pos().filter(|_| response.dragged())?;
    let place = canvas.transform.value_from_position(pointer.clamp(clip.min, clip.max));
    Some(LessonCommand::Mark([place.x, place.y]).into())
}

fn cross(centre: Pos2) -> [[Pos2; 2]; 2] {
    let at = |x: f32, y: f32| pos2(centre.x + x * REACH, centre.y + y * REACH);
    [[at(-1.0, -1.0), at(1.0, 1.0)], [at(-1.0, 1.0), at(1.0, -1.0)]]
}
