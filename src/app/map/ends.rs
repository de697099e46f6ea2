//! Where runs end from every point of the map: computed coarse first, a part a frame.

use std::collections::BTreeSet;

use egui::{Align2, Color32, ColorImage, FontId, Rect, TextureHandle, TextureOptions, Vec2, pos2, vec2};
use egui_plot::{PlotImage, PlotPoint};

use super::Canvas;
use crate::ensemble::Classes;
use crate::field::{Ends, Field, Kind, NO_CLASS, Plane, Slice, Values, class_colour, coarse_to_fine};
use crate::loss::short;
use crate::run::{RunSpec, Scenario};

/// Pixels between two nodes.
const APART: f32 = 4.0;
/// The most nodes along a side.
const NODES_MAX: usize = 240;
/// The most updates of a run: a picture of 10^4 ends has to be there in a second.
const STEPS_MAX: u64 = 1000;

/// The ends in the making, and as a picture.
#[derive(Default)]
pub struct EndsMap {
    job: Option<Job>,
    texture: Option<TextureHandle>,
}

struct Job {
    field: Field,
    classes: Classes,
    ends: Ends,
    /// For each node the one whose end is shown there: itself, or the corner of its block.
    shown: Vec<usize>,
    order: Box<dyn Iterator<Item = ([usize; 2], usize)>>,
    is_complete: bool,
    is_painted: bool,
}

impl EndsMap {
    /// Goes on computing the ends of `run`'s method over the slice, for so many pixels; true while there is more to do.
    pub fn advance(
        &mut self,
        run: &RunSpec,
        slice: &Slice,
        bounds: [f64; 4],
        pixels: Vec2,
        mut is_late: impl FnMut() -> bool,
    ) -> bool {
        let size = [pixels.x, pixels.y].map(|pixels| ((pixels / APART) as usize).clamp(8, NODES_MAX));
        let field = wanted(run, slice, size, bounds);
        if self.job.as_ref().is_none_or(|job| job.field != field) {
            self.job = Some(Job::new(field));
        }
        let Some(job) = &mut self.job else { return false };
        while !job.is_complete && !is_late() {
            job.compute_one();
        }
        !job.is_complete
    }

    /// The ends as a picture in plot coordinates.
    pub fn image(&mut self, ctx: &egui::Context) -> Option<PlotImage> {
        let job = self.job.as_mut()?;
        let Kind::Basin { plane } = &job.field.kind else { return None };
        let [width, height] = plane.size;
        if !std::mem::replace(&mut job.is_painted, true) || self.texture.is_none() {
            let pixel = |node: usize| job.colour(job.ends.class[job.shown[node]]);
            let rows = (0..height).rev().flat_map(|row| row * width..(row + 1) * width);
            let picture = ColorImage::new([width, height], rows.map(pixel).collect());
            match &mut self.texture {
                Some(texture) => texture.set(picture, TextureOptions::NEAREST),
                None => self.texture = Some(ctx.load_texture("ends", picture, TextureOptions::NEAREST)),
            }
        }
        let [u0, u1, v0, v1] = plane.bounds;
        // Each node is in the middle of its texel.
        let grow = |low: f64, high: f64, nodes: usize| ((high - low) * nodes as f64 / (nodes - 1) as f64) as f32;
        let center = PlotPoint::new(0.5 * (u0 + u1), 0.5 * (v0 + v1));
        let size = [grow(u0, u1, width), grow(v0, v1, height)];
        self.texture.as_ref().map(|texture| PlotImage::new("ends", texture.id(), center, size))
    }

