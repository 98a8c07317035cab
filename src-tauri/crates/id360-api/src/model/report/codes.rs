//! Status codes (facts §F.7). The list of codes is open.

use super::path;
use crate::model::json::{self, Node, Object, Shape};

/// What is read of a code, alone or with its place.
pub const SHAPE: Shape = Shape::Only(&[
    ("code", Shape::Whole),
    ("message", Shape::Whole),
    ("status_code", Shape::Whole),
    ("where", Shape::Whole),
]);

/// A code and ID360's explanation of it.
struct StatusCode {
    code: String,
    message: Option<String>,
}

/// A code, and what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocatedCode {
    pub code: String,
    pub message: Option<String>,
    /// `ID360`, `validation`, a step name or an electronic method; `None` where the code stands in one of those.
    pub where_: Option<String>,
    pub json_path: String,
}

impl StatusCode {
    fn read(value: &Node<'_>) -> Option<Self> {
        match value {
            Node::Text(code) if !code.is_empty() => Some(Self {
                code: code.clone().into_owned(),
                message: None,
            }),
            Node::Object(object) => Some(Self {
                code: object.get("code").and_then(json::text)?,
                message: object.get("message").and_then(json::text),
            }),
            _ => None,
        }
    }
}

/// Codes of a step or of an electronic method, which stands at `base`.
pub fn of_step(step: &Object<'_>, base: &str) -> Vec<LocatedCode> {
    entries(step, base, "status_codes")
        .filter_map(|(json_path, entry)| {
            let StatusCode { code, message } = StatusCode::read(entry)?;
            Some(LocatedCode {
                code,
                message,
                where_: None,
                json_path,
            })
        })
        .collect()
}

/// Codes of the whole dossier.
pub fn located(root: &Object<'_>) -> Vec<LocatedCode> {
    let mut found = Vec::new();
    for name in ["all_status_codes", "all_status_code"] {
        for (json_path, entry) in entries(root, "$", name) {
            let inner = entry.get("status_code").unwrap_or(entry);
            let Some(StatusCode { code, message }) = StatusCode::read(inner) else {
                continue;
            };
            found.push(LocatedCode {
                code,
                message,
                where_: entry.get("where").and_then(json::text),
                json_path,
            });
        }
    }
    for (json_path, entry) in entries(root, "$", "status_codes") {
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
            json_path,
        });
    }
    found
}

/// The codes of a list with their paths; one code where a list of one was meant counts too.
fn entries<'a, 't>(
    parent: &'a Object<'t>,
    base: &str,
    name: &str,
) -> impl Iterator<Item = (String, &'a Node<'t>)> + use<'a, 't> {
    let base = path::member(base, name);
    let (list, single) = match parent.get(name) {
        Some(Node::List(entries)) => (entries.as_slice(), None),
        Some(single @ (Node::Object(_) | Node::Text(_))) => (&[][..], Some((base.clone(), single))),
        _ => (&[][..], None),
    };
    let listed = list
        .iter()
        .enumerate()
        .map(move |(position, entry)| (path::index(&base, position), entry));
    single.into_iter().chain(listed)
}
