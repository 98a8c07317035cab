//! Lines of which a person wants the capture.

use rusqlite::{Connection, params};

use super::{Mark, Way};
use crate::act::Act;
use crate::embedded::EmbeddedRegister;
use crate::error::Result;
use crate::progress::Progress;
use crate::query::Selection;
use crate::register::Changed;
use crate::stamp::Stamp;
use crate::store::outlooks;

/// What asks for the capture of a line, and says whether that changed it.
struct Asking<F>(F);

impl EmbeddedRegister {
    /// Asks for the capture of every dossier of a selection, all or nothing. `ask` says whether it
    /// changed the line.
    pub(in crate::embedded) fn mark(
        &self,
        selection: &Selection,
        act: Act,
        progress: &Progress,
        stamp: &Stamp,
        ask: impl Fn(&Connection, i64) -> Result<bool>,
    ) -> Result<Changed> {
        self.put_on_each(selection, act, &Asking(ask), progress, stamp)
    }
}

impl<F: Fn(&Connection, i64) -> Result<bool>> Mark for Asking<F> {
    fn put(&self, db: &Connection, line: i64, way: Way) -> Result<bool> {
        if way == Way::AtOnce {
            forget(db, line)?;
            return (self.0)(db, line);
        }
        if !note(db, line)? {
            return Ok(false);
        }
        let asked = (self.0)(db, line)?;
        if !asked {
            forget(db, line)?;
        }
        Ok(asked)
    }
}

/// Whether there is something to note: a line without a capture cannot be asked for, and one that was is not again.
fn note(db: &Connection, line: i64) -> rusqlite::Result<bool> {
    let noted = db
        .prepare_cached(
            "INSERT OR IGNORE INTO marking_captures (line, state, asked, tries, trouble, retry,
                 ended, dossier_trouble, dossier_trouble_at, warned, lost)
             SELECT c.line, c.state, c.asked, c.tries, c.trouble, c.retry, c.ended, d.trouble,
                 d.trouble_at, d.warned, d.lost
             FROM captures AS c JOIN dossiers AS d ON d.line = c.line WHERE c.line = ?1",
        )?
        .execute([line])?;
    if noted == 0 {
        return Ok(false);
    }
    db.prepare_cached(
        "INSERT INTO marking_missing (line, kind, document_id, document_name, page, reason)
         SELECT line, kind, document_id, document_name, page, reason FROM missing
         WHERE line = ?1 ORDER BY rowid",
    )?
    .execute([line])?;
    Ok(true)
}

fn forget(db: &Connection, line: i64) -> rusqlite::Result<()> {
    for sql in [
        "DELETE FROM marking_captures WHERE line = ?1",
        "DELETE FROM marking_missing WHERE line = ?1",
    ] {
        db.prepare_cached(sql)?.execute([line])?;
    }
    Ok(())
}

/// Takes back what is noted of the line, where its capture was not tried since; not where a file of it turned out
/// not to be whole, which has it wait by itself. `version`: as the mark left the line.
pub(super) fn take_back(db: &Connection, line: i64, version: i64) -> Result<()> {
    let waits_no_more = db
        .prepare_cached(
            "UPDATE captures AS c SET state = n.state, asked = n.asked, tries = n.tries,
                 trouble = n.trouble, retry = n.retry, ended = n.ended
             FROM marking_captures AS n
             WHERE n.line = c.line AND c.line = ?1 AND c.asked = 1 AND c.tries = 0
                 AND c.trouble IS NULL AND c.retry IS NULL AND c.ended IS NULL
                 AND (?2 = (SELECT d.version FROM dossiers AS d WHERE d.line = ?1)
                     OR NOT EXISTS (SELECT 1 FROM pieces AS p
                         WHERE p.line = ?1 AND p.integrity <> 'whole'))",
        )?
        .execute(params![line, version])?;
    if waits_no_more > 0 {
        db.prepare_cached(
            "INSERT INTO missing (line, kind, document_id, document_name, page, reason)
             SELECT line, kind, document_id, document_name, page, reason FROM marking_missing
             WHERE line = ?1 ORDER BY rowid",
        )?
        .execute([line])?;
        db.prepare_cached(
            "UPDATE dossiers AS d SET warned = max(d.warned, n.warned), lost = n.lost,
                 trouble_at = CASE WHEN d.trouble IS NULL THEN n.dossier_trouble_at
                     ELSE d.trouble_at END,
                 trouble = coalesce(d.trouble, n.dossier_trouble)
             FROM marking_captures AS n WHERE n.line = d.line AND d.line = ?1",
        )?
        .execute([line])?;
        outlooks::refresh(db, line)?;
    }
    Ok(forget(db, line)?)
}
