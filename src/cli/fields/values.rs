//! What is given after the flags of fields, read from its text.

use std::ops::Range;

use crate::cli::values::{Coordinates, number, point, whole};
use crate::ensemble::End;
use crate::field::{Nodes, Over};
use crate::loss::quoted;
use crate::run::Setting;
use crate::sharpness::MapQuantity;

/// A point of a plane.
#[derive(Clone, Debug)]
pub(in crate::cli) enum Base {
    Gamma,
    Start,
    Point(Coordinates),
}

/// Nodes in a row, and rows where they are others.
pub(in crate::cli) type Size = [usize; 2];

/// Part `k` of `n`, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) struct Shard {
    pub k: u64,
    pub n: u64,
}

impl Shard {
    /// Its nodes, out of `len`.
    pub(super) fn nodes(self, len: usize) -> Range<usize> {
        let bound = |k: u64| (u128::from(k) * len as u128 / u128::from(self.n)) as usize;
        bound(self.k - 1)..bound(self.k)
    }
}

fn wrong(allowed: &str, text: &str) -> String {
    format!("must be {allowed}, but is `{}`", quoted(text))
}

pub(super) fn axes(text: &str) -> Result<[usize; 2], String> {
    let pair = text.split_once(',').and_then(|(a, b)| Some([whole(a).ok()?, whole(b).ok()?]));
    pair.ok_or_else(|| wrong("two coordinates I,J counted from 1", text))
}

pub(super) fn base(text: &str) -> Result<Base, String> {
    match text {
        "gamma" => Ok(Base::Gamma),
        "start" => Ok(Base::Start),
        _ => point(text).map(Base::Point).map_err(|_| wrong("`gamma`, `start` or numbers x1,x2,…", text)),
    }
}

pub(super) fn bounds(text: &str) -> Result<[f64; 4], String> {
    let numbers: Option<Vec<f64>> = text.split(',').map(|part| number(part).ok()).collect();
    let four = numbers.and_then(|numbers| numbers.try_into().ok());
    four.ok_or_else(|| wrong("four numbers U0,U1,V0,V1", text))
}

pub(super) fn size(text: &str) -> Result<Size, String> {
    let (width, height) = text.split_once(',').unwrap_or((text, text));
    let both = whole(width).ok().zip(whole(height).ok()).filter(|(width, height)| *width >= 2 && *height >= 2);
    both.map(|(width, height)| [width, height]).ok_or_else(|| wrong("W or W,H with whole numbers from 2 up", text))
}

pub(super) fn shard(text: &str) -> Result<Shard, String> {
    let pair = text.split_once('/').and_then(|(k, n)| Some(Shard { k: whole(k).ok()?, n: whole(n).ok()? }));
    pair.filter(|shard| (1..=shard.n).contains(&shard.k)).ok_or_else(|| wrong("K/N with 1 ≤ K ≤ N", text))
}

pub(super) fn over(text: &str) -> Result<Over, String> {
    let read = || {
        let (name, values) = text.split_once('=')?;
        let (from, rest) = values.split_once("..")?;
        let (to, rest) = rest.split_once(':')?;
        let (count, log) = rest.split_once(':').map_or((rest, false), |(count, scale)| (count, scale == "log"));
        let is_read = !rest.contains(':') || log;
        let nodes = Nodes { from: number(from).ok()?, to: number(to).ok()?, count: whole(count).ok()?, log };
        (is_read && nodes.count >= 2).then(|| Over { setting: Setting::from(name.trim().to_owned()), nodes })
    };
    read().ok_or_else(|| wrong("NAME=A..B:n or NAME=A..B:n:log with n from 2 up", text))
}

/// The public name of a quantity.
pub(super) fn id(quantity: MapQuantity) -> String {
    serde_json::to_value(quantity).ok().and_then(|id| id.as_str().map(str::to_owned)).unwrap_or_default()
}

pub(super) fn quantities() -> String {
    MapQuantity::ALL.iter().map(|&quantity| id(quantity)).collect::<Vec<_>>().join(", ")
}

pub(super) fn quantity(text: &str) -> Result<MapQuantity, String> {
    let found = MapQuantity::ALL.iter().copied().find(|&quantity| id(quantity) == text);
    found.ok_or_else(|| wrong(&format!("one of {}", quantities()), text))
}

/// The values of an end, by name.
fn ends() -> impl Iterator<Item = &'static str> {
    ["class", "steps"].into_iter().chain(End::NUMBERS)
}

pub(super) fn of_help() -> String {
    format!("The value that a picture and a CSV file show: {}", ends().collect::<Vec<_>>().join(", "))
}

pub(super) fn of_ends(text: &str) -> Result<String, String> {
    let found = ends().find(|&name| name == text).map(str::to_owned);
    found.ok_or_else(|| wrong(&format!("one of {}", ends().collect::<Vec<_>>().join(", ")), text))
}
