//! Numbers as a person reads them. Files (JSON, CSV) have all digits.

/// The powers of ten of numbers that are written without one.
const PLAIN: std::ops::Range<i32> = -3..5;

/// A number to so many significant digits, at least 1: `0.3`, `−12.5`, `3.4e21`, `2e−7`. One that is not finite is `∞`,
/// `−∞` or `–`.
#[must_use]
pub fn number(value: f64, digits: usize) -> String {
    if value.is_nan() {
        return "–".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "∞" } else { "−∞" }.to_owned();
    }
    // Minus zero becomes zero.
    let scientific = format!("{:.*e}", digits - 1, value + 0.0);
    // Read apart: what is rounded up may be too large for an f64.
    let read = |text: &str| text.parse::<f64>().unwrap_or(value);
    let text = match scientific.split_once('e') {
        Some((mantissa, exponent)) if exponent.parse().is_ok_and(|exponent: i32| !PLAIN.contains(&exponent)) => {
            format!("{}e{exponent}", read(mantissa))
        }
        _ => format!("{}", read(&scientific)),
    };
    text.replace('-', "−")
}

/// Five significant digits: no number needs more to be read.
#[must_use]
pub fn short(value: f64) -> String {
    number(value, 5)
}

/// Three significant digits: enough inside a sentence and beside a mark.
#[must_use]
pub fn brief(value: f64) -> String {
    number(value, 3)
}

/// A value rounded to so many significant digits, at least 1.
#[must_use]
pub fn rounded(value: f64, digits: usize) -> f64 {
    format!("{value:.*e}", digits - 1).parse().unwrap_or(value)
}

/// A coordinate: two decimals, so that those of a moving point don't jump; [`short`] where they would be more than five digits.
#[must_use]
pub fn coordinate(value: f64) -> String {
    if value.abs() >= 999.995 || !value.is_finite() {
        return short(value);
    }
    let text = format!("{value:.2}");
    if text == "-0.00" { "0.00".to_owned() } else { text.replace('-', "−") }
}

/// The shortest text that reads back to the same number: for what was given, and for what can be edited.
#[must_use]
pub fn exact(value: f64) -> String {
    let size = value.abs();
    if size == 0.0 || (1e-4..1e7).contains(&size) { format!("{value}") } else { format!("{value:e}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_few_digits_whatever_their_size() {
        let cases: [(f64, &str); 14] = [
            (3_402_734_487_429_612_306_432.0, "3.4027e21"),
            (0.300_000_000_000_000_04, "0.3"),
            (-1.25, "−1.25"),
            (-0.0, "0"),
            (2e-7, "2e−7"),
            (5e-324, "4.9407e−324"),
            (f64::MAX, "1.7977e308"),
            (f64::MIN, "−1.7977e308"),
            (99_999.4, "99999"),
            (99_999.6, "1e5"),
            (0.001, "0.001"),
            (9.999_999e-4, "0.001"),
            (f64::NAN, "–"),
            (f64::NEG_INFINITY, "−∞"),
        ];
        for (value, text) in cases {
            assert_eq!(short(value), text, "{value:e}");
        }
        assert_eq!(
            ["ρ/η = 10".to_owned(), brief(2.401), brief(1234.5)],
            ["ρ/η = 10", "2.4", "1230"].map(str::to_owned)
        );
        for exponent in -323..=308 {
            for mantissa in ["-9.87654321", "1.0000001", "3.3333333333"] {
                let value: f64 = format!("{mantissa}e{exponent}").parse().expect("a number");
                if value.is_infinite() {
                    continue;
                }
                let text = short(value);
                let digits = text.split('e').next().unwrap_or_default().chars().filter(char::is_ascii_digit).count();
                assert!(digits <= 8 && text.chars().count() <= 12, "{text}");
                let read: f64 = text.replace('−', "-").parse().expect("a number");
                assert!((read - value).abs() <= 5.1e-5 * value.abs(), "{text} for {value:e}");
            }
        }
    }

    #[test]
    fn coordinates_keep_their_decimals_while_they_are_short() {
        let texts = [0.5, -0.001, -12.345, 999.994, 999.996, -1e30, f64::INFINITY].map(coordinate);
        assert_eq!(texts, ["0.50", "0.00", "−12.35", "999.99", "1000", "−1e30", "∞"]);
    }

    #[test]
    fn exact_texts_read_back() {
        for value in [0.0, 1e6, -0.1, 1e300, 1.0 / 3.0, 5e-324, 12_345_678.9] {
            let text = exact(value);
            assert_eq!(text.parse(), Ok(value), "{text}");
            assert!(text.len() <= 24, "{text}");
        }
    }
}
