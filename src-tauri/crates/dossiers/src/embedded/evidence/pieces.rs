//! Pieces of dossiers, as rows.

use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

use crate::act::Act;
use crate::dossier::{DossierId, ReportKind};
use crate::embedded::acts;
use crate::error::Result;
use crate::pieces::{Integrity, Md5Agreement, NewPiece, Piece, PieceId, PieceKind, Shelved};
use crate::stamp::Stamp;
use crate::store::{lines, outlooks, pieces, text};

pub(super) fn record(
    db: &Connection,
    id: DossierId,
    piece: &NewPiece,
    stamp: &Stamp,
) -> Result<Shelved> {
    let line = lines::require(db, id)?.line;
    let shelved = put(db, id, line, piece, stamp)?;
    outlooks::refresh(db, line)?;
    Ok(shelved)
}

/// Several of one dossier; what follows from them is told once.
pub(super) fn record_all(
    db: &Connection,
    id: DossierId,
    pieces: &[NewPiece],
    stamp: &Stamp,
) -> Result<Vec<Shelved>> {
    let line = lines::require(db, id)?.line;
    let shelved = pieces
        .iter()
        .map(|piece| put(db, id, line, piece, stamp))
        .collect::<Result<Vec<_>>>()?;
    outlooks::refresh(db, line)?;
    Ok(shelved)
}

fn put(
    db: &Connection,
    id: DossierId,
    line: i64,
    piece: &NewPiece,
    stamp: &Stamp,
) -> Result<Shelved> {
    if piece.kind == PieceKind::Report && is_the_draft(db, line, piece)? {
        return Ok(Shelved::AlreadyThere(piece.id));
    }
    let before = at_its_place(db, line, piece)?;
    if let Some(there) = &before {
        if there.id == piece.id {
            return Ok(Shelved::Kept);
        }
        if !there.gives_way_to(piece) {
            return Ok(Shelved::AlreadyThere(there.id));
        }
        db.prepare_cached("DELETE FROM pieces WHERE id = ?1")?
            .execute([there.id.0.as_bytes().as_slice()])?;
    }
    insert(db, line, piece)?;
    let place = pieces::place(piece.kind, piece.document.as_ref());
    let detail = format!(
        "{place}, {} bytes, SHA-256 {}",
        piece.size,
        hex::encode(piece.sha256)
    );
    acts::write(db, Act::Captured, Some(id), &detail, stamp)?;
    Ok(match before {
        Some(replaced) => Shelved::Replaced(replaced.id),
        None => Shelved::Kept,
    })
}

/// The register alone keeps a draft: as a piece it would pass for the report of the finished dossier.
fn is_the_draft(db: &Connection, line: i64, piece: &NewPiece) -> rusqlite::Result<bool> {
    let draft: Option<Vec<u8>> = db
        .prepare_cached(
            "SELECT raw FROM reports WHERE line = ?1 AND rank = ?2
                 AND NOT EXISTS (SELECT 1 FROM reports WHERE line = ?1 AND rank > ?2)",
        )?
        .query_row(params![line, lines::rank(ReportKind::Draft)], |row| {
            row.get("raw")
        })
        .optional()?;
    Ok(draft.is_some_and(|raw| {
        let sha256: [u8; 32] = Sha256::digest(raw).into();
        sha256 == piece.sha256
    }))
}

/// What counts at a place until now.
struct There {
    id: PieceId,
    integrity: Integrity,
    agreement: Md5Agreement,
}

impl There {
    /// A whole piece goes on counting, unless it is not what the report states and the other one is.
    fn gives_way_to(&self, piece: &NewPiece) -> bool {
        self.integrity != Integrity::Whole
            || (self.agreement == Md5Agreement::Differs
                && piece.md5_agreement == Md5Agreement::Agrees)
    }
}

/// The piece of the same kind and page.
fn at_its_place(db: &Connection, line: i64, piece: &NewPiece) -> rusqlite::Result<Option<There>> {
    let document = piece.document.as_ref();
    db.prepare_cached(
        "SELECT id, integrity, md5_agreement FROM pieces
         WHERE line = ?1 AND kind = ?2 AND document_id IS ?3 AND page IS ?4",
    )?
    .query_row(
        params![
            line,
            piece.kind.as_str(),
            document.map(|document| &document.document_id),
            document.map(|document| document.page_number)
        ],
        |row| {
            Ok(There {
                id: pieces::read_id(row, "id")?,
                integrity: text::read_word(row, "integrity", Integrity::from_word)?,
                agreement: text::read_word(row, "md5_agreement", Md5Agreement::from_word)?,
            })
        },
    )
    .optional()
}

fn insert(db: &Connection, line: i64, piece: &NewPiece) -> rusqlite::Result<()> {
    let document = piece.document.as_ref();
    db.prepare_cached(
        "INSERT INTO pieces (id, line, kind, document_id, document_name, page, media_type, size,
             sha256, md5, md5_agreement, call, fetched_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    )?
    .execute(params![
        piece.id.0.as_bytes().as_slice(),
        line,
        piece.kind.as_str(),
        document.map(|document| &document.document_id),
        document.map(|document| &document.name),
        document.map(|document| document.page_number),
        piece.media_type,
        i64::try_from(piece.size).unwrap_or(i64::MAX),
        piece.sha256.as_slice(),
        piece.md5.as_slice(),
        piece.md5_agreement.as_str(),
        piece.call,
        text::time(piece.fetched_at)
    ])
    .map(drop)
}

/// What is captured of a line.
pub(super) fn of_line(db: &Connection, line: i64) -> Result<Vec<Piece>> {
    let mut statement = db.prepare_cached(&format!(
        "SELECT {} FROM pieces AS p JOIN dossiers AS d USING (line) WHERE p.line = ?1
         ORDER BY p.kind = 'document', p.kind, p.document_name, p.document_id, p.page",
        pieces::COLUMNS
    ))?;
    let found = statement.query_map([line], pieces::read)?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

/// Pieces in the order of their ids.
pub(super) fn behind(db: &Connection, after: Option<PieceId>, limit: u32) -> Result<Vec<Piece>> {
    let after = after.map(|id| id.0.into_bytes()).unwrap_or_default();
    let mut statement = db.prepare_cached(&format!(
        "SELECT {} FROM (SELECT * FROM pieces WHERE id > ?1 ORDER BY id LIMIT ?2) AS p
         JOIN dossiers AS d USING (line) ORDER BY p.id",
        pieces::COLUMNS
    ))?;
    let found = statement.query_map(params![after.as_slice(), limit], pieces::read)?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}
