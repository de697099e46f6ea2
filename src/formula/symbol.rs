//! Symbols as the glossary, figures and labels write them, λ_{1}, R^{Max}, λ1 or ½ρ²∇³L[ĝ,ĝ], in LaTeX's notation.

/// What stands for what is not on a keyboard.
const SIGNS: [(char, &str); 17] = [
    ('λ', r"\lambda "),
    ('ρ', r"\rho "),
    ('η', r"\eta "),
    ('τ', r"\tau "),
    ('Γ', r"\Gamma "),
    ('Φ', r"\Phi "),
    ('∇', r"\nabla "),
    ('‖', r"\|"),
    ('⟨', r"\langle "),
    ('⟩', r"\rangle "),
    ('ĝ', r"\hat g "),
    ('½', r"\tfrac12 "),
    ('²', "^2"),
    ('³', "^3"),
    ('…', r"\ldots "),
    ('±', r"\pm "),
    ('−', "-"),
];

/// A symbol in LaTeX's notation; `None` where it is a word or a number.
#[must_use]
pub fn of_symbol(symbol: &str) -> Option<String> {
    let mut source = String::new();
    let mut has_letters = false;
    let mut rest = symbol;
    while let Some(first) = rest.chars().next() {
        let run = |of: fn(&char) -> bool| rest.chars().take_while(of).map(char::len_utf8).sum::<usize>();
        let letters = run(char::is_ascii_alphabetic);
        let digits = run(char::is_ascii_digit);
        let before = symbol[..symbol.len() - rest.len()].chars().next_back();
        let is_behind_letter = before.is_some_and(|before| before.is_ascii_lowercase() || before == 'λ');
        let taken = letters.max(digits).max(first.len_utf8());
        has_letters |= digits == 0 && !first.is_ascii_punctuation();
        match &rest[..taken] {
            "Tr" => source += r"\Tr ",
            letter if letters == 1 && before == Some('λ') => source.extend(["_", letter]),
            letter if letters == 1 => source += letter,
            word if letters > 1 && matches!(before, Some('{' | '^')) => source.extend([r"{\text{", word, "}}"]),
            _ if letters > 1 => return None,
            number if digits > 0 && is_behind_letter => source.extend(["_{", number, "}"]),
            other if first.is_ascii() => source += other,
            _ => source += SIGNS.iter().find(|(sign, _)| *sign == first)?.1,
        }
        rest = &rest[taken..];
    }
    has_letters.then_some(source)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_are_formulas_and_words_are_not() {
        for (symbol, source) in [
            ("λ_{1}", Some(r"\lambda _{1}")),
            ("λ1", Some(r"\lambda _{1}")),
            ("λM", Some(r"\lambda _M")),
            ("R^{Max}", Some(r"R^{{\text{Max}}}")),
            ("R^Max", Some(r"R^{\text{Max}}")),
            ("Tr", Some(r"\Tr ")),
            ("x3", Some("x_{3}")),
            ("2/η", Some(r"2/\eta ")),
            ("½ρ²∇³L[ĝ,ĝ]", Some(r"\tfrac12 \rho ^2\nabla ^3L[\hat g ,\hat g ]")),
            ("(Γ)", Some(r"(\Gamma )")),
            ("remainder", None),
            ("minimum", None),
            ("=", None),
            ("0.25", None),
            ("1-SAM", None),
        ] {
            assert_eq!(of_symbol(symbol).as_deref(), source, "{symbol}");
            if let Some(source) = source {
                assert!(crate::formula::typeset(source).is_ok(), "{source}");
            }
        }
    }
}
