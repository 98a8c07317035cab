//! Dossiers as lists and one by one.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};

use super::EmbeddedRegister;
use crate::dossier::{Dossier, DossierId};
use crate::error::Result;
use crate::folding;
use crate::progress::Progress;
use crate::query::{Page, Query, Sort};
use crate::register::Listing;
use crate::store::lines;

impl Listing for EmbeddedRegister {
    fn get(&self, id: DossierId) -> Result<Option<Dossier>> {
        self.look(|db| {
            let sql = format!(
                "SELECT {} FROM dossiers AS d WHERE d.id = ?1",
                lines::COLUMNS
            );
            let found = db
                .prepare_cached(&sql)?
                .query_row([id.0.as_bytes().as_slice()], lines::read)
                .optional()?;
            found.map(|found| with_expected(db, found)).transpose()
        })
    }

    fn list(&self, query: &Query, progress: &Progress) -> Result<Page> {
        self.read(progress, |db| {
            let all = db
                .prepare_cached("SELECT count(*) FROM dossiers")?
                .query_row([], read_count)?;
            let Some(filter) = Filter::of(query) else {
                return Ok(Page {
                    rows: Vec::new(),
                    total: 0,
                    all,
                });
            };
            let total = db
                .prepare_cached(&format!(
                    "SELECT count(*) FROM dossiers AS d {}",
                    filter.sql
                ))?
                .query_row(params_from_iter(&filter.values), read_count)?;
            let sql = format!(
                "SELECT {} FROM dossiers AS d {} ORDER BY {} LIMIT ? OFFSET ?",
                lines::COLUMNS,
                filter.sql,
                order(query.sort, query.descending),
            );
            let mut values = filter.values;
            values.push(count(query.limit));
            values.push(count(query.offset));
            let rows = select(db, &sql, &values)?;
            Ok(Page { rows, total, all })
        })
    }
}

struct Filter {
    sql: String,
    values: Vec<Value>,
}

impl Filter {
    /// `None`: nothing can match.
    fn of(query: &Query) -> Option<Self> {
        let mut conditions = Vec::new();
        let mut values = Vec::new();
        for spellings in folding::terms(&query.search)? {
            let found = vec!["d.search_text LIKE ?"; spellings.len()].join(" OR ");
            conditions.push(format!("({found})"));
            // Folded texts hold letters and digits only: nothing in them is a wildcard.
            values.extend(
                spellings
                    .iter()
                    .map(|text| Value::Text(format!("%{text}%"))),
            );
        }
        if !query.statuses.is_empty() {
            let places = vec!["?"; query.statuses.len()].join(", ");
            conditions.push(format!("d.shown_status IN ({places})"));
            values.extend(query.statuses.iter().cloned().map(Value::Text));
        }
        if let Some(environment_id) = &query.environment_id {
            conditions.push("d.environment_id = ?".to_owned());
            values.push(Value::Text(environment_id.clone()));
        }
        let sql = if conditions.is_empty() {
            String::new()
        } else {
            format!("WHERE {}", conditions.join(" AND "))
        };
        Some(Self { sql, values })
    }
}

/// What is not known stands last in both directions.
fn order(sort: Sort, descending: bool) -> String {
    let column = match sort {
        Sort::PreparedAt => "d.prepared_at",
        Sort::ChangedAt => "d.changed_at",
        Sort::FinishedTime => "d.finished_time",
        Sort::Status => "d.shown_status",
        Sort::Reference => "d.reference",
        Sort::Name => "nullif(d.name_key, '')",
        Sort::EnrollmentId => "d.enrollment_id",
        Sort::Process => "d.process_name",
        Sort::Operator => "d.operator",
    };
    let direction = if descending { "DESC" } else { "ASC" };
    format!("{column} {direction} NULLS LAST, d.line {direction}")
}

pub(super) fn select(db: &Connection, sql: &str, values: &[Value]) -> Result<Vec<Dossier>> {
    let mut statement = db.prepare_cached(sql)?;
    let found = statement
        .query_map(params_from_iter(values), lines::read)?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    found
        .into_iter()
        .map(|found| with_expected(db, found))
        .collect()
}

fn with_expected(db: &Connection, (line, mut dossier): (i64, Dossier)) -> Result<Dossier> {
    dossier.expected = lines::expected(db, line)?;
    Ok(dossier)
}

fn read_count(row: &Row<'_>) -> rusqlite::Result<u64> {
    row.get::<_, i64>(0).map(i64::unsigned_abs)
}

fn count(number: u64) -> Value {
    Value::Integer(i64::try_from(number).unwrap_or(i64::MAX))
}
