//! NumPy's files of arrays (NPZ): a ZIP archive of NPY files. Nothing is compressed and no time is written, so that the same
//! arrays have the same bytes.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};

use rawzip::{CompressionMethod, ZipArchive, ZipArchiveWriter};

/// Begins an NPY file: a mark, version 1.0.
const MAGIC: &[u8] = b"\x93NUMPY\x01\x00";
/// Magic, the header's length and the header together are a multiple of this.
const ALIGNMENT: usize = 64;

/// An array: rows first, little-endian.
#[derive(Clone, Debug, PartialEq)]
pub struct Array {
    /// NumPy's name of the type, such as `<f8`.
    kind: String,
    /// Its length along each axis.
    pub shape: Vec<usize>,
    bytes: Vec<u8>,
}

impl Array {
    /// Of f64.
    #[must_use]
    pub fn floats(shape: &[usize], values: &[f64]) -> Self {
        Self::new("<f8", shape, values.iter().flat_map(|value| value.to_le_bytes()).collect())
    }

    /// Of u64.
    #[must_use]
    pub fn wholes(shape: &[usize], values: &[u64]) -> Self {
        Self::new("<u8", shape, values.iter().flat_map(|value| value.to_le_bytes()).collect())
    }

    /// Of u8.
    #[must_use]
    pub fn bytes(shape: &[usize], values: &[u8]) -> Self {
        Self::new("|u1", shape, values.to_vec())
    }

    /// Of texts.
    #[must_use]
    pub fn texts(shape: &[usize], texts: &[String]) -> Self {
        // Four bytes a letter, as many letters for each as the longest has.
        let width = texts.iter().map(|text| text.chars().count()).max().unwrap_or(0).max(1);
        let letters = |text: &String| {
            let padded: Vec<u32> = text.chars().map(u32::from).chain(std::iter::repeat(0)).take(width).collect();
            padded.into_iter().flat_map(u32::to_le_bytes)
        };
        Self::new(&format!("<U{width}"), shape, texts.iter().flat_map(letters).collect())
    }

    fn new(kind: &str, shape: &[usize], bytes: Vec<u8>) -> Self {
        Self { kind: kind.to_owned(), shape: shape.to_vec(), bytes }
    }

    /// The numbers of an array of f64.
    #[must_use]
    pub fn to_floats(&self) -> Option<Vec<f64>> {
        (self.kind == "<f8").then(|| self.numbers(f64::from_le_bytes))
    }

    /// The numbers of an array of u64.
    #[must_use]
    pub fn to_wholes(&self) -> Option<Vec<u64>> {
        (self.kind == "<u8").then(|| self.numbers(u64::from_le_bytes))
    }

    /// The numbers of an array of u8.
    #[must_use]
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        (self.kind == "|u1").then(|| self.bytes.clone())
    }

    /// The text of an array of one.
    #[must_use]
    pub fn to_text(&self) -> Option<String> {
        let is_one = self.kind.starts_with("<U") && self.shape.iter().product::<usize>() == 1;
        let letters = || {
            self.bytes.chunks_exact(4).map(|letter| u32::from_le_bytes([letter[0], letter[1], letter[2], letter[3]]))
        };
        is_one.then(|| letters().take_while(|&letter| letter != 0).filter_map(char::from_u32).collect())
    }

    fn numbers<T>(&self, of: fn([u8; 8]) -> T) -> Vec<T> {
        self.bytes.as_chunks().0.iter().map(|bytes| of(*bytes)).collect()
    }

    /// The header of an NPY file.
    fn header(&self) -> Vec<u8> {
        let shape = match &self.shape[..] {
            [] => "()".to_owned(),
            [one] => format!("({one},)"),
            more => format!("({})", more.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")),
        };
        let mut text = format!("{{'descr': '{}', 'fortran_order': False, 'shape': {shape}, }}", self.kind);
        let bare = MAGIC.len() + 2 + text.len() + 1;
        text.extend(std::iter::repeat_n(' ', bare.next_multiple_of(ALIGNMENT) - bare));
        text.push('\n');
        [MAGIC, &(text.len() as u16).to_le_bytes(), text.as_bytes()].concat()
    }

    /// Reads an NPY file as [`header`](Self::header) begins one; others are refused.
    fn read(file: &[u8]) -> Option<Self> {
        let (length, rest) = file.strip_prefix(MAGIC)?.split_first_chunk::<2>()?;
        let (header, bytes) = rest.split_at_checked(u16::from_le_bytes(*length).into())?;
        let header = std::str::from_utf8(header).ok()?;
        let (kind, rest) = header.strip_prefix("{'descr': '")?.split_once("', 'fortran_order': False, 'shape': (")?;
        let (shape, _) = rest.split_once(')')?;
        let lengths = shape.split(',').map(str::trim).filter(|length| !length.is_empty());
        let shape: Vec<usize> = lengths.map(str::parse).collect::<Result<_, _>>().ok()?;
        let size = match kind.get(..2)? {
            "<f" | "<u" => 8,
            "|u" => 1,
            _ => 4 * kind.get(2..)?.parse::<usize>().ok()?,
        };
        let length = shape.iter().try_fold(size, |product, &length| product.checked_mul(length))?;
        (length == bytes.len()).then(|| Self::new(kind, &shape, bytes.to_vec()))
    }
}

