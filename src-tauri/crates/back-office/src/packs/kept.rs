//! The originals that were captured, straight out of the vault.

use std::io;

use dossiers::{Dossier, Integrity, NewPiece, PieceKind as Kind};
use evidence::{
    DocumentEntry, DocumentPage, MediaType, PageSide, Vault, VaultError, names,
    packs::{Content, Missing, MissingReason, Piece, PieceKind},
};

use crate::{desk::Desk, errors::DeskError, save::reference, vault::agreement};

/// What the vault has of a dossier.
pub(super) struct KeptPieces {
    pub pieces: Vec<Piece>,
    whole: Vec<NewPiece>,
    /// Captured once, and nothing stands in their place yet.
    damaged: Vec<(NewPiece, MissingReason)>,
}

impl Desk {
    pub(super) async fn kept_pieces(
        &self,
        dossier: &Dossier,
        documents: &[DocumentEntry],
    ) -> Result<KeptPieces, DeskError> {
        let id = dossier.id;
        let recorded = self
            .on_register(move |register, _| register.pieces(id))
            .await?;
        let mut kept = KeptPieces {
            pieces: Vec::new(),
            whole: Vec::new(),
            damaged: Vec::new(),
        };
        for piece in recorded {
            match damage(piece.integrity) {
                Some(reason) => kept.damaged.push((piece.recorded, reason)),
                None => {
                    let vault = self.vault().await?;
                    kept.pieces.push(packed(dossier, documents, &piece, vault));
                    kept.whole.push(piece.recorded);
                }
            }
        }
        Ok(kept)
    }
}

impl KeptPieces {
    pub(super) fn has(&self, is_it: impl Fn(&NewPiece) -> bool) -> bool {
        self.whole.iter().any(is_it)
    }

    pub(super) fn has_page(&self, page: &DocumentPage) -> bool {
        self.has(|piece| is_page(piece, page))
    }

    pub(super) fn is_damaged(&self, is_it: impl Fn(&NewPiece) -> bool) -> bool {
        self.damaged.iter().any(|(piece, _)| is_it(piece))
    }

    /// Another copy stands in its place, or it is told to be missing: what happened to the captured one, where there was
    /// one.
    pub(super) fn settle(&mut self, is_it: impl Fn(&NewPiece) -> bool) -> Option<MissingReason> {
        let at = self.damaged.iter().position(|(piece, _)| is_it(piece))?;
        Some(self.damaged.swap_remove(at).1)
    }

    /// Everything that was captured and stands nowhere in the pack, whatever it is.
    pub(super) fn into_pieces_and_missing(
        self,
        dossier: &Dossier,
        documents: &[DocumentEntry],
    ) -> (Vec<Piece>, Vec<Missing>) {
        let missing = self.damaged.into_iter().map(|(piece, reason)| Missing {
            kind: kind(piece.kind),
            name: piece_name(dossier, documents, &piece),
            document: piece.document.map(|document| document.name),
            reason,
        });
        (self.pieces, missing.collect())
    }
}

pub(super) fn is_report(kind: Kind) -> bool {
    matches!(kind, Kind::Report | Kind::ArchivedReport)
}

/// `None`: it is what was captured.
fn damage(integrity: Integrity) -> Option<MissingReason> {
    match integrity {
        Integrity::Whole => None,
        Integrity::Missing => Some(MissingReason::Lost),
        Integrity::Altered => Some(MissingReason::Altered),
        Integrity::Unreadable => Some(MissingReason::Unreadable),
    }
}

fn kind(kind: Kind) -> PieceKind {
    match kind {
        Kind::Document => PieceKind::Document,
        Kind::IdClaim => PieceKind::IdClaim,
        Kind::ReportPdf => PieceKind::ReportPdf,
        Kind::Report => PieceKind::Report,
        Kind::ArchivedReport => PieceKind::ArchivedReport,
    }
}

pub(super) fn is_page(piece: &NewPiece, page: &DocumentPage) -> bool {
    piece.document.as_ref().is_some_and(|known| {
        known.document_id == page.document_id && known.page_number == page.page_number
    })
}

fn packed(
    dossier: &Dossier,
    documents: &[DocumentEntry],
    piece: &dossiers::Piece,
    vault: Vault,
) -> Piece {
    let recorded = &piece.recorded;
    Piece {
        kind: kind(recorded.kind),
        name: piece_name(dossier, documents, recorded),
        document: recorded
            .document
            .as_ref()
            .map(|document| document.name.clone()),
        media_type: recorded.media_type.clone(),
        size: recorded.size,
        sha256: recorded.sha256,
        md5: recorded.md5,
        md5_agreement: agreement(recorded.md5_agreement),
        call: recorded.call.clone(),
        fetched_at: recorded.fetched_at,
        verified_at: piece.verified_at,
        content: Box::new(Sealed {
            vault,
            id: recorded.id,
        }),
    }
}

/// What a person recognises it by (product.md §5 E): reference, document, side.
pub(crate) fn piece_name(
    dossier: &Dossier,
    documents: &[DocumentEntry],
    piece: &NewPiece,
) -> String {
    let reference = reference(dossier);
    let Some(document) = &piece.document else {
        return match piece.kind {
            Kind::IdClaim => names::idclaim_file_name(&reference),
            Kind::ReportPdf => names::pdf_file_name(&reference),
            _ => names::report_file_name(&reference),
        };
    };
    let side = documents
        .iter()
        .flat_map(|entry| &entry.pages)
        .find(|page| is_page(piece, page))
        .map_or(PageSide::Other, |page| page.side);
    names::document_file_name(
        &reference,
        &document.name,
        side,
        document.page_number,
        media(&piece.media_type),
    )
}

fn media(mime: &str) -> MediaType {
    use MediaType as M;
    [
        M::Jpeg,
        M::Png,
        M::WebP,
        M::Gif,
        M::Pdf,
        M::Heic,
        M::Mp4,
        M::Mov,
        M::WebM,
        M::Zip,
    ]
    .into_iter()
    .find(|media| media.mime() == mime)
    .unwrap_or(M::Unknown)
}

/// A piece that is read only while it is packed.
struct Sealed {
    vault: Vault,
    id: dossiers::PieceId,
}

impl Content for Sealed {
    fn copy_to(&mut self, out: &mut dyn io::Write) -> io::Result<()> {
        match self.vault.copy(self.id.0, &mut |part| out.write_all(part)) {
            Ok(_) => Ok(()),
            Err(VaultError::Missing) => Err(io::ErrorKind::NotFound.into()),
            Err(VaultError::Altered) => Err(io::ErrorKind::InvalidData.into()),
            Err(VaultError::NotTaken(error) | VaultError::Unreadable(error)) => Err(error),
            Err(VaultError::TooLarge { .. }) => Err(io::ErrorKind::FileTooLarge.into()),
        }
    }
}
