//! A sheet as an SVG file: text as outlines, so that it needs no font, and numbers to a hundredth of a pixel.

use std::fmt::Write;

use super::font::{self, Line, Piece};
use super::mark::{Colour, Lettering, Mark, Pen};
use super::origin;
use super::sheet::Sheet;
use crate::run::Scenario;

/// The page's resolution: 96 pixels to the inch.
pub const PIXELS_PER_MM: f64 = 96.0 / 25.4;
/// Letters are a little bolder than the font: it is light.
const BOLDNESS: f64 = 0.025;

/// The sheet as SVG, with a title and a description for those who cannot see it, and with the scenario that it shows.
#[must_use]
pub fn svg(sheet: &Sheet, title: &str, description: &str, scenario: &Scenario) -> String {
    let [width, height] = sheet.size;
    let mut out = String::new();
    let (w, h) = (number(width / PIXELS_PER_MM), number(height / PIXELS_PER_MM));
    push(&mut out, format_args!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}mm\" height=\"{h}mm\""));
    push(&mut out, format_args!(" viewBox=\"0 0 {} {}\" role=\"img\">\n", number(width), number(height)));
    push(&mut out, format_args!("<title>{}</title>\n<desc>{}</desc>\n", escaped(title), escaped(description)));
    push(&mut out, format_args!("{}\n", origin::element(scenario)));
    for mark in &sheet.marks {
        write_mark(&mut out, mark);
    }
    out.push_str("</svg>\n");
    out
}

/// Writing to a string cannot fail.
fn push(out: &mut String, arguments: std::fmt::Arguments) {
    let _ = out.write_fmt(arguments);
}

fn write_mark(out: &mut String, mark: &Mark) {
    match mark {
        Mark::Line { points, pen } => line(out, points, pen),
        Mark::Area { points, fill } => area(out, points, *fill),
        Mark::Mesh { corners, quads } => {
            for (ring, fill) in quads {
                area(out, &ring.map(|k| corners[k as usize]), Colour(*fill, 1.0));
            }
        }
        Mark::Disc { center: [x, y], radius, fill } => {
            let (x, y, r) = (number(*x), number(*y), number(*radius));
            push(out, format_args!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\" {}/>\n", paint("fill", *fill)));
        }
        Mark::Text { place, text, look } => letters(out, *place, text, look),
        Mark::Picture { rect: [x0, y0, x1, y1], picture } => {
            let (x, y, w, h) = (number(*x0), number(*y0), number(x1 - x0), number(y1 - y0));
            push(out, format_args!("<image x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\""));
            push(out, format_args!(" preserveAspectRatio=\"none\" href=\"{}\"/>\n", picture.data_url()));
        }
    }
}

fn area(out: &mut String, points: &[[f64; 2]], fill: Colour) {
    push(out, format_args!("<path d=\"{}Z\" {}", path(points), paint("fill", fill)));
    // Neighbouring polygons would show a hairline between them.
    push(out, format_args!(" {} stroke-width=\".4\" stroke-linejoin=\"round\"/>\n", paint("stroke", fill)));
}

fn line(out: &mut String, points: &[[f64; 2]], pen: &Pen) {
    let closed = points.len() > 2 && points.first() == points.last();
    let (open, end) = if closed { (&points[..points.len() - 1], "Z") } else { (points, "") };
    push(out, format_args!("<path d=\"{}{end}\" fill=\"none\" {}", path(open), paint("stroke", pen.colour)));
    push(out, format_args!(" stroke-width=\"{}\" stroke-linejoin=\"round\"", number(pen.width)));
    match pen.dash {
        Some([dash, gap]) => push(out, format_args!(" stroke-dasharray=\"{} {}\"", number(dash), number(gap))),
        None => out.push_str(" stroke-linecap=\"round\""),
    }
    out.push_str("/>\n");
}

/// Moves and lines, as differences: shorter than places.
fn path(points: &[[f64; 2]]) -> String {
    let mut out = String::new();
    let mut last = [0_i64; 2];
    for (i, point) in points.iter().enumerate() {
        let place = point.map(hundredths);
        let [dx, dy] = [place[0] - last[0], place[1] - last[1]];
        out.push(if i == 0 { 'M' } else { 'l' });
        push_pair(&mut out, dx, dy);
        last = place;
    }
    out
}

