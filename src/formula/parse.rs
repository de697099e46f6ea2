//! From a formula's source to its parts.

use super::sign::{self, PRIME, Sign};

/// A part of a formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// A letter or a digit.
    Letter(char),
    /// A sign.
    Sign(Sign),
    /// Words, upright.
    Text(String),
    /// A space in the source: one on the line of Unicode, none when it is typeset.
    Blank,
    /// A small space.
    Thin,
    /// A wide space, at which a formula may be broken.
    Quad,
    /// A group in braces.
    Group(Vec<Node>),
    /// A fraction; a small one is as in a line of text.
    Fraction {
        /// What is above the bar, and below it.
        parts: Box<[Node; 2]>,
        /// Whether it is small everywhere.
        is_small: bool,
    },
    /// A square root.
    Root(Box<Node>),
    /// Something with a hat.
    Hat(Box<Node>),
    /// Something in brackets as large as it needs.
    Fence {
        /// The brackets.
        brackets: [Sign; 2],
        /// What is in them.
        inside: Vec<Node>,
    },
    /// Something with what is lowered and raised behind it.
    Scripts {
        /// What it belongs to.
        base: Box<Node>,
        /// What is lowered.
        low: Option<Box<Node>>,
        /// What is raised.
        high: Option<Box<Node>>,
    },
}

/// Reads a formula.
///
/// # Errors
/// What cannot be read, in a sentence.
pub fn formula(source: &str) -> Result<Vec<Node>, String> {
    let mut reader = Reader { rest: source };
    let nodes = reader.row()?;
    if reader.rest.is_empty() { Ok(nodes) } else { Err(format!("`{}` closes what is not open", reader.rest)) }
}

/// What a row ends at, with what is inside it left to read.
const ENDS: [&str; 2] = ["}", r"\right"];

struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Option<char> {
        let first = self.rest.chars().next()?;
        self.rest = &self.rest[first.len_utf8()..];
        Some(first)
    }

    fn take(&mut self, text: &str) -> Result<(), String> {
        self.rest = self.rest.strip_prefix(text).ok_or_else(|| format!("`{text}` is missing"))?;
        Ok(())
    }

    /// Up to what closes it, or to the end.
    fn row(&mut self) -> Result<Vec<Node>, String> {
        let mut nodes = Vec::new();
        while !self.rest.is_empty() && !ENDS.iter().any(|end| self.is_at(end)) {
            match self.rest.as_bytes()[0] {
                b'_' | b'^' | b'\'' => self.script(&mut nodes)?,
                _ => nodes.push(self.node()?),
            }
        }
        Ok(nodes)
    }

    /// A command's name does not go on behind it.
    fn is_at(&self, end: &str) -> bool {
        let behind = self.rest.strip_prefix(end);
        behind.is_some_and(|rest| !(end.starts_with('\\') && rest.starts_with(|c: char| c.is_ascii_alphabetic())))
    }

    /// Puts a script behind the last node.
    fn script(&mut self, nodes: &mut Vec<Node>) -> Result<(), String> {
        let mark = self.next();
        let script = if mark == Some('\'') { Node::Sign(PRIME) } else { self.argument()? };
        let last = nodes.pop().ok_or("a script has nothing to stand behind")?;
        let (base, mut low, mut high) = match last {
            Node::Scripts { base, low, high } => (base, low, high),
            other => (Box::new(other), None, None),
        };
        let place = if mark == Some('_') { &mut low } else { &mut high };
        if place.replace(Box::new(script)).is_some() {
            return Err("two scripts stand in the same place".to_owned());
        }
        nodes.push(Node::Scripts { base, low, high });
        Ok(())
    }

    /// A group in braces, a command, or one character.
    fn argument(&mut self) -> Result<Node, String> {
        self.rest = self.rest.trim_start();
        self.node()
    }

    fn node(&mut self) -> Result<Node, String> {
        match self.next() {
            None => Err("it ends where something should follow".to_owned()),
            Some('{') => {
                let nodes = self.row()?;
                self.take("}")?;
                Ok(Node::Group(nodes))
            }
            Some('\\') => self.command(),
            Some(' ') => Ok(Node::Blank),
            Some(letter) if letter.is_ascii_alphanumeric() => Ok(Node::Letter(letter)),
            Some(other) => {
                sign::of_char(other).map(Node::Sign).ok_or_else(|| format!("`{other}` is no sign of formulas"))
            }
        }
    }

    fn command(&mut self) -> Result<Node, String> {
        let name = self.name();
        Ok(match name {
            "frac" | "tfrac" => {
                let parts = Box::new([self.argument()?, self.argument()?]);
                Node::Fraction { parts, is_small: name == "tfrac" }
            }
            "sqrt" => Node::Root(Box::new(self.argument()?)),
            "hat" => Node::Hat(Box::new(self.argument()?)),
            "text" => Node::Text(self.words()?),
            "left" => self.fence()?,
            "," => Node::Thin,
            "nabla" | "partial" => {
                // No space on the line either.
                self.rest = self.rest.trim_start();
                sign(name)?
            }
            "quad" => Node::Quad,
            name => sign(name)?,
        })
    }

    /// Letters, or one other character.
    fn name(&mut self) -> &'a str {
        let letters = self.rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(self.rest.len());
        let first = self.rest.chars().next().map_or(0, char::len_utf8);
        let (name, rest) = self.rest.split_at(letters.max(first));
        self.rest = rest;
        name
    }

    /// A group in braces as it is.
    fn words(&mut self) -> Result<String, String> {
        self.take("{")?;
        let (words, rest) = self.rest.split_once('}').ok_or("`}` is missing")?;
        self.rest = rest;
        Ok(words.replace(r"\_", "_"))
    }

    fn fence(&mut self) -> Result<Node, String> {
        let open = self.bracket()?;
        let inside = self.row()?;
        self.take(r"\right")?;
        Ok(Node::Fence { brackets: [open, self.bracket()?], inside })
    }

    fn bracket(&mut self) -> Result<Sign, String> {
        match self.argument()? {
            Node::Sign(sign) => Ok(sign),
            other => Err(format!("{other:?} is no bracket")),
        }
    }
}

fn sign(name: &str) -> Result<Node, String> {
    sign::of_command(name).map(Node::Sign).ok_or_else(|| format!("`\\{name}` is no command of formulas"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_formula_is_refused() {
        for (source, words) in [
            (r"\foo", "`\\foo` is no command"),
            ("{a", "`}` is missing"),
            ("a}", "closes what is not open"),
            (r"\left(a", "`\\right` is missing"),
            (r"\frac{a}", "it ends where"),
            ("x_1_2", "two scripts"),
            ("^2", "nothing to stand behind"),
            ("x_", "it ends where"),
            (r"\text{a", "`}` is missing"),
            (r"\left a b \right)", "is no bracket"),
            ("λ", "is no sign"),
        ] {
            let error = formula(source).expect_err(source);
            assert!(error.contains(words), "{source}: {error}");
        }
    }

    #[test]
    fn an_arrow_is_no_right_bracket() {
        assert_eq!(formula(r"\Rightarrow").map(|nodes| nodes.len()), Ok(1));
        assert!(formula(r"\rightarrow").is_err_and(|error| error.contains("no command")));
    }
}
