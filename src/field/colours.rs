//! Colour tables: a colorous gradient baked once, since evaluating it for each pixel is slow.

/// Which gradient a map uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Palette {
    /// From dark blue to yellow, for a dark page.
    Dark,
    /// From white to blue, for a light page.
    Light,
}

/// A baked gradient.
#[derive(Clone, Debug)]
pub struct ColourTable(Vec<[u8; 3]>);

const ENTRIES: usize = 1024;

impl ColourTable {
    /// Bakes a palette. Both are calm and end early, so that coloured paths stand out on them.
    #[must_use]
    pub fn new(palette: Palette) -> Self {
        let entry = |i: usize| {
            let t = i as f64 / (ENTRIES - 1) as f64;
            let colour = match palette {
                Palette::Dark => colorous::CIVIDIS.eval_continuous(0.06 + 0.72 * t),
                Palette::Light => colorous::BLUES.eval_continuous(0.04 + 0.56 * t),
            };
            match palette {
                Palette::Dark => [colour.r, colour.g, colour.b].map(|c| (f64::from(c) * 0.86) as u8),
                Palette::Light => [colour.r, colour.g, colour.b],
            }
        };
        Self((0..ENTRIES).map(entry).collect())
    }

    /// The colour at t, 0 … 1.
    #[must_use]
    pub fn at(&self, t: f64) -> [u8; 3] {
        self.0[((t.clamp(0.0, 1.0) * (ENTRIES - 1) as f64).round()) as usize]
    }
}

/// The colour of a class of ends, of which the first `landmarks` are those of landmarks. The first ones differ in brightness too,
/// so that they are told apart in grey.
#[must_use]
pub fn class_colour(class: usize, landmarks: usize) -> [u8; 3] {
    const OTHERS: [[u8; 3]; 6] = [
        [0xB8, 0xD0, 0xE8],
        [0xF0, 0xB4, 0x78],
        [0xD8, 0x8C, 0xB4],
        [0xC8, 0x3C, 0x50],
        [0xD8, 0xD8, 0xC8],
        [0x68, 0x68, 0x68],
    ];
    const LANDMARKS: [[u8; 3]; 8] = [
        [0x3F, 0x6E, 0x9A],
        [0xC6, 0xE2, 0xA0],
        [0xB0, 0x70, 0x9C],
        [0x78, 0xB8, 0xA4],
        [0xD0, 0xB8, 0x70],
        [0x7C, 0x6E, 0xB0],
        [0xB4, 0x90, 0x60],
        [0x58, 0x58, 0x58],
    ];
    match class.checked_sub(landmarks) {
        Some(other) => OTHERS[other % OTHERS.len()],
        None => LANDMARKS[class % LANDMARKS.len()],
    }
}