    /// What the colours mean, and after how many steps.
    pub fn paint_legend(&self, canvas: &Canvas) {
        let Some(job) = &self.job else { return };
        let there: BTreeSet<u8> = job.ends.class.iter().copied().filter(|&class| class != NO_CLASS).collect();
        let names = job.classes.names();
        let font = FontId::proportional(12.0);
        let title = format!("Ends after {} steps", job.field.scenario.steps);
        let lines = std::iter::once((None, title))
            .chain(there.into_iter().map(|class| (Some(class), names[class as usize].clone())));
        let mut place = canvas.painter.clip_rect().left_top() + vec2(10.0, 26.0);
        for (class, text) in lines {
            let galley = canvas.painter.layout_no_wrap(text, font.clone(), canvas.colours.ink());
            let indent = if class.is_some() { 16.0 } else { 0.0 };
            let plate = Rect::from_min_size(place, galley.size() + vec2(indent + 6.0, 2.0));
            canvas.painter.rect_filled(plate, 2.0, canvas.colours.plate());
            if let Some(class) = class {
                let patch = Rect::from_center_size(pos2(place.x + 8.0, plate.center().y), vec2(10.0, 10.0));
                canvas.painter.rect_filled(patch, 1.0, job.colour(class));
            }
            let at = Align2::LEFT_CENTER.anchor_size(pos2(place.x + indent + 3.0, plate.center().y), galley.size()).min;
            canvas.painter.galley(at, galley, canvas.colours.ink());
            place.y = plate.bottom();
        }
    }

    /// The node at (u, v): its start, and in words how the run from there ends.
    pub fn at(&self, [u, v]: [f64; 2]) -> Option<(Vec<f64>, String)> {
        let job = self.job.as_ref()?;
        let Kind::Basin { plane } = &job.field.kind else { return None };
        let [columns, rows] = plane.nodes();
        let nearest = |nodes: crate::field::Nodes, value: f64| {
            let last = (nodes.count - 1) as f64;
            ((value - nodes.from) / (nodes.to - nodes.from) * last).round().clamp(0.0, last) as usize
        };
        let (i, j) = (nearest(columns, u), nearest(rows, v));
        let (node, start) = (j * columns.count + i, plane.slice.point(columns.at(i), rows.at(j)));
        let ends = &job.ends;
        let name = job.classes.names().get(usize::from(ends.class[node]))?.clone();
        let x = ends.x[node * ends.dim..(node + 1) * ends.dim].iter().map(|&x| short(x)).collect::<Vec<_>>().join(", ");
        let [loss, _, lambda_1, _, trace, _] = ends.numbers.each_ref().map(|numbers| short(numbers[node]));
        Some((
            start,
            format!(
                "{name}: ({x}) after {} steps\nL = {loss}, λ1 = {lambda_1}, Tr H = {trace}\nClick to start here",
                ends.steps[node]
            ),
        ))
    }
}

impl Job {
    fn new(field: Field) -> Self {
        let classes = Classes::of(&field.scenario.loss, field.scenario.dim());
        let [u, v] = field.nodes();
        let ends = Ends::none(field.scenario.dim(), field.count());
        let order = Box::new(coarse_to_fine([u.count, v.count]));
        let shown = (0..field.count()).collect();
        Self { field, classes, ends, shown, order, is_complete: false, is_painted: false }
    }

    fn compute_one(&mut self) {
        let Some(([i, j], stride)) = self.order.next() else {
            self.is_complete = true;
            return;
        };
        let [u, v] = self.field.nodes();
        let node = j * u.count + i;
        let mut values = Values::Ends(std::mem::replace(&mut self.ends, Ends::none(0, 0)));
        values.put(node, &self.field.compute(node..node + 1));
        if let Values::Ends(ends) = values {
            self.ends = ends;
        }
        for row in j..(j + stride).min(v.count) {
            self.shown[row * u.count + i..row * u.count + (i + stride).min(u.count)].fill(node);
        }
        self.is_painted = false;
    }

    fn colour(&self, class: u8) -> Color32 {
        if class == NO_CLASS {
            return Color32::TRANSPARENT;
        }
        let [r, g, b] = class_colour(class.into(), self.classes.landmarks().len());
        Color32::from_rgb(r, g, b)
    }
}

/// The basin of one run's method: what does not change it is left out, so that it is not computed anew.
fn wanted(run: &RunSpec, slice: &Slice, size: [usize; 2], bounds: [f64; 4]) -> Field {
    let mut slice = slice.clone();
    for axis in slice.axes {
        slice.base[axis] = 0.0;
    }
    let scenario = Scenario {
        loss: run.loss.clone(),
        init: slice.base.clone(),
        optimizers: vec![run.optimizer.clone()],
        seed: run.seed,
        steps: run.steps.min(STEPS_MAX),
        tol: run.tol,
        underflow: run.underflow,
        ..Scenario::default()
    };
    Field { scenario, kind: Kind::Basin { plane: Plane { slice, size, bounds } } }
}
