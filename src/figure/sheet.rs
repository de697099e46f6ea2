//! What a figure is drawn on: plotters' drawing backend that records marks. One drawing serves the SVG, the PNG and
//! the window's picture, and the drawing code is compiled once.

use std::cell::{Cell, RefCell};
use std::convert::Infallible;
use std::rc::Rc;

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea};
use plotters::element::{Drawable, PointCollection};
use plotters::style::{FontDesc, FontFamily, FontStyle, RGBAColor, ShapeStyle, TextStyle};
use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind};

use super::mark::{Anchor, Colour, Lettering, Mark, Pen};

/// plotters has whole-numbered coordinates: a sheet has this many of them to a pixel.
pub const FINENESS: f64 = 64.0;

/// A part of a sheet, in 64ths of a pixel.
pub type Area = DrawingArea<Pencil, Shift>;

/// plotters' type of error, of which nothing can happen on a sheet in memory.
pub type Undrawn = DrawingAreaErrorKind<Infallible>;

/// What drawing gives.
pub type Drawn = Result<(), Undrawn>;

/// Pixels as a sheet's whole-numbered coordinate.
#[must_use]
pub fn fine(pixels: f64) -> i32 {
    (pixels * FINENESS).round() as i32
}

/// A finished drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Width and height in pixels.
    pub size: [f64; 2],
    /// What is on it, in the order in which it was drawn.
    pub marks: Vec<Mark>,
}

impl Sheet {
    /// An empty sheet, drawn on by `draw`.
    #[must_use]
    pub fn drawn(size: [f64; 2], draw: impl FnOnce(&Area) -> Drawn) -> Self {
        let pencil = Pencil { size, marks: Rc::default() };
        let marks = Rc::clone(&pencil.marks);
        let area = pencil.into_drawing_area();
        let outcome = draw(&area);
        // A pencil refuses nothing, and no area is drawn on while it is being drawn on.
        debug_assert!(outcome.is_ok(), "{outcome:?}");
        Self { size, marks: marks.take() }
    }
}

/// plotters' backend: records marks.
#[derive(Debug)]
pub struct Pencil {
    size: [f64; 2],
    marks: Rc<RefCell<Vec<Mark>>>,
}

type Done = Result<(), DrawingErrorKind<Infallible>>;

impl Pencil {
    /// Adds a mark.
    pub fn mark(&mut self, mark: Mark) {
        self.marks.borrow_mut().push(mark);
    }
}

/// Marks as one of plotters' elements: a surface's thousands of cells are not worth a call of plotters each.
struct Marks(Cell<Vec<Mark>>);

impl<'a> PointCollection<'a, BackendCoord> for &'a Marks {
    type Point = BackendCoord;
    type IntoIter = std::iter::Empty<BackendCoord>;

    fn point_iter(self) -> Self::IntoIter {
        std::iter::empty()
    }
}

impl Drawable<Pencil> for Marks {
    fn draw<I: Iterator<Item = BackendCoord>>(&self, _: I, pencil: &mut Pencil, _: (u32, u32)) -> Done {
        pencil.marks.borrow_mut().extend(self.0.take());
        Ok(())
    }
}

/// Puts marks on a sheet, in the sheet's pixels.
///
/// # Errors
/// None: plotters' type of error.
pub fn put(area: &Area, marks: Vec<Mark>) -> Drawn {
    area.draw(&Marks(Cell::new(marks)))
}

/// Where an area is on its sheet, in pixels: x min, y min, x max, y max.
#[must_use]
pub fn place_of(area: &Area) -> [f64; 4] {
    let (x, y) = area.get_pixel_range();
    let ([x0, y0], [x1, y1]) = (pixels((x.start, y.start)), pixels((x.end, y.end)));
    [x0, y0, x1, y1]
}

fn pixels((x, y): BackendCoord) -> [f64; 2] {
    [f64::from(x) / FINENESS, f64::from(y) / FINENESS]
}

fn colour(colour: BackendColor) -> Colour {
    let (r, g, b) = colour.rgb;
    Colour([r, g, b], colour.alpha as f32)
}

/// A pen's colour and width as plotters has them.
#[must_use]
pub fn stroke(pen: Pen) -> ShapeStyle {
    ShapeStyle { color: rgba(pen.colour), filled: false, stroke_width: fine(pen.width) as u32 }
}

/// A filling as plotters has it.
#[must_use]
pub fn filling(fill: Colour) -> ShapeStyle {
    ShapeStyle { color: rgba(fill), filled: true, stroke_width: 0 }
}

/// A text's size and colour as plotters has them; where its place lies in it is left to plotters.
#[must_use]
pub fn text_style(look: &Lettering) -> TextStyle<'static> {
    let font = FontDesc::new(FontFamily::SansSerif, look.size * FINENESS, FontStyle::Normal);
    let Colour(rgb, opacity) = look.colour;
    let color = BackendColor { rgb: rgb.into(), alpha: f64::from(opacity) };
    TextStyle { color, ..TextStyle::from(font) }
}

fn rgba(Colour([r, g, b], opacity): Colour) -> RGBAColor {
    RGBAColor(r, g, b, f64::from(opacity))
}

fn pen(style: &impl BackendStyle) -> Pen {
    Pen::new(colour(style.color()), f64::from(style.stroke_width()) / FINENESS)
}

fn lettering(style: &impl BackendTextStyle) -> Lettering {
    let along = match style.anchor().h_pos {
        HPos::Left => Anchor::Start,
        HPos::Center => Anchor::Middle,
        HPos::Right => Anchor::End,
    };
    let across = match style.anchor().v_pos {
        VPos::Top => Anchor::Start,
        VPos::Center => Anchor::Middle,
        VPos::Bottom => Anchor::End,
    };
    // A quarter turn to the left sends (1, 0) upwards.
    let upwards = style.transform().transform(1, 0) == (0, -1);
    Lettering { size: style.size() / FINENESS, colour: colour(style.color()), anchor: [along, across], upwards }
}

impl DrawingBackend for Pencil {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        (fine(self.size[0]) as u32, fine(self.size[1]) as u32)
    }

    fn ensure_prepared(&mut self) -> Done {
        Ok(())
    }

    fn present(&mut self) -> Done {
        Ok(())
    }

    /// Of what a sheet does not know; nothing that is drawn here.
    fn draw_pixel(&mut self, _: BackendCoord, _: BackendColor) -> Done {
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Done {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(&mut self, a: BackendCoord, b: BackendCoord, style: &S, fill: bool) -> Done {
        debug_assert!(fill, "only the sheet's ground is drawn as a rectangle");
        self.fill_polygon([a, (b.0, a.1), b, (a.0, b.1)], style)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Done {
        self.mark(Mark::Line { points: path.into_iter().map(pixels).collect(), pen: pen(style) });
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Done {
        self.mark(Mark::Area { points: path.into_iter().map(pixels).collect(), fill: colour(style.color()) });
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, place: BackendCoord) -> Done {
        self.mark(Mark::Text { place: pixels(place), text: text.to_owned(), look: lettering(style) });
        Ok(())
    }
}