/// The arrays as an NPZ file.
///
/// # Errors
/// A name that no archive can hold.
pub fn write(arrays: &[(&str, Array)]) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut archive = ZipArchiveWriter::new(&mut bytes);
    for (name, array) in arrays {
        let name = format!("{name}.npy");
        let file = archive.new_file(name.as_str()).compression_method(CompressionMethod::STORE);
        let (mut file, config) = file.start().map_err(io::Error::other)?;
        let mut writer = config.wrap(&mut file);
        writer.write_all(&array.header())?;
        writer.write_all(&array.bytes)?;
        let (_, descriptor) = writer.finish().map_err(io::Error::other)?;
        file.finish(descriptor).map_err(io::Error::other)?;
    }
    archive.finish().map_err(io::Error::other)?;
    Ok(bytes)
}

/// The arrays of an NPZ file that [`write()`] made, by name.
///
/// # Errors
/// It is none, or damaged: half a sentence.
pub fn read(bytes: &[u8]) -> Result<BTreeMap<String, Array>, String> {
    let damaged = || "it is not an NPZ file that samscope made, or it is damaged".to_owned();
    let archive = ZipArchive::from_slice(bytes).map_err(|_| damaged())?;
    let mut arrays = BTreeMap::new();
    let mut entries = archive.entries();
    while let Some(entry) = entries.next_entry().map_err(|_| damaged())? {
        let name = entry.file_path().try_normalize().map_err(|_| damaged())?.as_ref().to_owned();
        let file = archive.get_entry(entry.wayfinder()).map_err(|_| damaged())?;
        let mut content = Vec::new();
        file.verifying_reader(file.data()).read_to_end(&mut content).map_err(|_| damaged())?;
        let array = Array::read(&content).ok_or_else(damaged)?;
        arrays.insert(name.strip_suffix(".npy").ok_or_else(damaged)?.to_owned(), array);
    }
    Ok(arrays)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrays_read_back_to_the_bit_and_damage_is_noticed() {
        let texts = ["min λ1".to_owned(), "saddle".to_owned()];
        let arrays = [
            ("loss", Array::floats(&[2, 2], &[1.5, -0.0, f64::INFINITY, f64::NAN])),
            ("steps", Array::wholes(&[2], &[u64::MAX, 3])),
            ("class", Array::bytes(&[3], &[0, 7, 255])),
            ("classes", Array::texts(&[2], &texts)),
            ("scenario", Array::texts(&[], &["{\"ρ\": 1}".to_owned()])),
        ];
        let bytes = write(&arrays).expect("a file");
        let read_back = read(&bytes).expect("it reads back");
        for (name, array) in &arrays {
            assert_eq!(&read_back[*name], array, "{name}");
        }
        assert_eq!(read_back["scenario"].to_text().as_deref(), Some("{\"ρ\": 1}"));
        assert_eq!(read_back["steps"].to_wholes(), Some(vec![u64::MAX, 3]));
        assert_eq!(read_back["steps"].to_floats(), None);
        // As numpy.save has it: the data begin at a multiple of 64.
        assert_eq!(arrays[0].1.header().len(), 128);
        let at = bytes.windows(8).position(|window| window == 1.5_f64.to_le_bytes()).expect("a number");
        let mut damaged = bytes.clone();
        damaged[at] ^= 1;
        assert!(read(&damaged).is_err() && read(&bytes[..bytes.len() / 2]).is_err() && read(b"PK").is_err());
    }
}
