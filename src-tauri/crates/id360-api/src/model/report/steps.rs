//! Control steps and electronic identities (facts §F.4, §F.6).

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use super::{codes, codes::LocatedCode, path};
use crate::model::json::{self, Node, Object, Shape};

/// What is read of the `steps` part.
pub const SHAPE: Shape = Shape::Each(&Shape::Only(&[
    ("status", Shape::Whole),
    ("creation_time", Shape::Whole),
    ("starting_time", Shape::Whole),
    ("finished_time", Shape::Whole),
    ("status_codes", codes::SHAPE),
]));
use crate::model::time::parse_time;

/// One control step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportStep {
    /// As in the report, `$n` included.
    pub name: String,
    /// The name without `$n`, aliases folded (facts §J.17): `liveness$1` → `liveness`.
    pub family: String,
    pub status: Option<String>,
    pub creation_time: Option<DateTime<Utc>>,
    pub starting_time: Option<DateTime<Utc>>,
    pub finished_time: Option<DateTime<Utc>>,
    pub codes: Vec<LocatedCode>,
    pub json_path: String,
}

/// An electronic identity, such as `id_num` (facts §F.6).
#[derive(Clone, Debug, PartialEq)]
pub struct ExternalMethod {
    pub name: String,
    pub status: Option<String>,
    /// The OpenID-like claims, wherever this version of the report puts them.
    pub claims: Option<Map<String, Value>>,
    /// Where the claims stand; `None` without them.
    pub claims_path: Option<String>,
    pub codes: Vec<LocatedCode>,
    pub json_path: String,
}

pub fn read(root: &Object<'_>) -> Vec<ReportStep> {
    let steps = root.get("steps").and_then(Node::as_object);
    steps
        .into_iter()
        .flat_map(Object::sorted)
        .filter_map(|(name, value)| step(name, value))
        .collect()
}

fn step(name: &str, value: &Node<'_>) -> Option<ReportStep> {
    let object = value.as_object()?;
    let time = |name: &str| {
        object
            .get(name)
            .and_then(json::text)
            .as_deref()
            .and_then(parse_time)
    };
    let json_path = path::member("$.steps", name);
    Some(ReportStep {
        name: name.to_owned(),
        family: family(name),
        status: object.get("status").and_then(json::text),
        creation_time: time("creation_time"),
        starting_time: time("starting_time"),
        finished_time: time("finished_time"),
        codes: codes::of_step(object, &json_path),
        json_path,
    })
}

fn family(name: &str) -> String {
    let plain = name.split('$').next().unwrap_or(name);
    match plain {
        "id_document_mandat" => "id_document_mandate".to_owned(),
        "fake_id_photo" => "fake_photo_id".to_owned(),
        other => other.to_owned(),
    }
}

/// Electronic identities; older reports leave the name `id_num` out.
pub fn external_methods(root: &Object<'_>) -> Vec<ExternalMethod> {
    let Some(methods) = root.get("external_methods").and_then(Node::as_object) else {
        return Vec::new();
    };
    let unnamed =
        methods.get("results").is_some() || matches!(methods.get("status"), Some(Node::Text(_)));
    if unnamed {
        return vec![method("id_num", methods, "$.external_methods".to_owned())];
    }
    methods
        .sorted()
        .into_iter()
        .filter_map(|(name, value)| {
            Some(method(
                name,
                value.as_object()?,
                path::member("$.external_methods", name),
            ))
        })
        .collect()
}

fn method(name: &str, object: &Object<'_>, json_path: String) -> ExternalMethod {
    let results = object.get("results").and_then(Node::as_object);
    let base = path::member(&json_path, "results");
    let payload = results
        .into_iter()
        .flat_map(Object::sorted)
        .find_map(|(name, result)| payload(result, &path::member(&base, name)));
    let (claims, claims_path) = payload.unzip();
    ExternalMethod {
        name: name.to_owned(),
        status: object.get("status").and_then(json::text),
        claims,
        claims_path,
        codes: codes::of_step(object, &json_path),
        json_path,
    }
}

/// `[{payload: {…}}]`, or the same without the list; and where the payload stands.
fn payload(result: &Node<'_>, at: &str) -> Option<(Map<String, Value>, String)> {
    match result {
        Node::List(entries) => {
            let mut entries = entries.iter().enumerate();
            entries.find_map(|(position, entry)| payload(entry, &path::index(at, position)))
        }
        Node::Object(object) => {
            let payload = object.get("payload").and_then(Node::as_object)?;
            Some((payload.to_map(), path::member(at, "payload")))
        }
        _ => None,
    }
}
