//! A mark on very many dossiers, in parts, so that whoever waits has a turn in between.
//!
//! Each part is a transaction of its own that notes what it changes. The last one writes the act, and from then on
//! all of it counts. Whatever ends the mark before that (a person, an error, a panic), what is noted is taken back;
//! what a stop of the desk leaves, with the next opening. What others made of a line meanwhile stays.

use std::time::{Duration, Instant};

use parking_lot::{Mutex, MutexGuard};
use rusqlite::{Connection, Transaction, TransactionBehavior, params};

use super::{Mark, Way, asking, counted, number, record, tags, treated};
use crate::act::Act;
use crate::embedded::{EmbeddedRegister, listing};
use crate::error::{RegisterError, Result};
use crate::progress::Progress;
use crate::query::Selection;
use crate::register::Changed;
use crate::stamp::Stamp;
use crate::store::{database, lines};

/// Most lines of a part.
const LINES: usize = 500;
/// After that a part ends, however few its lines are: what is left of a tenth of a second is for its commit.
const LONGEST: Duration = Duration::from_millis(30);

/// Between two looks whether a mark that waits for another one is still wanted.
const BETWEEN_LOOKS: Duration = Duration::from_millis(50);

/// One such mark at a time: what is noted is of one.
#[derive(Default)]
pub(in crate::embedded) struct Turns(Mutex<()>);

impl Turns {
    fn take(&self, progress: &Progress) -> Result<MutexGuard<'_, ()>> {
        loop {
            progress.at(0, 0)?;
            if let Some(turn) = self.0.try_lock_for(BETWEEN_LOOKS) {
                return Ok(turn);
            }
        }
    }
}

impl EmbeddedRegister {
    pub(super) fn put_in_parts(
        &self,
        selection: &Selection,
        act: Act,
        mark: &impl Mark,
        progress: &Progress,
        stamp: &Stamp,
    ) -> Result<Changed> {
        let _turn = self.marking.take(progress)?;
        // What one left that could not be taken back.
        self.settle_marking()?;
        let mut found = self.read(progress, |db| listing::every(db, selection, &[], progress))?;
        // Neighbours share pages of the tables.
        found.sort_unstable();
        let _settled = Settled(self);
        let whole = number(found.len());
        let mut changed = Vec::new();
        let mut rest = found.as_slice();
        loop {
            progress.at(whole - number(rest.len()), whole)?;
            let passed = self.change(|transaction| {
                let passed = put_some(transaction, rest, mark, progress, stamp, &mut changed)?;
                if passed == rest.len() {
                    record(transaction, act, &changed, stamp)?;
                    end(transaction)?;
                }
                Ok(passed)
            })?;
            rest = rest.get(passed..).unwrap_or_default();
            if rest.is_empty() {
                break;
            }
        }
        // It is done, wanted or not.
        let _ = progress.at(whole, whole);
        Ok(counted(changed.len(), found.len()))
    }

    fn settle_marking(&self) -> Result<()> {
        while self.change(settle_some)? {}
        Ok(())
    }
}

/// Leaves nothing noted, however a mark ends.
struct Settled<'a>(&'a EmbeddedRegister);

impl Drop for Settled<'_> {
    fn drop(&mut self) {
        if let Err(error) = self.0.settle_marking() {
            tracing::warn!(%error, "what a mark noted waits for the next one, or the next opening");
        }
    }
}

/// Puts it on the first of these lines. Returns how many were looked at, at least one.
fn put_some(
    db: &Connection,
    found: &[i64],
    mark: &impl Mark,
    progress: &Progress,
    stamp: &Stamp,
    changed: &mut Vec<i64>,
) -> Result<usize> {
    let began = Instant::now();
    db.prepare_cached("INSERT OR IGNORE INTO marking_begun (place) VALUES (1)")?
        .execute([])?;
    let mut passed = 0;
    for line in found.iter().take(LINES) {
        if progress.is_cancelled() {
            return Err(RegisterError::Cancelled);
        }
        if mark.put(db, *line, Way::InParts)? {
            note(db, *line)?;
            lines::touch(db, *line, stamp.at)?;
            changed.push(*line);
        }
        passed += 1;
        if began.elapsed() >= LONGEST {
            break;
        }
    }
    Ok(passed)
}

/// The line is about to be touched.
fn note(db: &Connection, line: i64) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT OR REPLACE INTO marking (line, version, changed_at)
         SELECT line, version + 1, changed_at FROM dossiers WHERE line = ?1",
    )?
    .execute([line])
    .map(drop)
}

/// From here on nothing is taken back, and what is noted of lines is to be forgotten.
fn end(db: &Connection) -> rusqlite::Result<()> {
    db.execute_batch("DELETE FROM marking_names; DELETE FROM marking_begun;")
}

fn is_begun(db: &Connection) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT 1 FROM marking_begun")?.exists([])
}

/// Takes a part of what is noted back, or forgets it where the mark ended. Whether there may be more.
fn settle_some(transaction: &Transaction<'_>) -> Result<bool> {
    if is_begun(transaction)? {
        take_back_some(transaction)?;
        return Ok(true);
    }
    forget_some(transaction)
}