fn letters(out: &mut String, [x, y]: [f64; 2], text: &str, look: &Lettering) {
    let line = Line::of(text, look.size);
    let [dx, dy] = line.offset(look.anchor);
    // A quarter turn to the left takes (right, down) to (up, right).
    let turned = |[right, down]: [f64; 2]| {
        if look.upwards { [x + down, y - right] } else { [x + right, y + down] }
    };
    let mut d = String::new();
    for letter in &line.letters {
        let [left, base] = letter.place;
        let at =
            |[px, py]: [f64; 2]| turned([dx + left + px * letter.size, dy + base - py * letter.size]).map(hundredths);
        for piece in font::outline(letter.char) {
            match piece {
                Piece::Move(to) => command(&mut d, 'M', &[at(to)]),
                Piece::Line(to) => command(&mut d, 'L', &[at(to)]),
                Piece::Quad(control, to) => command(&mut d, 'Q', &[at(control), at(to)]),
                Piece::Close => d.push('Z'),
            }
        }
    }
    let (fill, stroke) = (paint("fill", look.colour), paint("stroke", look.colour));
    let width = number(BOLDNESS * look.size);
    let label = escaped(&plain(text));
    push(out, format_args!("<path aria-label=\"{label}\" d=\"{d}\" {fill} {stroke} stroke-width=\"{width}\"/>\n"));
}

fn command(out: &mut String, letter: char, points: &[[i64; 2]]) {
    out.push(letter);
    for (i, [x, y]) in points.iter().enumerate() {
        if i > 0 {
            out.push(' ');
        }
        push_pair(out, *x, *y);
    }
}

fn push_pair(out: &mut String, x: i64, y: i64) {
    out.push_str(&decimal(x));
    if y >= 0 {
        out.push(' ');
    }
    out.push_str(&decimal(y));
}

fn paint(what: &str, Colour([r, g, b], opacity): Colour) -> String {
    let mut out = format!("{what}=\"#{r:02x}{g:02x}{b:02x}\"");
    if opacity < 1.0 {
        push(&mut out, format_args!(" {what}-opacity=\"{}\"", number(f64::from(opacity))));
    }
    out
}

fn hundredths(value: f64) -> i64 {
    (value * 100.0).round() as i64
}

fn number(value: f64) -> String {
    decimal(hundredths(value))
}

/// Hundredths as a decimal number without what can be left out.
fn decimal(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let (whole, rest) = (hundredths.abs() / 100, hundredths.abs() % 100);
    match (whole, rest) {
        (_, 0) => format!("{sign}{whole}"),
        (0, _) if rest % 10 == 0 => format!("{sign}.{}", rest / 10),
        (0, _) => format!("{sign}.{rest:02}"),
        (_, _) if rest % 10 == 0 => format!("{sign}{whole}.{}", rest / 10),
        _ => format!("{sign}{whole}.{rest:02}"),
    }
}

/// A text without what lowers and raises: λ1, v2, L^Max, but `λ edge`, which would else read as one word.
#[must_use]
pub fn plain(text: &str) -> String {
    text.replace("_{edge", " edge").replace("_{", "").replace("^{", "^").replace('}', "")
}

/// What XML writes otherwise; the ampersand first, since it is in the others.
const ESCAPES: [(&str, &str); 4] = [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;")];

/// A text as it is written into SVG and HTML.
pub(super) fn escaped(text: &str) -> String {
    ESCAPES.iter().fold(text.to_owned(), |text, (plain, escaped)| text.replace(plain, escaped))
}

/// A text as it was before it was written into an SVG.
pub(super) fn unescaped(text: &str) -> String {
    ESCAPES.iter().rev().fold(text.to_owned(), |text, (plain, escaped)| text.replace(escaped, plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_exact_to_a_hundredth() {
        for (value, text) in [(0.0, "0"), (0.5, ".5"), (-0.05, "-.05"), (12.0, "12"), (12.345, "12.35"), (-3.1, "-3.1")]
        {
            assert_eq!(number(value), text);
        }
    }

    #[test]
    fn texts_are_escaped_wherever_they_stand() {
        let (hostile, tame) = (r#"R & <b> "&amp;""#, "R &amp; &lt;b&gt; &quot;&amp;amp;&quot;");
        let look = Lettering::new(10.0, Colour::rgb(0));
        let mark = Mark::Text { place: [5.0, 9.0], text: hostile.to_owned(), look };
        let file = svg(&Sheet { size: [90.0, 20.0], marks: vec![mark] }, hostile, hostile, &Scenario::default());
        for place in ["<title>@</title>", "<desc>@</desc>", "aria-label=\"@\""] {
            assert!(file.contains(&place.replace('@', tame)), "{place} is not in {file}");
        }
        assert_eq!(unescaped(&escaped(hostile)), hostile);
    }

    #[test]
    fn a_path_is_written_as_differences() {
        assert_eq!(path(&[[1.0, 2.0], [1.5, 1.0]]), "M1 2l.5-1");
    }
}
