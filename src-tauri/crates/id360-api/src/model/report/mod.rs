//! The report ("dossier de preuve", facts §F), read leniently: any part may be missing or of another type, and the
//! raw document stays at hand.

mod checks;
mod codes;
mod documents;
pub mod path;
mod steps;

use std::fmt;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

pub use checks::{Check, CheckField, CheckKind};
pub use codes::LocatedCode;
pub use documents::{ReportDocument, ReportPage};
pub use steps::{ExternalMethod, ReportStep};

use super::{json, status::Status, time::parse_time};
use crate::error::ReadError;

/// A report of version 1 or 2 (facts §F.1). Times are UTC.
#[derive(Clone)]
pub struct Report {
    /// The whole document as received, secrets included: mask it before it is shown.
    pub value: Value,
    pub version: Option<u32>,
    pub id: Option<i64>,
    pub status: Status,
    pub identity_status: Option<String>,
    pub reason: Option<String>,
    pub level: Option<String>,
    pub environment: Option<String>,
    pub id_verification_service: Option<String>,
    pub creation_time: Option<DateTime<Utc>>,
    pub starting_time: Option<DateTime<Utc>>,
    pub finished_time: Option<DateTime<Utc>>,
    pub process_id: Option<i64>,
    pub process_uuid: Option<String>,
    pub process_name: Option<String>,
    pub client_reference: Option<String>,
    pub archive_reference: Option<String>,
    /// Absent where extraction failed; the first entry where ID360 sent an array (facts §J.13).
    pub identity: Option<Map<String, Value>>,
    /// `identity` and `identity_document` are one family, named `identity` (facts §J.11).
    pub documents: Vec<ReportDocument>,
    pub steps: Vec<ReportStep>,
    /// Codes of `all_status_codes` (or `all_status_code`), then those of `status_codes` that the former lacks.
    pub status_codes: Vec<LocatedCode>,
    pub validations: Vec<Check>,
    pub comparisons: Vec<Check>,
    pub customs: Vec<Check>,
    /// Failed or not, the checks of `previous_reports`: an earlier evaluation, which the verdict no longer rests on.
    pub previous_checks: Vec<Check>,
    /// `is_valid` of the validator.
    pub validator_passed: Option<bool>,
    pub external_methods: Vec<ExternalMethod>,
}

impl fmt::Debug for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The rest is somebody's identity.
        formatter
            .debug_struct("Report")
            .field("version", &self.version)
            .field("id", &self.id)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

impl Report {
    /// Reads a report. Fails only where the bytes are not a JSON object.
    pub fn read(bytes: &[u8]) -> Result<Self, ReadError> {
        let root = json::object(bytes)?;
        let text = |name: &str| root.get(name).and_then(json::text);
        let time = |name: &str| text(name).as_deref().and_then(parse_time);
        let number = |name: &str| root.get(name).and_then(json::integer);
        let enrollment = |name: &str| {
            root.get("enrollment")
                .and_then(|part| part.get(name))
                .and_then(json::text)
        };
        let documents = documents::read(&root);
        let validator_of = |part: &str| {
            let validator = root.get(part)?.get("validator_report")?;
            Some((path::member("$", part) + ".validator_report", validator))
        };
        let latest = validator_of("finalizer_reports");
        let validator = latest.as_ref().map(|(_, part)| *part);
        let checks = |kind| checks::read(latest.as_ref(), kind);
        let identity = identity(root.get("identity"))
            .or_else(|| identity(validator.and_then(|part| part.get("identity"))));
        Ok(Self {
            version: number("version").and_then(|version| u32::try_from(version).ok()),
            id: number("id"),
            status: Status::from(text("status").unwrap_or_default().as_str()),
            identity_status: text("identity_status"),
            reason: text("reason"),
            level: text("level"),
            environment: text("environment"),
            id_verification_service: text("id_verification_service"),
            creation_time: time("creation_time"),
            starting_time: time("starting_time"),
            finished_time: time("finished_time"),
            process_id: number("process_id"),
            process_uuid: text("process_uuid"),
            process_name: text("process_name"),
            client_reference: text("client_reference").or_else(|| enrollment("client_reference")),
            archive_reference: text("archive_reference").or_else(|| {
                root.get("unsigned")
                    .and_then(|part| part.get("archive_reference"))
                    .and_then(json::text)
            }),
            identity,
            documents,
            steps: steps::read(&root),
            status_codes: codes::located(&root),
            validations: checks(CheckKind::Validation),
            comparisons: checks(CheckKind::Comparison),
            customs: checks(CheckKind::Custom),
            previous_checks: CheckKind::ALL
                .into_iter()
                .flat_map(|kind| checks::read(validator_of("previous_reports").as_ref(), kind))
                .collect(),
            validator_passed: validator
                .and_then(|part| part.get("is_valid"))
                .and_then(json::boolean),
            external_methods: steps::external_methods(&root),
            value: Value::Object(root),
        })
    }

    /// Every page of every document.
    pub fn pages(&self) -> impl Iterator<Item = (&ReportDocument, &ReportPage)> {
        self.documents
            .iter()
            .flat_map(|document| document.pages.iter().map(move |page| (document, page)))
    }
}

fn identity(value: Option<&Value>) -> Option<Map<String, Value>> {
    match value? {
        Value::Object(object) if !object.is_empty() => Some(object.clone()),
        Value::Array(entries) => entries.iter().find_map(|entry| identity(Some(entry))),
        _ => None,
    }
}
