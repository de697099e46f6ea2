//! Where the parts of a formula stand. The distances are TeX's for its own fonts (The TeXbook, Appendix G), of which this
//! font is one, without what formulas of this size can do without.

use super::fence;
use super::font::{extent, forms};
use super::parse::Node;
use super::shape::{Mark, Shape};
use super::sign::{Class, Sign, slanted};

/// How high fractions' bars stand above the baseline.
pub const AXIS: f32 = 0.25;
/// How thick a bar is.
pub const BAR: f32 = 0.04;
/// The height of an x.
pub const X_HEIGHT: f32 = 0.431;

/// Spaces: between functions, around plus, around equals, between formulas.
const THIN: f32 = 3.0 / 18.0;
const MEDIUM: f32 = 4.0 / 18.0;
const THICK: f32 = 5.0 / 18.0;

/// How large the parts are: alone, within a line of text, raised, raised twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Style {
    Display,
    Text,
    Script,
    Tiny,
}

impl Style {
    /// The size of its letters.
    pub fn size(self) -> f32 {
        match self {
            Self::Display | Self::Text => 1.0,
            Self::Script => 0.7,
            Self::Tiny => 0.5,
        }
    }

    /// That of scripts.
    fn smaller(self) -> Self {
        if self <= Self::Text { Self::Script } else { Self::Tiny }
    }

    /// That of a fraction's parts.
    fn of_fraction(self) -> Self {
        if self == Self::Display { Self::Text } else { self.smaller() }
    }
}

/// Parts behind each other.
pub fn row(nodes: &[Node], style: Style) -> Shape {
    let mut shapes: Vec<Shape> =
        nodes.iter().filter(|node| **node != Node::Blank).map(|node| one(node, style)).collect();
    for i in 0..shapes.len() {
        let before = i.checked_sub(1).map(|before| shapes[before].class);
        let after = shapes.get(i + 1).map(|next| next.class);
        if shapes[i].class == Class::Binary && !is_between(before, after) {
            shapes[i].class = Class::Ordinary;
        }
    }
    let mut whole = Shape::empty(Class::Ordinary);
    let mut before = None;
    for shape in shapes {
        let class = shape.class;
        let space = before.map_or(0.0, |before| space(before, class, style)) * style.size();
        let lean = whole.lean;
        whole.append(shape, space + lean);
        before = Some(class);
    }
    whole
}

/// Whether a sign between these is one of calculation, and no sign of a number.
fn is_between(before: Option<Class>, after: Option<Class>) -> bool {
    use Class::{Binary, Close, Open, Operator, Punctuation, Relation};
    let begins = matches!(before, None | Some(Binary | Operator | Relation | Open | Punctuation));
    let ends = matches!(after, None | Some(Relation | Close | Punctuation));
    !begins && !ends
}

/// The space between two parts; raised ones stand close.
fn space(left: Class, right: Class, style: Style) -> f32 {
    use Class::{Binary, Close, Inner, Open, Operator, Ordinary, Punctuation, Relation};
    let is_close = style > Style::Text;
    match (left, right) {
        (Operator, Ordinary | Operator) | (Ordinary | Close | Inner, Operator) => THIN,
        _ if is_close => 0.0,
        (Relation, Relation | Close | Punctuation) | (Open, _) | (_, Close | Punctuation) => 0.0,
        (Relation, _) | (_, Relation) => THICK,
        (Binary, _) | (_, Binary) => MEDIUM,
        (Punctuation, _) | (Inner, Ordinary | Open | Inner) | (Ordinary | Close | Operator, Inner) => THIN,
        _ => 0.0,
    }
}

/// One part.
pub fn one(node: &Node, style: Style) -> Shape {
    match node {
        Node::Letter(letter) => glyph(slanted(*letter), style.size(), Class::Ordinary),
        Node::Sign(sign) => of_sign(*sign, style),
        Node::Text(words) => upright(words, style, Class::Ordinary),
        Node::Blank => Shape::empty(Class::Ordinary),
        Node::Thin => Shape { width: THIN * style.size(), ..Shape::empty(Class::Ordinary) },
        Node::Quad => Shape { width: style.size(), ..Shape::empty(Class::Ordinary) },
        Node::Group(nodes) => row(nodes, style),
        Node::Fraction { parts, is_small: false } => fraction(parts, style),
        // It is a number beside what follows.
        Node::Fraction { parts, is_small: true } => {
            Shape { class: Class::Ordinary, ..fraction(parts, style.max(Style::Text)) }
        }
        Node::Root(inside) => fence::root(inside, style),
        Node::Hat(inside) => hat(inside, style),
        Node::Fence { brackets, inside } => fence::around(*brackets, inside, style),
        Node::Scripts { base, low, high } => {
            let parts = [low, high].map(|script| script.as_deref().map(|script| one(script, style.smaller())));
            match **base {
                Node::Sign(sign) if has_limits(sign, style) => limits(one(base, style), parts),
                _ => scripts(one(base, style), parts, style),
            }
        }
    }
}

/// A glyph of this size; one that the font lacks takes no room.
pub fn glyph(char: char, size: f32, class: Class) -> Shape {
    let Some(extent) = extent(char) else { return Shape::empty(class) };
    let [left, right] = extent.ink;
    Shape {
        width: extent.advance * size,
        above: extent.above * size,
        below: extent.below * size,
        lean: (right - extent.advance).max(0.0) * size,
        middle: 0.5 * (left + right) * size,
        class,
        is_glyph: true,
        marks: vec![Mark::Glyph { char, at: [0.0, 0.0], size }],
    }
}

