//! Permalinks: a scenario as the fragment of an address, `v1.<base64url(deflate(JSON))>`.
//!
//! The JSON holds what differs from the default scenario, so that a link is short and stays valid when fields are added.
//! Deflate is in its zlib wrapping (RFC 1950): its checksum tells a damaged link from another scenario.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use miniz_oxide::deflate::compress_to_vec_zlib;
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_zlib_with_limit};
use serde_json::{Map, Value};

use super::Scenario;
use super::json::read_json;
use crate::loss::{LossSpec, Refusal};

/// The longest link that is read, in bytes: that of any scenario that is valid.
pub const TEXT_MAX: usize = 3 << 20;
/// The longest JSON text that a link may hold, in bytes: 64 typed samples of 10 000 letters with their parameters.
pub const JSON_MAX: usize = 1 << 21;

/// Strong compression: links are made once and read by people.
const LEVEL: u8 = 9;

/// Why a link cannot be read.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum LinkError {
    /// There is no `v1.` in it.
    #[error("this is not a samscope link: after the # it must begin with v1., as in #v1.eJy…")]
    Foreign,
    /// It has a higher version.
    #[error("this link was made by a newer version of samscope (its format is v{0}, this samscope reads up to v1)")]
    Newer(u64),
    /// It is longer than [`TEXT_MAX`] or holds more than [`JSON_MAX`].
    #[error("this link is too long: at most {TEXT_MAX} characters with {JSON_MAX} bytes of settings are read")]
    TooLong,
    /// It was cut off or changed on its way.
    #[error("this link is damaged: some of its characters were lost or changed on the way; copy the whole link again")]
    Damaged,
    /// What it holds is not a valid scenario.
    #[error("this link holds a scenario that cannot be used: {0}")]
    Scenario(#[from] Refusal),
}

impl Scenario {
    /// The permalink's fragment, without `#`.
    ///
    /// # Panics
    /// A scenario always has a JSON form.
    #[must_use]
    pub fn to_link(&self) -> String {
        let json = self.differences().to_string();
        format!("v1.{}", BASE64_URL_SAFE_NO_PAD.encode(compress_to_vec_zlib(json.as_bytes(), LEVEL)))
    }

    /// Reads a permalink: a whole address, `#v1.…` or `v1.…`. The scenario is complete and checked.
    ///
    /// # Errors
    /// It is no link, a damaged one, too long, of a newer version, or its scenario is refused.
    pub fn from_link(text: &str) -> Result<Self, LinkError> {
        let json = json_of(text)?;
        Ok(read_json::<Self>(&json)?.resolved()?)
    }

    /// What differs from the default scenario. A loss's parameters are compared with that loss's own.
    fn differences(&self) -> Value {
        let mut base = json_value(&Self::default());
        if let Some(own) = self.loss.info().and_then(|info| LossSpec::new(info.id).resolved().ok()) {
            base["loss"]["params"] = json_value(own.params());
        }
        difference(&json_value(self), &base).unwrap_or_else(|| Value::Object(Map::new()))
    }
}

fn json_value<T: serde::Serialize>(value: &T) -> Value {
    match serde_json::to_value(value) {
        Ok(value) => value,
        Err(error) => unreachable!("a scenario has no map with other keys than texts: {error}"),
    }
}

/// What of `value` has to be said where `base` is understood; `None` where nothing has.
fn difference(value: &Value, base: &Value) -> Option<Value> {
    match (value, base) {
        (Value::Object(fields), Value::Object(base)) => {
            let differing = fields.iter().filter_map(|(name, value)| {
                let value = base.get(name).map_or_else(|| Some(value.clone()), |base| difference(value, base))?;
                Some((name.clone(), value))
            });
            let differing: Map<_, _> = differing.collect();
            (!differing.is_empty()).then_some(Value::Object(differing))
        }
        // As texts: two zeros of different sign are equal as numbers.
        (value, base) if same_text(value, base) => None,
        // A list is said whole, but each of its objects only where it differs from the default one.
        (Value::Array(items), Value::Array(base)) if base.first().is_some_and(Value::is_object) => {
            let item = |item| difference(item, &base[0]).unwrap_or_else(|| Value::Object(Map::new()));
            Some(Value::Array(items.iter().map(item).collect()))
        }
        (value, _) => Some(value.clone()),
    }
}

fn same_text(a: &Value, b: &Value) -> bool {
    let (a, b) = (a.to_string(), b.to_string());
    a == b
}

/// The JSON text in a link.
fn json_of(text: &str) -> Result<String, LinkError> {
    if text.len() > TEXT_MAX {
        return Err(LinkError::TooLong);
    }
    let text = tidy(text);
    let (_, fragment) = text.split_once('#').unwrap_or(("", &text));
    let (version, body) = fragment.split_once('.').ok_or(LinkError::Foreign)?;
    match version.strip_prefix('v').and_then(|number| number.parse().ok()) {
        Some(1) => {}
        Some(number @ 2..) => return Err(LinkError::Newer(number)),
        _ => return Err(LinkError::Foreign),
    }
    // What follows a link in a sentence, and the padding that some add.
    let body = body.trim_end_matches(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'));
    let packed = BASE64_URL_SAFE_NO_PAD.decode(body).map_err(|_| LinkError::Damaged)?;
    let json = decompress_to_vec_zlib_with_limit(&packed, JSON_MAX).map_err(|error| match error.status {
        TINFLStatus::HasMoreOutput => LinkError::TooLong,
        _ => LinkError::Damaged,
    })?;
    String::from_utf8(json).map_err(|_| LinkError::Damaged)
}

/// Without white space, which mail programs put where they break a line, and with %23 and the like decoded.
fn tidy(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let mut parts = text.split('%');
    let mut tidy = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let code = part.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok()).filter(u8::is_ascii);
        if let Some(code) = code {
            tidy.push(char::from(code));
            tidy.push_str(&part[2..]);
        } else {
            tidy.push('%');
            tidy.push_str(part);
        }
    }
    tidy
}
