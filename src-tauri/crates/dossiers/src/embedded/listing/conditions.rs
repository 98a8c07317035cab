//! A query's filters as conditions on a line of `dossiers AS d`.

use chrono::{DateTime, Utc};
use rusqlite::types::Value;

use crate::folding;
use crate::query::{Filter, Span};
use crate::store::text;

/// A condition in SQL, and the values of its places.
pub(super) struct Condition {
    pub(super) sql: String,
    pub(super) values: Vec<Value>,
}

impl Condition {
    /// The condition of a filter. True or false, never unknown.
    pub(super) fn of(filter: &Filter) -> Self {
        let (not, Self { sql, values }) = match filter {
            Filter::Status { not, words } => (not, one_of("d.shown_status", words)),
            Filter::Process { not, ids } => (not, one_of("d.process_id", ids)),
            Filter::Environment { not, ids } => (not, one_of("d.environment_id", ids)),
            Filter::Operator { not, usernames } => (not, one_of("d.operator", usernames)),
            Filter::Evidence { not, states } => {
                let words: Vec<_> = states.iter().map(|state| state.as_str()).collect();
                (not, one_of("d.evidence", &words))
            }
            Filter::Tag { not, tags } => {
                let keys: Vec<_> = tags.iter().map(|tag| folding::tag_key(tag)).collect();
                let Self { sql, values } = one_of("t.key", &keys);
                let sql = format!("d.line IN (SELECT t.line FROM tags AS t WHERE {sql})");
                (not, Self { sql, values })
            }
            Filter::Created { not, span } => (not, within("d.prepared_at", span, in_text)),
            Filter::Finished { not, span } => (not, within("d.finished_time", span, in_text)),
            Filter::Deadline { not, span } => (not, within("d.deadline", span, in_seconds)),
            Filter::InProgress { not } => (not, plain("d.state = 'CREATED' AND d.verdict IS NULL")),
            Filter::Treated { not } => (not, plain("d.treated_at IS NOT NULL")),
            Filter::Troubled { not } => (not, plain("d.trouble IS NOT NULL")),
        };
        let truth = if *not { "IS NOT TRUE" } else { "IS TRUE" };
        Self {
            sql: format!("({sql}) {truth}"),
            values,
        }
    }
}

fn plain(sql: &str) -> Condition {
    Condition {
        sql: sql.to_owned(),
        values: Vec::new(),
    }
}

fn one_of(column: &str, words: &[impl AsRef<str>]) -> Condition {
    let places = vec!["?"; words.len()].join(", ");
    Condition {
        sql: format!("{column} IN ({places})"),
        values: words
            .iter()
            .map(|word| Value::Text(word.as_ref().to_owned()))
            .collect(),
    }
}

fn within(column: &str, span: &Span, written: fn(DateTime<Utc>) -> Value) -> Condition {
    let mut ends = Vec::new();
    let mut values = Vec::new();
    for (sign, end) in [(">=", span.from), ("<", span.to)] {
        if let Some(end) = end {
            ends.push(format!("{column} {sign} ?"));
            values.push(written(end));
        }
    }
    if ends.is_empty() {
        return plain(&format!("{column} IS NULL"));
    }
    Condition {
        sql: ends.join(" AND "),
        values,
    }
}

fn in_text(at: DateTime<Utc>) -> Value {
    Value::Text(text::time(at))
}

/// Deadlines are whole seconds: one lies at or behind an instant when it does so behind the next
/// whole second.
fn in_seconds(at: DateTime<Utc>) -> Value {
    Value::Integer(at.timestamp() + i64::from(at.timestamp_subsec_nanos() > 0))
}
