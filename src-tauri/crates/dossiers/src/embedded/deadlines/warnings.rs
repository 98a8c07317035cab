//! A person hears of what is not kept, on a few days and once each.

use std::collections::BTreeMap;

use chrono::DateTime;
use rusqlite::{Transaction, params};

use crate::act::Act;
use crate::deadlines::{next_warning, reached};
use crate::embedded::acts;
use crate::error::{RegisterError, Result};
use crate::keeping::Lane;
use crate::radar::Warning;
use crate::stamp::Stamp;
use crate::store::meta;

struct Due {
    line: i64,
    environment_id: String,
    lane: Lane,
    deadline: i64,
    warned: u8,
    warn_next: i64,
}

/// Marks the warnings that are due and returns them, counted by environment, lane and day.
pub(super) fn give(transaction: &Transaction<'_>, now: i64, stamp: &Stamp) -> Result<Vec<Warning>> {
    let mut groups: BTreeMap<(String, Lane, u8), (u64, i64)> = BTreeMap::new();
    let mut mark = transaction
        .prepare_cached("UPDATE dossiers SET warned = ?2, warn_next = ?3 WHERE line = ?1")?;
    for due in due(transaction, now)? {
        // The next warning is due so many days after the window opened.
        let Some(offset) = next_warning(0, due.warned) else {
            continue;
        };
        let start = due.warn_next - offset;
        let day = reached(start, now);
        mark.execute(params![due.line, day, next_warning(start, day)])?;
        let (count, closest) = groups
            .entry((due.environment_id, due.lane, day))
            .or_insert((0, i64::MAX));
        *count += 1;
        *closest = due.deadline.min(*closest);
    }
    if !groups.is_empty() {
        // So that a clock that was ahead is noticed, and its warnings are given again.
        meta::set_told_until(transaction, now)?;
    }
    let mut warnings = Vec::new();
    for ((environment_id, lane, day), (dossiers, closest)) in groups {
        let detail = format!(
            "{environment_id} {} day={day} dossiers={dossiers}",
            lane.as_str()
        );
        acts::write(transaction, Act::Warned, None, &detail, stamp)?;
        warnings.push(Warning {
            environment_id,
            lane,
            day,
            dossiers,
            closest: DateTime::from_timestamp(closest, 0).ok_or(RegisterError::Damaged)?,
        });
    }
    Ok(warnings)
}

fn due(transaction: &Transaction<'_>, now: i64) -> Result<Vec<Due>> {
    let mut statement = transaction.prepare_cached(
        "SELECT line, environment_id, lane, deadline, warned, warn_next FROM dossiers
         WHERE warn_next <= ?1",
    )?;
    let mut rows = statement.query([now])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let lane: String = row.get("lane")?;
        found.push(Due {
            line: row.get("line")?,
            environment_id: row.get("environment_id")?,
            lane: Lane::from_word(&lane).ok_or(RegisterError::Damaged)?,
            deadline: row.get("deadline")?,
            warned: row.get("warned")?,
            warn_next: row.get("warn_next")?,
        });
    }
    Ok(found)
}
