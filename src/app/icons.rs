//! Buttons with painted symbols: no bundled font that the page can afford has them.

use egui::{Color32, Rect, Response, Role, Sense, Shape, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::fields::finger;

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
    /// Take the last change back.
    Undo,
    /// Make it again.
    Redo,
}

/// A button with a symbol, a name for screen readers and a hint.
pub fn button(ui: &mut Ui, icon: Icon, name: &str, hint: &str, size: Vec2) -> Response {
    // 1. Size and place.
    let (rect, response) = ui.allocate_exact_size(size.max(finger(ui)), Sense::click());
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
        let side = size.y * 0.5;
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
        Icon::Undo => turning_back(area, colour, |x| left + x * width),
        Icon::Redo => turning_back(area, colour, |x| right - x * width),
    }
}

/// An arrow that comes round and points to x = 0, where `x` places a share of the width.
fn turning_back(area: Rect, colour: Color32, x: impl Fn(f32) -> f32) -> Vec<Shape> {
    let y = |share: f32| area.top() + share * area.height();
    let tips = vec![pos2(x(0.0), y(0.28)), pos2(x(0.4), y(-0.04)), pos2(x(0.4), y(0.6))];
    let bend = (0..=12).map(|i| {
        let (sin, cos) = (std::f32::consts::PI * i as f32 / 12.0).sin_cos();
        pos2(x(0.66 + 0.34 * sin), y(0.62 - 0.34 * cos))
    });
    let line = std::iter::once(pos2(x(0.3), y(0.28))).chain(bend).chain([pos2(x(0.25), y(0.96))]).collect();
    vec![
        Shape::convex_polygon(tips, colour, egui::Stroke::NONE),
        Shape::line(line, egui::Stroke::new((0.17 * area.height()).max(1.5), colour)),
    ]
}
