//! Status codes (facts §F.7). The list of codes is open.

use serde_json::{Map, Value};

use super::path;
use crate::model::json;

/// A code and ID360's explanation of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusCode {
    pub code: String,
    pub message: Option<String>,
}

/// A code of the whole dossier, and what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocatedCode {
    pub code: String,
    pub message: Option<String>,
    /// `ID360`, `validation`, a step name or an electronic method.
    pub where_: Option<String>,
    pub json_path: String,
}

impl StatusCode {
    fn read(value: &Value) -> Option<Self> {
        match value {
            Value::String(code) if !code.is_empty() => Some(Self {
                code: code.clone(),
                message: None,
            }),
            Value::Object(object) => Some(Self {
                code: object.get("code").and_then(json::text)?,
                message: object.get("message").and_then(json::text),
            }),
            _ => None,
        }
    }
}

/// Codes of a step.
pub fn of_step(step: &Map<String, Value>) -> Vec<StatusCode> {
    let codes = step.get("status_codes").and_then(Value::as_array);
    codes
        .into_iter()
        .flatten()
        .filter_map(StatusCode::read)
        .collect()
}

/// Codes of the whole dossier.
pub fn located(root: &Map<String, Value>) -> Vec<LocatedCode> {
    let mut found = Vec::new();
    for name in ["all_status_codes", "all_status_code"] {
        for (index, entry) in entries(root, name) {
            let inner = entry.get("status_code").unwrap_or(entry);
            let Some(StatusCode { code, message }) = StatusCode::read(inner) else {
                continue;
            };
            found.push(LocatedCode {
                code,
                message,
                where_: entry.get("where").and_then(json::text),
                json_path: path::index(&path::member("$", name), index),
            });
        }
    }
    for (index, entry) in entries(root, "status_codes") {
        let Some(StatusCode { code, message }) = StatusCode::read(entry) else {
            continue;
        };
        if found
            .iter()
            .any(|other| other.code == code && other.message == message)
        {
            continue;
        }
        found.push(LocatedCode {
            code,
            message,
            where_: None,
            json_path: path::index("$.status_codes", index),
        });
    }
    found
}

fn entries<'a>(
    root: &'a Map<String, Value>,
    name: &str,
) -> impl Iterator<Item = (usize, &'a Value)> {
    let entries = match root.get(name) {
        Some(Value::Array(entries)) => entries.as_slice(),
        // One code where a list of one was meant.
        Some(single @ Value::Object(_)) => std::slice::from_ref(single),
        _ => &[],
    };
    entries.iter().enumerate()
}
