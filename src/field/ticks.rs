//! The labels along an axis: 3 to 8 round values, whatever it shows and however small it is.

use crate::loss;

/// How many labels an axis has.
const COUNTS: std::ops::RangeInclusive<usize> = 3..=8;

/// Round values from `low` to `high`, ascending, with their labels: as many as there is room for, but 3 at least and 8 at
/// most. A label's `^{…}` is raised. Empty for an empty range, or one whose ends differ by rounding only; a logarithmic axis
/// is of values above 0.
#[must_use]
pub fn ticks([low, high]: [f64; 2], log: bool, room: f64) -> Vec<(f64, String)> {
    let size = low.abs().max(high.abs());
    if !(size.is_finite() && high - low > 1e-9 * size && (!log || low > 0.0)) {
        return Vec::new();
    }
    let in_ratios = if log { fitting(powers(low, high), room) } else { None };
    let Some(values) = in_ratios.or_else(|| fitting(multiples(low, high), room)) else { return Vec::new() };
    // As many digits as tell neighbours apart.
    let apart = values.windows(2).map(|pair| (pair[1] - pair[0]) / pair[1].abs().max(pair[0].abs()));
    let digits = (-libm::log10(apart.fold(1.0, f64::min)) - 1e-6).ceil().max(3.0) as usize;
    values.into_iter().map(|value| (value, label(value, digits, log))).collect()
}

/// The list with the most values that there is room for, else the shortest one that is long enough.
fn fitting(lists: Vec<Vec<f64>>, room: f64) -> Option<Vec<f64>> {
    let excess = |values: &Vec<f64>| match values.len() as f64 - room {
        over if over > 0.0 => 10.0 + over,
        under => -under,
    };
    lists.into_iter().filter(|values| COUNTS.contains(&values.len())).min_by(|a, b| excess(a).total_cmp(&excess(b)))
}

/// digit·10^k, to the last bit what is written so.
fn scaled(digit: f64, k: i32) -> f64 {
    let power = libm::pow(10.0, f64::from(k.abs()));
    if k < 0 && power.is_finite() { digit / power } else { digit * libm::pow(10.0, f64::from(k)) }
}

/// Multiples of 5, 2 and 1 times powers of ten, ever finer. Of two neighbouring steps the finer one is at least 2/5 of the
/// other: the coarsest that has 3 multiples in the range has 8 at most.
fn multiples(low: f64, high: f64) -> Vec<Vec<f64>> {
    let decade = libm::log10(high - low).floor() as i32;
    let multiples = |(digit, k): (f64, i32)| {
        let step = scaled(digit, k);
        let (first, last) = ((low / step).ceil(), (high / step).floor());
        let count = (last - first + 1.0).clamp(0.0, 10.0) as usize;
        let value = |i: usize| scaled((first + i as f64) * digit, k);
        (0..count).map(value).filter(|value| (low..=high).contains(value)).collect()
    };
    let steps = [decade, decade - 1].into_iter().flat_map(|k| [5.0, 2.0, 1.0].map(|digit| (digit, k)));
    steps.map(multiples).collect()
}

/// Powers of ten, ever nearer, then 1 and 3, then 1, 2 and 5 times those.
fn powers(low: f64, high: f64) -> Vec<Vec<f64>> {
    let (first, last) = (libm::log10(low).floor() as i32, libm::log10(high).ceil() as i32);
    let inside = |value: &f64| (low..=high).contains(value);
    let strided = |stride: i32| {
        (first..=last).filter(|k| k.rem_euclid(stride) == 0).map(|k| scaled(1.0, k)).filter(inside).collect()
    };
    let digits = |digits: &[f64]| {
        (first..=last).flat_map(|k| digits.iter().map(move |&digit| scaled(digit, k))).filter(inside).collect()
    };
    let strides = [200, 100, 50, 30, 20, 10, 5, 3, 2, 1];
    strides.into_iter().map(strided).chain([digits(&[1.0, 3.0]), digits(&[1.0, 2.0, 5.0])]).collect()
}

fn label(value: f64, digits: usize, log: bool) -> String {
    let exponent = libm::log10(value).round();
    if log && (value / libm::pow(10.0, exponent) - 1.0).abs() < 1e-9 && !(-2.0..=3.0).contains(&exponent) {
        return format!("10^{{{exponent}}}").replace('-', "−");
    }
    in_print(value, digits + 1)
}

/// A number to four digits as in print, in powers of ten where it is large or small; `^{…}` is raised.
#[must_use]
pub fn number(value: f64) -> String {
    in_print(value, 4)
}

fn in_print(value: f64, digits: usize) -> String {
    let text = loss::number(value, digits);
    match text.split_once('e') {
        Some(("1", exponent)) => format!("10^{{{exponent}}}"),
        Some((digits, exponent)) => format!("{digits}·10^{{{exponent}}}"),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round() {
        let labels = |range, log| ticks(range, log, 5.0).into_iter().map(|(_, label)| label).collect::<Vec<_>>();
        assert_eq!(labels([-0.1, 1.05], false), ["0", "0.5", "1"]);
        assert_eq!(labels([1.0, 1e4], true), ["1", "10", "100", "1000", "10^{4}"]);
        assert_eq!(labels([2.0, 9.0], true), ["2", "4", "6", "8"]);
        assert_eq!(labels([-3.88025, -3.87985], false), ["−3.8802", "−3.8801", "−3.88", "−3.8799"]);
        assert_eq!(labels([98_000.0, 99_900.0], false), ["98000", "98500", "99000", "99500"]);
        assert_eq!(labels([0.8, 1.3], true), ["0.8", "1", "1.2"]);
    }

    #[test]
    fn numbers_are_written_as_in_print() {
        assert_eq!(number(-0.25), "−0.25");
        assert_eq!(number(2e-7), "2·10^{−7}");
        assert_eq!(number(0.300_000_000_000_04), "0.3");
    }
}
