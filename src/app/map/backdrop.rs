//! The map's coloured field and its isolines: computed a few rows a frame, uploaded once, tessellated once.

use std::sync::Arc;

use egui::epaint::{Mesh, TessellationOptions, Tessellator};
use egui::{Color32, ColorImage, Pos2, Shape, Stroke, TextureHandle, TextureOptions, Vec2};
use egui_plot::{PlotImage, PlotPoint};

use super::Canvas;
use crate::field::{ColourTable, FieldJob, FieldSpec, Grid, Levels, Palette, grey_note, isolines};
use crate::loss::LossSpec;
use crate::run::Scale;
use crate::sharpness::{Effort, MapQuantity};

/// Pixels between two nodes of the grid: more where a node costs a search or a quadrature over a ball, and still
/// more in high dimensions, where that takes up to a millisecond.
fn pixels_per_node(quantity: MapQuantity, dim: usize) -> f32 {
    let factor = if dim > 4 { 2.0 } else { 1.0 };
    match quantity.info().effort {
        Effort::Search => 9.0 * factor,
        Effort::Quadrature => 6.0 * factor,
        Effort::Derivatives | Effort::Step => 3.0,
    }
}

/// The finest grid: finer ones cost more than they show.
const MAX_NODES: usize = 360;

/// The field in the making and the last complete one.
#[derive(Default)]
pub struct Backdrop {
    job: Option<FieldJob>,
    shown: Option<Shown>,
    tables: [Option<ColourTable>; 2],
}

/// A complete field.
struct Shown {
    loss: LossSpec,
    axes: [usize; 2],
    quantity: MapQuantity,
    scale: Scale,
    grid: Grid,
    levels: Levels,
    lines: Vec<Vec<[f64; 2]>>,
    /// The texture and the theme that it was coloured for.
    texture: Option<(bool, TextureHandle)>,
    /// The isolines on the screen, for one transform.
    mesh: Option<(MeshKey, Arc<Mesh>)>,
}

/// What the isolines' mesh depends on: two corners on the screen, the theme, the pixel ratio.
type MeshKey = ([Pos2; 2], bool, f32);

impl Backdrop {
    /// Goes on computing the field `wanted`, on a grid for so many pixels; true while there is more to do.
    pub fn advance(
        &mut self,
        wanted: FieldSpec,
        scale: Scale,
        pixels: Vec2,
        mut is_late: impl FnMut() -> bool,
    ) -> bool {
        let apart = pixels_per_node(wanted.quantity, wanted.slice.base.len());
        let size = [pixels.x, pixels.y].map(|pixels| ((pixels / apart) as usize).clamp(8, MAX_NODES));
        let wanted = FieldSpec { size, ..wanted };
        // A field that moves with the head would never be complete if each frame began anew.
        let busy = self.job.as_ref().is_some_and(|job| !job.is_complete());
        let fresh = self.job.as_ref().is_some_and(|job| *job.spec() == wanted);
        // A field of another loss or plane would show what is not there.
        let is_outdated = |shown: &Shown| shown.loss != wanted.loss || shown.axes != wanted.slice.axes;
        if self.shown.as_ref().is_some_and(is_outdated) {
            self.shown = None;
            self.job = None;
        }
        let busy = busy && self.job.is_some();
        if !busy && !fresh {
            self.job = Some(FieldJob::new(wanted.clone()));
        } else if !busy {
            if self.shown.as_ref().is_some_and(|shown| shown.scale != scale) {
                self.finish(scale);
            }
            return false;
        }
        let Some(job) = &mut self.job else { return false };
        while !job.is_complete() && !is_late() {
            job.advance(1);
        }
        if job.is_complete() {
            // What was complete may already be outdated.
            let outdated = *job.spec() != wanted;
            self.finish(scale);
            return outdated;
        }
        true
    }

    /// The complete job becomes the field that is shown.
    fn finish(&mut self, scale: Scale) {
        let Some(job) = &self.job else { return };
        let grid = job.grid().clone();
        let levels = Levels::of(&grid, scale);
        let lines = levels.values.iter().flat_map(|&level| isolines(&grid, level)).collect();
        let FieldSpec { loss, slice, quantity, .. } = job.spec().clone();
        // The texture's memory is used again.
        let texture = self.shown.take().and_then(|shown| shown.texture).map(|(dark, texture)| (!dark, texture));
        self.shown = Some(Shown { loss, axes: slice.axes, quantity, scale, grid, levels, lines, texture, mesh: None });
    }

