//! Dossiers as lists and one by one.

mod conditions;
mod order;

use std::collections::HashSet;

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};

use self::conditions::Condition;
use super::EmbeddedRegister;
use crate::dossier::{Dossier, DossierId};
use crate::error::{RegisterError, Result};
use crate::folding;
use crate::progress::Progress;
use crate::query::{Page, Query, Selection, SortKey};
use crate::register::Listing;
use crate::store::{lines, meta};

impl Listing for EmbeddedRegister {
    fn get(&self, id: DossierId) -> Result<Option<Dossier>> {
        self.look(|db| one(db, id))
    }

    fn list(&self, query: &Query, offset: u64, limit: u64, progress: &Progress) -> Result<Page> {
        self.read(progress, |db| {
            let all = meta::dossiers(db)?;
            let Some(conditions) = conditions(query) else {
                return Ok(Page {
                    rows: Vec::new(),
                    total: 0,
                    exact: true,
                    all,
                });
            };
            let total = counted(db, &conditions)?;
            let sql = format!(
                "SELECT {} FROM dossiers AS d {} ORDER BY {} LIMIT ? OFFSET ?",
                lines::COLUMNS,
                conditions.sql,
                order::by(&query.sort),
            );
            let mut values = conditions.values;
            values.push(count(limit));
            values.push(count(offset));
            let rows = select(db, &sql, &values)?;
            Ok(Page {
                rows,
                total,
                exact: true,
                all,
            })
        })
    }

    fn count(&self, query: &Query, progress: &Progress) -> Result<u64> {
        self.read(progress, |db| {
            conditions(query).map_or(Ok(0), |conditions| counted(db, &conditions))
        })
    }

    fn each(
        &self,
        selection: &Selection,
        order: &[SortKey],
        progress: &Progress,
        take: &mut dyn FnMut(Dossier) -> Result<()>,
    ) -> Result<u64> {
        self.read(progress, |db| {
            let mut done = 0;
            match selection {
                Selection::Some(ids) => {
                    let whole = u64::try_from(ids.len()).unwrap_or(u64::MAX);
                    for id in ids {
                        progress.at(done, whole)?;
                        take(one(db, *id)?.ok_or(RegisterError::NotFound)?)?;
                        done += 1;
                    }
                }
                Selection::Matching { query, except } => {
                    let Some(conditions) = conditions(query) else {
                        return Ok(0);
                    };
                    let sql = format!(
                        "SELECT {} FROM dossiers AS d {} ORDER BY {}",
                        lines::COLUMNS,
                        conditions.sql,
                        order::by(order),
                    );
                    let mut statement = db.prepare_cached(&sql)?;
                    let mut rows = statement.query(params_from_iter(&conditions.values))?;
                    while let Some(row) = rows.next()? {
                        let found = lines::read(row)?;
                        if except.contains(&found.1.id) {
                            continue;
                        }
                        progress.at(done, 0)?;
                        take(with_expected(db, found)?)?;
                        done += 1;
                    }
                }
            }
            Ok(done)
        })
    }

    fn ids(&self, selection: &Selection, progress: &Progress) -> Result<Vec<DossierId>> {
        match selection {
            Selection::Some(ids) => Ok(ids.clone()),
            Selection::Matching { query, except } => self.read(progress, |db| {
                let Some(conditions) = conditions(query) else {
                    return Ok(Vec::new());
                };
                let sql = format!(
                    "SELECT d.id FROM dossiers AS d {} ORDER BY {}",
                    conditions.sql,
                    order::by(&query.sort),
                );
                let mut ids = db
                    .prepare_cached(&sql)?
                    .query_map(params_from_iter(&conditions.values), |row| {
                        lines::read_id(row, "id")
                    })?
                    .collect::<rusqlite::Result<Vec<_>>>()?;
                ids.retain(|id| !except.contains(id));
                Ok(ids)
            }),
        }
    }
}

/// The lines of a selection.
pub(super) fn lines(
    db: &Connection,
    selection: &Selection,
    progress: &Progress,
) -> Result<Vec<i64>> {
    match selection {
        Selection::Some(ids) => ids
            .iter()
            .map(|id| Ok(lines::require(db, *id)?.line))
            .collect(),
        Selection::Matching { query, except } => {
            let Some(conditions) = conditions(query) else {
                return Ok(Vec::new());
            };
            progress.at(0, 0)?;
            let mut found = db
                .prepare_cached(&format!(
                    "SELECT d.line FROM dossiers AS d {} ORDER BY d.line",
                    conditions.sql
                ))?
                .query_map(params_from_iter(&conditions.values), |row| row.get(0))?
                .collect::<rusqlite::Result<Vec<i64>>>()?;
            let except = except
                .iter()
                .filter_map(|id| lines::find(db, *id).transpose())
                .map(|line| line.map(|line| line.line))
                .collect::<rusqlite::Result<HashSet<_>>>()?;
            found.retain(|line| !except.contains(line));
            Ok(found)
        }
    }
}

/// All of a query's conditions. `None`: nothing can match.
fn conditions(query: &Query) -> Option<Condition> {
    let mut all: Vec<Condition> = Vec::new();
    for spellings in folding::terms(&query.search)? {
        all.push(Condition {
            sql: format!(
                "({})",
                vec!["d.search_text LIKE ?"; spellings.len()].join(" OR ")
            ),
            values: spellings
                .iter()
                .map(|text| Value::Text(format!("%{text}%")))
                .collect(),
        });
    }
    all.extend(query.filters.iter().map(Condition::of));
    let mut sql = String::new();
    let mut values = Vec::new();
    for condition in all {
        sql.push_str(if sql.is_empty() { "WHERE " } else { " AND " });
        sql.push_str(&condition.sql);
        values.extend(condition.values);
    }
    Some(Condition { sql, values })
}

fn counted(db: &Connection, conditions: &Condition) -> Result<u64> {
    Ok(db
        .prepare_cached(&format!(
            "SELECT count(*) FROM dossiers AS d {}",
            conditions.sql
        ))?
        .query_row(params_from_iter(&conditions.values), read_count)?)
}

fn one(db: &Connection, id: DossierId) -> Result<Option<Dossier>> {
    let sql = format!(
        "SELECT {} FROM dossiers AS d WHERE d.id = ?1",
        lines::COLUMNS
    );
    let found = db
        .prepare_cached(&sql)?
        .query_row([id.0.as_bytes().as_slice()], lines::read)
        .optional()?;
    found.map(|found| with_expected(db, found)).transpose()
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
