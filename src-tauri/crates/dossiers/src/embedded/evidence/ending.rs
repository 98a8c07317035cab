//! How a try to capture a dossier ended.

use rusqlite::{Connection, params};

use super::queue;
use crate::act::Act;
use crate::capture::{CaptureEnd, CapturePolicy, CaptureRule, CaptureState};
use crate::dossier::DossierId;
use crate::embedded::acts;
use crate::error::{RegisterError, Result};
use crate::pieces::{MissingPiece, PieceKind};
use crate::stamp::Stamp;
use crate::store::{captures, lines, outlooks, pieces, text};

pub(super) fn end(db: &Connection, id: DossierId, end: CaptureEnd, stamp: &Stamp) -> Result<()> {
    let line = lines::require(db, id)?.line;
    if !queue::is_there(db, line)? {
        return Err(RegisterError::NotFinished);
    }
    match end {
        CaptureEnd::Later { trouble, retry_at } => {
            db.prepare_cached(
                "UPDATE captures SET tries = tries + 1, trouble = ?2, retry = ?3 WHERE line = ?1",
            )?
            .execute(params![line, trouble, retry_at.timestamp()])?;
            db.prepare_cached(
                "UPDATE dossiers SET trouble = ?2, trouble_at = ?3, version = version + 1
                 WHERE line = ?1",
            )?
            .execute(params![line, trouble, text::time(stamp.at)])?;
            Ok(())
        }
        CaptureEnd::Complete { rule } => ended(db, id, line, rule, &[], stamp),
        CaptureEnd::Incomplete { rule, missing } => ended(db, id, line, rule, &missing, stamp),
    }
}

fn ended(
    db: &Connection,
    id: DossierId,
    line: i64,
    rule: CaptureRule,
    missing: &[MissingPiece],
    stamp: &Stamp,
) -> Result<()> {
    let state = if missing.is_empty() {
        CaptureState::Complete
    } else {
        CaptureState::Incomplete
    };
    db.prepare_cached(
        "UPDATE captures SET state = ?2, policy = ?3, asked = 0, tries = 0, trouble = NULL,
             retry = NULL, ended = ?4
         WHERE line = ?1",
    )?
    .execute(params![
        line,
        state.as_str(),
        rule.as_word(),
        stamp.at.timestamp()
    ])?;
    queue::forget_missing(db, line)?;
    for piece in missing {
        write_missing(db, line, piece)?;
    }
    note_kept(db, line, rule.policy, missing, stamp)?;
    outlooks::forget_trouble(db, line)?;
    outlooks::refresh(db, line)?;
    lines::touch(db, line, stamp.at)?;
    let detail = told(missing);
    Ok(acts::write(
        db,
        Act::CaptureEnded,
        Some(id),
        &detail,
        stamp,
    )?)
}

/// Deadlines wait for nothing that is captured.
fn note_kept(
    db: &Connection,
    line: i64,
    policy: CapturePolicy,
    missing: &[MissingPiece],
    stamp: &Stamp,
) -> rusqlite::Result<()> {
    let is_missing = |kind| missing.iter().any(|piece| piece.kind == kind);
    let documents = policy == CapturePolicy::Full && !is_missing(PieceKind::Document);
    let idclaim = captures::holds(db, line, PieceKind::IdClaim)?;
    let report = captures::holds(db, line, PieceKind::Report)?
        || captures::holds(db, line, PieceKind::ArchivedReport)?;
    db.prepare_cached(
        "UPDATE dossiers SET
             documents_kept_at = CASE WHEN ?3 THEN coalesce(documents_kept_at, ?2)
                 ELSE documents_kept_at END,
             idclaim_kept_at = CASE WHEN ?4 THEN coalesce(idclaim_kept_at, ?2)
                 ELSE idclaim_kept_at END,
             report_kept_at = CASE WHEN ?5 THEN coalesce(report_kept_at, ?2)
                 ELSE report_kept_at END
         WHERE line = ?1",
    )?
    .execute(params![
        line,
        text::time(stamp.at),
        documents,
        idclaim,
        report
    ])
    .map(drop)
}

fn write_missing(db: &Connection, line: i64, piece: &MissingPiece) -> rusqlite::Result<()> {
    let document = piece.document.as_ref();
    db.prepare_cached(
        "INSERT INTO missing (line, kind, document_id, document_name, page, reason)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        line,
        piece.kind.as_str(),
        document.map(|document| &document.document_id),
        document.map(|document| &document.name),
        document.map(|document| document.page_number),
        piece.reason
    ])
    .map(drop)
}

/// What of a line cannot be had any more.
pub(super) fn missing(db: &Connection, line: i64) -> Result<Vec<MissingPiece>> {
    let mut statement = db.prepare_cached(
        "SELECT kind, document_id, document_name, page, reason FROM missing
         WHERE line = ?1 ORDER BY rowid",
    )?;
    let found = statement.query_map([line], |row| {
        Ok(MissingPiece {
            kind: text::read_word(row, "kind", PieceKind::from_word)?,
            document: pieces::read_document(row)?,
            reason: row.get("reason")?,
        })
    })?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

fn told(missing: &[MissingPiece]) -> String {
    if missing.is_empty() {
        return CaptureState::Complete.as_str().to_owned();
    }
    let missing: Vec<_> = missing
        .iter()
        .map(|piece| {
            let place = pieces::place(piece.kind, piece.document.as_ref());
            format!("{place}: {}", piece.reason)
        })
        .collect();
    format!("incomplete; {}", missing.join("; "))
}
