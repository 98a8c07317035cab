//! Pieces out of their rows.

use rusqlite::{Row, types::ValueRef};
use uuid::Uuid;

use super::{lines, text};
use crate::pieces::{DocumentRef, Integrity, Md5Agreement, NewPiece, Piece, PieceId, PieceKind};

/// The columns [`read`] wants, from `pieces AS p JOIN dossiers AS d`.
pub(crate) const COLUMNS: &str = "p.id AS piece, d.id AS dossier, p.kind, p.document_id,
    p.document_name, p.page, p.media_type, p.size, p.sha256, p.md5, p.md5_agreement, p.call,
    p.fetched_at, p.verified_at, p.integrity";

pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<Piece> {
    Ok(Piece {
        recorded: NewPiece {
            id: read_id(row, "piece")?,
            kind: text::read_word(row, "kind", PieceKind::from_word)?,
            document: read_document(row)?,
            media_type: row.get("media_type")?,
            size: row
                .get::<_, i64>("size")?
                .try_into()
                .map_err(|_| text::not_ours("size"))?,
            sha256: read_hash(row, "sha256")?,
            md5: read_hash(row, "md5")?,
            md5_agreement: text::read_word(row, "md5_agreement", Md5Agreement::from_word)?,
            call: row.get("call")?,
            fetched_at: text::read_time(row, "fetched_at")?,
        },
        dossier: lines::read_id(row, "dossier")?,
        verified_at: text::read_optional_time(row, "verified_at")?,
        integrity: text::read_word(row, "integrity", Integrity::from_word)?,
    })
}

pub(crate) fn read_id(row: &Row<'_>, column: &str) -> rusqlite::Result<PieceId> {
    Uuid::from_slice(row.get_ref(column)?.as_blob()?)
        .map(PieceId)
        .map_err(|_| text::not_ours("piece"))
}

/// The document in the columns `document_id, document_name, page`.
pub(crate) fn read_document(row: &Row<'_>) -> rusqlite::Result<Option<DocumentRef>> {
    if row.get_ref("document_id")? == ValueRef::Null {
        return Ok(None);
    }
    Ok(Some(DocumentRef {
        document_id: row.get("document_id")?,
        name: row.get("document_name")?,
        page_number: row.get("page")?,
    }))
}

fn read_hash<const N: usize>(row: &Row<'_>, column: &'static str) -> rusqlite::Result<[u8; N]> {
    row.get_ref(column)?
        .as_blob()?
        .try_into()
        .map_err(|_| text::not_ours(column))
}

/// Kind and page in few words, for the journal.
pub(crate) fn place(kind: PieceKind, document: Option<&DocumentRef>) -> String {
    match document {
        Some(document) => format!(
            "{} {} page {}",
            kind.as_str(),
            document.document_id,
            document.page_number
        ),
        None => kind.as_str().to_owned(),
    }
}
