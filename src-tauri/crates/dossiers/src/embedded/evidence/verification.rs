//! Whether the files of the vault are what was captured.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::queue;
use crate::act::Act;
use crate::embedded::acts;
use crate::error::{RegisterError, Result};
use crate::pieces::{Integrity, PieceId};
use crate::stamp::Stamp;
use crate::store::{lines, outlooks, pieces, text};
use crate::verification::{VerificationEnd, VerificationMark, VerificationRun};

/// Notes what a look at a file found. Whether there is such a piece.
pub(super) fn note(
    db: &Connection,
    id: PieceId,
    integrity: Integrity,
    stamp: &Stamp,
) -> Result<bool> {
    let found = db
        .prepare_cached(&format!(
            "SELECT {}, p.line FROM pieces AS p JOIN dossiers AS d USING (line) WHERE p.id = ?1",
            pieces::COLUMNS
        ))?
        .query_row([id.0.as_bytes().as_slice()], |row| {
            Ok((pieces::read(row)?, row.get::<_, i64>("line")?))
        })
        .optional()?;
    let Some((piece, line)) = found else {
        return Ok(false);
    };
    db.prepare_cached("UPDATE pieces SET verified_at = ?2, integrity = ?3 WHERE id = ?1")?
        .execute(params![
            id.0.as_bytes().as_slice(),
            text::time(stamp.at),
            integrity.as_str()
        ])?;
    if integrity != Integrity::Whole {
        let place = pieces::place(piece.recorded.kind, piece.recorded.document.as_ref());
        let detail = format!("{place}: {}", integrity.as_str());
        let act = Act::EvidenceDamaged;
        acts::write(db, act, Some(piece.dossier), &detail, stamp)?;
    }
    if integrity != piece.integrity {
        if integrity != Integrity::Whole {
            queue::ask_again(db, line)?;
        }
        outlooks::refresh(db, line)?;
        lines::touch(db, line, stamp.at)?;
    }
    Ok(true)
}

/// Notes what a run found and how far it is.
pub(super) fn go_on(
    db: &Connection,
    checked: &[(PieceId, Integrity)],
    stamp: &Stamp,
) -> Result<()> {
    let Some(last) = checked.iter().map(|(id, _)| id).max() else {
        return Ok(());
    };
    let (mut looked_at, mut damaged) = (0, 0);
    for (id, integrity) in checked {
        if note(db, *id, *integrity, stamp)? {
            looked_at += 1;
            damaged += i64::from(*integrity != Integrity::Whole);
        }
    }
    db.prepare_cached(
        "UPDATE verification SET after = ?1, checked = checked + ?2, damaged = damaged + ?3,
             began_at = coalesce(began_at, ?4)",
    )?
    .execute(params![
        last.0.as_bytes().as_slice(),
        looked_at,
        damaged,
        text::time(stamp.at)
    ])?;
    Ok(())
}

pub(super) fn mark(db: &Connection) -> Result<VerificationMark> {
    let mark = db
        .prepare_cached(
            "SELECT after, checked, damaged, began_at, last_at, last_checked, last_damaged
             FROM verification",
        )?
        .query_row([], |row| {
            let is_there =
                |column| Ok::<_, rusqlite::Error>(row.get_ref(column)? != ValueRef::Null);
            let count =
                |column| Ok::<_, rusqlite::Error>(row.get::<_, i64>(column)?.unsigned_abs());
            Ok(VerificationMark {
                run: if is_there("after")? {
                    Some(VerificationRun {
                        after: pieces::read_id(row, "after")?,
                        checked: count("checked")?,
                        damaged: count("damaged")?,
                        began_at: text::read_time(row, "began_at")?,
                    })
                } else {
                    None
                },
                last: if is_there("last_at")? {
                    Some(VerificationEnd {
                        ended_at: text::read_time(row, "last_at")?,
                        checked: count("last_checked")?,
                        damaged: count("last_damaged")?,
                    })
                } else {
                    None
                },
            })
        })
        .optional()?;
    mark.ok_or(RegisterError::Damaged)
}

pub(super) fn forget_run(db: &Transaction<'_>) -> Result<()> {
    db.prepare_cached(
        "UPDATE verification SET after = NULL, checked = 0, damaged = 0, began_at = NULL",
    )?
    .execute([])?;
    Ok(())
}

/// Ends the run.
pub(super) fn finish(db: &Transaction<'_>, stamp: &Stamp) -> Result<VerificationEnd> {
    let run = mark(db)?.run;
    let end = VerificationEnd {
        ended_at: stamp.at,
        checked: run.map_or(0, |run| run.checked),
        damaged: run.map_or(0, |run| run.damaged),
    };
    forget_run(db)?;
    db.prepare_cached(
        "UPDATE verification SET last_at = ?1, last_checked = ?2, last_damaged = ?3",
    )?
    .execute(params![
        text::time(end.ended_at),
        i64::try_from(end.checked).unwrap_or(i64::MAX),
        i64::try_from(end.damaged).unwrap_or(i64::MAX)
    ])?;
    let detail = format!("{} checked, {} not whole", end.checked, end.damaged);
    acts::write(db, Act::EvidenceVerified, None, &detail, stamp)?;
    Ok(end)
}
