//! The map: a quantity over a 2-D slice, Γ and the marked points, the paths, and the start to drag.

mod backdrop;
pub mod colour_bar;
mod ends;
mod flows;
mod framing;
mod heads;
mod keys;
mod labels;
mod landscape;
mod marker;
mod paths;
pub mod toolbar;

use std::collections::BTreeSet;

use egui::{Align2, Painter, Pos2, Rect, Response, Sense, Ui, Vec2};
use egui_plot::{PlotBounds, PlotImage, PlotItem as _, PlotPoint, PlotResponse, PlotTransform};

use labels::{Labels, Places};

use super::command::Command;
use super::described;
use super::fields::finger;
use super::regions::{self, Region};
use super::session::Session;
use super::theme::Colours;
use crate::app::axis_labels::plane_plot;
use crate::app::making::Making;
use crate::field::{Field, Plane, Slice, with_aspect};
use crate::figure::plain;
use crate::run::{Layout, Scenario, View};
use crate::sharpness::{Effort, MapQuantity};

pub use backdrop::{Backdrop, Style};
pub use ends::EndsMap;
pub use framing::{Framing, fitting};
pub use marker::Marker;
pub use toolbar::quantity_name;

/// What the map remembers between frames.
#[derive(Default)]
pub struct MapState {
    backdrop: Backdrop,
    ends: EndsMap,
    names: Places,
    /// The visible bounds and the size on the screen, in the last frame.
    visible: Option<([f64; 4], egui::Vec2)>,
}

/// Points between two nodes whose ends are computed.
pub const ENDS_APART: f32 = 4.0;
/// The most updates of a run whose end is shown: a picture of 10^4 ends has to be there in a second.
pub const STEPS_MAX: u64 = 1000;
/// The finest grid: finer ones cost more than they show.
const MAX_NODES: usize = 368;

/// Nodes along both sides of so many pixels: such that the coarser pictures reach the border too.
pub fn nodes(pixels: egui::Vec2, apart: f32) -> [usize; 2] {
    let nodes = |pixels: f32| ((pixels / apart) as usize).clamp(16, MAX_NODES);
    [pixels.x, pixels.y].map(|pixels| nodes(pixels).next_multiple_of(16) + 1)
}

/// Pixels between two nodes of a quantity: more where one costs a search or a quadrature over a ball, and still more in high
/// dimensions, where that takes up to a millisecond.
fn pixels_per_node(quantity: MapQuantity, dim: usize) -> f32 {
    let factor = if dim > 4 { 2.0 } else { 1.0 };
    match quantity.info().effort {
        Effort::Search => 9.0 * factor,
        Effort::Quadrature => 6.0 * factor,
        Effort::Derivatives | Effort::Step => 3.0,
    }
}

/// A map narrower than this has no axes and no explanations.
const SMALL: f32 = 170.0;

/// The first of several maps.
const FIRST: usize = 1;

/// What a map shows of the race.
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    /// Tells it from the other maps on the screen; 0 is the only one.
    pub id: usize,
    /// The optimizers that it does not draw.
    pub hidden: &'a BTreeSet<usize>,
    /// The optimizer at whose head the step's geometry is drawn, and whose ρ the field has.
    pub focus: usize,
    /// What the colours show.
    pub quantity: MapQuantity,
    /// The rectangle to show, with what is around it in a map of another shape.
    pub rectangle: [f64; 4],
    /// A place that a lesson lets one predict.
    pub marker: Option<Marker>,
    /// Whether the loss's marked points are there, with their names.
    pub names_ends: bool,
}

impl<'a> Look<'a> {
    /// What the only map shows: every method, the view's quantity.
    pub fn at_all(session: &Session, hidden: &'a BTreeSet<usize>, focus: usize, rectangle: [f64; 4]) -> Self {
        Self {
            id: 0,
            hidden,
            focus,
            quantity: session.scenario().view.quantity,
            rectangle,
            marker: None,
            names_ends: true,
        }
    }
}

/// The farthest place off the screen at which something is drawn, in points.
const FAR: f32 = 1e6;

/// A frame's drawing context on the map.
pub struct Canvas<'a> {
    painter: Painter,
    transform: PlotTransform,
    slice: &'a Slice,
    colours: Colours,
}

