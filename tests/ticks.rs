//! The labels along every axis, of figures and of the window: 3 to 8 round values, whatever is shown at whatever size.

use proptest::prelude::*;
use samscope::field::ticks;

fn check(range: [f64; 2], log: bool, room: f64) -> Result<(), TestCaseError> {
    let ticks = ticks(range, log, room);
    let what = format!("{range:?}, log {log}, room {room}: {ticks:?}");
    prop_assert!((3..=8).contains(&ticks.len()), "{}", what);
    prop_assert!(ticks.iter().all(|(value, _)| (range[0]..=range[1]).contains(value)), "{}", what);
    prop_assert!(ticks.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 != pair[1].1), "{}", what);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn a_linear_axis_has_three_to_eight(
        middle in -1.0..1.0_f64, size in -200..200_i32, span in -7.0..1.0_f64, room in 0.0..40.0_f64,
    ) {
        let unit = 10_f64.powi(size);
        let half = 0.5 * 10_f64.powf(span) * unit;
        check([middle * unit - half, middle * unit + half], false, room)?;
    }

    #[test]
    fn a_logarithmic_axis_has_three_to_eight(
        low in -280.0..200.0_f64, decades in -6.0..2.5_f64, room in 0.0..40.0_f64,
    ) {
        let high = (low + 10_f64.powf(decades)).min(300.0);
        check([10_f64.powf(low), 10_f64.powf(high)], true, room)?;
    }
}

#[test]
fn an_empty_range_has_none() {
    for range in [[1.0, 1.0], [2.0, 1.0], [f64::NAN, 1.0], [0.0, f64::INFINITY]] {
        assert!(ticks(range, false, 5.0).is_empty(), "{range:?}");
    }
    assert!(ticks([0.0, 1.0], true, 5.0).is_empty(), "no logarithm");
}
