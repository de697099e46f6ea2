//! Marks and labels of the curves' axes.

use egui_plot::{GridInput, GridMark};

use crate::app::fields::{number_text, three_digits};
use crate::app::transport::grouped;
use crate::field::round_step;

/// Marks of a logarithmic axis with room for about `labels` labels, at exponents: every n-th power of ten, and 2 … 9
/// times it where there is room.
pub fn log_marks(input: &GridInput, labels: f64) -> Vec<GridMark> {
    let (low, high) = input.bounds;
    let span = high - low;
    if !(span.is_finite() && span < 1e4) {
        return Vec::new();
    }
    // A label's height is about four of the plot's smallest grid steps.
    let apart = (4.0 * input.base_step_size).max(span / labels);
    let stride = [1, 2, 5, 10, 20, 50, 100].into_iter().find(|&n| f64::from(n) >= apart).unwrap_or(200);
    if span < 0.7 {
        return round_marks(low, high);
    }
    let mut marks = Vec::new();
    for k in low.floor() as i64 - 1..=high.ceil() as i64 {
        let major = k.rem_euclid(i64::from(stride)) == 0;
        if major {
            marks.push(GridMark { value: k as f64, step_size: f64::from(stride) });
        }
        if stride == 1 && span < 4.0 {
            let minor = |m: u8| GridMark { value: k as f64 + f64::from(m).log10(), step_size: 0.2 };
            marks.extend((2..10).map(minor));
        }
    }
    marks.retain(|mark| (low..=high).contains(&mark.value));
    marks
}

/// Marks at about six round values between 10^`low` and 10^`high`, for an axis shorter than a decade.
fn round_marks(low: f64, high: f64) -> Vec<GridMark> {
    let (from, to) = (10f64.powf(low), 10f64.powf(high));
    let step = round_step((to - from) / 6.0);
    let (first, last) = ((from / step).ceil() as i64, (to / step).floor() as i64);
    (first..=last).map(|n| GridMark { value: (n as f64 * step).log10(), step_size: 1.0 }).collect()
}

/// About five marks of a linear step axis, at round steps.
pub fn step_marks(input: &GridInput) -> Vec<GridMark> {
    let (low, high) = input.bounds;
    let span = high - low;
    if !(span.is_finite() && span > 0.0) {
        return Vec::new();
    }
    let step = round_step(span / 5.0).max(1.0);
    let (first, last) = ((low / step).ceil() as i64, (high / step).floor() as i64);
    (first.max(0)..=last).map(|n| GridMark { value: n as f64 * step, step_size: step }).collect()
}

/// A step's label.
pub fn step_label(mark: GridMark, log: bool) -> String {
    if log {
        return if mark.step_size >= 1.0 { number_text(three_digits(10f64.powf(mark.value))) } else { String::new() };
    }
    if mark.value < 0.0 { String::new() } else { grouped(mark.value.round() as u64) }
}

/// A value's label; on a logarithmic axis of few decades also 2 and 5 times the powers.
pub fn value_label(mark: GridMark, log: bool, span: f64) -> String {
    if !log {
        return number_text(three_digits(mark.value));
    }
    let value = three_digits(10f64.powf(mark.value));
    let digit = (value / 10f64.powf(value.log10().floor())).round();
    let wanted = mark.step_size >= 1.0 || (span < 2.2 && [2.0, 5.0].contains(&digit));
    if wanted { number_text(value) } else { String::new() }
}
