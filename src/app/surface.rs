//! Figure 1, live: the map, and at each method's head the loss over two coordinates as a surface.

use std::collections::BTreeSet;

use egui::{Color32, Rect, RichText, Sense, Ui, Vec2, vec2};

use super::command::Command;
use super::described;
use super::painting::Painting;
use super::session::Session;
use super::theme::Colours;
use crate::field::{ColourTable, Grid, Palette};
use crate::figure::surface::{Camera, Surface, SurfaceSpec, SurfaceStyle, draw, height_range};
use crate::figure::{Colour, Sheet};
use crate::loss::{LossSpec, brief};
use crate::race::Run;
use crate::run::{Scenario, View};

/// Nodes along a side.
const NODES: usize = 41;
/// More surfaces than this are too small to read.
const MOST: usize = 4;
/// How many kept iterates a trail shows.
const TRAIL: usize = 48;
/// A surface is at least this wide.
const MIN_WIDTH: f32 = 110.0;
/// Degrees per point of a drag.
const TURN: f64 = 0.4;

/// The heights, as far as they have been computed.
#[derive(Default)]
pub struct SurfaceState {
    window: Option<Window>,
    shown: Vec<Shown>,
    painting: Painting,
    tables: [Option<ColourTable>; 2],
}

/// The window and the range of heights, which all methods share and which stay as they are during a run.
struct Window {
    loss: LossSpec,
    init: Vec<f64>,
    /// What the view asks for, and what is shown.
    asked: SurfaceSpec,
    spec: SurfaceSpec,
    range: [f64; 2],
}

/// A method's surface.
struct Shown {
    run: usize,
    /// The iterate with zeros for the coordinates under the surface: the plane.
    plane: Vec<f64>,
    grid: Grid,
}

fn visible<'a>(session: &'a Session, hidden: &'a BTreeSet<usize>) -> impl Iterator<Item = &'a Run> + Clone {
    session.runs().iter().filter(|run| !hidden.contains(&run.index())).take(MOST)
}

/// The range of heights at the start.
fn range(session: &Session, spec: &SurfaceSpec) -> [f64; 2] {
    let start = session.runs().first();
    let grid = start.map(|run| spec.heights(run.landscape(), &session.scenario().init));
    height_range(&grid)
}

fn plane_of(spec: &SurfaceSpec, x: &[f64]) -> Vec<f64> {
    let mut plane = x.to_vec();
    for axis in spec.axes {
        plane[axis] = 0.0;
    }
    plane
}

impl SurfaceState {
    /// Computes the heights in the planes of the heads that have moved; true while there is more to do.
    pub fn advance(&mut self, session: &Session, hidden: &BTreeSet<usize>, is_late: &mut dyn FnMut() -> bool) -> bool {
        self.follow(session.scenario(), session);
        self.widen(session, hidden);
        let Some(window) = &self.window else { return false };
        self.shown.retain(|shown| visible(session, hidden).any(|run| run.index() == shown.run));
        let place = |run: &Run| self.shown.iter().position(|shown| shown.run == run.index());
        // What was computed last stands last and has to wait, so that each method has its turn where time is short.
        let mut runs: Vec<(Option<usize>, &Run)> = visible(session, hidden).map(|run| (place(run), run)).collect();
        runs.sort_by_key(|(place, _)| *place);
        for (place, run) in runs {
            let plane = plane_of(&window.spec, &run.head().x);
            if place.is_some() && self.shown.iter().any(|shown| shown.run == run.index() && shown.plane == plane) {
                continue;
            }
            if place.is_some() && is_late() {
                return true;
            }
            self.shown.retain(|shown| shown.run != run.index());
            let grid = window.spec.heights(run.landscape(), &plane);
            self.shown.push(Shown { run: run.index(), plane, grid });
        }
        false
    }

    /// A wider window where a head has left it; it stays so until there is a new one.
    fn widen(&mut self, session: &Session, hidden: &BTreeSet<usize>) {
        let Some(window) = &mut self.window else { return };
        if session.scenario().view.surface_reach.is_some() {
            return;
        }
        let heads = visible(session, hidden).map(|run| run.head().x.as_slice());
        let needed = window.asked.holding(heads).reach;
        if needed > window.spec.reach {
            // At least by half: each wider window is computed anew.
            window.spec.reach = needed.max(1.5 * window.spec.reach);
            window.range = range(session, &window.spec);
            self.shown.clear();
        }
    }

    /// A new window where the loss, the start or the view ask for another.
    fn follow(&mut self, scenario: &Scenario, session: &Session) {
        let spec = SurfaceSpec::of(scenario, NODES);
        let stays =
            |window: &Window| window.asked == spec && window.loss == scenario.loss && window.init == scenario.init;
        if self.window.as_ref().is_some_and(stays) {
            return;
        }
        self.shown.clear();
        let (loss, init) = (scenario.loss.clone(), scenario.init.clone());
        self.window = Some(Window { loss, init, asked: spec, spec, range: range(session, &spec) });
    }

