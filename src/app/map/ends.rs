//! How runs end at each node of a field, as patches of colour: computed in the background, coarse first.

use std::collections::BTreeSet;

use egui::{Align2, Color32, ColorImage, FontId, Rect, TextureHandle, TextureOptions, pos2, vec2};
use egui_plot::PlotImage;

use super::labels::Labels;
use super::{Canvas, image_over};
use crate::app::making::{Making, spans};
use crate::ensemble::Classes;
use crate::field::{Field, NO_CLASS, Values, Work, class_colour};

/// The ends in the making, and the picture of what there is.
#[derive(Default)]
pub struct EndsMap {
    making: Making,
    shown: Option<Shown>,
}

struct Shown {
    field: Field,
    classes: Classes,
    /// The classes that occur.
    there: BTreeSet<u8>,
    /// How much of the field it shows.
    share: f64,
    pixels: ColorImage,
    texture: Option<TextureHandle>,
    is_uploaded: bool,
}

impl EndsMap {
    /// Goes on computing the field `wanted`, which can be computed; true while there is more to do.
    pub fn advance(&mut self, wanted: &Field, is_late: &mut dyn FnMut() -> bool) -> bool {
        self.shown.take_if(|shown| !shown.field.is_akin(wanted));
        let more = self.making.advance(wanted, is_late);
        if let Some(work) = self.making.picture() {
            let is_new = |shown: &Shown| shown.share != work.share() || shown.field != *work.field();
            if self.shown.as_ref().is_none_or(is_new) {
                self.shown = Shown::new(work, self.shown.take());
            }
        }
        more
    }

    /// The field in the making.
    pub fn making(&self) -> &Making {
        &self.making
    }

    /// The ends as a picture in plot coordinates.
    pub fn image(&mut self, ctx: &egui::Context) -> Option<PlotImage> {
        let shown = self.shown.as_mut()?;
        if !std::mem::replace(&mut shown.is_uploaded, true) || shown.texture.is_none() {
            match &mut shown.texture {
                Some(texture) => texture.set(shown.pixels.clone(), TextureOptions::NEAREST),
                None => {
                    shown.texture = Some(ctx.load_texture("ends", shown.pixels.clone(), TextureOptions::NEAREST));
                }
            }
        }
        let [[u0, u1], [v0, v1]] = spans(&shown.field);
        let texture = shown.texture.as_ref()?;
        Some(image_over("ends", texture, [u0, u1, v0, v1], shown.pixels.size))
    }

    /// What the colours mean, after how many steps, and how fast that has been found out.
    pub fn paint_legend(&self, canvas: &Canvas, labels: &mut Labels) {
        let Some(shown) = &self.shown else { return };
        let names = shown.classes.names();
        let title = format!("Ends after {} steps", shown.field.steps());
        let titles = std::iter::once(title).chain(self.making.said()).map(|text| (None, text));
        let lines = titles.chain(shown.there.iter().map(|&class| (Some(class), names[class as usize].clone())));
        let mut place = canvas.painter.clip_rect().left_top() + vec2(10.0, 26.0);
        for (class, text) in lines {
            let galley = canvas.painter.layout_no_wrap(text, FontId::proportional(12.0), canvas.colours.ink());
            let indent = if class.is_some() { 16.0 } else { 0.0 };
            let plate = Rect::from_min_size(place, galley.size() + vec2(indent + 6.0, 2.0));
            labels.take(plate);
            canvas.painter.rect_filled(plate, 2.0, canvas.colours.plate());
            if let Some(class) = class {
                let patch = Rect::from_center_size(pos2(place.x + 8.0, plate.center().y), vec2(10.0, 10.0));
                canvas.painter.rect_filled(patch, 1.0, colour(&shown.classes, class));
            }
            let at = Align2::LEFT_CENTER.anchor_size(pos2(place.x + indent + 3.0, plate.center().y), galley.size()).min;
            canvas.painter.galley(at, galley, canvas.colours.ink());
            place.y = plate.bottom();
        }
    }

    /// The node at (u, v): its start, and in words how the run from there ends.
    pub fn at(&self, place: [f64; 2]) -> Option<(Vec<f64>, String)> {
        let (node, words) = self.making.end_at(place)?;
        let start = self.making.picture()?.field().start(node)?;
        Some((start, format!("{words}\nClick to start here")))
    }
}

impl Shown {
    fn new(work: &Work, before: Option<Self>) -> Option<Self> {
        let field = work.field();
        let (Values::Ends(ends), Some(classes)) = (work.values(), field.classes()) else { return None };
        let [width, height] = field.nodes().map(|nodes| nodes.count);
        let known = |node: usize| Some(ends.class[work.shown(node)?]).filter(|&class| class != NO_CLASS);
        let pixel = |node: usize| known(node).map_or(Color32::TRANSPARENT, |class| colour(&classes, class));
        let rows = (0..height).rev().flat_map(|row| row * width..(row + 1) * width);
        let pixels = ColorImage::new([width, height], rows.map(pixel).collect());
        let there = ends.class.iter().copied().filter(|&class| class != NO_CLASS).collect();
        let texture = before.and_then(|shown| shown.texture);
        let (field, share) = (field.clone(), work.share());
        Some(Self { field, classes, there, share, pixels, texture, is_uploaded: false })
    }
}

fn colour(classes: &Classes, class: u8) -> Color32 {
    let [r, g, b] = class_colour(class.into(), classes.landmarks().len());
    Color32::from_rgb(r, g, b)
}
