//! An axis, linear or logarithmic: plotters' coordinate, its ticks and their labels.

use std::ops::Range;

use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged, ValueFormatter};

use crate::field::ticks;
use crate::loss::LossSpec;

/// Labels that an axis has room for where nothing else is said.
const ROOM: f64 = 5.0;

/// The values from `low` to `high` along a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axis {
    /// The least value; above 0 on a logarithmic axis.
    pub low: f64,
    /// The greatest value.
    pub high: f64,
    /// Whether equal ratios are equally long.
    pub log: bool,
    /// For how many labels there is room; 0 is an axis without ticks.
    pub room: f64,
}

impl Axis {
    /// A linear axis.
    #[must_use]
    pub fn linear(low: f64, high: f64) -> Self {
        Self { low, high, log: false, room: ROOM }
    }

    /// A logarithmic axis.
    #[must_use]
    pub fn log(low: f64, high: f64) -> Self {
        Self { low, high, log: true, room: ROOM }
    }

    /// The same axis without ticks.
    #[must_use]
    pub fn without_ticks(self) -> Self {
        Self { room: 0.0, ..self }
    }

    /// The same axis with room for so many labels, if it has any.
    #[must_use]
    pub fn with_room(self, room: f64) -> Self {
        if self.room == 0.0 { self } else { Self { room, ..self } }
    }

    /// An axis for these values with a little room at both ends; a logarithmic one leaves out values ≤ 0 and those below
    /// 1e-16 of the largest.
    #[must_use]
    pub fn around(values: impl Iterator<Item = f64>, log: bool) -> Self {
        let values: Vec<f64> = values.filter(|value| value.is_finite() && (!log || *value > 0.0)).collect();
        let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let floor = if log { 1e-16 * high } else { f64::NEG_INFINITY };
        let low = values.iter().copied().filter(|value| *value >= floor).fold(f64::INFINITY, f64::min);
        if low > high {
            return Self { low: if log { 0.1 } else { 0.0 }, high: 1.0, log, room: ROOM };
        }
        if log {
            let room = libm::pow(high / low, 0.05).max(1.3);
            return Self { low: low / room, high: high * room, log, room: ROOM };
        }
        // What does not change but by rounding is a level line.
        let size = high.abs().max(low.abs());
        let room = if high - low > 1e-5 * size {
            0.06 * (high - low)
        } else if size > 0.0 {
            0.05 * size
        } else {
            1.0
        };
        Self { low: low - room, high: high + room, log, room: ROOM }
    }

    /// Where a value lies, 0 at the low end, 1 at the high one.
    #[must_use]
    pub fn share(&self, value: f64) -> f64 {
        if self.log {
            libm::log(value / self.low) / libm::log(self.high / self.low)
        } else {
            (value - self.low) / (self.high - self.low)
        }
    }

    /// The value at a share.
    #[must_use]
    pub fn value(&self, share: f64) -> f64 {
        if self.log {
            self.low * libm::pow(self.high / self.low, share)
        } else {
            self.low + (self.high - self.low) * share
        }
    }

    /// Round values with their labels, about as many as there is room for.
    #[must_use]
    pub fn ticks(&self, room: f64) -> Vec<(f64, String)> {
        if self.room == 0.0 { Vec::new() } else { ticks([self.low, self.high], self.log, room) }
    }
}

impl Ranged for Axis {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, (begin, end): (i32, i32)) -> i32 {
        begin + (self.share(*value) * f64::from(end - begin)).round() as i32
    }

    /// No light ones between those with labels.
    fn key_points<Hint: KeyPointHint>(&self, hint: Hint) -> Vec<f64> {
        if hint.weight().allow_light_points() {
            return Vec::new();
        }
        self.ticks(self.room).into_iter().map(|(value, _)| value).collect()
    }

    fn range(&self) -> Range<f64> {
        self.low..self.high
    }
}

/// The name of coordinate `index`, counted from 0, with its number lowered.
pub(super) fn coordinate(loss: &LossSpec, index: usize) -> String {
    let name = loss.coordinate(index);
    match name.find(|letter: char| letter.is_ascii_digit()) {
        Some(begin) => format!("{}_{{{}}}", &name[..begin], &name[begin..]),
        None => name,
    }
}

impl ValueFormatter<f64> for Axis {
    fn format_ext(&self, value: &f64) -> String {
        self.ticks(self.room).into_iter().find(|tick| tick.0 == *value).map(|(_, label)| label).unwrap_or_default()
    }
}
