//! A formula's text as tokens.

use super::error::{Fault, Span};

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum TokenKind {
    Number(f64),
    Name,
    Plus,
    Minus,
    Times,
    Divide,
    Power,
    /// Raised digits, as in x².
    Raised(f64),
    Comma,
    Open,
    Close,
    End,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub kind: TokenKind,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Lexer<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// The next token; after the last one, `End` for ever.
    pub fn next(&mut self) -> Result<Token, Fault> {
        self.skip(char::is_whitespace);
        let start = self.at;
        let Some(first) = self.rest().chars().next() else {
            return Ok(Token { kind: TokenKind::End, span: Span { start, end: start } });
        };
        let kind = if first.is_ascii_digit() || first == '.' {
            self.number()?
        } else if first == '_' || first.is_alphabetic() {
            self.skip(|c| c == '_' || c.is_ascii_digit() || c.is_alphabetic());
            TokenKind::Name
        } else if let Some(raised) = self.raised() {
            raised
        } else {
            self.symbol(first)?
        };
        Ok(Token { kind, span: Span { start, end: self.at } })
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn skip(&mut self, matches: impl Fn(char) -> bool) {
        self.at = self.text.len() - self.rest().trim_start_matches(matches).len();
    }

    fn raised(&mut self) -> Option<TokenKind> {
        const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
        let digit = |c: char| DIGITS.iter().position(|&raised| raised == c);
        let digits = self.rest().chars().map_while(digit);
        let exponent =
            digits.fold(None, |so_far: Option<f64>, digit| Some(so_far.unwrap_or(0.0) * 10.0 + digit as f64))?;
        self.skip(|c| digit(c).is_some());
        Some(TokenKind::Raised(exponent))
    }

    fn symbol(&mut self, symbol: char) -> Result<TokenKind, Fault> {
        let start = self.at;
        self.at += symbol.len_utf8();
        Ok(match symbol {
            '+' => TokenKind::Plus,
            '-' | '−' => TokenKind::Minus,
            '*' if self.rest().starts_with('*') => {
                self.at += 1;
                TokenKind::Power
            }
            '*' | '·' | '×' => TokenKind::Times,
            '/' => TokenKind::Divide,
            '^' => TokenKind::Power,
            ',' => TokenKind::Comma,
            '(' => TokenKind::Open,
            ')' => TokenKind::Close,
            _ => return Err(Fault::new(Span { start, end: self.at }, unknown(symbol))),
        })
    }

    /// Digits with a point before, among or after them, and an exponent where a digit follows its e: `2e`
    /// is 2 beside the constant e.
    fn number(&mut self) -> Result<TokenKind, Fault> {
        let start = self.at;
        let digit = |c: char| c.is_ascii_digit();
        self.skip(digit);
        if self.rest().starts_with('.') {
            self.at += 1;
            self.skip(digit);
        }
        if let Some(exponent) = self.rest().strip_prefix(['e', 'E']) {
            let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
            if digits.starts_with(digit) {
                self.at = self.text.len() - digits.len();
                self.skip(digit);
            }
        }
        let span = Span { start, end: self.at };
        match self.text[start..self.at].parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(TokenKind::Number(value)),
            Ok(_) => {
                let number = span.excerpt(self.text);
                Err(Fault::new(span, format!("`{number}` is too large: numbers go up to 1.79e308")))
            }
            Err(_) => Err(Fault::new(span, "a point needs a digit before or after it, such as 0.5")),
        }
    }
}

fn unknown(symbol: char) -> String {
    match symbol {
        '√' => "write sqrt(…) in place of √".to_owned(),
        '÷' | ':' => format!("write / in place of {symbol}"),
        '[' | ']' | '{' | '}' => format!("write ( and ) in place of {symbol}"),
        _ => format!(
            "the character {symbol:?} has no meaning here: a formula has numbers, names, + - * / ^ ( ) and commas"
        ),
    }
}