fn take_back_some(db: &Connection) -> Result<()> {
    let began = Instant::now();
    let noted: Vec<(i64, i64, String)> = db
        .prepare_cached("SELECT line, version, changed_at FROM marking ORDER BY line LIMIT ?1")?
        .query_map([LINES as i64], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?
        .collect::<rusqlite::Result<_>>()?;
    if noted.is_empty() {
        tags::take_back_names(db)?;
        return Ok(end(db)?);
    }
    for (line, version, changed_at) in noted {
        tags::take_back(db, line)?;
        treated::take_back(db, line)?;
        asking::take_back(db, line, version)?;
        // When others changed it since is theirs to say.
        db.prepare_cached(
            "UPDATE dossiers SET version = version + 1,
                 changed_at = CASE version WHEN ?2 THEN ?3 ELSE changed_at END
             WHERE line = ?1",
        )?
        .execute(params![line, version, changed_at])?;
        db.prepare_cached("DELETE FROM marking WHERE line = ?1")?
            .execute([line])?;
        if began.elapsed() >= LONGEST {
            break;
        }
    }
    Ok(())
}

fn forget_some(db: &Connection) -> Result<bool> {
    let last: Option<i64> = db
        .prepare_cached("SELECT max(line) FROM (SELECT line FROM marking ORDER BY line LIMIT ?1)")?
        .query_row([LINES as i64], |row| row.get(0))?;
    let Some(last) = last else {
        return Ok(false);
    };
    for table in [
        "marking_tags",
        "marking_treated",
        "marking_captures",
        "marking_missing",
        "marking",
    ] {
        db.prepare_cached(&format!("DELETE FROM {table} WHERE line <= ?1"))?
            .execute([last])?;
    }
    Ok(true)
}

/// Takes back what a mark put that a stop of the desk cut short: nobody was told that it was done.
///
/// A disk that refuses keeps nobody out of the register: the next such mark, or the next opening, begins with it.
pub(in crate::embedded) fn take_back_begun(db: &mut Connection) -> Result<()> {
    if is_begun(db)? {
        tracing::warn!("a mark that was cut short is taken back");
    }
    match settle(db) {
        Err(RegisterError::Damaged) => Err(RegisterError::Damaged),
        Err(error) => {
            tracing::warn!(%error, "a mark that was cut short is not taken back yet");
            Ok(())
        }
        Ok(()) => Ok(()),
    }
}

fn settle(db: &mut Connection) -> Result<()> {
    loop {
        let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let more = settle_some(&transaction)?;
        database::believe(&transaction)?;
        transaction.commit()?;
        if !more {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use chrono::{DateTime, Utc};
    use uuid::Uuid;

    use super::*;
    use crate::import::{ImportBatch, Imported};
    use crate::key::RegisterKey;
    use crate::query::{Filter, Query};
    use crate::register::{Imports as _, Listing as _, Marks as _};

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_780_000_000, 0).unwrap()
    }

    fn import(register: &EmbeddedRegister, dossiers: i64) {
        let batch = ImportBatch {
            environment_id: "sandbox".into(),
            process_id: "p".into(),
            process_uuid: Uuid::nil(),
            process_name: "Ouverture".into(),
            operator: "agence".into(),
            idclaim_expected: false,
        };
        let lines = (1..=dossiers)
            .map(|number| Imported {
                enrollment_id: number,
                ..Imported::default()
            })
            .collect();
        register
            .import(batch, lines, &Progress::unwatched(), &Stamp::desk(now()))
            .unwrap();
    }

    fn tagged(register: &EmbeddedRegister) -> u64 {
        let filter = Filter::Tag {
            not: false,
            tags: vec!["lot".into()],
        };
        let query = Query {
            filters: vec![filter],
            ..Query::default()
        };
        register.count(&query, &Progress::unwatched()).unwrap()
    }

    #[test]
    fn what_a_disk_keeps_from_being_taken_back_is_taken_back_by_the_next_mark_or_opening() {
        let all = Selection::Matching {
            query: Query::default(),
            except: vec![],
        };
        let stamp = Stamp::desk(now());
        for opened_again in [false, true] {
            let home = tempfile::tempdir().unwrap();
            let key = RegisterKey::generate();
            let open = || EmbeddedRegister::open(home.path(), &key, now()).unwrap();
            let shared = Arc::new(open());
            import(&shared, 1_500);
            let held = Arc::downgrade(&shared);
            let progress = Progress::told_to(move |done, _| {
                if done > 0 {
                    let register = held.upgrade().unwrap();
                    let refuse = "PRAGMA query_only = ON";
                    register.files().db.execute_batch(refuse).unwrap();
                }
            });
            let lot = ["lot".to_owned()];
            assert!(shared.tag(&all, &lot, &[], &progress, &stamp).is_err());
            let mut register = Arc::into_inner(shared).unwrap();
            let take_again = "PRAGMA query_only = OFF";
            register.files().db.execute_batch(take_again).unwrap();
            let half = tagged(&register);
            assert!((1..1_500).contains(&half), "{half}");
            if opened_again {
                drop(register);
                register = open();
            } else {
                let nobody = Progress::unwatched();
                let treated = register.treat(&all, true, &nobody, &stamp).unwrap();
                assert_eq!((treated.changed, treated.unchanged), (1_500, 0));
            }
            assert_eq!(tagged(&register), 0);
        }
    }
}
