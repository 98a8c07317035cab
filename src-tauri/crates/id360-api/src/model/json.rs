//! Reading JSON that is almost JSON.

mod tree;

use std::borrow::Cow;
use std::marker::PhantomData;

use serde::de::DeserializeSeed;
use serde_json::{Map, Number, Value};

use tree::LeftOut;
pub use tree::{Node, Object, Shape};

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

/// The text of a document; a byte-order mark and bytes that are not UTF-8 are put up with.
pub fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    let bytes = without_mark(bytes);
    match str::from_utf8(bytes) {
        Ok(text) => text.into(),
        Err(_) => String::from_utf8_lossy(bytes),
    }
}

/// Reads an object, as [`text_of`] has it.
pub fn object(bytes: &[u8]) -> Result<Map<String, Value>, Unreadable> {
    match read(&text_of(bytes), PhantomData::<Value>)? {
        Value::Object(object) => Ok(object),
        _ => Err(no_object()),
    }
}

/// Whether [`object`] would read it.
pub fn check_object(bytes: &[u8]) -> Result<(), Unreadable> {
    let text = text_of(bytes);
    read(&text, PhantomData::<LeftOut>)?;
    if text.trim_start().starts_with('{') {
        Ok(())
    } else {
        Err(no_object())
    }
}

/// What the shape keeps of an object, borrowing from the text.
pub fn borrowed<'a>(text: &'a str, shape: &Shape) -> Result<Object<'a>, Unreadable> {
    match read(text, shape)? {
        Node::Object(object) => Ok(object),
        _ => Err(no_object()),
    }
}

fn no_object() -> Unreadable {
    Unreadable::Other(ReadError::new("$", "not an object"))
}

fn read<'a, S: DeserializeSeed<'a>>(text: &'a str, seed: S) -> Result<S::Value, Unreadable> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let read = seed
        .deserialize(&mut deserializer)
        .and_then(|value| deserializer.end().map(|()| value));
    read.map_err(|error| {
        if error.is_eof() && text.trim_start().starts_with('{') {
            return Unreadable::Cut;
        }
        // The words of serde_json may quote the document; its position does not.
        let (line, column) = (error.line(), error.column());
        let place = format!("not JSON at line {line} column {column}");
        Unreadable::Other(ReadError::new("$", place))
    })
}

pub fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}

/// What is not a list nor an object, whichever tree it stands in.
pub enum Scalar<'v> {
    Bool(bool),
    Number(&'v Number),
    Text(&'v str),
    Neither,
}

impl<'v> From<&'v Value> for Scalar<'v> {
    fn from(value: &'v Value) -> Self {
        match value {
            Value::Bool(value) => Self::Bool(*value),
            Value::Number(number) => Self::Number(number),
            Value::String(text) => Self::Text(text),
            _ => Self::Neither,
        }
    }
}

impl<'v> From<&'v Node<'_>> for Scalar<'v> {
    fn from(node: &'v Node<'_>) -> Self {
        match node {
            Node::Bool(value) => Self::Bool(*value),
            Node::Number(number) => Self::Number(number),
            Node::Text(text) => Self::Text(text),
            _ => Self::Neither,
        }
    }
}

/// A number, or a string that holds one (facts §J.3).
pub fn integer<'v>(value: impl Into<Scalar<'v>>) -> Option<i64> {
    match value.into() {
        Scalar::Number(number) => number.as_i64().or_else(|| {
            // 900042.0 is an integer that passed through a float.
            let float = number.as_f64()?;
            (float.fract() == 0.0 && float.abs() < 9.0e15).then_some(float as i64)
        }),
        Scalar::Text(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// A text, or a number written as one; anything else counts as missing.
pub fn text<'v>(value: impl Into<Scalar<'v>>) -> Option<String> {
    match value.into() {
        Scalar::Text(text) => Some(text.to_owned()),
        Scalar::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A truth value, or a text that says one.
pub fn boolean<'v>(value: impl Into<Scalar<'v>>) -> Option<bool> {
    match value.into() {
        Scalar::Bool(value) => Some(value),
        Scalar::Text(text) if text.eq_ignore_ascii_case("true") => Some(true),
        Scalar::Text(text) if text.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}
