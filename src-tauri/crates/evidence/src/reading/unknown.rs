//! Parts of a report that nothing public describes, and those that nothing else tells: shown as they are, so that
//! nothing is dropped.

mod known;
mod untold;

use std::collections::HashSet;

use id360_api::{Report, json_path as path};
use serde::Serialize;
use serde_json::Value;

use self::known::{KNOWN, Keys};
use super::identity::{OF_THE_VALIDATOR, identity_path, validator_identity};
use crate::masking;

/// A part that the desk does not know, or tells nowhere else.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct UnknownBranch {
    pub json_path: String,
    /// Compact JSON, secrets masked, at most [`MAX_CHARACTERS`]; may hold personal data.
    pub value: String,
}

impl std::fmt::Debug for UnknownBranch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("UnknownBranch")
            .field("json_path", &self.json_path)
            .finish_non_exhaustive()
    }
}

/// What is shown of a branch; the whole of it stands in the masked report.
pub const MAX_CHARACTERS: usize = 400;

/// What is listed; a report with more of them is no report, and the masked JSON holds them all.
const MOST_BRANCHES: usize = 500;

/// Lists that hold checks; one without a result is read by nobody.
const CHECKS: [&str; 3] = ["validations", "comparisons", "customs"];

/// What stands at the top of a report is an object, a list, or else one value.
const OBJECTS: [&str; 11] = [
    "enrollment",
    "extracted_data",
    "documents",
    "all_input_files",
    "all_input_files_statuses",
    "steps",
    "external_methods",
    "finalizer_reports",
    "previous_reports",
    "signature",
    "unsigned",
];
const LISTS: [&str; 3] = ["status_codes", "all_status_codes", "all_status_code"];

/// A known key with a value of another kind, which nothing reads.
fn is_of_another_kind(key: &str, value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Object(entries) if entries.is_empty() => false,
        Value::Array(items) if items.is_empty() => false,
        _ if OBJECTS.contains(&key) => !value.is_object(),
        _ if LISTS.contains(&key) => value.is_number() || value.is_boolean(),
        _ if key == "identity" => !value.is_object() && !value.is_array(),
        Value::Object(_) | Value::Array(_) => KNOWN[0].1.contains(&key),
        _ => false,
    }
}

/// Entries of the lists of codes that say no code.
fn codes_without_a_code(report: &Report, found: &mut Vec<UnknownBranch>) {
    let read: HashSet<&str> = report
        .status_codes
        .iter()
        .map(|code| code.json_path.as_str())
        .collect();
    // Those of `status_codes` that the other lists have are left out on purpose.
    for list in &LISTS[1..] {
        let base = path::member("$", list);
        let entries = report.value().get(list).and_then(Value::as_array);
        for (index, entry) in entries.into_iter().flatten().enumerate() {
            let at = path::index(&base, index);
            let is_said = entry.is_null() || read.contains(at.as_str());
            if !is_said && found.len() < MOST_BRANCHES {
                found.push(branch(at, list, entry));
            }
        }
    }
}

/// Further persons of a list of identities (facts §J.13), and what the validator says of the person otherwise than the
/// report itself does: one identity is shown, and it hides neither.
fn identities_beside(report: &Report, found: &mut Vec<UnknownBranch>) {
    let shown = identity_path(report);
    let listed = report.value().get("identity").and_then(Value::as_array);
    for (index, entry) in listed.into_iter().flatten().enumerate() {
        let at = path::index("$.identity", index);
        let is_empty = entry.is_null() || entry.as_object().is_some_and(serde_json::Map::is_empty);
        if !is_empty && !shown.starts_with(&at) && found.len() < MOST_BRANCHES {
            found.push(branch(at, "identity", entry));
        }
    }
    let validator = validator_identity(report).and_then(Value::as_object);
    let (Some(person), Some(validator)) = (&report.identity, validator) else {
        return;
    };
    for (key, value) in validator {
        let is_told = value.is_null() || person.get(key) == Some(value);
        if !is_told && shown != OF_THE_VALIDATOR && found.len() < MOST_BRANCHES {
            found.push(branch(path::member(OF_THE_VALIDATOR, key), key, value));
        }
    }
}

/// Every part that the desk does not know, in the order of what is documented around it, then those that it tells
/// nowhere else.
pub fn unknown_branches(report: &Report) -> Vec<UnknownBranch> {
    let mut found = Vec::new();
    for (key, value) in report.value().as_object().into_iter().flatten() {
        if is_of_another_kind(key, value) {
            found.push(branch(path::member("$", key), key, value));
        }
    }
    codes_without_a_code(report, &mut found);
    identities_beside(report, &mut found);
    let checks = [&report.validations, &report.comparisons, &report.customs];
    let without_a_result: HashSet<&str> = checks
        .into_iter()
        .flatten()
        .filter(|check| check.passed.is_none())
        .map(|check| check.json_path.as_str())
        .collect();
    for (place, keys) in KNOWN {
        at(
            report.value(),
            place,
            "$".to_owned(),
            &mut |json_path, value| {
                let Value::Object(entries) = value else {
                    return;
                };
                // A check without a result is shown whole below.
                if is_old_method(place, json_path) || without_a_result.contains(json_path) {
                    return;
                }
                for (key, value) in entries {
                    if !keys.contains(&key.as_str()) && found.len() < MOST_BRANCHES {
                        found.push(branch(path::member(json_path, key), key, value));
                    }
                }
            },
        );
    }
    for (list, checks) in CHECKS.into_iter().zip(checks) {
        for check in checks.iter().filter(|check| check.passed.is_none()) {
            let place = check
                .json_path
                .rsplit_once('[')
                .and_then(|(_, index)| index.trim_end_matches(']').parse::<usize>().ok());
            let value = place.and_then(|index| {
                report
                    .value()
                    .get("finalizer_reports")?
                    .get("validator_report")?
                    .get(list)?
                    .get(index)
            });
            if let Some(value) = value.filter(|_| found.len() < MOST_BRANCHES) {
                found.push(branch(check.json_path.clone(), list, value));
            }
        }
    }
    let left = MOST_BRANCHES.saturating_sub(found.len());
    let untold = untold::untold(report.value()).into_iter().take(left);
    found.extend(untold.map(|(json_path, key, value)| branch(json_path, key, value)));
    found
}

/// Older reports leave the method's name out (facts §F.6): what stands one level up there is no method.
fn is_old_method(place: Keys, json_path: &str) -> bool {
    place == ["external_methods", "*"] && json_path == "$.external_methods.results"
}

fn branch(json_path: String, key: &str, value: &Value) -> UnknownBranch {
    let text = masking::masked_member(key, value);
    let mut shown: String = text.chars().take(MAX_CHARACTERS).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    UnknownBranch {
        json_path,
        value: shown,
    }
}

fn at<'a>(
    value: &'a Value,
    place: &[&str],
    json_path: String,
    found: &mut impl FnMut(&str, &'a Value),
) {
    let Some((next, rest)) = place.split_first() else {
        found(&json_path, value);
        return;
    };
    match (value, *next) {
        (Value::Object(entries), "*") => {
            for (key, value) in entries {
                at(value, rest, path::member(&json_path, key), found);
            }
        }
        (Value::Array(entries), "#") => {
            for (index, value) in entries.iter().enumerate() {
                at(value, rest, path::index(&json_path, index), found);
            }
        }
        (Value::Object(entries), key) => {
            if let Some(value) = entries.get(key) {
                at(value, rest, path::member(&json_path, key), found);
            }
        }
        _ => {}
    }
}
