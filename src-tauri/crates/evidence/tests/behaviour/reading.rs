pub mod corpus;
mod documents;
mod explaining;
mod findings;
mod identity;
mod merging;
mod published_codes;

use evidence::{Finding, findings};
use id360_api::Report;
use serde_json::{Value, json};

/// The report of facts §K: an invented person, an expired card, one missed liveness challenge.
pub const KO_VERSION_2: &str = include_str!("../reports/ko_version_2.json");

pub fn read(report: &Value) -> Report {
    Report::read(report.to_string().as_bytes()).unwrap()
}

/// `code @ where`, in order.
pub fn causes(found: &[Finding]) -> Vec<String> {
    found
        .iter()
        .map(|finding| {
            let place = finding.where_.as_deref().unwrap_or("-");
            format!("{} @ {place}", finding.code)
        })
        .collect()
}

pub fn causes_of(report: Value) -> Vec<String> {
    causes(&findings(&read(&report)))
}

/// A KO of the validator.
pub fn validator(part: Value) -> Value {
    json!({"status": "KO", "finalizer_reports": {"validator_report": part}})
}
