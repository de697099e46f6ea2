//! A picture of few colours: a field's bands as an image, since rectangles side by side show seams.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Pixels that are places in a list of colours, the top row first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Pixels per row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// At most 256 colours.
    pub colours: Vec<[u8; 3]>,
    /// Each pixel's place in `colours`.
    pub pixels: Vec<u8>,
}

impl Picture {
    /// The picture as a PNG file. It is as deterministic as the picture: one compressor, in pure Rust.
    ///
    /// # Panics
    /// The numbers of pixels and colours do not fit the picture's size: a bug in its maker.
    #[must_use]
    pub fn png(&self) -> Vec<u8> {
        assert_eq!(self.pixels.len(), self.width * self.height, "pixels of a picture");
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, self.width as u32, self.height as u32);
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_palette(self.colours.concat());
        let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(&self.pixels));
        assert!(written.is_ok(), "a PNG in memory: {written:?}");
        bytes
    }

    /// The picture's address for an `<image>`.
    #[must_use]
    pub fn data_url(&self) -> String {
        format!("data:image/png;base64,{}", STANDARD.encode(self.png()))
    }
}
