//! A query's filters, as tests of a line and as the lines that pass them.

use chrono::{DateTime, Utc};
use rusqlite::types::Value;

use crate::decision::Choice;
use crate::folding;
use crate::query::{Filter, Span};
use crate::store::text;

/// A filter in SQL, on `dossiers AS d`.
pub(super) struct Condition {
    /// True or false, never unknown.
    pub(super) test: String,
    /// The lines that pass, read from an index alone. `not` is left to the caller.
    pub(super) lines: String,
    /// Turned round.
    pub(super) not: bool,
    /// For the places of either.
    pub(super) values: Vec<Value>,
    /// Filters that usually let few pass have the lesser one.
    pub(super) breadth: u8,
}

impl Condition {
    pub(super) fn of(filter: &Filter) -> Self {
        let (not, breadth, index, (sql, values)) = match filter {
            Filter::Tag { not, tags } => return has_tag(*not, tags),
            Filter::Decision { not, choices } => return decided(*not, choices),
            Filter::Troubled { not } => {
                (not, 1, "dossiers_troubled", plain("d.trouble IS NOT NULL"))
            }
            Filter::Lost { not, after } => (
                not,
                1,
                "dossiers_lost",
                (
                    "d.lost > ?".to_owned(),
                    vec![Value::Integer(after.timestamp())],
                ),
            ),
            Filter::ToTreat { not } => (
                not,
                2,
                "dossiers_to_treat",
                plain("d.verdict = 'KO' AND d.treated_at IS NULL"),
            ),
            Filter::InProgress { not } => (
                not,
                2,
                "dossiers_open",
                plain("d.state = 'CREATED' AND d.verdict IS NULL"),
            ),
            // The index holds what has a deadline.
            Filter::Deadline { not, span } if *span == Span::default() => (
                if *not { &false } else { &true },
                3,
                "dossiers_by_deadline",
                plain("d.deadline IS NOT NULL"),
            ),
            Filter::Deadline { not, span } => (
                not,
                3,
                "dossiers_by_deadline",
                within("d.deadline", span, in_seconds),
            ),
            Filter::Created { not, span } => (
                not,
                4,
                "dossiers_by_prepared_at",
                within("d.prepared_at", span, in_text),
            ),
            Filter::Finished { not, span } => (
                not,
                5,
                "dossiers_by_finished",
                within("d.finished_time", span, in_text),
            ),
            Filter::Status { not, words } => (
                not,
                6,
                "dossiers_by_shown_status",
                one_of("d.shown_status", words),
            ),
            Filter::Operator { not, usernames } => (
                not,
                7,
                "dossiers_by_operator",
                one_of("d.operator", usernames),
            ),
            Filter::Process { not, ids } => {
                (not, 8, "dossiers_of_process", one_of("d.process_id", ids))
            }
            Filter::Evidence { not, states } => {
                let words: Vec<_> = states.iter().map(|state| state.as_str()).collect();
                (not, 9, "dossiers_by_evidence", one_of("d.evidence", &words))
            }
            Filter::Treated { not } => (
                not,
                10,
                "dossiers_treated",
                plain("d.treated_at IS NOT NULL"),
            ),
            Filter::Environment { not, ids } => (
                not,
                11,
                "dossiers_by_environment",
                one_of("d.environment_id", ids),
            ),
        };
        Self {
            test: truth(&sql, *not),
            lines: format!("SELECT d.line FROM dossiers AS d INDEXED BY {index} WHERE {sql}"),
            not: *not,
            values,
            breadth,
        }
    }
}

fn has_tag(not: bool, tags: &[String]) -> Condition {
    let keys: Vec<_> = tags.iter().map(|tag| folding::tag_key(tag)).collect();
    let (sql, values) = one_of("t.key", &keys);
    let here = format!("EXISTS (SELECT 1 FROM tags AS t WHERE t.line = d.line AND {sql})");
    Condition {
        test: truth(&here, not),
        lines: format!("SELECT t.line FROM tags AS t INDEXED BY tags_by_key WHERE {sql}"),
        not,
        values,
        breadth: 0,
    }
}

/// The index holds what has a decision: who wants those that have none wants none of the decisions left out.
fn decided(not: bool, choices: &[Option<Choice>]) -> Condition {
    let without = choices.contains(&None);
    let words: Vec<_> = Choice::ALL
        .into_iter()
        .filter(|choice| choices.contains(&Some(*choice)) != without)
        .map(Choice::as_str)
        .collect();
    let (sql, values) = one_of("d.decided", &words);
    let not = not != without;
    // To an empty list SQLite has no way through a partial index, and refuses one that it is told.
    let index = if words.is_empty() {
        ""
    } else {
        "INDEXED BY dossiers_by_decided"
    };
    Condition {
        test: truth(&sql, not),
        lines: format!(
            "SELECT d.line FROM dossiers AS d {index} WHERE d.decided IS NOT NULL AND {sql}"
        ),
        not,
        values,
        breadth: 3,
    }
}

/// What is missing is in no span and is none of the words; turned round, it passes.
fn truth(sql: &str, not: bool) -> String {
    let truth = if not { "IS NOT TRUE" } else { "IS TRUE" };
    format!("({sql}) {truth}")
}

fn plain(sql: &str) -> (String, Vec<Value>) {
    (sql.to_owned(), Vec::new())
}

fn one_of(column: &str, words: &[impl AsRef<str>]) -> (String, Vec<Value>) {
    let places = vec!["?"; words.len()].join(", ");
    let values = words
        .iter()
        .map(|word| Value::Text(word.as_ref().to_owned()))
        .collect();
    (format!("{column} IN ({places})"), values)
}

fn within(column: &str, span: &Span, written: fn(DateTime<Utc>) -> Value) -> (String, Vec<Value>) {
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
    (ends.join(" AND "), values)
}

fn in_text(at: DateTime<Utc>) -> Value {
    Value::Text(text::time(at))
}

/// Deadlines are whole seconds: one lies at or behind an instant when it does so behind the next
/// whole second.
fn in_seconds(at: DateTime<Utc>) -> Value {
    Value::Integer(at.timestamp() + i64::from(at.timestamp_subsec_nanos() > 0))
}
