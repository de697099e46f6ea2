//! What grows with what is inside: brackets and roots.

use super::font::forms;
use super::layout::{AXIS, BAR, Style, X_HEIGHT, glyph, one, row};
use super::parse::Node;
use super::shape::Shape;
use super::sign::{Class, Sign};

/// Something between brackets that are as high as it.
pub fn around([open, close]: [Sign; 2], inside: &[Node], style: Style) -> Shape {
    let inside = row(inside, style);
    let axis = AXIS * style.size();
    let reach = (inside.above - axis).max(inside.below + axis);
    // A large bracket may be a little lower than what is inside.
    let height = (1.802 * reach).max(2.0 * reach - 0.5 * style.size());
    let lean = inside.lean;
    let mut whole = Shape::empty(Class::Inner);
    whole.append(bracket(open, height, style), 0.0);
    whole.append(inside, 0.0);
    whole.append(bracket(close, height, style), lean);
    whole
}

/// A bracket of about this height, in the middle of the line.
fn bracket(sign: Sign, height: f32, style: Style) -> Shape {
    let char = sign.glyphs.chars().next().unwrap_or(' ');
    match char {
        '|' => bars(&[0.119], 0.278, height, style),
        '∥' => bars(&[0.132, 0.327], 0.5, height, style),
        _ => {
            let largest = large_enough(char, height, style.size());
            let rise = AXIS * style.size() - 0.5 * (largest.above - largest.below);
            let mut whole = Shape { width: largest.width, ..Shape::empty(Class::Inner) };
            whole.put(largest, [0.0, -rise]);
            whole
        }
    }
}

/// Upright bars at these places: as the font has them, only longer.
fn bars(places: &[f32], width: f32, height: f32, style: Style) -> Shape {
    let size = style.size();
    let reach = 0.5 * height.max(size);
    let mut whole = Shape { width: width * size, ..Shape::empty(Class::Inner) };
    for x in places {
        let x = x * size;
        whole.bar([x, -AXIS * size - reach], [x + BAR * size, -AXIS * size + reach]);
    }
    whole
}

/// The first form of a glyph that has this height, else the largest.
fn large_enough(char: char, height: f32, size: f32) -> Shape {
    let mut shape = glyph(char, size, Class::Inner);
    for form in forms(char).skip(1) {
        if shape.above + shape.below >= height {
            break;
        }
        shape = glyph(form, size, Class::Inner);
    }
    shape
}

/// A square root.
pub fn root(inside: &Node, style: Style) -> Shape {
    let inside = one(inside, style);
    let (size, bar) = (style.size(), BAR * style.size());
    let usual = bar + 0.25 * if style == Style::Display { X_HEIGHT * size } else { bar };
    let least = inside.above + inside.below + usual + bar;
    let sign = large_enough('√', least, size);
    // What its sign is too high by goes above and below.
    let clear = usual + 0.5 * (sign.above + sign.below - least).max(0.0);
    let top = inside.above + clear + bar;
    let (x, length) = (sign.width, inside.width + inside.lean);
    let mut whole = Shape { width: x + length, ..Shape::empty(Class::Ordinary) };
    let fall = sign.above - top;
    whole.put(sign, [0.0, fall]);
    whole.bar([x, -top], [x + length, -top + bar]);
    whole.put(inside, [x, 0.0]);
    whole
}
