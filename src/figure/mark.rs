//! What lies on a sheet: lines, areas, texts, pictures, and how they look.

use std::sync::Arc;

use super::picture::Picture;

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