    /// The map, drawn by `map`, and the surfaces: beside each other where it is wide, else below each other.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        hidden: &BTreeSet<usize>,
        map: impl FnOnce(&mut Ui) -> Vec<Command>,
    ) -> Vec<Command> {
        let room = ui.available_rect_before_wrap();
        if room.width() < 20.0 || room.height() < 60.0 {
            return Vec::new();
        }
        let count = visible(session, hidden).count();
        let beside = room.width() > (1.25 * room.height()).max(4.0 * MIN_WIDTH);
        let (map_room, rest) = if count == 0 {
            (room, Rect::NOTHING)
        } else if beside {
            room.split_left_right_at_fraction(0.5)
        } else {
            // As high as the surfaces can use, the rest for the map.
            let wanted = 0.8 * room.width() / count as f32 + 24.0;
            room.split_top_bottom_at_fraction((1.0 - wanted / room.height()).clamp(0.46, 0.76))
        };
        let mut commands = ui.scope_builder(egui::UiBuilder::new().max_rect(map_room), map).inner;
        let columns =
            if beside { count.div_ceil(2) } else { count }.clamp(1, (rest.width() / MIN_WIDTH).max(1.0) as usize);
        let rows = count.div_ceil(columns);
        let size = rest.size() / vec2(columns as f32, rows as f32);
        for (i, run) in visible(session, hidden).enumerate() {
            let corner = rest.min + vec2((i % columns) as f32, (i / columns) as f32) * size;
            let cell = Rect::from_min_size(corner, size).shrink(3.0);
            commands.extend(self.cell(ui, session, run, cell));
        }
        ui.advance_cursor_after_rect(room);
        commands
    }

    /// One method's surface with its title.
    fn cell(&mut self, ui: &mut Ui, session: &Session, run: &Run, cell: Rect) -> Option<Command> {
        let colours = Colours::of(ui);
        let head = run.head();
        let title = format!("{}  λ1 = {}", run.name(), brief(head.eigenvalues[0]));
        let title = RichText::new(title).size(13.0).strong().color(colours.letters(run.colour()));
        let name = Rect::from_min_size(cell.min, vec2(cell.width(), 18.0));
        ui.put(name, egui::Label::new(title).truncate());
        let room = Rect::from_min_max(name.left_bottom(), cell.max);
        let response = ui.interact(room, ui.scope_id().with(("surface", run.index())), Sense::click_and_drag());
        described::surface(&response, run);
        if room.height() > 10.0
            && let Some(sheet) = self.sheet(session, run, colours, room.size())
        {
            self.painting.paint(&ui.painter_at(room), &sheet, room.min, 1.0);
        }
        self.turned(ui, &response, session.scenario())
    }

    /// A drag turns all surfaces, the wheel zooms their window, a double click undoes both.
    fn turned(&self, ui: &Ui, response: &egui::Response, scenario: &Scenario) -> Option<Command> {
        let mut view = scenario.view.clone();
        if response.dragged() {
            let drag = response.drag_delta();
            let [yaw, pitch] = view.camera;
            let camera = Camera::new(yaw, pitch).turned(-TURN * f64::from(drag.x), TURN * f64::from(drag.y));
            view.camera = [camera.yaw, camera.pitch];
        }
        if response.contains_pointer() {
            let (scroll, zoom) = ui.input(|input| (input.smooth_scroll_delta().y, input.zoom_delta()));
            let factor = f64::from((-0.004 * scroll).exp() / zoom);
            if let Some(window) = self.window.as_ref().filter(|_| (factor - 1.0).abs() > 1e-6) {
                let [low, high] = View::SURFACE_REACHES;
                view.surface_reach = Some((window.spec.reach * factor).clamp(low, high));
            }
        }
        if response.double_clicked() {
            view.camera = View::CAMERA;
            view.surface_reach = None;
        }
        (view != scenario.view).then(|| Command::View(Box::new(view)))
    }

    /// The drawing of one method's surface.
    fn sheet(&mut self, session: &Session, run: &Run, colours: Colours, size: Vec2) -> Option<Sheet> {
        let window = self.window.as_ref()?;
        let shown = self.shown.iter().find(|shown| shown.run == run.index())?;
        let dark = colours.is_dark();
        let palette = if dark { Palette::Dark } else { Palette::Light };
        let table = self.tables[usize::from(dark)].get_or_insert_with(|| ColourTable::new(palette));
        let [a, b] = window.spec.axes;
        let head = run.head();
        let recent = &run.shown()[run.shown().len().saturating_sub(TRAIL)..];
        let trail: Vec<[f64; 2]> = recent.iter().map(|point| [point.x[a], point.x[b]]).collect();
        let names = [a, b].map(|axis| format!("x_{{{}}}", axis + 1));
        let surface = Surface {
            grid: &shown.grid,
            range: window.range,
            names: [&names[0], &names[1], "L"],
            head: [head.x[a], head.x[b], head.loss],
            trail: &trail,
            ascent: window.spec.ascent(run.landscape(), run.optimizer().effective_rho(), &head.x),
        };
        let style = SurfaceStyle {
            table,
            ink: print(colours.ink()),
            frame: print(colours.grid()),
            halo: print(colours.halo()),
            head: print(colours.method(run.colour())),
            letters: if size.x < 170.0 { 9.0 } else { 12.0 },
        };
        let [yaw, pitch] = session.scenario().view.camera;
        let size = [f64::from(size.x), f64::from(size.y)];
        Some(Sheet::drawn(size, |area| draw(area, &surface, Camera::new(yaw, pitch), &style)))
    }
}

/// A colour of the interface in a figure.
fn print(colour: Color32) -> Colour {
    let [r, g, b, a] = colour.to_srgba_unmultiplied();
    Colour([r, g, b], f32::from(a) / 255.0)
}
