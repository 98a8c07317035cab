//! Pieces as a capture leaves them.

use dossiers::{CaptureEnd, CapturePolicy, DossierId};
use dossiers::{DocumentRef, Md5Agreement, NewPiece, PieceId, PieceKind, Register};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::desk::{now, stamp};

pub fn piece(kind: PieceKind) -> NewPiece {
    let bytes = kind.as_str().as_bytes();
    NewPiece {
        id: PieceId(Uuid::now_v7()),
        kind,
        document: None,
        media_type: "application/octet-stream".into(),
        size: bytes.len() as u64,
        sha256: Sha256::digest(bytes).into(),
        md5: [7; 16],
        md5_agreement: Md5Agreement::NotStated,
        call: format!("GET /{}", kind.as_str()),
        fetched_at: now(),
    }
}

pub fn page(page_number: u32) -> NewPiece {
    NewPiece {
        document: Some(DocumentRef {
            document_id: "1f0c".into(),
            name: "id_document_image".into(),
            page_number,
        }),
        md5_agreement: Md5Agreement::Agrees,
        media_type: "image/jpeg".into(),
        ..piece(PieceKind::Document)
    }
}

/// Records report and pages of a dossier of which the report is kept, and ends its capture.
pub fn capture(register: &dyn Register, id: DossierId, pages: u32) -> Vec<PieceId> {
    let pieces: Vec<_> = std::iter::once(piece(PieceKind::Report))
        .chain((0..pages).map(page))
        .collect();
    let ids = pieces.iter().map(|piece| piece.id).collect();
    for piece in pieces {
        register.record_piece(id, piece, &stamp()).unwrap();
    }
    let rule = CapturePolicy::Full.into();
    let end = CaptureEnd::Complete { rule };
    register.end_capture(id, end, &stamp()).unwrap();
    ids
}
