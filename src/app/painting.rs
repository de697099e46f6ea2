//! A sheet's marks on the screen.

use std::sync::Arc;

use egui::epaint::{Mesh, TextShape, Vertex, WHITE_UV};
use egui::{
    Color32, ColorImage, FontId, Painter, Pos2, Rect, Shape, Stroke, TextureHandle, TextureOptions, pos2, vec2,
};

use crate::figure::{Colour, Lettering, Line, Mark, Pen, Picture, Sheet};

/// Paints sheets; keeps the textures of their pictures for as long as they are on the sheet.
#[derive(Default)]
pub struct Painting {
    textures: Vec<(Arc<Picture>, TextureHandle)>,
}

impl Painting {
    /// Paints a sheet with its upper left corner at `origin`, `scale` points to a pixel of the sheet.
    pub fn paint(&mut self, painter: &Painter, sheet: &Sheet, origin: Pos2, scale: f32) {
        let is_shown = |picture: &Arc<Picture>| {
            sheet.marks.iter().any(|mark| matches!(mark, Mark::Picture { picture: p, .. } if Arc::ptr_eq(p, picture)))
        };
        self.textures.retain(|(picture, _)| is_shown(picture));
        let to = Placed { origin, scale };
        // Areas that follow each other are one mesh.
        let mut mesh = Mesh::default();
        for mark in &sheet.marks {
            match mark {
                Mark::Area { points, fill } => add_area(&mut mesh, &to, points, *fill),
                Mark::Mesh { corners, quads } => add_quads(&mut mesh, &to, corners, quads),
                _ => {
                    flush(painter, &mut mesh);
                    self.paint_one(painter, &to, mark);
                }
            }
        }
        flush(painter, &mut mesh);
    }

    fn paint_one(&mut self, painter: &Painter, to: &Placed, mark: &Mark) {
        match mark {
            Mark::Line { points, pen } => line(painter, to, points, pen),
            Mark::Disc { center, radius, fill } => {
                painter.circle_filled(to.place(*center), to.length(*radius), colour(*fill));
            }
            Mark::Text { place, text, look } => letters(painter, to, *place, text, look),
            Mark::Picture { rect: [x0, y0, x1, y1], picture } => {
                let rect = Rect::from_min_max(to.place([*x0, *y0]), to.place([*x1, *y1]));
                let uv = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
                painter.image(self.texture(painter.ctx(), picture).id(), rect, uv, Color32::WHITE);
            }
            // These are collected.
            Mark::Area { .. } | Mark::Mesh { .. } => {}
        }
    }

    fn texture(&mut self, ctx: &egui::Context, picture: &Arc<Picture>) -> &TextureHandle {
        let known = self.textures.iter().position(|(known, _)| Arc::ptr_eq(known, picture));
        let place = known.unwrap_or_else(|| {
            let pixels = picture.pixels.iter().map(|&k| {
                let [r, g, b] = picture.colours[usize::from(k)];
                Color32::from_rgb(r, g, b)
            });
            let image = ColorImage::new([picture.width, picture.height], pixels.collect());
            self.textures.push((Arc::clone(picture), ctx.load_texture("figure", image, TextureOptions::LINEAR)));
            self.textures.len() - 1
        });
        &self.textures[place].1
    }
}

/// From the sheet to the screen.
struct Placed {
    origin: Pos2,
    scale: f32,
}

impl Placed {
    fn place(&self, [x, y]: [f64; 2]) -> Pos2 {
        self.origin + vec2(x as f32, y as f32) * self.scale
    }

    fn length(&self, pixels: f64) -> f32 {
        pixels as f32 * self.scale
    }
}

fn colour(Colour([r, g, b], opacity): Colour) -> Color32 {
    Color32::from_rgba_unmultiplied(r, g, b, (255.0 * opacity).round() as u8)
}

fn flush(painter: &Painter, mesh: &mut Mesh) {
    if !mesh.is_empty() {
        painter.add(Shape::mesh(std::mem::take(mesh)));
    }
}

fn vertex(pos: Pos2, color: Color32) -> Vertex {
    Vertex { pos, uv: WHITE_UV, color }
}

/// A convex polygon as a fan.
fn add_area(mesh: &mut Mesh, to: &Placed, points: &[[f64; 2]], fill: Colour) {
    let first = mesh.vertices.len() as u32;
    mesh.vertices.extend(points.iter().map(|&point| vertex(to.place(point), colour(fill))));
    for k in 2..points.len() as u32 {
        mesh.add_triangle(first, first + k - 1, first + k);
    }
}

fn add_quads(mesh: &mut Mesh, to: &Placed, corners: &[[f64; 2]], quads: &[([u32; 4], [u8; 3])]) {
    mesh.vertices.reserve(4 * quads.len());
    mesh.indices.reserve(6 * quads.len());
    for (ring, [r, g, b]) in quads {
        let first = mesh.vertices.len() as u32;
        let fill = Color32::from_rgb(*r, *g, *b);
        mesh.vertices.extend(ring.map(|k| vertex(to.place(corners[k as usize]), fill)));
        mesh.add_triangle(first, first + 1, first + 2);
        mesh.add_triangle(first, first + 2, first + 3);
    }
}

fn line(painter: &Painter, to: &Placed, points: &[[f64; 2]], pen: &Pen) {
    let places: Vec<Pos2> = points.iter().map(|&point| to.place(point)).collect();
    let stroke = Stroke::new(to.length(pen.width), colour(pen.colour));
    match pen.dash {
        Some([dash, gap]) => {
            painter.extend(Shape::dashed_line(&places, stroke, to.length(dash), to.length(gap)));
        }
        None => {
            painter.add(Shape::line(places, stroke));
        }
    }
}

/// Each letter where the figure has it, so that both have the same widths.
fn letters(painter: &Painter, to: &Placed, place: [f64; 2], text: &str, look: &Lettering) {
    let line = Line::of(text, look.size);
    let [dx, dy] = line.offset(look.anchor);
    let Lettering { colour: ink, upwards, .. } = *look;
    let ink = colour(ink);
    for letter in line.letters {
        let font = FontId::proportional(to.length(letter.size));
        let galley = painter.layout_no_wrap(letter.char.to_string(), font, ink);
        let Some((row, glyph)) = galley.rows.first().and_then(|row| Some((row, row.glyphs.first()?))) else { continue };
        let baseline = vec2(to.length(dx + letter.place[0]), to.length(dy + letter.place[1]));
        let corner = baseline - row.pos.to_vec2() - glyph.pos.to_vec2();
        // A quarter turn to the left takes (right, down) to (up, right).
        let (corner, angle) =
            if upwards { (vec2(corner.y, -corner.x), -std::f32::consts::FRAC_PI_2) } else { (corner, 0.0) };
        painter.add(TextShape::new(to.place(place) + corner, galley, ink).with_angle(angle));
    }
}
