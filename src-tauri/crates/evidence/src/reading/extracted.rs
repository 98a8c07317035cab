//! What was read on each document, and what an electronic identity says (facts §F.3, §F.6). Families that nobody has
//! documented are read the same way: every value with its key.

use chrono::NaiveDate;
use id360_api::{Report, json_path as path};
use serde::Serialize;
use serde_json::Value;

use super::identity::{IdentityField, field};
use crate::masking;

/// One document, or one electronic identity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExtractedEntry {
    /// `identity`, `kbis`, …; the name of the method for an electronic identity.
    pub family: String,
    pub is_electronic: bool,
    pub fields: Vec<IdentityField>,
    pub json_path: String,
}

/// Every entry that says something. `today` is what dates are held against.
pub fn extracted(report: &Report, today: NaiveDate) -> Vec<ExtractedEntry> {
    let mut entries = Vec::new();
    let families = report
        .value()
        .get("extracted_data")
        .and_then(Value::as_object);
    for (family, listed) in families.into_iter().flatten() {
        let base = path::member("$.extracted_data", family);
        match listed {
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    let json_path = path::index(&base, index);
                    entries.extend(entry(family, false, item, json_path, today));
                }
            }
            other => entries.extend(entry(family, false, other, base, today)),
        }
    }
    for method in &report.external_methods {
        if let (Some(claims), Some(json_path)) = (&method.claims, &method.claims_path) {
            let claims = Value::Object(claims.clone());
            let json_path = json_path.clone();
            entries.extend(entry(&method.name, true, &claims, json_path, today));
        }
    }
    entries
}

fn entry(
    family: &str,
    is_electronic: bool,
    value: &Value,
    json_path: String,
    today: NaiveDate,
) -> Option<ExtractedEntry> {
    let mut fields = Vec::new();
    flatten("", value, today, &mut fields);
    (!fields.is_empty()).then(|| ExtractedEntry {
        family: family.to_owned(),
        is_electronic,
        fields,
        json_path,
    })
}

/// `extra` is only a drawer; other nested keys keep their way: `company.name`.
fn flatten(key: &str, value: &Value, today: NaiveDate, fields: &mut Vec<IdentityField>) {
    match value {
        Value::Object(entries) => {
            for (name, value) in entries {
                let key = match (key, name.as_str()) {
                    ("", "extra") => String::new(),
                    ("", name) => name.to_owned(),
                    (key, name) => format!("{key}.{name}"),
                };
                if masking::is_secret_key(name) {
                    fields.push(IdentityField::secret(key));
                } else {
                    flatten(&key, value, today, fields);
                }
            }
        }
        Value::Array(items) if items.iter().any(Value::is_object) => {
            for (index, item) in items.iter().enumerate() {
                flatten(&format!("{key}[{index}]"), item, today, fields);
            }
        }
        other => fields.extend(field(key, other, today)),
    }
}
