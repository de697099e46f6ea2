//! A formula as a line of Unicode.

use super::parse::Node;

/// The line.
pub fn of(nodes: &[Node]) -> String {
    let text = row(nodes);
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace(" )", ")").replace(" ;", ";").replace(" ,", ",")
}

fn row(nodes: &[Node]) -> String {
    nodes.iter().map(node).collect()
}

fn node(node: &Node) -> String {
    match node {
        Node::Letter(letter) => letter.to_string(),
        Node::Sign(sign) => sign.line.to_owned(),
        Node::Text(words) => words.clone(),
        Node::Blank | Node::Thin => " ".to_owned(),
        Node::Quad => " ; ".to_owned(),
        Node::Group(nodes) => row(nodes),
        Node::Fraction { parts, is_small } => fraction(parts, *is_small),
        Node::Root(inside) => format!("√{}", bracketed(&self::node(inside))),
        Node::Hat(inside) => match self::node(inside).as_str() {
            "g" => "ĝ".to_owned(),
            // Joined to what is before it.
            other => format!("{other}\u{302}"),
        },
        Node::Fence { brackets: [open, close], inside } => format!("{}{}{}", open.line, row(inside).trim(), close.line),
        Node::Scripts { base, low, high } => {
            let mut text = self::node(base);
            let space = text.len() - text.trim_end().len();
            text.truncate(text.len() - space);
            if let Some(low) = low {
                text += &lowered(base, self::node(low).trim());
            }
            if let Some(high) = high {
                text += &raised(self::node(high).trim());
            }
            // Behind a function's name.
            text + if space > 0 { " " } else { "" }
        }
    }
}

fn fraction(parts: &[Node; 2], is_small: bool) -> String {
    let [above, below] = parts.each_ref().map(|part| bracketed(&node(part)));
    match (above.as_str(), below.as_str()) {
        ("1", "2") if is_small => "½".to_owned(),
        ("1", "4") if is_small => "¼".to_owned(),
        _ => format!("{above}/{below} "),
    }
}

/// With brackets where it is more than one factor.
fn bracketed(text: &str) -> String {
    let text = text.trim();
    let is_one = !text.contains([' ', '+', '−', '·', '/']);
    if is_one { text.to_owned() } else { format!("({text})") }
}

/// A subscript. Nothing is between where the two cannot be taken for one word: `λj`, `x1`, but `a_k`, `f1_0`.
fn lowered(base: &Node, text: &str) -> String {
    let is_number = text.chars().all(|c| c.is_ascii_digit());
    match base {
        _ if !text.chars().all(char::is_alphanumeric) => format!("_({text})"),
        Node::Letter(letter) if letter.is_ascii_digit() || !is_number => format!("_{text}"),
        _ => text.to_owned(),
    }
}

/// A superscript: digits as raised digits, a name after a circumflex.
fn raised(text: &str) -> String {
    match text {
        "2" => "²".to_owned(),
        "3" => "³".to_owned(),
        "⟂" | "'" | "ᵀ" | "*" => text.to_owned(),
        _ => format!("^{}", bracketed(text)),
    }
}
