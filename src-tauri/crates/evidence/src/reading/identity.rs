//! Who the report says it is (facts §F.2).

use chrono::{Datelike, NaiveDate};
use id360_api::Report;
use serde_json::Value;

use crate::masking::masked_text;

/// One line of an identity.
#[derive(Clone, PartialEq, Eq)]
pub struct IdentityField {
    /// The report's key: `name`, `first_name`, `birth_date`, …
    pub key: String,
    /// Personal data, as the report writes it.
    pub value: String,
    /// An impossible date: two-digit years have landed in the future before.
    pub doubtful: bool,
}

impl std::fmt::Debug for IdentityField {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IdentityField")
            .field("key", &self.key)
            .field("doubtful", &self.doubtful)
            .finish_non_exhaustive()
    }
}

/// As a person reads an identity: who, born when and where, living where.
const ORDER: [&str; 14] = [
    "name",
    "birth_name",
    "first_name",
    "first_names",
    "gender",
    "birth_date",
    "birth_place",
    "birth_country",
    "address",
    "zip_code",
    "city",
    "country",
    "email",
    "phone_number",
];

const EARLIEST_YEAR: i32 = 1900;

/// The fields that have a value, the documented ones first. `today` is what a date of birth is held against.
pub fn identity_fields(report: &Report, today: NaiveDate) -> Vec<IdentityField> {
    let Some(identity) = &report.identity else {
        return Vec::new();
    };
    let others = identity
        .keys()
        .map(String::as_str)
        .filter(|key| !ORDER.contains(key));
    ORDER
        .into_iter()
        .chain(others)
        .filter_map(|key| {
            let value = text_of(identity.get(key)?)?;
            Some(IdentityField {
                doubtful: is_date(key) && is_impossible(&value, today),
                key: key.to_owned(),
                value,
            })
        })
        .collect()
}

fn text_of(value: &Value) -> Option<String> {
    let text = match value {
        Value::Null => return None,
        Value::String(text) => text.trim().to_owned(),
        Value::Array(items) => items
            .iter()
            .filter_map(text_of)
            .collect::<Vec<_>>()
            .join(", "),
        Value::Object(_) => crate::masking::masked_json(value.to_string().as_bytes()),
        scalar => scalar.to_string(),
    };
    (!text.is_empty()).then(|| masked_text(&text))
}

fn is_date(key: &str) -> bool {
    key == "birthdate" || key.ends_with("_date")
}

fn is_impossible(value: &str, today: NaiveDate) -> bool {
    // A time may follow the date (facts §F.6).
    let date = value.get(..10).unwrap_or(value);
    match NaiveDate::parse_from_str(date, "%Y-%m-%d") {
        Ok(date) => date > today || date.year() < EARLIEST_YEAR,
        Err(_) => true,
    }
}
