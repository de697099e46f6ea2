//! Which iterates of a run are kept: a word or a number in JSON.

use std::fmt;

use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Which iterates of a run are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Recording {
    /// None but the last (`"none"`).
    #[default]
    None,
    /// At most this many, in pairs of consecutive steps (a number).
    Points(usize),
    /// Every one (`"all"`).
    All,
}

impl Serialize for Recording {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::None => serializer.serialize_str("none"),
            Self::All => serializer.serialize_str("all"),
            Self::Points(n) => serializer.serialize_u64(*n as u64),
        }
    }
}

impl<'de> Deserialize<'de> for Recording {
    fn deserialize<De: Deserializer<'de>>(deserializer: De) -> Result<Self, De::Error> {
        deserializer.deserialize_any(RecordingVisitor)
    }
}

struct RecordingVisitor;

impl Visitor<'_> for RecordingVisitor {
    type Value = Recording;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("\"none\", \"all\" or a whole number of points")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Recording, E> {
        match text {
            "none" => Ok(Recording::None),
            "all" => Ok(Recording::All),
            _ => Err(E::invalid_value(de::Unexpected::Str(text), &self)),
        }
    }

    fn visit_u64<E: de::Error>(self, n: u64) -> Result<Recording, E> {
        Ok(Recording::Points(usize::try_from(n).unwrap_or(usize::MAX)))
    }
}
