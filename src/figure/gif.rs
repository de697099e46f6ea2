//! An animation as a GIF file: one palette for all frames, and of each frame only what has changed.

use std::collections::HashMap;

use color_quant::NeuQuant;
use gif::{DisposalMethod, Encoder, EncodingError, Frame, Repeat};

use super::mark::Colour;
use super::style;

/// Colours of the palette; one more stands for "as before".
const COLOURS: usize = 255;
/// Those that are kept as they are: the methods' and what is drawn with most.
const EXACT: [Colour; 12] = {
    let [a, b, c, d, e, f, g, h] = style::METHODS_LIGHT;
    [a, b, c, d, e, f, g, h, style::PAPER, style::INK, style::FAINT, style::GRID]
};
/// NeuQuant looks at every n-th pixel.
const SAMPLING: i32 = 5;

/// An animation's numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Animation {
    /// Pixels in a row.
    pub width: u32,
    /// Their number.
    pub frames: usize,
    /// Frames per second.
    pub fps: u16,
}

impl Animation {
    /// How long a frame stays, in hundredths of a second; the last one for a while.
    #[must_use]
    pub fn hundredths(&self, is_last: bool) -> u16 {
        let fps = self.fps.max(1);
        let usual = (100 + fps / 2) / fps;
        if is_last { usual.max(200) } else { usual }
    }
}

/// Writes frames into a GIF file in memory.
pub struct GifWriter {
    encoder: Encoder<Vec<u8>>,
    quantizer: NeuQuant,
    /// The place in the palette of each colour met so far.
    places: HashMap<[u8; 4], u8>,
    size: [u16; 2],
    /// The frame before, as places in the palette.
    last: Vec<u8>,
}

impl GifWriter {
    /// A file that is shown again and again, as high as the highest of `samples` and with a palette that suits them: frames of
    /// this width as red, green, blue, opacity.
    ///
    /// # Errors
    /// A side of 0 or above 65535.
    pub fn new<'a>(width: u32, samples: impl Iterator<Item = &'a [u8]>) -> Result<Self, EncodingError> {
        let samples: Vec<&[u8]> = samples.collect();
        let most = samples.iter().map(|sample| sample.len()).max().unwrap_or(0);
        let side = |side: usize| u16::try_from(side).unwrap_or(0);
        let size = [side(width as usize), side(most / 4 / width.max(1) as usize)];
        let quantizer = NeuQuant::new(SAMPLING, COLOURS - EXACT.len(), &samples.concat());
        let palette = [EXACT.map(|colour| colour.0).as_flattened(), &quantizer.color_map_rgb()].concat();
        let mut encoder = Encoder::new(Vec::new(), size[0], size[1], &palette)?;
        encoder.set_repeat(Repeat::Infinite)?;
        Ok(Self { encoder, quantizer, places: HashMap::new(), size, last: Vec::new() })
    }

    /// Adds a frame, shown for this many hundredths of a second: white below its end, cut off where it is too high.
    ///
    /// # Errors
    /// The encoder's own: impossible in memory.
    pub fn add(&mut self, mut rgba: Vec<u8>, hundredths: u16) -> Result<(), EncodingError> {
        rgba.resize(4 * usize::from(self.size[0]) * usize::from(self.size[1]), 255);
        let quantizer = &self.quantizer;
        let places = &mut self.places;
        let place = |pixel: &[u8]| {
            let colour = [pixel[0], pixel[1], pixel[2], pixel[3]];
            let exact = || EXACT.iter().position(|exact| exact.0 == colour[..3]);
            *places
                .entry(colour)
                .or_insert_with(|| exact().unwrap_or_else(|| EXACT.len() + quantizer.index_of(&colour)) as u8)
        };
        let indices: Vec<u8> = rgba.chunks_exact(4).map(place).collect();
        let mut frame = self.changes(&indices);
        frame.delay = hundredths;
        frame.dispose = DisposalMethod::Keep;
        self.last = indices;
        self.encoder.write_frame(&frame)
    }

    /// The smallest rectangle that holds what has changed.
    fn changes(&self, indices: &[u8]) -> Frame<'static> {
        let width = usize::from(self.size[0]);
        if self.last.len() != indices.len() {
            return Frame::from_indexed_pixels(self.size[0], self.size[1], indices.to_vec(), None);
        }
        let differs = |i: usize| indices[i] != self.last[i];
        let (mut left, mut right, mut top, mut bottom) = (width, 0, usize::MAX, 0);
        for i in (0..indices.len()).filter(|&i| differs(i)) {
            let (column, row) = (i % width, i / width);
            (left, right) = (left.min(column), right.max(column + 1));
            (top, bottom) = (top.min(row), row + 1);
        }
        if right == 0 {
            // Nothing has: one pixel keeps the time.
            (left, right, top, bottom) = (0, 1, 0, 1);
        }
        let rows = (top..bottom).flat_map(|row| (left..right).map(move |column| row * width + column));
        let pixels: Vec<u8> = rows.map(|i| if differs(i) { indices[i] } else { COLOURS as u8 }).collect();
        let (w, h) = ((right - left) as u16, (bottom - top) as u16);
        let mut frame = Frame::from_indexed_pixels(w, h, pixels, Some(COLOURS as u8));
        (frame.left, frame.top) = (left as u16, top as u16);
        frame
    }

    /// The finished file.
    ///
    /// # Errors
    /// It cannot be ended: impossible in memory.
    pub fn finish(self) -> Result<Vec<u8>, EncodingError> {
        self.encoder.into_inner()
    }
}
