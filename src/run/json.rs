//! Reading JSON: errors name the field and repeat little of the text.

use serde::Deserialize;
use serde_path_to_error::Segment;

use crate::loss::{Field, Refusal, quoted};

/// A text without white space at its beginning and the mark that some editors put there (U+FEFF).
#[must_use]
pub fn without_mark(text: &str) -> &str {
    text.trim_start_matches(|c: char| c == '\u{feff}' || c.is_whitespace())
}

/// Reads an object from JSON; errors name the field. Everything is read in this one way: each would be code of its own.
///
/// # Errors
/// What the text says cannot be taken.
pub fn read_json<T: for<'de> Deserialize<'de>>(text: &str) -> Result<T, Refusal> {
    let text = without_mark(text);
    if !text.starts_with('{') {
        return Err(Refusal::new(Field::default(), "must be a JSON object in braces"));
    }
    let mut reader = serde_json::Deserializer::from_str(text);
    let value: T = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let cause = in_short(&error.inner().to_string());
        Refusal::new(field_of(error.path()), format!("cannot be read: {cause}"))
    })?;
    reader.end().map_err(|error| Refusal::new(Field::default(), format!("cannot be read: {error}")))?;
    Ok(value)
}

fn field_of(path: &serde_path_to_error::Path) -> Field {
    path.iter().fold(Field::default(), |field, segment| match segment {
        Segment::Seq { index } => field.index(*index),
        Segment::Map { key } => field.name(key),
        Segment::Enum { variant } => field.name(variant),
        // Where the text breaks off between two fields.
        Segment::Unknown => field,
    })
}

/// serde's sentence with what it repeats of the text cut short. That stands before what was expected.
fn in_short(sentence: &str) -> String {
    let given = || {
        let begin = sentence.find(['`', '"'])? + 1;
        let end = ["`, expected ", "\", expected "].iter().filter_map(|mark| sentence.rfind(mark)).max()?;
        (begin < end).then_some((begin, end))
    };
    match given() {
        Some((begin, end)) => format!("{}{}{}", &sentence[..begin], quoted(&sentence[begin..end]), &sentence[end..]),
        None => sentence.to_owned(),
    }
}
