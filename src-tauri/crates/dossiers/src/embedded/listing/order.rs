//! The order of a list: what each column sorts by, and the index that stands in that order.

use std::cmp::Ordering;

use rusqlite::types::Value;

use crate::query::{Column, SortKey};

/// Keys that count; further ones would only cost.
const KEYS: usize = 2;

/// A column as the list sorts by it, of `dossiers AS d`.
#[derive(Clone, Copy)]
pub(super) struct Sorted {
    pub(super) value: &'static str,
    /// The value, or NULL where it is missing.
    pub(super) known: &'static str,
    /// By the value and then by the line.
    pub(super) index: &'static str,
    /// Every line stands in the index; otherwise those that have the value.
    pub(super) whole: bool,
    pub(super) present: &'static str,
    pub(super) missing: &'static str,
}

macro_rules! sorted {
    ($value:literal, $index:literal) => {
        sorted!($value, $index, true)
    };
    ($value:literal, partial $index:literal) => {
        sorted!($value, $index, false)
    };
    ($value:literal, $index:literal, $whole:literal) => {
        Sorted {
            value: $value,
            known: $value,
            index: $index,
            whole: $whole,
            present: concat!($value, " IS NOT NULL"),
            missing: concat!($value, " IS NULL"),
        }
    };
}

pub(super) fn sorted(column: Column) -> Sorted {
    match column {
        Column::Status => sorted!("d.shown_status", "dossiers_by_shown_status"),
        Column::Reference => sorted!("d.reference", "dossiers_by_reference"),
        Column::Name => Sorted {
            value: "d.name_key",
            known: "nullif(d.name_key, '')",
            index: "dossiers_by_name",
            whole: true,
            present: "d.name_key > ''",
            missing: "d.name_key = ''",
        },
        Column::Process => sorted!("d.process_name", "dossiers_by_process"),
        Column::PreparedAt => sorted!("d.prepared_at", "dossiers_by_prepared_at"),
        Column::FinishedTime => sorted!("d.finished_time", "dossiers_by_finished"),
        Column::Deadline => sorted!("d.deadline", partial "dossiers_by_deadline"),
        Column::Evidence => sorted!("d.evidence", "dossiers_by_evidence"),
        Column::EnrollmentId => sorted!("d.enrollment_id", partial "dossiers_by_enrollment"),
        Column::Operator => sorted!("d.operator", "dossiers_by_operator"),
        Column::Environment => sorted!("d.environment_id", "dossiers_by_environment"),
        Column::Level => sorted!("d.level", partial "dossiers_by_level"),
        Column::Tags => sorted!("d.first_tag", partial "dossiers_by_first_tag"),
        Column::ChangedAt => sorted!("d.changed_at", "dossiers_by_changed"),
        Column::Email => sorted!("d.email", "dossiers_by_email"),
        Column::PhoneNumber => sorted!("d.phone_number", "dossiers_by_phone"),
        Column::Decision => sorted!("d.decided", partial "dossiers_by_decided"),
    }
}

/// The keys that count: the first two different columns.
pub(super) fn keys(sort: &[SortKey]) -> Vec<SortKey> {
    let mut keys: Vec<SortKey> = Vec::new();
    for key in sort {
        if keys.len() < KEYS && keys.iter().all(|known| known.column != key.column) {
            keys.push(*key);
        }
    }
    keys
}

/// Lines with the values they are sorted by.
pub(super) type Keyed = (Vec<Value>, i64);

/// How two lines stand to each other. What is missing stands last in both directions, and the newest
/// first among equals.
pub(super) fn compare(keys: &[SortKey], a: &Keyed, b: &Keyed) -> Ordering {
    for (key, (a, b)) in keys.iter().zip(a.0.iter().zip(&b.0)) {
        let order = match (a, b) {
            (Value::Null, Value::Null) => Ordering::Equal,
            (Value::Null, _) => Ordering::Greater,
            (_, Value::Null) => Ordering::Less,
            (a, b) if key.descending => compare_values(b, a),
            (a, b) => compare_values(a, b),
        };
        if order.is_ne() {
            return order;
        }
    }
    b.1.cmp(&a.1)
}

/// A column holds values of one kind.
fn compare_values(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Text(a), Value::Text(b)) => a.cmp(b),
        (Value::Integer(a), Value::Integer(b)) => a.cmp(b),
        _ => Ordering::Equal,
    }
}