/// Letters behind each other as they are.
fn upright(words: &str, style: Style, class: Class) -> Shape {
    let mut whole = Shape::empty(class);
    for char in words.chars() {
        whole.append(Shape { lean: 0.0, ..glyph(char, style.size(), class) }, 0.0);
    }
    whole
}

fn of_sign(sign: Sign, style: Style) -> Shape {
    let mut chars = sign.glyphs.chars();
    match (chars.next(), chars.next()) {
        (Some('∑'), None) => sum(style, sign.class),
        (Some(char), None) => glyph(char, style.size(), sign.class),
        _ => upright(sign.glyphs, style, sign.class),
    }
}

/// A sum's sign, in the middle of the line; the larger one where the formula stands alone.
fn sum(style: Style, class: Class) -> Shape {
    let mut larger = forms('∑').skip(1);
    let char = if style == Style::Display { larger.last() } else { larger.next() };
    let sign = glyph(char.unwrap_or('∑'), style.size(), class);
    let (width, rise) = (sign.width, AXIS * style.size() - 0.5 * (sign.above - sign.below));
    let mut shape = Shape { width, ..Shape::empty(class) };
    shape.put(sign, [0.0, -rise]);
    shape
}

/// Whether what is below a sign stands under it.
fn has_limits(sign: Sign, style: Style) -> bool {
    style == Style::Display && matches!(sign.glyphs, "∑" | "max" | "min")
}

/// What stands under a sign and over it.
fn limits(base: Shape, [low, high]: [Option<Shape>; 2]) -> Shape {
    const GAP: f32 = 0.13;
    let widths = [&low, &high].map(|part| part.as_ref().map_or(0.0, |part| part.width));
    let width = widths.into_iter().fold(base.width, f32::max);
    let (above, below) = (base.above, base.below);
    let mut whole = Shape { width, ..Shape::empty(base.class) };
    let middle = |part: &Shape| 0.5 * (width - part.width);
    let x = middle(&base);
    whole.put(base, [x, 0.0]);
    if let Some(low) = low {
        let place = [middle(&low), below + GAP + low.above];
        whole.put(low, place);
    }
    if let Some(high) = high {
        let place = [middle(&high), -above - GAP - high.below];
        whole.put(high, place);
    }
    whole
}

/// What is lowered and raised behind something.
fn scripts(base: Shape, [low, high]: [Option<Shape>; 2], style: Style) -> Shape {
    let size = style.size();
    let (end, lean) = (base.width, base.lean);
    // Behind what is high or deep, they stand at its ends.
    let ends = if base.is_glyph { [0.0; 2] } else { [base.above - 0.25 * size, base.below + 0.05 * size] };
    let rise = high.as_ref().map(|high| {
        let usual = if style == Style::Display { 0.413 } else { 0.363 };
        ends[0].max(usual * size).max(high.below + 0.25 * X_HEIGHT * size)
    });
    let fall = low.as_ref().map(|low| {
        let usual = if high.is_some() { 0.247 } else { 0.15 };
        let clear = low.above - 0.8 * X_HEIGHT * size;
        let apart = match (&high, rise) {
            (Some(high), Some(rise)) => low.above + 4.0 * BAR * size - (rise - high.below),
            _ => 0.0,
        };
        ends[1].max(usual * size).max(clear).max(apart)
    });
    let mut whole = Shape { lean: 0.0, is_glyph: false, ..base };
    let mut width = end;
    for (script, x, y) in [(low, end, fall.unwrap_or(0.0)), (high, end + lean, -rise.unwrap_or(0.0))] {
        if let Some(script) = script {
            width = width.max(x + script.width + script.lean + 0.05 * size);
            whole.put(script, [x, y]);
        }
    }
    whole.width = width;
    whole
}

fn fraction(parts: &[Node; 2], style: Style) -> Shape {
    let size = style.size();
    let [above, below] = parts.each_ref().map(|part| one(part, style.of_fraction()));
    let (bar, axis) = (BAR * size, AXIS * size);
    let (usual, clear) =
        if style == Style::Display { ([0.677, 0.686], 3.0 * bar) } else { ([0.394 * size, 0.345 * size], bar) };
    let rise = f32::max(usual[0], above.below + clear + axis + 0.5 * bar);
    let fall = f32::max(usual[1], below.above + clear - axis + 0.5 * bar);
    // Free of its neighbours.
    let margin = 0.12 * size;
    let widths = [&above, &below].map(|part| part.width + part.lean);
    let length = widths[0].max(widths[1]);
    let mut whole = Shape { width: length + 2.0 * margin, ..Shape::empty(Class::Inner) };
    whole.put(above, [margin + 0.5 * (length - widths[0]), -rise]);
    whole.put(below, [margin + 0.5 * (length - widths[1]), fall]);
    whole.bar([margin, -axis - 0.5 * bar], [margin + length, -axis + 0.5 * bar]);
    whole
}

fn hat(inside: &Node, style: Style) -> Shape {
    let mut whole = one(inside, style);
    let size = style.size();
    let hat = glyph('^', size, Class::Ordinary);
    // Over the upper part of a slanted letter.
    let x = whole.middle + 0.03 * size - hat.middle;
    let rise = (whole.above - X_HEIGHT * size).max(0.0);
    whole.put(hat, [x, -rise]);
    whole
}
