//! Dropping what is older than the journal is kept.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};

use super::acts;
use crate::act::Act;
use crate::error::Result;
use crate::stamp::Stamp;
use crate::store::chain::{self, ChainKey, End, Raw};
use crate::store::text;

/// Few enough not to keep a change waiting that a person waits for.
const BATCH: i64 = 5_000;

/// Drops the oldest entries, at most a batch, with the act that says so. Returns how many.
///
/// What is dropped is held against the chain first, so that dropping cannot hide that something in
/// it was changed: the act names the first entry that does not hold.
pub(super) fn drop_some(
    db: &Connection,
    key: &ChainKey,
    before: DateTime<Utc>,
    stamp: &Stamp,
) -> Result<u64> {
    // Not the acts of this very pruning, whatever is asked.
    let before = text::time(before.min(stamp.at));
    let mut base = key.end(db, chain::BASE)?;
    let base_is_ours = base.is_some();
    let mut bad = (!base_is_ours).then_some(0);
    let mut dropped: u64 = 0;
    let mut until = None;
    let mut last = None;
    {
        let mut statement = db.prepare_cached(
            "SELECT position, at, actor, act, dossier, detail, mac FROM acts
             ORDER BY position LIMIT ?1",
        )?;
        let mut rows = statement.query([BATCH])?;
        while let Some(row) = rows.next()? {
            let entry = Raw::read(row, 0)?;
            let at: String = row.get("at")?;
            if at >= before {
                break;
            }
            if let Some(known) = base {
                let mac = key.link(&known.mac, &entry);
                let holds = entry.position == known.position.saturating_add(1)
                    && row.get_ref("mac")?.as_blob() == Ok(&mac[..]);
                base = holds.then_some(End {
                    position: entry.position,
                    mac,
                });
                if !holds {
                    bad = Some(entry.position);
                }
            }
            last = Some(entry.position);
            dropped += 1;
            until = Some(at);
        }
    }
    let (Some(last), Some(until)) = (last, until) else {
        return Ok(0);
    };
    // A base that was tampered with is not put right: that would vouch for it.
    let new_base = match base {
        None if base_is_ours => mac_of(db, last)?,
        base => base,
    };
    db.prepare_cached("DELETE FROM acts WHERE position <= ?1")?
        .execute([last])?;
    if let Some(new_base) = new_base {
        key.set_end(db, chain::BASE, &new_base)?;
    }
    let detail = match bad {
        None => format!("{dropped} {until}"),
        Some(bad) => format!("{dropped} {until} !{bad}"),
    };
    acts::write(db, Act::JournalPruned, None, &detail, stamp)?;
    Ok(dropped)
}

fn mac_of(db: &Connection, position: i64) -> rusqlite::Result<Option<End>> {
    Ok(db
        .prepare_cached("SELECT mac FROM acts WHERE position = ?1")?
        .query_row(params![position], |row| row.get(0))
        .optional()?
        .map(|mac| End { position, mac }))
}
