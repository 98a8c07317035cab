//! The order of a list in SQL.

use crate::query::{Column, SortKey};

/// Keys that count; further ones would only cost.
pub(super) const KEYS: usize = 2;

/// What a column sorts by, of `dossiers AS d`.
pub(super) fn value(column: Column) -> &'static str {
    match column {
        Column::Status => "d.shown_status",
        Column::Reference => "d.reference",
        Column::Name => "nullif(d.name_key, '')",
        Column::Process => "d.process_name",
        Column::PreparedAt => "d.prepared_at",
        Column::FinishedTime => "d.finished_time",
        Column::Deadline => "d.deadline",
        Column::Evidence => "d.evidence",
        Column::EnrollmentId => "d.enrollment_id",
        Column::Operator => "d.operator",
        Column::Environment => "d.environment_id",
        Column::Level => "d.level",
        Column::Tags => "(SELECT min(t.key) FROM tags AS t WHERE t.line = d.line)",
        Column::ChangedAt => "d.changed_at",
        Column::Email => "d.email",
        Column::PhoneNumber => "d.phone_number",
    }
}

/// The whole order. What is not known stands last in both directions, and the newest first among
/// equals.
pub(super) fn by(keys: &[SortKey]) -> String {
    let mut order = String::new();
    for key in keys.iter().take(KEYS) {
        let direction = if key.descending { "DESC" } else { "ASC" };
        order.push_str(value(key.column));
        order.push(' ');
        order.push_str(direction);
        order.push_str(" NULLS LAST, ");
    }
    order.push_str("d.line DESC");
    order
}
