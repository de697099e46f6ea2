//! An SVG as pixels, natively; the page's browser does it there.

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use super::{Animation, Draughtsman, FigureRequest, GifWriter, signed};

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

/// A figure's animation as a GIF file. `is_stopped_at` hears how far it has come, 0 to 1, and may end it: then there is no
/// file.
///
/// # Errors
/// As [`pixels`] and [`Draughtsman::svg`], and what the encoder refuses.
pub fn animation(
    draughtsman: &mut Draughtsman,
    request: &FigureRequest,
    animation: Animation,
    mut is_stopped_at: impl FnMut(f64) -> bool,
) -> Result<Option<Vec<u8>>, String> {
    let mut picture = |frame: &FigureRequest| pixels(&draughtsman.svg(frame)?, animation.width);
    let samples = request.sampled_frames()?.iter().map(&mut picture).collect::<Result<Vec<_>, _>>()?;
    let failed = |error: gif::EncodingError| format!("the animation cannot be encoded: {error}");
    let mut gif =
        GifWriter::new(animation.width, samples.iter().map(|sample| sample.rgba.as_slice())).map_err(failed)?;
    let frames = request.frames(animation.frames)?;
    for (i, frame) in frames.iter().enumerate() {
        if is_stopped_at(i as f64 / frames.len() as f64) {
            return Ok(None);
        }
        gif.add(picture(frame)?.rgba, animation.hundredths(i + 1 == frames.len())).map_err(failed)?;
    }
    gif.finish().map(Some).map_err(failed)
}

/// The figure as a PNG file, `width` pixels wide, with the scenario that is in the SVG.
///
/// # Errors
/// As [`pixels`].
pub fn png(svg: &str, width: u32) -> Result<Vec<u8>, String> {
    let pixmap = render(svg, width)?;
    let png = pixmap.encode_png().map_err(|error| format!("the picture cannot be encoded: {error}"))?;
    Ok(signed(png, svg))
}
