//! The report ("dossier de preuve", facts §F), read leniently: any part may be missing or of another type, and the
//! raw document stays at hand.

mod checks;
mod codes;
mod documents;
pub mod path;
mod steps;

use std::fmt;
use std::sync::OnceLock;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

pub use checks::{Check, CheckField, CheckKind};
pub use codes::LocatedCode;
pub use documents::{ReportDocument, ReportPage};
pub use steps::{ExternalMethod, ReportStep};

use super::json::{self, Node, Shape};
use super::{status::Status, time::parse_time};
use crate::error::ReadError;

/// A report of version 1 or 2 (facts §F.1). Times are UTC.
#[derive(Clone, PartialEq)]
pub struct Report {
    /// As received, and read as a whole when it is first asked for.
    text: String,
    value: OnceLock<Value>,
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

const VALIDATOR: Shape = Shape::Only(&[(
    "validator_report",
    Shape::Only(&[
        ("is_valid", Shape::Whole),
        ("identity", Shape::Whole),
        ("validations", checks::SHAPE),
        ("comparisons", checks::SHAPE),
        ("customs", checks::SHAPE),
    ]),
)]);

/// What is read of a report; the rest waits in the text.
const SHAPE: Shape = Shape::Only(&[
    ("version", Shape::Whole),
    ("id", Shape::Whole),
    ("status", Shape::Whole),
    ("identity_status", Shape::Whole),
    ("reason", Shape::Whole),
    ("level", Shape::Whole),
    ("environment", Shape::Whole),
    ("id_verification_service", Shape::Whole),
    ("creation_time", Shape::Whole),
    ("starting_time", Shape::Whole),
    ("finished_time", Shape::Whole),
    ("process_id", Shape::Whole),
    ("process_uuid", Shape::Whole),
    ("process_name", Shape::Whole),
    ("client_reference", Shape::Whole),
    (
        "enrollment",
        Shape::Only(&[("client_reference", Shape::Whole)]),
    ),
    ("archive_reference", Shape::Whole),
    (
        "unsigned",
        Shape::Only(&[("archive_reference", Shape::Whole)]),
    ),
    ("identity", Shape::Whole),
    ("documents", documents::SHAPE),
    ("steps", steps::SHAPE),
    ("all_status_codes", codes::SHAPE),
    ("all_status_code", codes::SHAPE),
    ("status_codes", codes::SHAPE),
    ("finalizer_reports", VALIDATOR),
    ("previous_reports", VALIDATOR),
    ("external_methods", Shape::Whole),
]);

impl Report {
    /// Reads a report. Fails only where the bytes are not a JSON object.
    pub fn read(bytes: &[u8]) -> Result<Self, ReadError> {
        Self::read_as(bytes, &SHAPE, &documents::INPUTS)
    }

    fn read_as(bytes: &[u8], shape: &Shape, inputs: &Shape) -> Result<Self, ReadError> {
        let text_of_all = json::text_of(bytes);
        let root = json::borrowed(&text_of_all, shape)?;
        let text = |name: &str| root.get(name).and_then(json::text);
        let time = |name: &str| text(name).as_deref().and_then(parse_time);
        let number = |name: &str| root.get(name).and_then(json::integer);
        let enrollment = |name: &str| {
            root.get("enrollment")
                .and_then(|part| part.get(name))
                .and_then(json::text)
        };
        let mut documents = documents::read(&root);
        if documents.is_empty() {
            documents = documents::of_inputs(&json::borrowed(&text_of_all, inputs)?);
        }
        if documents::lack_hashes(&documents) {
            let root = json::borrowed(&text_of_all, inputs)?;
            documents::add_hashes_of_steps(&mut documents, &root);
        }
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
            value: OnceLock::new(),
            text: text_of_all.into_owned(),
        })
    }

    /// The whole document as received, secrets included: mask it before it is shown.
    pub fn value(&self) -> &Value {
        self.value.get_or_init(|| {
            // It was an object when it was read.
            serde_json::from_str(&self.text).unwrap_or_default()
        })
    }

    /// Every page of every document.
    pub fn pages(&self) -> impl Iterator<Item = (&ReportDocument, &ReportPage)> {
        self.documents
            .iter()
            .flat_map(|document| document.pages.iter().map(move |page| (document, page)))
    }
}

fn identity(value: Option<&Node<'_>>) -> Option<Map<String, Value>> {
    match value? {
        Node::Object(object) if !object.is_empty() => Some(object.to_map()),
        Node::List(entries) => entries.iter().find_map(|entry| identity(Some(entry))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn agree(text: &str) {
        let whole = Report::read_as(text.as_bytes(), &Shape::Whole, &Shape::Whole);
        let read = Report::read(text.as_bytes());
        assert_eq!(read.is_err(), whole.is_err(), "{text}");
        if let (Ok(read), Ok(whole)) = (read, whole) {
            assert!(read == whole, "{text}");
        }
    }

    #[test]
    fn nothing_that_is_read_is_left_out() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../evidence/tests/corpus");
        let mut reports = 0;
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "json") {
                agree(&String::from_utf8_lossy(&std::fs::read(path).unwrap()));
                reports += 1;
            }
        }
        assert!(reports > 60);
    }

    /// Objects with the names that reports use, in places where they belong and where they do not.
    fn any_part() -> impl Strategy<Value = Value> {
        let name = prop::sample::select(vec![
            "status",
            "code",
            "message",
            "status_code",
            "where",
            "files",
            "url",
            "hash",
            "name",
            "fields",
            "field1",
            "value",
            "is_valid",
            "identity",
            "validator_report",
            "validations",
            "comparisons",
            "status_codes",
            "input_files",
            "input_files_hashes",
            "hashes",
            "results",
            "payload",
            "client_reference",
            "archive_reference",
            "face",
        ]);
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            Just(Value::from("KO")),
            Just(Value::from(
                "/api/1.0.0/document/7/file_contents/?page_number=1"
            )),
        ];
        leaf.prop_recursive(5, 48, 5, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::vec((name.clone(), inner), 0..5).prop_map(|members| {
                    let named = members
                        .into_iter()
                        .map(|(name, part)| (name.to_owned(), part));
                    Value::Object(named.collect())
                }),
            ]
        })
    }

    fn names(shapes: &[&'static Shape]) -> Vec<&'static str> {
        let members = shapes.iter().flat_map(|shape| match shape {
            Shape::Only(members) => *members,
            Shape::Whole | Shape::Each(_) => &[],
        });
        members.map(|(name, _)| *name).collect()
    }

    proptest! {
        #[test]
        fn nothing_that_is_read_is_left_out_of_odd_reports(
            parts in prop::collection::vec(
                (prop::sample::select(names(&[&SHAPE, &documents::INPUTS])), any_part()),
                0..6,
            )
        ) {
            let named = parts.into_iter().map(|(name, part)| (name.to_owned(), part));
            agree(&Value::Object(named.collect()).to_string());
        }
    }
}
