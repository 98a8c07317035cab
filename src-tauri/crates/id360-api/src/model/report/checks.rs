//! Checks of the validator (facts §F.8).

use serde_json::Value;

use super::path;
use crate::model::json::{self, Node, Shape};

const FIELD: Shape = Shape::Only(&[
    ("document_type", Shape::Whole),
    ("name", Shape::Whole),
    ("value", Shape::Whole),
]);

/// What is read of a check.
pub const SHAPE: Shape = Shape::Only(&[
    ("id", Shape::Whole),
    ("ref", Shape::Whole),
    ("description", Shape::Whole),
    ("message", Shape::Whole),
    ("is_valid", Shape::Whole),
    ("is_equivalent", Shape::Whole),
    ("fields", FIELD),
    ("field1", FIELD),
    ("field2", FIELD),
]);

/// Which list of the validator a check stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CheckKind {
    Validation,
    Comparison,
    Custom,
}

impl CheckKind {
    pub(super) const ALL: [Self; 3] = [Self::Validation, Self::Comparison, Self::Custom];

    fn list(self) -> &'static str {
        match self {
            Self::Validation => "validations",
            Self::Comparison => "comparisons",
            Self::Custom => "customs",
        }
    }
}

/// A value a check looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckField {
    pub document_type: Option<String>,
    pub name: Option<String>,
    pub value: Option<Value>,
}

/// One check.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    pub kind: CheckKind,
    pub id: Option<i64>,
    /// `ref`: the stable name of the rule, such as `IDENTITY_DOCUMENT.expired`. Missing before 2025.
    pub reference: Option<String>,
    pub description: Option<String>,
    pub message: Option<String>,
    /// `is_valid`; for a comparison `is_equivalent`, else `is_valid` (facts §J.16). `None` where neither says.
    pub passed: Option<bool>,
    pub fields: Vec<CheckField>,
    pub json_path: String,
}

/// One list of a validator, which stands at a path.
pub fn read(validator: Option<&(String, &Node<'_>)>, kind: CheckKind) -> Vec<Check> {
    let Some((base, validator)) = validator else {
        return Vec::new();
    };
    let list = validator.get(kind.list()).and_then(Node::as_list);
    let base = path::member(base, kind.list());
    let entries = list.into_iter().flatten().enumerate();
    entries
        .filter(|(_, entry)| entry.as_object().is_some())
        .map(|(position, entry)| check(entry, kind, path::index(&base, position)))
        .collect()
}

fn check(entry: &Node<'_>, kind: CheckKind, json_path: String) -> Check {
    let text = |name: &str| entry.get(name).and_then(json::text);
    let flag = |name: &str| entry.get(name).and_then(json::boolean);
    let passed = match kind {
        CheckKind::Comparison => flag("is_equivalent").or_else(|| flag("is_valid")),
        CheckKind::Validation | CheckKind::Custom => {
            flag("is_valid").or_else(|| flag("is_equivalent"))
        }
    };
    let listed = entry
        .get("fields")
        .and_then(Node::as_list)
        .into_iter()
        .flatten();
    let pair = ["field1", "field2"]
        .into_iter()
        .filter_map(|name| entry.get(name));
    Check {
        kind,
        id: entry.get("id").and_then(json::integer),
        reference: text("ref"),
        description: text("description"),
        message: text("message"),
        passed,
        fields: listed.chain(pair).filter_map(field).collect(),
        json_path,
    }
}

fn field(value: &Node<'_>) -> Option<CheckField> {
    let object = value.as_object()?;
    Some(CheckField {
        document_type: object.get("document_type").and_then(json::text),
        name: object.get("name").and_then(json::text),
        value: object
            .get("value")
            .filter(|value| **value != Node::Null)
            .map(Node::to_value),
    })
}
