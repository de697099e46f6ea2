//! A field's coloured bands and isolines: computed in the background, uploaded once, tessellated once.

use std::sync::Arc;

use egui::epaint::{Mesh, TessellationOptions, Tessellator};
use egui::{Color32, ColorImage, Pos2, Shape, Stroke, TextureHandle, TextureOptions};
use egui_plot::PlotImage;

use super::{Canvas, Colours, image_over};
use crate::app::making::{Making, spans};
use crate::field::{ColourTable, Field, Grid, Levels, Palette, Work, grey_note, isolines};
use crate::run::Scale;
use crate::sharpness::MapQuantity;

/// The field in the making and the picture of what there is.
#[derive(Default)]
pub struct Backdrop {
    making: Making,
    shown: Option<Shown>,
    tables: [Option<ColourTable>; 2],
}

/// What is shown of a field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    /// The name of its numbers ([`Values::named`](crate::field::Values::named)).
    pub of: &'static str,
    /// The levels' scale; one that fits where none is given.
    pub scale: Option<Scale>,
}

/// A picture of a field.
struct Shown {
    field: Field,
    style: Style,
    stride: usize,
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
    /// Goes on computing the field `wanted`, which can be computed; true while there is more to do.
    pub fn advance(&mut self, wanted: &Field, style: Style, is_late: &mut dyn FnMut() -> bool) -> bool {
        // A field of another loss or plane would show what is not there.
        self.shown.take_if(|shown| !shown.field.is_akin(wanted));
        let more = self.making.advance(wanted, is_late);
        if let Some(work) = self.making.picture() {
            let is_new = |shown: &Shown| {
                shown.style != style || Some(shown.stride) != work.stride() || shown.field != *work.field()
            };
            if self.shown.as_ref().is_none_or(is_new) {
                self.shown = Shown::new(work, style, self.shown.take());
            }
        }
        more
    }

    /// The field in the making.
    pub fn making(&self) -> &Making {
        &self.making
    }

    /// The field as a picture in plot coordinates.
    pub fn image(&mut self, ctx: &egui::Context, colours: Colours) -> Option<PlotImage> {
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
        Some(image_over("field", texture, shown.grid.bounds, [shown.grid.width, shown.grid.height]))
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
        grey_note(shown.field.quantity()?, &shown.grid)
    }

    /// The quantity that is shown, where it is one.
    pub fn quantity(&self) -> Option<MapQuantity> {
        self.shown.as_ref()?.field.quantity()
    }

    /// The levels that are shown and the colour of each band, for the colour bar.
    pub fn bands(&self, colours: Colours) -> Option<(&Levels, Vec<Color32>)> {
        let shown = self.shown.as_ref().filter(|shown| shown.grid.has_values())?;
        let table = self.tables[usize::from(colours.is_dark())].as_ref()?;
        let last = (shown.levels.bands() - 1).max(1) as f64;
        let colour = |band: usize| {
            let [r, g, b] = table.at(band as f64 / last);
            Color32::from_rgb(r, g, b)
        };
        Some((&shown.levels, (0..shown.levels.bands()).map(colour).collect()))
    }
}

impl Shown {
    fn new(work: &Work, style: Style, before: Option<Self>) -> Option<Self> {
        let field = work.field();
        let [[u0, u1], [v0, v1]] = spans(field);
        let grid = work.grid(&work.values().picture(field, style.of)?, [u0, u1, v0, v1])?;
        let levels = Levels::of(&grid, style.scale.unwrap_or_else(|| Levels::fitting(&grid)));
        let lines = isolines(&grid, &levels.values).concat();
        // The texture's memory is used again.
        let texture = before.and_then(|shown| shown.texture).map(|(dark, texture)| (!dark, texture));
        let stride = work.stride()?;
        Some(Self { field: field.clone(), style, stride, grid, levels, lines, texture, mesh: None })
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
