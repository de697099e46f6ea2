//! Comparing JSON documents whose numbers must agree to the last bit.

use serde_json::Value;

/// Where and how two documents differ first, numbers compared by the bits of their f64; none when they don't.
pub fn first_difference(left: &Value, right: &Value) -> Option<String> {
    difference_at("$", left, right)
}

fn difference_at(path: &str, left: &Value, right: &Value) -> Option<String> {
    match (left, right) {
        (Value::Number(a), Value::Number(b)) => {
            let same = a.as_f64().map(f64::to_bits) == b.as_f64().map(f64::to_bits);
            (!same).then(|| format!("{path}: {a} and {b}"))
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            let mut pairs = a.iter().zip(b).enumerate();
            pairs.find_map(|(index, (a, b))| difference_at(&format!("{path}[{index}]"), a, b))
        }
        (Value::Object(a), Value::Object(b)) if a.keys().eq(b.keys()) => {
            let mut pairs = a.iter().zip(b.values());
            pairs.find_map(|((key, a), b)| difference_at(&format!("{path}.{key}"), a, b))
        }
        _ => (left != right).then(|| format!("{path}: {} and {}", shorten(left), shorten(right))),
    }
}

fn shorten(value: &Value) -> String {
    let text = match value {
        Value::Object(fields) => format!("an object of {:?}", fields.keys().collect::<Vec<_>>()),
        Value::Array(items) => format!("an array of {}", items.len()),
        other => other.to_string(),
    };
    text.chars().take(200).collect()
}

/// Removes a field wherever it occurs.
pub fn drop_field(value: &mut Value, field: &str) {
    match value {
        Value::Object(fields) => {
            fields.remove(field);
            fields.values_mut().for_each(|value| drop_field(value, field));
        }
        Value::Array(items) => items.iter_mut().for_each(|value| drop_field(value, field)),
        _ => {}
    }
}

/// Undoes [`KEEP_NEGATIVE_ZERO`].
pub fn restore_negative_zero(value: &mut Value) {
    match value {
        Value::String(text) if text == "-0" => *value = Value::from(-0.0),
        Value::Object(fields) => fields.values_mut().for_each(restore_negative_zero),
        Value::Array(items) => items.iter_mut().for_each(restore_negative_zero),
        _ => {}
    }
}

/// A replacer for JavaScript's `JSON.stringify`, which would otherwise write −0 as 0.
pub const KEEP_NEGATIVE_ZERO: &str = "(key, value) => Object.is(value, -0) ? '-0' : value";

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_are_compared_by_their_bits() {
        assert_eq!(first_difference(&json!({"a": [1, 2.5]}), &json!({"a": [1.0, 2.5]})), None);
        let difference = first_difference(&json!({"a": [1, 0.0]}), &json!({"a": [1, -0.0]}));
        assert_eq!(difference.as_deref(), Some("$.a[1]: 0.0 and -0.0"));
        assert!(first_difference(&json!([0.1]), &json!([0.100_000_000_000_000_02])).is_some());
    }

    #[test]
    fn missing_fields_and_items_are_differences() {
        assert!(first_difference(&json!({"a": 1}), &json!({"b": 1})).is_some());
        assert!(first_difference(&json!([1]), &json!([1, 2])).is_some());
    }

    #[test]
    fn the_sign_of_zero_survives_javascript() {
        let mut value = json!({"x": [1, "-0"]});
        restore_negative_zero(&mut value);
        assert_eq!(first_difference(&value, &json!({"x": [1, -0.0]})), None);
    }

    #[test]
    fn a_field_is_dropped_everywhere() {
        let mut value = json!({"runs": [{"elapsed_s": 1, "x": 2}], "elapsed_s": 3});
        drop_field(&mut value, "elapsed_s");
        assert_eq!(value, json!({"runs": [{"x": 2}]}));
    }
}
