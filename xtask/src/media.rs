//! What the headers of pictures and films say: enough to tell that a file is whole and of the right size.

use anyhow::{Context, Result, ensure};

/// Width and height in pixels.
pub type Size = (u32, u32);

/// What a GIF file holds.
#[derive(Debug, PartialEq, Eq)]
pub struct Gif {
    pub size: Size,
    pub frames: usize,
}

/// The size of a PNG file that has its end.
pub fn png_size(file: &[u8]) -> Result<Size> {
    ensure!(file.starts_with(b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"), "no PNG");
    ensure!(file.ends_with(b"IEND\xaeB`\x82"), "a PNG without its end");
    let pixels = |at: usize| file.get(at..at + 4).and_then(|bytes| Some(u32::from_be_bytes(bytes.try_into().ok()?)));
    pixels(16).zip(pixels(20)).context("a PNG without a size")
}

/// Reads a GIF file from its header to its trailer, which must be its end.
pub fn gif(file: &[u8]) -> Result<Gif> {
    let mut reader = Reader(file);
    ensure!(reader.take(6)? == b"GIF89a", "no GIF");
    let screen = reader.take(7)?;
    let pixels = |at: usize| u32::from(u16::from_le_bytes([screen[at], screen[at + 1]]));
    let size = (pixels(0), pixels(2));
    reader.palette(screen[4])?;
    let mut frames = 0;
    loop {
        match reader.byte()? {
            // An extension: its label, then its data.
            0x21 => drop(reader.byte()?),
            // A picture: place and size, perhaps a palette, the size of its codes, then its data.
            0x2c => {
                let place = reader.take(9)?;
                reader.palette(place[8])?;
                reader.byte()?;
                frames += 1;
            }
            0x3b => break,
            other => anyhow::bail!("a GIF with a block of kind {other:#x}"),
        }
        reader.skip_blocks()?;
    }
    ensure!(reader.0.is_empty(), "a GIF that goes on after its end");
    Ok(Gif { size, frames })
}

/// Whether the file begins with an EBML header that names the type `webm`.
pub fn is_webm(file: &[u8]) -> bool {
    let beginning = &file[..file.len().min(64)];
    beginning.starts_with(&[0x1a, 0x45, 0xdf, 0xa3]) && beginning.windows(4).any(|word| word == b"webm")
}

/// What is left of a file.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count).context("a GIF that ends too early")?;
        self.0 = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8> {
        Ok(self.take(1)?[0])
    }

    /// Skips a palette, if these flags announce one.
    fn palette(&mut self, flags: u8) -> Result<()> {
        let colours = if flags & 0x80 == 0 { 0 } else { 2 << (flags & 7) };
        self.take(3 * colours).map(drop)
    }

    /// Skips blocks with their lengths before them, up to an empty one.
    fn skip_blocks(&mut self) -> Result<()> {
        loop {
            match self.byte()? {
                0 => return Ok(()),
                length => drop(self.take(usize::from(length))?),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two pictures of 3 × 2 pixels, the second with a palette of its own.
    const TWO_PICTURES: &[u8] = b"GIF89a\x03\0\x02\0\x80\0\0\0\0\0\xff\xff\xff\
        \x21\xf9\x04\0\0\0\0\0\
        \x2c\0\0\0\0\x03\0\x02\0\0\x02\x02\x84\x5f\0\
        \x2c\0\0\0\0\x03\0\x02\0\x80\0\0\0\xff\xff\xff\x02\x02\x84\x5f\0\
        \x3b";

    #[test]
    fn a_gif_is_read_to_its_end_or_refused() {
        assert_eq!(gif(TWO_PICTURES).ok(), Some(Gif { size: (3, 2), frames: 2 }));
        for length in 0..TWO_PICTURES.len() {
            assert!(gif(&TWO_PICTURES[..length]).is_err(), "the first {length} bytes");
        }
        assert!(gif(&[TWO_PICTURES, b"x"].concat()).is_err());
    }

    #[test]
    fn a_png_is_whole_and_has_a_size() -> Result<()> {
        let icon = std::fs::read(crate::repo::root().join("assets/icon-180.png"))?;
        assert_eq!(png_size(&icon)?, (180, 180));
        assert!(png_size(&icon[..icon.len() - 1]).is_err());
        Ok(())
    }

    #[test]
    fn a_webm_says_so() {
        assert!(is_webm(b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm"));
        assert!(!is_webm(b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x88matroska"));
        assert!(!is_webm(b"webm"));
    }
}
