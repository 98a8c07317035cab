//! Dossiers as lists and one by one.
//!
//! A list is found in two steps: its lines out of indexes alone, then their rows. Newest first, the
//! default, is tried on the newest lines (or hits) before anything is counted; what that does not
//! answer is: the lines that match as a [`Set`], read from one index for each condition, and a walk
//! through the index that stands in the order asked for, from the nearer end.

mod cells;
mod conditions;
mod groups;
mod handing_over;
mod matching;
mod newest;
mod order;
mod set;
mod walk;

use rusqlite::types::Value;
use rusqlite::{CachedStatement, Connection, OptionalExtension, params_from_iter};

use self::handing_over::Wanted;
use self::matching::Asked;
use self::set::Set;
use super::EmbeddedRegister;
use crate::dossier::{Dossier, DossierId};
use crate::error::{RegisterError, Result};
use crate::progress::Progress;
use crate::query::{Column, Page, Query, Selection, SortKey};
use crate::register::Listing;
use crate::row_batch::RowBatch;
use crate::store::{lines, meta, rows};

/// Rows between two tellings of how far something is.
const TELL_EVERY: u64 = 256;

impl Listing for EmbeddedRegister {
    fn get(&self, id: DossierId) -> Result<Option<Dossier>> {
        self.glance(|db| {
            lines::find(db, id)?
                .map(|found| Rows::of(db)?.get(found.line))
                .transpose()
        })
    }

    fn list(&self, query: &Query, offset: u64, limit: u64, progress: &Progress) -> Result<Page> {
        self.read(progress, |db| {
            let (offset, limit) = (index(offset), index(limit));
            let found = find(db, query, offset, limit)?;
            let mut rows = Rows::of(db)?;
            Ok(Page {
                rows: found
                    .lines
                    .into_iter()
                    .map(|line| rows.get(line))
                    .collect::<Result<_>>()?,
                total: found.total,
                exact: found.exact,
                all: meta::dossiers(db)?,
            })
        })
    }

    fn count(&self, query: &Query, progress: &Progress) -> Result<u64> {
        self.read(progress, |db| Asked::of(db, query)?.count(db))
    }

    fn each(
        &self,
        selection: &Selection,
        order: &[SortKey],
        columns: &[Column],
        progress: &Progress,
        take: &mut dyn FnMut(RowBatch) -> Result<()>,
    ) -> Result<u64> {
        let wanted = Wanted {
            selection,
            order,
            columns,
            progress,
        };
        self.hand_over(wanted, take)
    }

    fn with_reference(
        &self,
        environment_id: &str,
        reference: &str,
        limit: u32,
    ) -> Result<Vec<Dossier>> {
        // What was refused, never sent or settled as not existing left its reference free.
        const TAKEN: &str = "SELECT line FROM dossiers
             WHERE reference = ?2 AND environment_id = ?1
               AND state IN ('SENT', 'CREATED', 'OUTCOME_UNKNOWN')
             ORDER BY prepared_at DESC, line DESC LIMIT ?3";
        self.look(|db| {
            let mut rows = Rows::of(db)?;
            let mut statement = db.prepare_cached(TAKEN)?;
            let lines =
                statement.query_map((environment_id, reference, limit), |row| row.get(0))?;
            lines.map(|line| rows.get(line?)).collect()
        })
    }

    fn ids(&self, selection: &Selection, progress: &Progress) -> Result<Vec<DossierId>> {
        let order = match selection {
            Selection::Some(ids) => return Ok(ids.clone()),
            Selection::Matching { query, .. } => &query.sort,
        };
        self.read(progress, |db| {
            let mut id = db.prepare_cached("SELECT id FROM dossiers WHERE line = ?1")?;
            let mut ids = Vec::new();
            let lines = every(db, selection, order, progress)?;
            one_by_one(&lines, progress, &mut |line| {
                ids.push(id.query_row([line], |row| lines::read_id(row, "id"))?);
                Ok(())
            })?;
            Ok(ids)
        })
    }
}

/// The lines of a page, and how many match.
struct Found {
    lines: Vec<i64>,
    total: u64,
    exact: bool,
}

fn find(db: &Connection, query: &Query, offset: usize, limit: usize) -> Result<Found> {
    let asked = Asked::of(db, query)?;
    let keys = order::keys(&query.sort);
    if keys.is_empty()
        && let Some(found) = newest::find(db, &asked, offset, limit)?
    {
        return Ok(found);
    }
    let (set, total) = if asked.is_everything() {
        (None, index(meta::dossiers(db)?))
    } else {
        let set = asked.set(db)?;
        let total = set.len();
        (Some(set), total)
    };
    Ok(Found {
        lines: walk::page(db, &keys, set.as_ref(), total, offset, limit)?,
        total: u64::try_from(total).unwrap_or(u64::MAX),
        exact: true,
    })
}

/// Every line of a selection, in the order given.
pub(super) fn every(
    db: &Connection,
    selection: &Selection,
    order: &[SortKey],
    progress: &Progress,
) -> Result<Vec<i64>> {
    progress.at(0, 0)?;
    let keys = order::keys(order);
    let set = match selection {
        Selection::Some(ids) => {
            let lines = ids
                .iter()
                .map(|id| Ok(lines::require(db, *id)?.line))
                .collect::<Result<Vec<_>>>()?;
            if keys.is_empty() {
                return Ok(lines);
            }
            Set::from_iter(lines)
        }
        Selection::Matching { query, except } => {
            let mut set = Asked::of(db, query)?.set(db)?;
            for id in except {
                if let Some(found) = lines::find(db, *id)? {
                    set.remove(found.line);
                }
            }
            set
        }
    };
    if keys.is_empty() {
        return Ok(set.newest_first().collect());
    }
    let whole = set.len();
    walk::page(db, &keys, Some(&set), whole, 0, whole)
}

/// Tells how far it is on the way.
pub(super) fn one_by_one(
    lines: &[i64],
    progress: &Progress,
    take: &mut dyn FnMut(i64) -> Result<()>,
) -> Result<()> {
    let whole = u64::try_from(lines.len()).unwrap_or(u64::MAX);
    for (done, line) in (0_u64..).zip(lines) {
        if done.is_multiple_of(TELL_EVERY) {
            progress.at(done, whole)?;
        }
        take(*line)?;
    }
    progress.at(whole, whole)
}

/// Reads one row after the other.
struct Rows<'c> {
    db: &'c Connection,
    statement: CachedStatement<'c>,
}

impl<'c> Rows<'c> {
    fn of(db: &'c Connection) -> Result<Self> {
        let sql = format!(
            "SELECT {} FROM dossiers AS d WHERE d.line = ?1",
            lines::COLUMNS
        );
        Ok(Self {
            db,
            statement: db.prepare_cached(&sql)?,
        })
    }

    fn get(&mut self, line: i64) -> Result<Dossier> {
        let db = self.db;
        self.statement
            .query_row([line], |row| rows::read(db, row))
            .optional()?
            .ok_or(RegisterError::NotFound)
    }
}

/// The dossiers of a statement that selects [`lines::COLUMNS`].
pub(super) fn select(db: &Connection, sql: &str, values: &[Value]) -> Result<Vec<Dossier>> {
    let mut statement = db.prepare_cached(sql)?;
    let found = statement.query_map(params_from_iter(values), |row| rows::read(db, row))?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

fn index(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
