//! Tokens to a [`Formula`], by binding powers.

use super::error::{Fault, Span};
use super::formula::{Formula, FormulaNode, NodeKind, Operator};
use super::lexer::{Lexer, Token, TokenKind};
use super::names::{Callee, Word, functions, near_function, word};
use super::{DEPTH_MAX, DIM_MAX, TEXT_MAX};

/// Parses a text, within the limits.
pub(super) fn parse(text: &str) -> Result<Formula, Fault> {
    if text.len() > TEXT_MAX {
        let message = format!("the formula has {} bytes, but at most {TEXT_MAX} are allowed", text.len());
        return Err(Fault::new(Span::of(text), message));
    }
    if text.trim().is_empty() {
        return Err(Fault::new(Span::of(text), EMPTY));
    }
    let mut lexer = Lexer::new(text);
    let token = lexer.next()?;
    let formula = Formula { nodes: Vec::new(), parameters: Vec::new() };
    let mut parser = Parser { text, lexer, token, taken: [TokenKind::End; 2], formula, depth: 0 };
    parser.expression(0)?;
    match parser.token.kind {
        TokenKind::End => Ok(parser.formula),
        TokenKind::Close => Err(Fault::new(parser.token.span, "this ) has no ( before it: remove it or add one")),
        _ => Err(Fault::new(parser.token.span, COMMA)),
    }
}

pub(super) const EMPTY: &str = "the formula is empty: write one such as (x*y - 1)^2";
const COMMA: &str = "a comma may stand only between the arguments of a function such as min(x, y)";

/// How tightly an operator holds what is on its left and on its right.
const SUM: (u8, u8) = (1, 2);
const PRODUCT: (u8, u8) = (3, 4);
/// A sign: looser than a power, so that -2^2 is -(2^2).
const SIGN: u8 = 5;
/// Looser on the right, so that 2^3^2 is 2^(3^2).
const POWER: (u8, u8) = (8, 7);

fn infix(kind: TokenKind) -> Option<(Operator, (u8, u8))> {
    Some(match kind {
        TokenKind::Plus => (Operator::Add, SUM),
        TokenKind::Minus => (Operator::Sub, SUM),
        TokenKind::Times => (Operator::Mul, PRODUCT),
        TokenKind::Divide => (Operator::Div, PRODUCT),
        TokenKind::Power => (Operator::Pow, POWER),
        _ => return None,
    })
}

/// A parsed node and the text that it takes with its own parentheses.
#[derive(Clone, Copy)]
struct Part {
    node: usize,
    span: Span,
}

struct Parser<'a> {
    text: &'a str,
    lexer: Lexer<'a>,
    /// The token that is next.
    token: Token,
    /// The two tokens before it.
    taken: [TokenKind; 2],
    formula: Formula,
    depth: usize,
}

