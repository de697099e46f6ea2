//! The levels of a contour map: round numbers on a linear scale, equal ratios on a logarithmic one.

use super::Grid;
use crate::run::Scale;

/// Ascending level values that cut a field's range into bands.
#[derive(Clone, Debug, PartialEq)]
pub struct Levels {
    /// The values, ascending, at least one.
    pub values: Vec<f64>,
    /// Where a logarithmic scale has its zero: the field's least value. 0 on a linear scale.
    pub origin: f64,
}

/// About how many levels a linear scale has.
const LINEAR_LEVELS: f64 = 14.0;
/// How far below the top a logarithmic scale reaches.
const DECADES: i32 = 6;

/// From `libm`, so that figures have the same bits on every target.
fn power_of_ten(exponent: f64) -> f64 {
    libm::pow(10.0, exponent)
}

/// The least of 1, 2, 5 times a power of ten that is not below `raw` > 0.
fn round_step(raw: f64) -> f64 {
    let decade = power_of_ten(libm::log10(raw).floor());
    decade * [1.0, 2.0, 5.0, 10.0].into_iter().find(|m| m * decade >= raw).unwrap_or(10.0)
}

impl Levels {
    /// The scale for values of which nothing else is known: logarithmic where they are above 0 and span decades.
    #[must_use]
    pub fn fitting(grid: &Grid) -> Scale {
        let finite = || grid.values.iter().copied().filter(|value| value.is_finite());
        let (low, high) = (finite().fold(f64::INFINITY, f64::min), finite().fold(0.0, f64::max));
        if low >= 0.0 && low < 0.01 * high { Scale::Log } else { Scale::Linear }
    }

    /// Levels for the finite values of `grid`, whose largest few per cent do not count: a steep rim
    /// would otherwise take all the colours.
    #[must_use]
    pub fn of(grid: &Grid, scale: Scale) -> Self {
        let mut values: Vec<f64> = grid.values.iter().copied().filter(|value| value.is_finite()).collect();
        if values.is_empty() {
            return Self { values: vec![0.0], origin: 0.0 };
        }
        let high_index = (values.len() - 1) * 49 / 50;
        let high = *values.select_nth_unstable_by(high_index, f64::total_cmp).1;
        let low = values.iter().copied().fold(f64::INFINITY, f64::min);
        match scale {
            Scale::Linear => Self::linear(low, high),
            Scale::Log => Self::log(low, high),
        }
    }

    /// Multiples of 1, 2 or 5 times a power of ten between `low` and `high`.
    fn linear(low: f64, high: f64) -> Self {
        let span = high - low;
        if span <= 1e-12 * high.abs().max(low.abs()) {
            return Self { values: vec![low], origin: 0.0 };
        }
        let step = round_step(span / LINEAR_LEVELS);
        let first = (low / step).floor() as i64 + 1;
        let last = (high / step).floor() as i64;
        let values: Vec<f64> = (first..=last).map(|k| k as f64 * step).collect();
        Self { values: if values.is_empty() { vec![low] } else { values }, origin: 0.0 }
    }

    /// 1, 2 and 5 times powers of ten above the least value: `origin` + those.
    fn log(low: f64, high: f64) -> Self {
        // A loss that is positive with a small minimum on this grid has its zero at 0, not there.
        let origin = if low >= 0.0 && low < 0.1 * high { 0.0 } else { low };
        let span = high - origin;
        if span <= 1e-12 * high.abs().max(low.abs()) {
            return Self { values: vec![low], origin };
        }
        let top = libm::log10(span).floor() as i32;
        let values = (top - DECADES..=top)
            .flat_map(|k| [1.0, 2.0, 5.0].map(|m| m * power_of_ten(f64::from(k))))
            .filter(|&value| value <= span && value > (low - origin) * 0.5)
            .map(|value| origin + value)
            .collect::<Vec<_>>();
        Self { values: if values.is_empty() { vec![low] } else { values }, origin }
    }

    /// The band of a value: 0 below the first level, `values.len()` above the last.
    #[must_use]
    pub fn band(&self, value: f64) -> usize {
        self.values.partition_point(|&level| level <= value)
    }

    /// The number of bands.
    #[must_use]
    pub fn bands(&self) -> usize {
        self.values.len() + 1
    }

    /// A value's place among the bands, 0 … 1, the same for all values of one band.
    #[must_use]
    pub fn shade(&self, value: f64) -> f64 {
        if self.values.len() < 2 {
            return 0.5;
        }
        self.band(value) as f64 / (self.bands() - 1) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn linear_levels_are_round_and_log_levels_have_equal_ratios() {
        let levels = Levels::linear(0.3, 14.2);
        assert_eq!(levels.values.first(), Some(&1.0));
        assert_eq!(levels.values.last(), Some(&14.0));
        let levels = Levels::log(0.0, 150.0);
        assert_eq!(levels.values.last(), Some(&100.0));
        assert_eq!(levels.band(3.0), levels.values.iter().filter(|&&v| v <= 3.0).count());
    }

    #[test]
    fn constant_and_empty_fields_have_one_level() {
        let constant = Grid::filled(3, 3, [0.0, 1.0, 0.0, 1.0], |_, _| 2.5);
        assert_eq!(Levels::of(&constant, Scale::Log).values, [2.5]);
        assert_eq!(Levels::of(&Grid::new(3, 3, [0.0, 1.0, 0.0, 1.0]), Scale::Linear).values, [0.0]);
    }
}
