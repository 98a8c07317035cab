//! «Treated», put on a line or taken off it.

use rusqlite::{Connection, OptionalExtension, params};

use super::{Mark, Way};
use crate::error::Result;

pub(super) struct Treating {
    pub(super) treated: bool,
    /// When, as the database writes it.
    pub(super) at: String,
}

impl Mark for Treating {
    fn put(&self, db: &Connection, line: i64, way: Way) -> Result<bool> {
        match way {
            Way::AtOnce => forget(db, line)?,
            Way::InParts => {
                db.prepare_cached(
                    "INSERT OR REPLACE INTO marking_treated (line, treated_at)
                     SELECT line, treated_at FROM dossiers
                     WHERE line = ?1 AND (treated_at IS NULL) = ?2",
                )?
                .execute(params![line, self.treated])?;
            }
        }
        let sql = if self.treated {
            "UPDATE dossiers SET treated_at = ?2 WHERE line = ?1 AND treated_at IS NULL"
        } else {
            "UPDATE dossiers SET treated_at = NULL
             WHERE line = ?1 AND treated_at IS NOT NULL AND ?2 IS NOT NULL"
        };
        Ok(db.prepare_cached(sql)?.execute(params![line, self.at])? > 0)
    }
}

/// Takes back what is noted of the line.
pub(super) fn take_back(db: &Connection, line: i64) -> Result<()> {
    let before: Option<Option<String>> = db
        .prepare_cached("SELECT treated_at FROM marking_treated WHERE line = ?1")?
        .query_row([line], |row| row.get(0))
        .optional()?;
    if let Some(before) = before {
        db.prepare_cached("UPDATE dossiers SET treated_at = ?2 WHERE line = ?1")?
            .execute(params![line, before])?;
        forget(db, line)?;
    }
    Ok(())
}

fn forget(db: &Connection, line: i64) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM marking_treated WHERE line = ?1")?
        .execute([line])
        .map(drop)
}
