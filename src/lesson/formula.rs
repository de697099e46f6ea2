//! Formulas: one source in LaTeX's notation; here as a line of Unicode, which is also what a screen reader says.

/// Commands with a sign of their own.
const SIGNS: &[(&str, &str)] = &[
    ("alpha", "α"),
    ("beta", "β"),
    ("Gamma", "Γ"),
    ("delta", "δ"),
    ("eta", "η"),
    ("lambda", "λ"),
    ("mu", "μ"),
    ("rho", "ρ"),
    ("tau", "τ"),
    ("Phi", "Φ"),
    ("nabla", "∇"),
    ("partial", "∂"),
    // The fonts have this one, which means the same.
    ("perp", "⟂"),
    ("infty", "∞"),
    ("cdot", "·"),
    ("ldots", "…"),
    ("to", " → "),
    ("Rightarrow", " ⇒ "),
    ("mapsto", " → "),
    ("leftarrow", " ← "),
    ("le", " ≤ "),
    ("ge", " ≥ "),
    ("approx", " ≈ "),
    ("propto", " ∝ "),
    ("pm", "±"),
    ("sum", "Σ"),
    ("langle", "⟨"),
    ("rangle", "⟩"),
    ("quad", " ; "),
    ("max", "max "),
    ("min", "min "),
    ("ln", "ln "),
    ("Tr", "Tr "),
    ("top", "'"),
    ("|", "‖"),
    (",", " "),
    ("{", "{"),
    ("}", "}"),
];

/// A formula in LaTeX's notation as one line of Unicode: `\frac{\rho^2}{2}\lambda_1` as `(ρ²/2) λ1`. Knows `\frac`,
/// `\tfrac12`, `\sqrt`, `\hat`, `\text`, sub- and superscripts and the commands of the table above; others stay
/// as they are.
#[must_use]
pub fn in_unicode(source: &str) -> String {
    let mut reader = Reader { rest: source };
    let text = reader.group(None);
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace(" )", ")").replace(" ;", ";")
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<char> {
        let first = self.rest.chars().next()?;
        self.rest = &self.rest[first.len_utf8()..];
        Some(first)
    }

    /// Up to the brace that closes the group, or to the end.
    fn group(&mut self, end: Option<char>) -> String {
        let mut text = String::new();
        while let Some(character) = self.next() {
            if Some(character) == end {
                break;
            }
            text += &self.part(character);
        }
        text
    }

    /// A group in braces, a command, or one character.
    fn argument(&mut self) -> String {
        match self.next() {
            Some(' ') => self.argument(),
            Some(character) => self.part(character),
            None => String::new(),
        }
    }

    /// A group in braces as it is.
    fn verbatim(&mut self) -> String {
        let (text, rest) = self.rest.split_once('}').unwrap_or((self.rest, ""));
        self.rest = rest;
        text.trim_start_matches('{').to_owned()
    }

    fn part(&mut self, character: char) -> String {
        match character {
            '{' => self.group(Some('}')),
            '\\' => self.command(),
            '_' => self.argument().trim().to_owned(),
            '^' => raised(self.argument().trim()),
            '-' => "−".to_owned(),
            '=' | '<' | '>' => format!(" {character} "),
            '&' | '~' => " ".to_owned(),
            other => other.to_string(),
        }
    }

    fn command(&mut self) -> String {
        let letters = self.rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(self.rest.len());
        let name = if letters > 0 {
            let (name, rest) = self.rest.split_at(letters);
            self.rest = rest;
            name.to_owned()
        } else {
            self.next().map(String::from).unwrap_or_default()
        };
        match name.as_str() {
            "frac" => {
                let (above, below) = (self.argument(), self.argument());
                format!("{}/{} ", bracketed(&above), bracketed(&below))
            }
            "tfrac" => match (self.argument().as_str(), self.argument().as_str()) {
                ("1", "2") => "½".to_owned(),
                ("1", "4") => "¼".to_owned(),
                (above, below) => format!("{above}/{below} "),
            },
            "sqrt" => format!("√{}", bracketed(&self.argument())),
            // The only letter with a hat that the fonts have.
            "hat" => self.argument().replace('g', "ĝ"),
            "text" => self.verbatim(),
            "left" | "right" => String::new(),
            name => SIGNS
                .iter()
                .find(|(known, _)| *known == name)
                .map_or_else(|| format!("\\{name}"), |(_, sign)| (*sign).to_owned()),
        }
    }
}

/// With brackets where it is more than one factor.
fn bracketed(text: &str) -> String {
    let text = text.trim();
    let is_one = !text.contains([' ', '+', '−', '·', '/']);
    if is_one { text.to_owned() } else { format!("({text})") }
}

/// A superscript: digits as raised digits, a name after a circumflex.
fn raised(text: &str) -> String {
    match text {
        "2" => "²".to_owned(),
        "3" => "³".to_owned(),
        "⟂" | "'" => text.to_owned(),
        _ => format!("^{}", bracketed(text)),
    }
}
