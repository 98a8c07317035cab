//! Reading JSON that is almost JSON.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::error::ReadError;

/// Why bytes are not a JSON object.
#[derive(Debug)]
pub enum Unreadable {
    /// The bytes end inside the document.
    Cut,
    Other(ReadError),
}

impl From<Unreadable> for ReadError {
    fn from(error: Unreadable) -> Self {
        match error {
            Unreadable::Cut => ReadError::new("$", "the document ends too early"),
            Unreadable::Other(error) => error,
        }
    }
}

/// Reads an object; a byte-order mark and bytes that are not UTF-8 are put up with.
pub fn object(bytes: &[u8]) -> Result<Map<String, Value>, Unreadable> {
    let bytes = without_mark(bytes);
    let text: Cow<'_, str> = String::from_utf8_lossy(bytes);
    match serde_json::from_str::<Value>(&text) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(Unreadable::Other(ReadError::new("$", "not an object"))),
        Err(error) if error.is_eof() && text.trim_start().starts_with('{') => Err(Unreadable::Cut),
        Err(error) => Err(Unreadable::Other(ReadError::new(
            "$",
            // The words of serde_json may quote the document; its position does not.
            format!(
                "not JSON at line {} column {}",
                error.line(),
                error.column()
            ),
        ))),
    }
}

pub fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}

/// A number, or a string that holds one (facts §J.3).
pub fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64().or_else(|| {
            // 900042.0 is an integer that passed through a float.
            let float = number.as_f64()?;
            (float.fract() == 0.0 && float.abs() < 9.0e15).then_some(float as i64)
        }),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// A text, or a number written as one; anything else counts as missing.
pub fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A truth value, or a text that says one.
pub fn boolean(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(value) => Some(*value),
        Value::String(text) if text.eq_ignore_ascii_case("true") => Some(true),
        Value::String(text) if text.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}