impl Canvas<'_> {
    /// Where (u, v) is on the screen. What has diverged lies far away: lines from infinity would have no direction.
    fn screen(&self, [u, v]: [f64; 2]) -> Pos2 {
        self.transform.position_from_point(&PlotPoint::new(u, v)).clamp(Pos2::new(-FAR, -FAR), Pos2::new(FAR, FAR))
    }

    /// Where a point of R^D is on the screen, projected along the other axes.
    fn screen_of(&self, x: &[f64]) -> Pos2 {
        self.screen(self.slice.project(x))
    }

    /// Screen points per unit; the same along both axes.
    fn scale(&self) -> f32 {
        self.transform.dpos_dvalue_x() as f32
    }

    /// Finer than a pixel there is nothing to aim at: the decimal place at which a pixel can still be told.
    fn digit(&self) -> f64 {
        10f64.powf((1.0 / f64::from(self.scale())).log10().floor())
    }
}

impl MapState {
    /// Computes a part of the map's field, as long as `is_late` does not say that the time is up. True
    /// while there is more to do.
    pub fn advance(
        &mut self,
        session: &Session,
        look: &Look,
        pixels_per_point: f32,
        is_late: &mut dyn FnMut() -> bool,
    ) -> bool {
        let Some((bounds, size)) = self.visible else { return false };
        let scenario = session.scenario();
        // A quantity without ρ is not computed anew when ρ changes.
        let focus = session.run(look.focus);
        let slice = slice(session);
        if scenario.view.layout == Layout::Basin {
            let Some(run) = focus else { return false };
            let plane = Plane { slice, size: nodes(size, ENDS_APART), bounds };
            return self.ends.advance(&Field::of_basin(run.racer().spec(), plane, STEPS_MAX), is_late);
        }
        let rho = focus.filter(|_| look.quantity.uses_rho()).map_or(0.0, |run| run.optimizer().rho);
        let apart = pixels_per_node(look.quantity, scenario.dim());
        let plane = Plane { slice, size: nodes(size * pixels_per_point, apart), bounds };
        let wanted = Field::of_quantity(&scenario.loss, plane, look.quantity, rho);
        self.backdrop.advance(&wanted, Style { of: "value", scale: Some(scenario.view.levels) }, is_late)
    }

    /// The quantity's field in the making.
    pub fn numbers(&self) -> &Making {
        self.backdrop.making()
    }

    /// The basin in the making.
    pub fn ends(&self) -> &Making {
        self.ends.making()
    }

    /// The map.
    pub fn show(&mut self, ui: &mut Ui, session: &Session, look: &Look) -> Vec<Command> {
        if ui.available_height() < 20.0 || ui.available_width() < 20.0 {
            return Vec::new();
        }
        let slice = slice(session);
        let colours = Colours::of(ui);
        let is_basin = session.scenario().view.layout == Layout::Basin;
        let bar = if is_basin { 0.0 } else { colour_bar::width(ui.available_width()) };
        let PlotResponse { response, transform, inner: asked, .. } =
            self.plot(ui, session.scenario(), look, colours, bar);
        let rect = response.rect;
        let canvas = Canvas { painter: ui.painter_at(rect), transform, slice: &slice, colours };
        if !is_basin {
            self.backdrop.paint_isolines(&canvas);
        }
        let mut labels = Labels::on(&canvas);
        if let Some(note) = self.backdrop.grey_note().filter(|_| !is_basin) {
            labels.in_corner(Align2::LEFT_BOTTOM, &plain(&note));
        }
        heads::tell_what_is_off(&canvas, session, look.hidden, &mut labels);
        landscape::paint(&canvas, session.scenario(), look.names_ends, &mut labels);
        if session.scenario().view.flows {
            flows::paint(&canvas, session, look.hidden);
        }
        if is_basin {
            self.ends.paint_legend(&canvas, &mut labels);
        }
        self.paint_runs(&canvas, session, look, labels);
        if bar > 0.0 {
            let is_shown = self.backdrop.quantity() == Some(look.quantity);
            let symbol = if is_shown { quantity_name(look.quantity) } else { "…".to_owned() };
            colour_bar::paint(ui.painter(), rect, colours, &self.backdrop, &symbol);
        }
        let bounds = bounds_of(&transform);
        described::map(&response, session, look, bounds);
        if look.id <= FIRST {
            regions::mark(ui.ctx(), Region::Map, response.id);
        }
        self.visible = bounds.map(|bounds| (bounds, rect.size()));
        let mut commands = Vec::new();
        commands.extend(start_handle(ui, &canvas, session.scenario(), look.id));
        if is_basin && let Some(pointer) = response.hover_pos().filter(|_| ui.ctx().dragged_id().is_none()) {
            let place = canvas.transform.value_from_position(pointer);
            if let Some((start, words)) = self.ends.at([place.x, place.y]) {
                if response.clicked() {
                    commands.extend([Command::Start(start), Command::Play(true)]);
                }
                response.clone().on_hover_text_at_pointer(words);
            }
        }
        if let Some(bounds) = bounds {
            commands.extend(keys::show(ui, &response, &canvas, session, bounds));
        }
        commands.extend(look.marker.and_then(|marker| marker::show(ui, &canvas, marker)));
        if response.double_clicked() {
            commands.push(Command::Fit);
        } else if let Some(bounds) = bounds.filter(|bounds| has_moved(ui, &response, asked, *bounds)) {
            // A pan or zoom by hand becomes part of the view, so that a link shows the same.
            let view = View { bounds: Some(bounds), ..session.scenario().view.clone() };
            commands.push(Command::View(Box::new(view)));
        }
        commands
    }

