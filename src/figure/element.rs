//! What is drawn: plotters' elements that become marks, in any coordinate system.

use std::sync::Arc;

use plotters::element::{Drawable, PointCollection};
use plotters_backend::{BackendCoord, DrawingErrorKind};

use super::mark::{Colour, Lettering, Mark, Pen};
use super::picture::Picture;
use super::sheet::{Area, Drawn, FINENESS, Pencil, fine};
use super::style;

/// Points in a coordinate system, and what is made of them.
#[derive(Clone, Debug)]
pub struct Element<C> {
    points: Vec<C>,
    shape: Shape,
}

#[derive(Clone, Debug)]
enum Shape {
    Line(Pen),
    Area(Colour),
    Disc(f64, Colour),
    Text(String, Lettering),
    Picture(Arc<Picture>),
}

impl<C> Element<C> {
    /// A line through points.
    pub fn line(points: Vec<C>, pen: Pen) -> Self {
        Self { points, shape: Shape::Line(pen) }
    }

    /// A filled polygon.
    pub fn area(points: Vec<C>, fill: Colour) -> Self {
        Self { points, shape: Shape::Area(fill) }
    }

    /// A filled disc; its radius is in pixels.
    pub fn disc(center: C, radius: f64, fill: Colour) -> Self {
        Self { points: vec![center], shape: Shape::Disc(radius, fill) }
    }

    /// A text.
    pub fn text(place: C, text: impl Into<String>, look: Lettering) -> Self {
        Self { points: vec![place], shape: Shape::Text(text.into(), look) }
    }

    /// A picture between two opposite corners.
    pub fn picture(corners: [C; 2], picture: Arc<Picture>) -> Self {
        Self { points: corners.into(), shape: Shape::Picture(picture) }
    }
}

impl<'a, C: 'a> PointCollection<'a, C> for &'a Element<C> {
    type Point = &'a C;
    type IntoIter = std::slice::Iter<'a, C>;

    fn point_iter(self) -> Self::IntoIter {
        self.points.iter()
    }
}

impl<C> Drawable<Pencil> for Element<C> {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        places: I,
        pencil: &mut Pencil,
        _: (u32, u32),
    ) -> Result<(), DrawingErrorKind<std::convert::Infallible>> {
        let points: Vec<[f64; 2]> = places.map(|(x, y)| [f64::from(x) / FINENESS, f64::from(y) / FINENESS]).collect();
        pencil.mark(match (&self.shape, &points[..]) {
            (Shape::Line(pen), _) => Mark::Line { points, pen: *pen },
            (Shape::Area(fill), _) => Mark::Area { points, fill: *fill },
            (&Shape::Disc(radius, fill), &[center]) => Mark::Disc { center, radius, fill },
            (Shape::Text(text, look), &[place]) => Mark::Text { place, text: text.clone(), look: *look },
            (Shape::Picture(picture), &[[x0, y0], [x1, y1]]) => {
                let rect = [x0.min(x1), y0.min(y1), x0.max(x1), y0.max(y1)];
                Mark::Picture { rect, picture: Arc::clone(picture) }
            }
            _ => return Ok(()),
        });
        Ok(())
    }
}

/// An element in pixels from an area's upper left corner.
pub type Plain = Element<(i32, i32)>;

/// A place in pixels for a [`Plain`] element.
#[must_use]
pub fn at([x, y]: [f64; 2]) -> (i32, i32) {
    (fine(x), fine(y))
}

/// A method's mark at a place of an area, in pixels.
///
/// # Errors
/// None on a sheet.
pub fn draw_mark(area: &Area, index: usize, place: [f64; 2], radius: f64) -> Drawn {
    let colour = style::method(index);
    if let Some(corners) = style::mark(index, place, radius + 1.2) {
        area.draw(&Plain::area(corners.into_iter().map(at).collect(), style::PAPER))?;
    } else {
        area.draw(&Plain::disc(at(place), radius + 1.2, style::PAPER))?;
    }
    match style::mark(index, place, radius) {
        Some(corners) => area.draw(&Plain::area(corners.into_iter().map(at).collect(), colour)),
        None => area.draw(&Plain::disc(at(place), radius, colour)),
    }
}

/// Width and height of an area in pixels.
#[must_use]
pub fn size(area: &Area) -> [f64; 2] {
    let (width, height) = area.dim_in_pixel();
    [f64::from(width) / FINENESS, f64::from(height) / FINENESS]
}

/// The part of an area within these margins in pixels: top, right, bottom, left.
#[must_use]
pub fn inside(area: &Area, [top, right, bottom, left]: [f64; 4]) -> Area {
    area.margin(fine(top), fine(bottom), fine(left), fine(right))
}
