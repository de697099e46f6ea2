//! An SVG as pixels, natively; the page's browser does it there.

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Options, Tree};

/// Pixels in rows, four bytes each: red, green, blue, opacity.
#[derive(Clone, Debug)]
pub struct Pixels {
    /// Pixels per row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// The bytes; everything is opaque on a figure.
    pub rgba: Vec<u8>,
}

fn render(svg: &str, width: u32) -> Result<Pixmap, String> {
    let tree =
        Tree::from_str(svg, &Options::default()).map_err(|error| format!("the figure cannot be read: {error}"))?;
    let size = tree.size();
    let scale = width as f32 / size.width();
    let height = (size.height() * scale).round().max(1.0) as u32;
    let mut pixmap =
        Pixmap::new(width, height).ok_or_else(|| format!("a picture of {width} × {height} pixels is too large"))?;
    // The paper ends between two pixels where the height is no whole number.
    pixmap.fill(Color::WHITE);
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    Ok(pixmap)
}

/// The figure's pixels, `width` of them in a row.
///
/// # Errors
/// The SVG cannot be read, or the picture would be too large for the memory.
pub fn pixels(svg: &str, width: u32) -> Result<Pixels, String> {
    let pixmap = render(svg, width)?;
    Ok(Pixels { width: pixmap.width(), height: pixmap.height(), rgba: pixmap.take() })
}

/// The figure as a PNG file, `width` pixels wide.
///
/// # Errors
/// As [`pixels`].
pub fn png(svg: &str, width: u32) -> Result<Vec<u8>, String> {
    let pixmap = render(svg, width)?;
    pixmap.encode_png().map_err(|error| format!("the picture cannot be encoded: {error}"))
}
