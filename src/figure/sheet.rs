//! What a figure is drawn on: plotters' drawing backend that records marks. One drawing serves the SVG, the PNG and
//! the window's picture, and the drawing code is compiled once.

use std::cell::{Cell, RefCell};
use std::convert::Infallible;
use std::rc::Rc;
use std::sync::Arc;

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea};
use plotters::element::{Drawable, PointCollection};
use plotters::style::{FontDesc, FontFamily, FontStyle, RGBAColor, ShapeStyle, TextStyle};
use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind};

use super::picture::Picture;

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

/// A colour: red, green, blue, and opacity from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Colour(pub [u8; 3], pub f32);

impl Colour {
    /// An opaque colour, as 0xRRGGBB.
    #[must_use]
    pub const fn rgb(hex: u32) -> Self {
        Self([(hex >> 16) as u8, (hex >> 8) as u8, hex as u8], 1.0)
    }

    /// The same colour with this share of its opacity.
    #[must_use]
    pub fn faded(self, share: f32) -> Self {
        Self(self.0, self.1 * share)
    }

    /// This colour mixed with a share of another, both opaque.
    #[must_use]
    pub fn mixed(self, other: Self, share: f64) -> Self {
        let mix = |i: usize| (f64::from(self.0[i]) * (1.0 - share) + f64::from(other.0[i]) * share).round() as u8;
        Self([mix(0), mix(1), mix(2)], 1.0)
    }
}

/// A line's look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pen {
    /// Its colour.
    pub colour: Colour,
    /// Its width in pixels.
    pub width: f64,
    /// Lengths of dash and gap in pixels; `None` is solid.
    pub dash: Option<[f64; 2]>,
}

impl Pen {
    /// A solid line.
    #[must_use]
    pub fn new(colour: Colour, width: f64) -> Self {
        Self { colour, width, dash: None }
    }

    /// The same line, dashed.
    #[must_use]
    pub fn dashed(self, dash: f64, gap: f64) -> Self {
        Self { dash: Some([dash, gap]), ..self }
    }
}

/// Where a text's place lies in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// At its beginning, or its top.
    Start,
    /// In its middle.
    Middle,
    /// At its end, or its bottom.
    End,
}

/// A text's look: its size in pixels, its colour, where its place lies along and across it, and whether it runs upwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lettering {
    /// The size of its letters in pixels.
    pub size: f64,
    /// Their colour.
    pub colour: Colour,
    /// Where its place lies along and across it.
    pub anchor: [Anchor; 2],
    /// Whether it runs upwards.
    pub upwards: bool,
}

impl Lettering {
    /// A text that begins at its place, its middle at the same height.
    #[must_use]
    pub fn new(size: f64, colour: Colour) -> Self {
        Self { size, colour, anchor: [Anchor::Start, Anchor::Middle], upwards: false }
    }

    /// The same text, otherwise anchored.
    #[must_use]
    pub fn at(self, along: Anchor, across: Anchor) -> Self {
        Self { anchor: [along, across], ..self }
    }
}

/// One thing on a sheet. Places are in pixels from the upper left corner.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// A line through points.
    Line {
        /// The points.
        points: Vec<[f64; 2]>,
        /// Its look.
        pen: Pen,
    },
    /// A filled polygon.
    Area {
        /// The corners.
        points: Vec<[f64; 2]>,
        /// The filling.
        fill: Colour,
    },
    /// Filled quadrilaterals that share their corners, in the order in which they cover each other.
    Mesh {
        /// The corners.
        corners: Vec<[f64; 2]>,
        /// Each one's corners, as places in `corners`, and its filling.
        quads: Vec<([u32; 4], [u8; 3])>,
    },
    /// A filled disc.
    Disc {
        /// The centre.
        center: [f64; 2],
        /// The radius.
        radius: f64,
        /// The filling.
        fill: Colour,
    },
    /// A text: a line of letters, where `_{…}` is lowered and `^{…}` is raised.
    Text {
        /// Where it is, as its anchor says.
        place: [f64; 2],
        /// The letters.
        text: String,
        /// Their look.
        look: Lettering,
    },
    /// A picture, stretched over a rectangle.
    Picture {
        /// x min, y min, x max, y max.
        rect: [f64; 4],
        /// The picture.
        picture: Arc<Picture>,
    },
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
