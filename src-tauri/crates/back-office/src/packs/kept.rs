//! The originals that were captured, straight out of the vault.

use std::io;

use dossiers::{Dossier, Integrity, NewPiece, PieceKind as Kind};
use evidence::{
    DocumentEntry, DocumentPage, MediaType, PageSide, Vault, VaultError, names,
    packs::{Content, MissingReason, Piece, PieceKind},
};

use super::pieces::reason_of;
use crate::{desk::Desk, errors::DeskError, save::reference, vault::agreement};

/// What the vault has of a dossier.
pub(super) struct KeptPieces {
    pub pieces: Vec<Piece>,
    recorded: Vec<dossiers::Piece>,
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
        let mut pieces = Vec::new();
        if recorded.iter().any(is_whole) {
            let vault = self.vault().await?;
            let whole = recorded.iter().filter(|piece| is_whole(piece));
            pieces.extend(whole.map(|piece| packed(dossier, documents, piece, vault.clone())));
        }
        Ok(KeptPieces { pieces, recorded })
    }
}

impl KeptPieces {
    pub(super) fn has(&self, is_it: impl Fn(&NewPiece) -> bool) -> bool {
        self.recorded
            .iter()
            .any(|piece| is_whole(piece) && is_it(&piece.recorded))
    }

    pub(super) fn has_page(&self, page: &DocumentPage) -> bool {
        self.has(|piece| is_page(piece, page))
    }

    /// Why a page is not there that ID360 does not give either: what happened to the captured one tells more.
    pub(super) fn reason(
        &self,
        page: &DocumentPage,
        error: DeskError,
    ) -> Result<MissingReason, DeskError> {
        let reason = reason_of(error)?;
        let kept = self
            .recorded
            .iter()
            .find(|piece| is_page(&piece.recorded, page));
        Ok(match kept.map(|piece| piece.integrity) {
            Some(Integrity::Missing) => MissingReason::Lost,
            Some(Integrity::Altered) => MissingReason::Altered,
            Some(Integrity::Unreadable) => MissingReason::Unreadable,
            Some(Integrity::Whole) | None => reason,
        })
    }
}

pub(super) fn is_report(kind: Kind) -> bool {
    matches!(kind, Kind::Report | Kind::ArchivedReport)
}

fn is_whole(piece: &dossiers::Piece) -> bool {
    piece.integrity == Integrity::Whole
}

fn is_page(piece: &NewPiece, page: &DocumentPage) -> bool {
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
        kind: match recorded.kind {
            Kind::Document => PieceKind::Document,
            Kind::IdClaim => PieceKind::IdClaim,
            Kind::ReportPdf => PieceKind::ReportPdf,
            Kind::Report => PieceKind::Report,
            Kind::ArchivedReport => PieceKind::ArchivedReport,
        },
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