    /// The picture alone, in a rectangle, with a caption: nothing in it is told or can be moved.
    pub fn paint(&mut self, ui: &mut Ui, rect: Rect, session: &Session, look: &Look, caption: &str) {
        let slice = slice(session);
        let colours = Colours::of(ui);
        let bounds = with_aspect(look.rectangle, [f64::from(rect.width()), f64::from(rect.height())]);
        let [u0, u1, v0, v1] = bounds;
        let transform = PlotTransform::new(rect, PlotBounds::from_min_max([u0, v0], [u1, v1]), false);
        let canvas = Canvas { painter: ui.painter_at(rect), transform, slice: &slice, colours };
        if let Some(image) = self.image(ui.ctx(), session.scenario().view.layout, colours) {
            // It paints by itself, and beyond the rectangle.
            let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(rect));
            inside.set_clip_rect(canvas.painter.clip_rect());
            image.shapes(&inside, &transform, &mut Vec::new());
        }
        self.backdrop.paint_isolines(&canvas);
        let mut labels = Labels::on(&canvas);
        labels.in_corner(Align2::LEFT_TOP, caption);
        landscape::paint(&canvas, session.scenario(), look.names_ends, &mut labels);
        self.paint_runs(&canvas, session, look, labels);
        self.visible = Some((bounds, rect.size()));
    }

    /// Paths and heads, then the names between them.
    // Called in two places: the page would have it twice.
    #[inline(never)]
    fn paint_runs(&mut self, canvas: &Canvas, session: &Session, look: &Look, mut labels: Labels) {
        paths::paint(canvas, session, look.hidden, &mut labels);
        heads::paint(canvas, session, look.hidden, look.focus, &mut labels);
        if let Some(marker) = look.marker {
            labels.keep_free(canvas.screen(marker.place), marker::REACH);
        }
        labels.write(canvas, &mut self.names);
    }

    /// The coloured field.
    fn image(&mut self, ctx: &egui::Context, layout: Layout, colours: Colours) -> Option<PlotImage> {
        match layout {
            Layout::Basin => self.ends.image(ctx),
            _ => self.backdrop.image(ctx, colours),
        }
    }

    /// The axes and the coloured field; leaves `margin` free on the right. The bounds are those from before a pan or zoom.
    fn plot(
        &mut self,
        ui: &mut Ui,
        scenario: &Scenario,
        look: &Look,
        colours: Colours,
        margin: f32,
    ) -> PlotResponse<[f64; 4]> {
        let [a, b] = scenario.view.axes;
        let image = self.image(ui.ctx(), scenario.view.layout, colours);
        let size = ui.available_size();
        let small = size.x < SMALL;
        let axis_label = |axis: usize| if small { String::new() } else { scenario.loss.coordinate(axis - 1) };
        plane_plot("map", size - egui::vec2(margin, 0.0), [false; 2], [axis_label(a), axis_label(b)])
            // The same map wherever a layout puts it.
            .id(egui::Id::unique(("map", look.id)))
            .show_axes(!small)
            .data_aspect(1.0)
            .show(ui, |plot_ui| {
                let size = plot_ui.response().rect.size();
                let asked = with_aspect(look.rectangle, [f64::from(size.x), f64::from(size.y)]);
                let [u0, u1, v0, v1] = asked;
                plot_ui.set_plot_bounds(PlotBounds::from_min_max([u0, v0], [u1, v1]));
                if let Some(image) = image {
                    plot_ui.image(image);
                }
                asked
            })
    }
}

