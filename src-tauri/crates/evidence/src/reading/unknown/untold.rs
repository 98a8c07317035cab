//! Documented parts that no other view of a report tells (facts §F.8): corrections of what was read, and the class
//! that a model gave to each page.

use id360_api::json_path as path;
use serde_json::Value;

/// Each with its path and the key it stands under.
pub(super) fn untold(report: &Value) -> Vec<(String, &'static str, &Value)> {
    const REPORTS: &str = "$.finalizer_reports";
    let Some(reports) = report.get("finalizer_reports") else {
        return Vec::new();
    };
    let mut found = Vec::new();
    if let Some(corrections) = reports
        .get("validator_report")
        .and_then(|validator| validator.get("corrections"))
    {
        let at = format!("{REPORTS}.validator_report.corrections");
        each(at, corrections, &mut |at, correction| {
            if !is_as_it_was(correction) {
                found.push((at, "corrections", correction));
            }
        });
    }
    let documents = reports.get("classification_report");
    let base = format!("{REPORTS}.classification_report");
    match documents {
        Some(Value::Object(documents)) => {
            for (document, pages) in documents {
                each(path::member(&base, document), pages, &mut |at, page| {
                    found.push((at, "classification_report", page));
                });
            }
        }
        Some(Value::Null) | None => {}
        Some(other) => found.push((base, "classification_report", other)),
    }
    found
}

/// The entries of a list, or what stands in its stead.
fn each<'a>(base: String, listed: &'a Value, found: &mut impl FnMut(String, &'a Value)) {
    match listed {
        Value::Array(entries) => {
            for (index, entry) in entries.iter().enumerate() {
                found(path::index(&base, index), entry);
            }
        }
        Value::Null => {}
        other => found(base, other),
    }
}

/// Nothing was corrected, and nothing more is said.
fn is_as_it_was(correction: &Value) -> bool {
    let Value::Object(entries) = correction else {
        return correction.is_null();
    };
    let is_false = match entries.get("is_corrected") {
        Some(Value::Bool(corrected)) => !corrected,
        Some(Value::String(text)) => text.eq_ignore_ascii_case("false"),
        _ => false,
    };
    let is_known = |key: &String| matches!(key.as_str(), "id" | "is_corrected" | "field");
    is_false && entries.keys().all(is_known)
}
