//! An axis, linear or logarithmic: plotters' coordinate, its ticks and their labels.

use std::ops::Range;

use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged};

use crate::field::round_step;
use crate::loss::LossSpec;

/// The values from `low` to `high` along a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axis {
    /// The least value; above 0 on a logarithmic axis.
    pub low: f64,
    /// The greatest value.
    pub high: f64,
    /// Whether equal ratios are equally long.
    pub log: bool,
    /// Whether it has ticks.
    pub ticked: bool,
}

impl Axis {
    /// A linear axis.
    #[must_use]
    pub fn linear(low: f64, high: f64) -> Self {
        Self { low, high, log: false, ticked: true }
    }

    /// A logarithmic axis.
    #[must_use]
    pub fn log(low: f64, high: f64) -> Self {
        Self { low, high, log: true, ticked: true }
    }

    /// The same axis without ticks.
    #[must_use]
    pub fn without_ticks(self) -> Self {
        Self { ticked: false, ..self }
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
            return Self { low: if log { 0.1 } else { 0.0 }, high: 1.0, log, ticked: true };
        }
        if log {
            let room = libm::pow(high / low, 0.05).max(1.3);
            return Self { low: low / room, high: high * room, log, ticked: true };
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
        Self { low: low - room, high: high + room, log, ticked: true }
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

    /// About `count` round values with their labels.
    #[must_use]
    pub fn ticks(&self, count: f64) -> Vec<(f64, String)> {
        if !self.ticked {
            return Vec::new();
        }
        let decades = if self.log { libm::log10(self.high / self.low) } else { 0.0 };
        if self.log && decades >= 1.0 {
            return self.decades(decades, count);
        }
        let step = round_step((self.high - self.low) / count.max(1.0));
        let (first, last) = ((self.low / step).ceil() as i64, (self.high / step).floor() as i64);
        // As many digits as tell neighbours apart.
        let is_fine = step < 1e-3 * self.low.abs().max(self.high.abs());
        let decimals = (-libm::log10(step)).ceil().clamp(0.0, 15.0) as usize;
        let label =
            |value: f64| if is_fine { format!("{value:.decimals$}").replace('-', "−") } else { number(value) };
        (first..=last).map(|k| k as f64 * step).map(|value| (value, label(value))).collect()
    }

    fn decades(&self, decades: f64, count: f64) -> Vec<(f64, String)> {
        let stride = (decades / count.max(1.0)).ceil().max(1.0) as i32;
        let (first, last) = (libm::log10(self.low).ceil() as i32, libm::log10(self.high).floor() as i32);
        let tick = |k: i32| (libm::pow(10.0, f64::from(k)), power(k));
        (first..=last).filter(|k| k.rem_euclid(stride) == 0).map(tick).collect()
    }
}

/// 10^k as it is written.
fn power(k: i32) -> String {
    match k {
        -2..=3 => number(libm::pow(10.0, f64::from(k))),
        _ => format!("10^{{{k}}}").replace('-', "−"),
    }
}

/// A number to four digits, with a real minus sign, in powers of ten where it is large or small.
#[must_use]
pub fn number(value: f64) -> String {
    let rounded: f64 = format!("{value:.3e}").parse().unwrap_or(value);
    let size = rounded.abs();
    let text = if size == 0.0 || (1e-3..1e5).contains(&size) {
        format!("{rounded}")
    } else {
        let text = format!("{rounded:e}");
        let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        if digits == "1" { format!("10^{{{exponent}}}") } else { format!("{digits}·10^{{{exponent}}}") }
    };
    text.replace('-', "−")
}

impl Ranged for Axis {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, (begin, end): (i32, i32)) -> i32 {
        begin + (self.share(*value) * f64::from(end - begin)).round() as i32
    }

    fn key_points<Hint: KeyPointHint>(&self, hint: Hint) -> Vec<f64> {
        self.ticks(hint.max_num_points() as f64).into_iter().map(|(value, _)| value).collect()
    }

    fn range(&self) -> Range<f64> {
        self.low..self.high
    }
}

/// The name of coordinate `index`, counted from 0, with its number lowered.
pub(super) fn coordinate(loss: &LossSpec, index: usize) -> String {
    let name = loss.coordinate(index);
    match name.strip_prefix('x') {
        Some(number) if !number.is_empty() => format!("x_{{{number}}}"),
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round() {
        let labels = |axis: Axis| axis.ticks(5.0).into_iter().map(|(_, label)| label).collect::<Vec<_>>();
        assert_eq!(labels(Axis::linear(-0.1, 1.05)), ["0", "0.5", "1"]);
        assert_eq!(labels(Axis::log(1.0, 1e5)), ["1", "10", "100", "1000", "10^{4}", "10^{5}"]);
        assert_eq!(labels(Axis::log(2.0, 9.0)), ["2", "4", "6", "8"]);
        assert_eq!(labels(Axis::linear(-3.88025, -3.87985)), ["−3.8802", "−3.8801", "−3.8800", "−3.8799"]);
        assert_eq!(labels(Axis::linear(98_000.0, 100_100.0)), ["98000", "98500", "99000", "99500", "10^{5}"]);
    }

    #[test]
    fn numbers_are_written_as_in_print() {
        assert_eq!(number(-0.25), "−0.25");
        assert_eq!(number(2e-7), "2·10^{−7}");
        assert_eq!(number(0.300_000_000_000_04), "0.3");
    }
}
