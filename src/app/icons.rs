//! Buttons with painted symbols: no bundled font that the page can afford has them.

use egui::{Color32, Rect, Response, Role, Sense, Shape, Ui, Vec2, WidgetInfo, pos2, vec2};

/// A symbol.
#[derive(Clone, Copy, Debug)]
pub enum Icon {
    /// Back to the start.
    Restart,
    /// Play.
    Play,
    /// Pause.
    Pause,
    /// One step.
    Step,
}

/// A button with a symbol, a name for screen readers and a hint.
pub fn button(ui: &mut Ui, icon: Icon, name: &str, hint: &str, size: Vec2) -> Response {
    // 1. Size and place.
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    // 2. What it is.
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    // 3. Paint.
    if ui.is_rect_visible(rect) {
        let visuals = ui.style().interact(&response);
        ui.painter().rect(
            rect.expand(visuals.expansion),
            visuals.corner_radius,
            visuals.weak_bg_fill,
            visuals.bg_stroke,
            egui::StrokeKind::Inside,
        );
        let side = rect.height() * 0.5;
        let area = Rect::from_center_size(rect.center(), vec2(side, side));
        ui.painter().extend(shapes(icon, area, visuals.text_color()));
    }
    response.on_hover_text(hint)
}

/// The symbol inside `area`.
fn shapes(icon: Icon, area: Rect, colour: Color32) -> Vec<Shape> {
    let bar = |x: f32, width: f32| {
        let rect = Rect::from_min_size(pos2(x, area.top()), vec2(width, area.height()));
        Shape::rect_filled(rect, 1.0, colour)
    };
    let triangle = |from: f32, to: f32| {
        let tips = vec![pos2(from, area.top()), pos2(to, area.center().y), pos2(from, area.bottom())];
        Shape::convex_polygon(tips, colour, egui::Stroke::NONE)
    };
    let (left, right, width) = (area.left(), area.right(), area.width());
    match icon {
        Icon::Play => vec![triangle(left + 0.08 * width, right)],
        Icon::Pause => vec![bar(left + 0.1 * width, 0.28 * width), bar(right - 0.38 * width, 0.28 * width)],
        Icon::Step => vec![triangle(left, right - 0.25 * width), bar(right - 0.2 * width, 0.2 * width)],
        Icon::Restart => vec![bar(left, 0.2 * width), triangle(right, left + 0.25 * width)],
    }
}
