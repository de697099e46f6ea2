//! The scenario that a figure carries: whoever has the SVG or the PNG has what makes it again.

use super::svg::unescaped;
use crate::run::{Scenario, without_mark};

/// Around the link in an SVG.
const TAGS: [&str; 2] = ["<metadata>samscope #", "</metadata>"];
/// The name of the link's text in a PNG.
const KEYWORD: &[u8] = b"samscope\0";
/// The name of the caption's text in a PNG, not compressed, in no language.
const DESCRIPTION: &[u8] = b"Description\0\0\0\0\0";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
/// Signature and header, after which a PNG's texts may stand.
const PNG_HEAD: usize = 33;

/// A scenario as an SVG's element.
#[must_use]
pub(super) fn element(scenario: &Scenario) -> String {
    TAGS.join(&scenario.to_link())
}

/// A PNG that was made of this SVG, with the SVG's scenario, its caption and its size on paper.
#[must_use]
pub fn signed(png: Vec<u8>, svg: &str) -> Vec<u8> {
    match (link_in_svg(svg), png.split_at_checked(PNG_HEAD)) {
        (Some(link), Some((head, rest))) if png.starts_with(PNG) => {
            let text = chunk(*b"tEXt", &[KEYWORD, link.as_bytes()].concat());
            let description = chunk(*b"iTXt", &[DESCRIPTION, description(svg).as_bytes()].concat());
            [head, &density(head, svg).unwrap_or_default(), &text, &description, rest].concat()
        }
        _ => png,
    }
}

/// The pixels to a metre along both sides.
fn density(head: &[u8], svg: &str) -> Option<Vec<u8>> {
    let (_, rest) = svg.split_once(" width=\"")?;
    let millimetres: f64 = rest.split_once("mm\"")?.0.parse().ok()?;
    let pixels = u32::from_be_bytes(head.get(16..20)?.try_into().ok()?);
    let per_metre = ((1000.0 * f64::from(pixels) / millimetres).round() as u32).to_be_bytes();
    Some(chunk(*b"pHYs", &[&per_metre[..], &per_metre, &[1]].concat()))
}

/// The scenario in a file: a scenario file, a report of `samscope run`, or a figure that samscope saved as SVG or PNG. It is complete and checked.
///
/// # Errors
/// Why there is none, as half a sentence.
pub fn read_scenario(bytes: &[u8]) -> Result<Scenario, String> {
    let foreign = || "only the SVG and PNG figures that samscope saves have their scenario in them".to_owned();
    if bytes.starts_with(PNG) {
        let link = link_in_png(bytes).ok_or_else(foreign)?;
        return Scenario::from_link(link).map_err(|error| error.to_string());
    }
    let text = std::str::from_utf8(bytes).map_err(|_| "it is neither text nor a figure".to_owned())?;
    if without_mark(text).starts_with('<') {
        let link = link_in_svg(text).ok_or_else(foreign)?;
        return Scenario::from_link(link).map_err(|error| error.to_string());
    }
    Scenario::from_report(text).unwrap_or_else(|| Scenario::from_json(text)).map_err(|error| error.to_string())
}

fn link_in_svg(svg: &str) -> Option<&str> {
    let (_, rest) = svg.split_once(TAGS[0])?;
    rest.split_once(TAGS[1]).map(|(link, _)| link)
}

/// The whole caption.
fn description(svg: &str) -> String {
    let escaped = svg.split_once("<desc>").and_then(|(_, rest)| rest.split_once("</desc>"));
    unescaped(escaped.map_or("", |(text, _)| text))
}

fn link_in_png(png: &[u8]) -> Option<&str> {
    let mut rest = png.get(PNG.len()..)?;
    loop {
        let (length, after) = rest.split_first_chunk::<4>()?;
        let (kind, after) = after.split_first_chunk::<4>()?;
        let (data, after) = after.split_at_checked(u32::from_be_bytes(*length) as usize)?;
        if kind == b"tEXt"
            && let Some(link) = data.strip_prefix(KEYWORD)
        {
            return std::str::from_utf8(link).ok();
        }
        rest = after.get(4..)?;
    }
}

/// A part of a PNG: its length, its kind, its data, and a checksum of the two.
fn chunk(kind: [u8; 4], data: &[u8]) -> Vec<u8> {
    let content = [&kind, data].concat();
    let length = (data.len() as u32).to_be_bytes();
    let checksum = crc32fast::hash(&content).to_be_bytes();
    [&length[..], &content, &checksum].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Picture;

    #[test]
    fn svg_and_png_carry_their_scenario() {
        let scenario = Scenario { seed: 77, ..Scenario::welcome() };
        let svg = format!("<svg width=\"1mm\"><desc>ρ &lt; 1</desc>{}</svg>", element(&scenario));
        assert_eq!(read_scenario(svg.as_bytes()).as_ref(), Ok(&scenario));
        let picture = Picture { width: 2, height: 1, colours: vec![[1, 2, 3]], pixels: vec![0, 0] };
        let png = signed(picture.png(), &svg);
        assert_eq!(read_scenario(&png).as_ref(), Ok(&scenario));
        // A decoder that checks the sums still reads it.
        let mut reader = png::Decoder::new(std::io::Cursor::new(&png)).read_info().expect("a PNG");
        assert_eq!(reader.info().pixel_dims.map(|dims| (dims.xppu, dims.yppu)), Some((2000, 2000)));
        let texts: Vec<_> =
            reader.info().utf8_text.iter().map(|text| (text.keyword.as_str(), text.get_text())).collect();
        assert!(matches!(&texts[..], [("Description", Ok(text))] if text == "ρ < 1"), "{texts:?}");
        assert_eq!(reader.next_row().expect("a row").map(|row| row.data().to_vec()), Some(vec![0, 0]));
        let report = format!(r#"{{"version": 1, "scenario": {}, "runs": []}}"#, serde_json::json!(scenario));
        assert_eq!(read_scenario(report.as_bytes()).as_ref(), Ok(&scenario));
        let cut = read_scenario(&png[..60]).expect_err("half a file");
        assert!(cut.contains("only the SVG and PNG figures"), "{cut}");
        assert_eq!(read_scenario(b"<svg></svg>").expect_err("no link"), cut);
        assert_eq!(read_scenario(&[0xFF, 0xFE]).expect_err("no text"), "it is neither text nor a figure");
    }
}