    /// The field as a picture in plot coordinates.
    pub fn image(&mut self, ctx: &egui::Context, colours: super::Colours) -> Option<PlotImage> {
        let dark = colours.is_dark();
        let palette = if dark { Palette::Dark } else { Palette::Light };
        let table = self.tables[usize::from(dark)].get_or_insert_with(|| ColourTable::new(palette));
        let shown = self.shown.as_mut()?;
        let current = shown.texture.as_ref().is_some_and(|(coloured_for, _)| *coloured_for == dark);
        if !current {
            let picture = picture(&shown.grid, &shown.levels, table);
            let texture = match shown.texture.take() {
                Some((_, mut texture)) => {
                    texture.set(picture, TextureOptions::LINEAR);
                    texture
                }
                None => ctx.load_texture("map", picture, TextureOptions::LINEAR),
            };
            shown.texture = Some((dark, texture));
        }
        let (_, texture) = shown.texture.as_ref()?;
        let [u0, u1, v0, v1] = shown.grid.bounds;
        // The outer nodes lie on the border, half a texel inside the picture's.
        let grow = |low: f64, high: f64, nodes: usize| (high - low) * nodes as f64 / (nodes - 1) as f64;
        let size = [grow(u0, u1, shown.grid.width) as f32, grow(v0, v1, shown.grid.height) as f32];
        let center = PlotPoint::new(0.5 * (u0 + u1), 0.5 * (v0 + v1));
        Some(PlotImage::new("field", texture.id(), center, size))
    }

    /// The isolines, tessellated anew only when the map has moved.
    pub fn paint_isolines(&mut self, canvas: &Canvas) {
        let Some(shown) = &mut self.shown else { return };
        let [u0, u1, v0, v1] = shown.grid.bounds;
        let pixels_per_point = canvas.painter.pixels_per_point();
        let key = ([canvas.screen([u0, v0]), canvas.screen([u1, v1])], canvas.colours.is_dark(), pixels_per_point);
        if shown.mesh.as_ref().is_none_or(|(for_key, _)| *for_key != key) {
            let mut tessellator =
                Tessellator::new(pixels_per_point, TessellationOptions::default(), [1, 1], Vec::new());
            let mut mesh = Mesh::default();
            let stroke = Stroke::new(1.0, canvas.colours.isoline());
            for line in &shown.lines {
                let points = line.iter().map(|&point| canvas.screen(point)).collect();
                tessellator.tessellate_shape(Shape::line(points, stroke), &mut mesh);
            }
            shown.mesh = Some((key, Arc::new(mesh)));
        }
        if let Some((_, mesh)) = &shown.mesh
            && !mesh.is_empty()
        {
            canvas.painter.add(Shape::Mesh(Arc::clone(mesh)));
        }
    }

    /// What the map says of its grey places.
    pub fn grey_note(&self) -> Option<String> {
        let shown = self.shown.as_ref()?;
        grey_note(shown.quantity, &shown.grid)
    }

    /// The quantity that is shown, its levels and the colour of each band, for the colour bar.
    pub fn bands(&self, colours: super::Colours) -> Option<(MapQuantity, &Levels, Vec<Color32>)> {
        let shown = self.shown.as_ref().filter(|shown| shown.grid.has_values())?;
        let table = self.tables[usize::from(colours.is_dark())].as_ref()?;
        let last = (shown.levels.bands() - 1).max(1) as f64;
        let colour = |band: usize| {
            let [r, g, b] = table.at(band as f64 / last);
            Color32::from_rgb(r, g, b)
        };
        Some((shown.quantity, &shown.levels, (0..shown.levels.bands()).map(colour).collect()))
    }
}

/// One pixel per node, the top row first; grey where there is no value.
fn picture(grid: &Grid, levels: &Levels, table: &ColourTable) -> ColorImage {
    let mut pixels = Vec::with_capacity(grid.values.len());
    for row in (0..grid.height).rev() {
        for column in 0..grid.width {
            let value = grid.at(column, row);
            let [r, g, b] = if value.is_nan() { [128; 3] } else { table.at(levels.shade(value)) };
            pixels.push(Color32::from_rgb(r, g, b));
        }
    }
    ColorImage::new([grid.width, grid.height], pixels)
}
