//! What is given after a flag, read from its text; what is wrong with it is said in words.

use std::fmt::Display;
use std::ops::RangeInclusive;

use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::loss::quoted;
use crate::optimizer::{METHODS, Method};
use crate::run::{Recording, Switch};

/// A list of numbers; a type of its own, since clap takes a bare `Vec` for a repeated flag.
#[derive(Clone, Debug)]
pub(super) struct Coordinates(pub Vec<f64>);

/// How the report of a run is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Json,
    Csv,
    Table,
}

impl Format {
    pub(super) const ALL: [(&str, Self); 3] = [("json", Self::Json), ("csv", Self::Csv), ("table", Self::Table)];
}

/// One of these, by name.
pub(super) fn one_of<T: Copy + Send + Sync>(choices: &'static [(&'static str, T)]) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(choices.iter().map(|(name, _)| *name)).try_map(|name| {
        let chosen = choices.iter().find(|(known, _)| *known == name);
        chosen.map(|(_, value)| *value).ok_or_else(|| wrong("one of these", &name))
    })
}

fn wrong(allowed: impl Display, text: &str) -> String {
    format!("must be {allowed}, but is `{}`", quoted(text))
}

pub(super) fn number(text: &str) -> Result<f64, String> {
    text.trim().replace('−', "-").parse().map_err(|_| wrong("a number", text))
}

/// Such as 1000000, 1_000_000 or 1e6. What is too large for the type becomes its largest number, which the limits refuse.
pub(super) fn whole<T: TryFrom<u64>>(text: &str) -> Result<T, String> {
    let digits = text.trim().replace('_', "");
    let float = || digits.parse().ok().filter(|number: &f64| number.fract() == 0.0 && *number >= 0.0);
    let number = digits.parse::<u64>().ok().or_else(|| float().map(|number| number as u64));
    number.and_then(|number| number.try_into().ok()).ok_or_else(|| wrong("a whole number from 0 up", text))
}

pub(super) fn number_in(allowed: RangeInclusive<f64>) -> impl Fn(&str) -> Result<f64, String> + Clone {
    move |text| {
        let value = number(text)?;
        if allowed.contains(&value) { Ok(value) } else { Err(wrong(range("a number", &allowed), text)) }
    }
}

pub(super) fn whole_in<T: TryFrom<u64>>(allowed: RangeInclusive<u64>) -> impl Fn(&str) -> Result<T, String> + Clone {
    move |text| {
        let value = whole::<u64>(text).ok().filter(|value| allowed.contains(value));
        value.and_then(|value| value.try_into().ok()).ok_or_else(|| wrong(range("a whole number", &allowed), text))
    }
}

fn range<T: Display>(what: &str, allowed: &RangeInclusive<T>) -> String {
    format!("{what} from {} to {}", allowed.start(), allowed.end())
}

/// A flag's help with what is allowed.
pub(super) fn range_help<T: Display>(what: &str, allowed: RangeInclusive<T>) -> String {
    format!("{what}, from {} to {}", allowed.start(), allowed.end())
}

pub(super) fn tau(text: &str) -> Result<f64, String> {
    number(text).ok().filter(|tau| *tau >= 0.0 && tau.is_finite()).ok_or_else(|| wrong("a number from 0 up", text))
}

/// The optimizers' names, in a list.
pub(super) fn ids() -> String {
    METHODS.iter().map(|method| method.info().id).collect::<Vec<_>>().join(", ")
}

/// Such as sam@10000.
pub(super) fn switch(text: &str) -> Result<Switch, String> {
    let parts = text.split_once('@').and_then(|(id, step)| Some((Method::find(id.trim())?, whole(step).ok()?)));
    let expected = || format!("an optimizer and a step, such as sam@10000, with one of {}", ids());
    parts.map(|(id, step)| Switch { id, step }).ok_or_else(|| wrong(expected(), text))
}

pub(super) fn eta(text: &str) -> Result<f64, String> {
    number(text).ok().filter(|eta| *eta > 0.0 && eta.is_finite()).ok_or_else(|| wrong("a number above 0", text))
}

pub(super) fn point(text: &str) -> Result<Coordinates, String> {
    let coordinate = |text| number(text).map_err(|_| format!("must be numbers, but has `{}`", quoted(text)));
    text.split(',').map(coordinate).collect::<Result<_, _>>().map(Coordinates)
}

pub(super) fn parameter(text: &str) -> Result<(String, f64), String> {
    let (name, value) = text.split_once('=').ok_or_else(|| wrong("NAME=VALUE", text))?;
    Ok((name.trim().to_owned(), number(value)?))
}

pub(super) fn seeds(text: &str) -> Result<[u64; 2], String> {
    let ends = text.split_once("..").and_then(|(first, last)| Some([whole(first).ok()?, whole(last).ok()?]));
    ends.ok_or_else(|| wrong("A..B with two whole numbers", text))
}

pub(super) fn record(text: &str) -> Result<Recording, String> {
    match text {
        "none" => Ok(Recording::None),
        "all" => Ok(Recording::All),
        _ => whole(text).map(Recording::Points).map_err(|_| wrong("`none`, `all` or a whole number", text)),
    }
}

/// Where a page is; what a link has behind it is no part of that.
pub(super) fn page(text: &str) -> Result<String, String> {
    let is_web = text.starts_with("https://") || text.starts_with("http://");
    let is_plain = !text.contains(|c: char| "#<>\"".contains(c) || c.is_whitespace());
    if is_web && is_plain { Ok(text.to_owned()) } else { Err(wrong("an address like https://… without #", text)) }
}