/// A texture over the nodes of a grid, of which the outer ones lie at these bounds: each in the middle of its texel.
fn image_over(
    name: &str,
    texture: &egui::TextureHandle,
    [u0, u1, v0, v1]: [f64; 4],
    [width, height]: [usize; 2],
) -> PlotImage {
    let grow = |low: f64, high: f64, nodes: usize| ((high - low) * nodes as f64 / (nodes - 1) as f64) as f32;
    let size = [grow(u0, u1, width), grow(v0, v1, height)];
    PlotImage::new(name, texture.id(), PlotPoint::new(0.5 * (u0 + u1), 0.5 * (v0 + v1)), size)
}

/// What the map shows, if it shows anything.
fn bounds_of(transform: &PlotTransform) -> Option<[f64; 4]> {
    let (min, max) = (transform.bounds().min(), transform.bounds().max());
    Some([min[0], max[0], min[1], max[1]]).filter(|bounds| bounds.iter().all(|bound| bound.is_finite()))
}

/// Whether a plot's bounds are others than it was asked for because someone has dragged, turned the wheel or pinched: where its room
/// changes, they differ for a frame by themselves.
pub fn has_moved(ui: &Ui, response: &Response, asked: [f64; 4], shown: [f64; 4]) -> bool {
    let is_wheel = |input: &egui::InputState| input.smooth_scroll_delta() != Vec2::ZERO || input.zoom_delta() != 1.0;
    let by_hand = response.dragged() || response.contains_pointer() && ui.input(is_wheel);
    let rounding = 1e-9 * (asked[1] - asked[0]).max(asked[3] - asked[2]);
    by_hand && asked.iter().zip(shown).any(|(asked, shown)| (asked - shown).abs() > rounding)
}

/// The slice that the view asks for; it follows the first run's head, or the scrubber.
fn slice(session: &Session) -> Slice {
    let head = session.runs().first().map(|run| run.head().x.as_slice());
    Slice::of(session.scenario(), head.unwrap_or(&session.scenario().init))
}

/// A white ring at the start that can be dragged anywhere.
fn start_handle(ui: &mut Ui, canvas: &Canvas, scenario: &Scenario, id: usize) -> Option<Command> {
    let center = canvas.screen_of(&scenario.init);
    let clip = canvas.painter.clip_rect();
    if !clip.contains(center) {
        return None;
    }
    let rect = Rect::from_center_size(center, finger(ui).max(egui::Vec2::splat(30.0))).intersect(clip);
    let response = ui.interact(rect, egui::Id::unique(("start handle", id)), Sense::drag());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Slider, true, "Start point"));
    described::start(&response, scenario);
    let active = response.hovered() || response.dragged();
    let radius = if active { 8.0 } else { 6.0 };
    canvas.painter.circle_stroke(center, radius, egui::Stroke::new(4.5, canvas.colours.halo()));
    canvas.painter.circle_stroke(center, radius, egui::Stroke::new(2.0, canvas.colours.ink()));
    canvas.painter.circle_filled(center, 1.5, canvas.colours.ink());
    if active {
        ui.ctx().set_cursor_icon(if response.dragged() { egui::CursorIcon::Grabbing } else { egui::CursorIcon::Grab });
    }
    if let Some(by) = keys::by_arrows(ui, &response, canvas) {
        return Some(Command::Start(keys::moved(scenario, canvas, by)));
    }
    let pointer =
        response.interact_pointer_pos().filter(|_| response.dragged() && response.drag_delta() != egui::Vec2::ZERO)?;
    let place = canvas.transform.value_from_position(pointer);
    let mut init = scenario.init.clone();
    let [a, b] = canvas.slice.axes;
    let digit = canvas.digit();
    init[a] = tidy(place.x, digit);
    init[b] = tidy(place.y, digit);
    Some(Command::Start(init))
}

/// Rounds to a multiple of `digit` with a short decimal form.
fn tidy(value: f64, digit: f64) -> f64 {
    let decimals = (-digit.log10()).round().clamp(0.0, 12.0) as usize;
    format!("{value:.decimals$}").parse().unwrap_or(value)
}
