//! Pages of the list newest first that a look at the newest lines, or hits, answers.

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::Found;
use super::matching::{self, Asked, Search};
use crate::error::Result;
use crate::store::meta;

/// Lines from the end of the register that are tested before an index is read: they lie side by side.
const NEWEST: i64 = 2_000;

/// Hits of a search that are tested before a filter's index is read: each costs a page.
const HITS: i64 = 500;

/// Hits that are read for a first idea of their number.
const COUNTED: usize = 2_000;

/// `None`: it takes more than a look.
pub(super) fn find(
    db: &Connection,
    asked: &Asked,
    offset: usize,
    limit: usize,
) -> Result<Option<Found>> {
    match &asked.search {
        Search::Words(expression) if asked.conditions.is_empty() => {
            search(db, expression, offset, limit)
        }
        Search::Words(expression) => {
            let all = matching::hits(db, expression, HITS + 1)? <= HITS.unsigned_abs();
            let (tests, mut values) = asked.tests();
            values.insert(0, Value::Text(expression.clone()));
            values.insert(1, Value::Integer(HITS));
            let sql = format!(
                "SELECT d.line FROM (SELECT rowid AS line FROM found WHERE found MATCH ?
                     ORDER BY rowid DESC LIMIT ?) AS f
                 CROSS JOIN dossiers AS d ON d.line = f.line
                 WHERE true{tests} ORDER BY f.line DESC"
            );
            Ok(within(collect(db, &sql, &values)?, all, offset, limit))
        }
        Search::Everything if asked.conditions.is_empty() => everything(db, offset, limit),
        Search::Everything => {
            let before = (matching::last(db)? - NEWEST).max(0);
            let (tests, mut values) = asked.tests();
            values.insert(0, Value::Integer(before));
            let sql = format!(
                "SELECT d.line FROM dossiers AS d NOT INDEXED
                 WHERE d.line > ?{tests} ORDER BY d.line DESC"
            );
            Ok(within(
                collect(db, &sql, &values)?,
                before == 0,
                offset,
                limit,
            ))
        }
        Search::Line(_) | Search::Nothing => Ok(None),
    }
}

/// Words and nothing else: the full-text search gives its hits newest first by itself.
fn search(db: &Connection, expression: &str, offset: usize, limit: usize) -> Result<Option<Found>> {
    if offset.saturating_add(limit) > COUNTED {
        return Ok(None);
    }
    // The page and the idea of the number out of one look: words that are rare together cost as much to
    // count as to find.
    let most = i64::try_from(COUNTED + 1).unwrap_or(i64::MAX);
    let sql = "SELECT rowid FROM found WHERE found MATCH ? ORDER BY rowid DESC LIMIT ?";
    let values = [Value::Text(expression.to_owned()), Value::Integer(most)];
    let hits = collect(db, sql, &values)?;
    Ok(Some(Found {
        total: u64::try_from(hits.len()).unwrap_or(u64::MAX),
        exact: hits.len() <= COUNTED,
        lines: hits.into_iter().skip(offset).take(limit).collect(),
    }))
}

/// Where no line was ever removed, a place in the list says which line stands there.
fn everything(db: &Connection, offset: usize, limit: usize) -> Result<Option<Found>> {
    let last = matching::last(db)?;
    let total = meta::dossiers(db)?;
    if last.unsigned_abs() != total {
        return Ok(None);
    }
    Ok(Some(Found {
        lines: (1..=last).rev().skip(offset).take(limit).collect(),
        total,
        exact: true,
    }))
}

/// The page out of `lines`, which are all that match, or the newest of them.
fn within(lines: Vec<i64>, all: bool, offset: usize, limit: usize) -> Option<Found> {
    let found = lines.len();
    if !all && found <= offset.saturating_add(limit) {
        return None;
    }
    Some(Found {
        lines: lines.into_iter().skip(offset).take(limit).collect(),
        total: u64::try_from(found).unwrap_or(u64::MAX),
        exact: all,
    })
}

fn collect(db: &Connection, sql: &str, values: &[Value]) -> Result<Vec<i64>> {
    let mut statement = db.prepare_cached(sql)?;
    let lines = statement.query_map(params_from_iter(values), |row| row.get(0))?;
    Ok(lines.collect::<rusqlite::Result<_>>()?)
}