impl Parser<'_> {
    /// Takes the next token.
    fn take(&mut self) -> Result<Token, Fault> {
        self.taken = [self.taken[1], self.token.kind];
        Ok(std::mem::replace(&mut self.token, self.lexer.next()?))
    }

    fn push(&mut self, kind: NodeKind, span: Span) -> Part {
        self.formula.nodes.push(FormulaNode { kind, span });
        Part { node: self.formula.nodes.len() - 1, span }
    }

    fn source(&self, span: Span) -> String {
        span.excerpt(self.text)
    }

    /// An operand, and every operator after it that holds it at least as tightly as `floor`.
    fn expression(&mut self, floor: u8) -> Result<Part, Fault> {
        let mut left = self.operand()?;
        loop {
            if let TokenKind::Raised(exponent) = self.token.kind {
                left = self.raise(left, exponent)?;
                continue;
            }
            let implied = self.multiplies();
            let Some((operator, (left_power, right_power))) =
                infix(self.token.kind).or(implied.then_some((Operator::Mul, PRODUCT)))
            else {
                self.refuse_juxtaposition(left)?;
                return Ok(left);
            };
            if left_power < floor {
                return Ok(left);
            }
            let sign = if implied { self.token } else { self.take()? };
            let right = match operator {
                Operator::Pow => self.nested(sign.span, right_power)?,
                _ => self.expression(right_power)?,
            };
            left = self.push(NodeKind::Binary(operator, left.node, right.node), left.span.to(right.span));
        }
    }

    /// An expression one level deeper. Only this recurses without bound, so the limit is kept here.
    fn nested(&mut self, at: Span, floor: u8) -> Result<Part, Fault> {
        if self.depth == DEPTH_MAX {
            let message = format!("the formula is nested deeper than {DEPTH_MAX} levels: split it or simplify it");
            return Err(Fault::new(at, message));
        }
        self.depth += 1;
        let inner = self.expression(floor);
        self.depth -= 1;
        inner
    }

    fn operand(&mut self) -> Result<Part, Fault> {
        let Token { kind, span } = self.token;
        match kind {
            TokenKind::Number(value) => {
                self.take()?;
                Ok(self.push(NodeKind::Number(value), span))
            }
            TokenKind::Name => self.name(),
            TokenKind::Minus => {
                self.take()?;
                let inner = self.nested(span, SIGN)?;
                Ok(self.push(NodeKind::Negate(inner.node), span.to(inner.span)))
            }
            TokenKind::Plus => {
                self.take()?;
                let inner = self.nested(span, SIGN)?;
                Ok(Part { span: span.to(inner.span), ..inner })
            }
            TokenKind::Open => {
                self.take()?;
                let inner = self.nested(span, 0)?;
                if self.token.kind == TokenKind::Comma {
                    return Err(Fault::new(self.token.span, COMMA));
                }
                let close = self.close(span)?;
                Ok(Part { span: span.to(close), ..inner })
            }
            TokenKind::End => Err(Fault::new(
                span,
                "the formula ends where an operand should follow: a number, a variable, a function or (",
            )),
            _ => {
                let found = self.source(span);
                let expected = "a number, a variable, a function or (";
                Err(Fault::new(span, format!("`{found}` stands where an operand should be: {expected}")))
            }
        }
    }

    /// The ) that belongs to the ( at `open`.
    fn close(&mut self, open: Span) -> Result<Span, Fault> {
        if self.token.kind == TokenKind::Close {
            Ok(self.take()?.span)
        } else {
            Err(Fault::new(open, "this ( is never closed: add a )"))
        }
    }

    /// Whether a multiplication is meant without its sign: a number stands before a name or (, as in 2x. Not in 1/2x and
    /// 2^3x, which people read in two ways.
    fn multiplies(&self) -> bool {
        let [before, last] = self.taken;
        matches!(last, TokenKind::Number(_))
            && matches!(self.token.kind, TokenKind::Name | TokenKind::Open)
            && !matches!(before, TokenKind::Divide | TokenKind::Power)
    }

    /// The raised digits after `base`, as a power.
    fn raise(&mut self, base: Part, exponent: f64) -> Result<Part, Fault> {
        let span = self.take()?.span;
        if !exponent.is_finite() {
            return Err(Fault::new(span, "the exponent is too large: numbers go up to 1.79e308"));
        }
        let exponent = self.push(NodeKind::Number(exponent), span);
        Ok(self.push(NodeKind::Binary(Operator::Pow, base.node, exponent.node), base.span.to(span)))
    }

    /// After an operand, another one: a multiplication sign was left out.
    fn refuse_juxtaposition(&self, left: Part) -> Result<(), Fault> {
        if !matches!(self.token.kind, TokenKind::Number(_) | TokenKind::Name | TokenKind::Open) {
            return Ok(());
        }
        let (left, right) = (self.source(left.span), self.source(self.token.span));
        Err(Fault::new(self.token.span, format!("put * between `{left}` and `{right}` to multiply them")))
    }

    fn name(&mut self) -> Result<Part, Fault> {
        let span = self.take()?.span;
        let name = &self.text[span.start..span.end];
        let called = self.token.kind == TokenKind::Open;
        let kind = match word(name) {
            Word::Callee(callee) if called => return self.call(span, callee),
            Word::Callee(_) => {
                return Err(Fault::new(
                    span,
                    format!("{name} is a function: put its argument in ( ), as in {name}(…)"),
                ));
            }
            Word::NoVariable => {
                let name = self.source(span);
                return Err(Fault::new(span, format!("{name} is not a variable: they are x1, x2, … x{DIM_MAX}")));
            }
            Word::Parameter if called => return Err(self.no_function(span)),
            Word::Constant(value) => NodeKind::Number(value),
            Word::Variable(index) => NodeKind::Variable(index),
            Word::Parameter => NodeKind::Parameter(self.parameter(name)),
        };
        Ok(self.push(kind, span))
    }

    fn no_function(&self, span: Span) -> Fault {
        let hint = near_function(&self.text[span.start..span.end]).map(|near| format!(" (did you mean {near}?)"));
        let (name, hint) = (self.source(span), hint.unwrap_or_default());
        Fault::new(span, format!("{name} is not a function{hint}; the functions are {}", functions()))
    }

    fn parameter(&mut self, name: &str) -> usize {
        let parameters = &mut self.formula.parameters;
        parameters.iter().position(|known| known == name).unwrap_or_else(|| {
            parameters.push(name.to_owned());
            parameters.len() - 1
        })
    }

    fn call(&mut self, name: Span, callee: Callee) -> Result<Part, Fault> {
        let open = self.take()?.span;
        let mut part = self.nested(open, 0)?;
        let mut count = 1;
        while self.token.kind == TokenKind::Comma {
            self.take()?;
            let next = self.nested(open, 0)?;
            count += 1;
            let operator = if callee == Callee::Max { Operator::Max } else { Operator::Min };
            part = self.push(NodeKind::Binary(operator, part.node, next.node), name.to(next.span));
        }
        let span = name.to(self.close(open)?);
        let name = self.source(name);
        match callee {
            Callee::Function(_) if count > 1 => {
                Err(Fault::new(span, format!("{name} takes one argument, but has {count}")))
            }
            Callee::Function(function) => Ok(self.push(NodeKind::Call(function, part.node), span)),
            Callee::Min | Callee::Max if count == 1 => {
                Err(Fault::new(span, format!("{name} takes two or more arguments, but has one")))
            }
            Callee::Min | Callee::Max => Ok(Part { span, ..part }),
        }
    }
}
