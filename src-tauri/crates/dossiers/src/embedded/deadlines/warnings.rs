//! A person hears of what is not kept, on a few days and once each.

use std::collections::BTreeMap;

use chrono::DateTime;
use rusqlite::{Connection, Transaction, params};

use super::BATCH;
use crate::act::Act;
use crate::deadlines::{next_warning, reached};
use crate::embedded::acts;
use crate::error::{RegisterError, Result};
use crate::keeping::Lane;
use crate::radar::Warning;
use crate::stamp::Stamp;
use crate::store::{meta, outlooks};

struct Due {
    line: i64,
    environment_id: String,
    lane: Lane,
    deadline: i64,
    /// When its windows opened.
    start: i64,
    warned: u32,
}

/// Marks one batch of the warnings that are due, and notes it for [`to_tell`]. Whether more may be due.
pub(super) fn mark(transaction: &Transaction<'_>, now: i64) -> Result<bool> {
    let mut groups: BTreeMap<(String, Lane, u32), (i64, i64)> = BTreeMap::new();
    let mut mark = transaction
        .prepare_cached("UPDATE dossiers SET warned = ?2, warn_next = ?3 WHERE line = ?1")?;
    let found = due(transaction, now)?;
    let more = found.len() == BATCH;
    for due in found {
        let day = reached(due.start, Some(due.deadline), now).max(due.warned);
        let next = next_warning(due.start, due.deadline, day);
        mark.execute(params![due.line, day, next])?;
        if day == due.warned {
            // It was given already: left as it was, it would come first in every batch.
            continue;
        }
        let (count, closest) = groups
            .entry((due.environment_id, due.lane, day))
            .or_insert((0, i64::MAX));
        *count += 1;
        *closest = due.deadline.min(*closest);
    }
    if !groups.is_empty() {
        // So that a clock that was ahead is noticed, and its warnings are given again.
        meta::raise_told_until(transaction, now)?;
    }
    let mut note = transaction.prepare_cached(
        "INSERT INTO warnings_to_tell (environment_id, lane, day, dossiers, closest)
         VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT DO UPDATE SET dossiers = dossiers + excluded.dossiers,
             closest = min(closest, excluded.closest)",
    )?;
    for ((environment_id, lane, day), (dossiers, closest)) in groups {
        note.execute(params![
            environment_id,
            lane.as_str(),
            day,
            dossiers,
            closest
        ])?;
    }
    Ok(more)
}

/// What was marked and not told.
pub(super) fn to_tell(db: &Connection) -> Result<Vec<Warning>> {
    let mut statement = db.prepare_cached(
        "SELECT environment_id, lane, day, dossiers, closest FROM warnings_to_tell",
    )?;
    let mut rows = statement.query([])?;
    let mut warnings = Vec::new();
    while let Some(row) = rows.next()? {
        let lane: String = row.get("lane")?;
        warnings.push(Warning {
            environment_id: row.get("environment_id")?,
            lane: Lane::from_word(&lane).ok_or(RegisterError::Damaged)?,
            day: row.get("day")?,
            dossiers: u64::try_from(row.get::<_, i64>("dossiers")?)
                .map_err(|_| RegisterError::Damaged)?,
            closest: DateTime::from_timestamp(row.get("closest")?, 0)
                .ok_or(RegisterError::Damaged)?,
        });
    }
    Ok(warnings)
}

/// Forgets what was told, with acts that count it. What was marked since then stays.
pub(super) fn told(transaction: &Transaction<'_>, told: &[Warning], stamp: &Stamp) -> Result<()> {
    let mut take_off = transaction.prepare_cached(
        "UPDATE warnings_to_tell SET dossiers = dossiers - ?4
         WHERE environment_id = ?1 AND lane = ?2 AND day = ?3",
    )?;
    for warning in told {
        let Warning {
            environment_id,
            day,
            dossiers,
            ..
        } = warning;
        let lane = warning.lane.as_str();
        let count = i64::try_from(*dossiers).unwrap_or(i64::MAX);
        take_off.execute(params![environment_id, lane, day, count])?;
        let detail = format!("{environment_id} {lane} day={day} dossiers={dossiers}");
        acts::write(transaction, Act::Warned, None, &detail, stamp)?;
    }
    transaction.execute("DELETE FROM warnings_to_tell WHERE dossiers <= 0", [])?;
    Ok(())
}

fn due(transaction: &Transaction<'_>, now: i64) -> Result<Vec<Due>> {
    let mut statement = transaction.prepare_cached(
        "SELECT line, environment_id, lane, deadline, warned, finished_time, creation_time, began,
             prepared_at
         FROM dossiers WHERE warn_next <= ?1 ORDER BY warn_next LIMIT ?2",
    )?;
    let mut rows = statement.query((now, BATCH as i64))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let lane: String = row.get("lane")?;
        found.push(Due {
            line: row.get("line")?,
            environment_id: row.get("environment_id")?,
            lane: Lane::from_word(&lane).ok_or(RegisterError::Damaged)?,
            deadline: row.get("deadline")?,
            start: outlooks::start_of(row)?,
            warned: row.get("warned")?,
        });
    }
    Ok(found)
}
