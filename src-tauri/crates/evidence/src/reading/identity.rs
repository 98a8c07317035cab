//! Who the report says it is (facts §F.2).

use chrono::{Datelike, NaiveDate};
use id360_api::{Report, json_path as path};
use serde::Serialize;
use serde_json::Value;

use crate::masking::{self, masked_text};

/// One line of an identity.
#[derive(Clone, PartialEq, Eq, Serialize)]
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
            let value = identity.get(key)?;
            if masking::is_secret_key(key) && !value.is_null() {
                return Some(IdentityField::secret(key.to_owned()));
            }
            field(key, value, today)
        })
        .collect()
}

/// Where the identity that is shown stands: facts §J.13, an object, the first entry of a list that says something, or
/// only the validator's.
pub(crate) fn identity_path(report: &Report) -> String {
    filled(report.value().get("identity"), "$.identity".to_owned())
        .or_else(|| filled(validator_identity(report), OF_THE_VALIDATOR.to_owned()))
        .unwrap_or_else(|| OF_THE_VALIDATOR.to_owned())
}

pub(super) const OF_THE_VALIDATOR: &str = "$.finalizer_reports.validator_report.identity";

pub(super) fn validator_identity(report: &Report) -> Option<&Value> {
    let validator = report
        .value()
        .get("finalizer_reports")?
        .get("validator_report")?;
    validator.get("identity")
}

fn filled(value: Option<&Value>, at: String) -> Option<String> {
    match value? {
        Value::Object(object) if !object.is_empty() => Some(at),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .find_map(|(index, item)| filled(Some(item), path::index(&at, index))),
        _ => None,
    }
}

impl IdentityField {
    /// A value that must not be shown.
    pub(super) fn secret(key: String) -> Self {
        Self {
            key: masked_text(&key),
            value: masking::MASK.to_owned(),
            doubtful: false,
        }
    }
}

/// A value with its key; `None` where there is none.
pub(super) fn field(key: &str, value: &Value, today: NaiveDate) -> Option<IdentityField> {
    let value = text_of(value)?;
    Some(IdentityField {
        doubtful: is_date(key) && is_impossible(key, &value, today),
        key: masked_text(key),
        value,
    })
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
        Value::Object(_) => masking::masked_json(value.to_string().as_bytes()),
        scalar => scalar.to_string(),
    };
    (!text.is_empty()).then(|| masked_text(&text))
}

fn is_date(key: &str) -> bool {
    let key = key.rsplit('.').next().unwrap_or(key);
    key == "birthdate" || key.ends_with("_date")
}

/// A day that no calendar has; a birth or an issue after today; anything before 1900. A document may well expire in the
/// future, and what is written in a way that nobody knows is not judged.
fn is_impossible(key: &str, value: &str, today: NaiveDate) -> bool {
    match any_day(value) {
        Some(date) => (!lies_ahead(key) && date > today) || date.year() < EARLIEST_YEAR,
        None => is_written_as_a_day(value),
    }
}

fn lies_ahead(key: &str) -> bool {
    ["expir", "valid", "end_"]
        .iter()
        .any(|word| key.contains(word))
}

/// A day written `YYYY-MM-DD`; a time may follow it (facts §F.6).
pub(crate) fn day(value: &str) -> Option<NaiveDate> {
    let date = value.get(..10).unwrap_or(value);
    NaiveDate::parse_from_str(date, "%Y-%m-%d").ok()
}

/// `1978-02-14`, `14/02/1978`, `14021978` or `19780214`.
pub(crate) fn any_day(text: &str) -> Option<NaiveDate> {
    let parsed = |format| NaiveDate::parse_from_str(text, format).ok();
    // Years of two digits are read by nobody: which century is not said.
    day(text).or_else(|| match text.len() {
        10 => ["%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y"]
            .into_iter()
            .find_map(parsed),
        8 => of_eight_digits(text),
        _ => None,
    })
}

/// The day first; the year first only where that makes no day of our time. No eight digits are both.
fn of_eight_digits(text: &str) -> Option<NaiveDate> {
    let parsed = |format| NaiveDate::parse_from_str(text, format).ok();
    let is_recent = |day: &NaiveDate| day.year() >= EARLIEST_YEAR;
    let day_first = parsed("%d%m%Y");
    day_first
        .filter(is_recent)
        .or_else(|| parsed("%Y%m%d").filter(is_recent))
        .or(day_first)
}

/// Digits and separators where those of a day stand.
fn is_written_as_a_day(text: &str) -> bool {
    let shape: String = text
        .chars()
        .take(11)
        .map(|character| {
            if character.is_ascii_digit() {
                '0'
            } else {
                character
            }
        })
        .collect();
    ["00/00/0000", "00.00.0000", "00-00-0000"].contains(&shape.as_str())
        || shape.starts_with("0000-00-00")
}
