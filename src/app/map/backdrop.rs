//! The map's coloured field and its isolines: computed a few rows a frame, uploaded once, tessellated once.

use std::sync::Arc;

use egui::epaint::{Mesh, TessellationOptions, Tessellator};
use egui::{Color32, ColorImage, Pos2, Shape, Stroke, TextureHandle, TextureOptions, Vec2};
use egui_plot::{PlotImage, PlotPoint};

use super::Canvas;
use crate::field::{ColourTable, FieldJob, Grid, Levels, Palette, Slice, isolines};
use crate::run::{MapQuantity, Scale, Scenario};

/// Pixels between two nodes of the grid.
const PIXELS_PER_NODE: f32 = 3.0;
/// The finest grid: finer ones cost more than they show.
const MAX_NODES: usize = 360;
/// Rows between two looks at the clock.
const ROWS: usize = 4;

/// The field in the making and the last complete one.
#[derive(Default)]
pub struct Backdrop {
    job: Option<FieldJob>,
    shown: Option<Shown>,
    tables: [Option<ColourTable>; 2],
}

/// A complete field.
struct Shown {
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
    /// Goes on computing the field of this view; true while there is more to do.
    pub fn advance(
        &mut self,
        scenario: &Scenario,
        slice: &Slice,
        bounds: [f64; 4],
        pixels: Vec2,
        mut is_late: impl FnMut() -> bool,
    ) -> bool {
        let view = &scenario.view;
        let nodes = |pixels: f32| ((pixels / PIXELS_PER_NODE) as usize).clamp(8, MAX_NODES);
        let size = [nodes(pixels.x), nodes(pixels.y)];
        // A field that moves with the head would never be complete if each frame began anew.
        let busy = self.job.as_ref().is_some_and(|job| !job.is_complete());
        let fresh = self.job.as_ref().is_some_and(|job| job.is_for(&scenario.loss, slice, view.quantity, size, bounds));
        if !busy && !fresh {
            self.job = Some(FieldJob::new(scenario.loss.clone(), slice.clone(), view.quantity, size, bounds));
        } else if !busy {
            if self.shown.as_ref().is_some_and(|shown| shown.scale != view.levels) {
                self.finish(view.quantity, view.levels);
            }
            return false;
        }
        let Some(job) = &mut self.job else { return false };
        while !job.is_complete() && !is_late() {
            job.advance(ROWS);
        }
        if job.is_complete() {
            self.finish(view.quantity, view.levels);
            // What was complete may already be outdated.
            return !self
                .job
                .as_ref()
                .is_some_and(|job| job.is_for(&scenario.loss, slice, view.quantity, size, bounds));
        }
        true
    }

    /// The complete job becomes the field that is shown.
    fn finish(&mut self, quantity: MapQuantity, scale: Scale) {
        let Some(job) = &self.job else { return };
        let grid = job.grid().clone();
        let levels = Levels::of(&grid, scale);
        let lines = levels.values.iter().flat_map(|&level| isolines(&grid, level)).collect();
        // The texture's memory is used again.
        let texture = self.shown.take().and_then(|shown| shown.texture).map(|(dark, texture)| (!dark, texture));
        self.shown = Some(Shown { quantity, scale, grid, levels, lines, texture, mesh: None });
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

    /// The quantity that is shown, its levels and the colour of each band, for the colour bar.
    pub fn bands(&self, colours: super::Colours) -> Option<(MapQuantity, &Levels, Vec<Color32>)> {
        let shown = self.shown.as_ref()?;
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
