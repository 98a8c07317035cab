//! The originals of a dossier: those that the desk has, and those that ID360 still gives.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use dossiers::{Dossier, ReportKind, StoredReport};
use evidence::{
    DocumentEntry, DocumentPage, HashAgreement, MediaType, names,
    packs::{Missing, MissingReason, Piece, PieceKind},
    sniff,
};
use id360_api::Report;
use md5::{Digest as _, Md5};
use sha2::Sha256;

use super::gathering::report_call;
use super::kept::is_report;
use crate::{
    desk::Desk,
    errors::DeskError,
    reading::enrollment_of,
    save::{page_name, reference},
    views::error::ErrorCode,
};

/// What is asked for next.
struct Wanted {
    kind: PieceKind,
    /// Where nothing comes that tells its format.
    name: String,
    document: Option<String>,
    call: String,
}

impl Desk {
    /// What there is, and what there should be. What was captured comes out of the vault, part by part, while it is
    /// packed; the rest from ID360, for whoever is signed in.
    pub(super) async fn pack_pieces(
        &self,
        dossier: &Dossier,
        stored: Option<&StoredReport>,
        report: Option<&Report>,
        silent: &mut HashSet<String>,
    ) -> Result<(Vec<Piece>, Vec<Missing>), DeskError> {
        let (mut pieces, mut missing) = (Vec::new(), Vec::new());
        let documents = report.map(evidence::documents).unwrap_or_default();
        let mut kept = self.kept_pieces(dossier, &documents).await?;
        if let Some(stored) = stored {
            if !kept.has(|piece| is_report(piece.kind)) {
                pieces.push(report_piece(dossier, stored));
            }
        } else if dossier.is_final() && !kept.has(|piece| is_report(piece.kind)) {
            missing.push(Missing {
                kind: PieceKind::Report,
                name: names::report_file_name(&reference(dossier)),
                document: None,
                reason: MissingReason::NotCaptured,
            });
        }
        for document in documents.iter().filter(|entry| !is_video(entry)) {
            for page in &document.pages {
                if kept.has_page(page) {
                    continue;
                }
                let wanted = wanted_page(dossier, document, page);
                match self.fetch_for_pack(dossier, page, silent).await {
                    Ok((bytes, agreement)) => {
                        let name = page_name(dossier, document, page, &bytes);
                        pieces.push(self.fetched(Wanted { name, ..wanted }, bytes, agreement));
                    }
                    Err(error) => missing.push(wanted.missing(kept.reason(page, error)?)),
                }
            }
        }
        let makes_idclaim = dossier.idclaim_expected && dossier.verdict.as_deref() == Some("OK");
        if makes_idclaim && !kept.has(|piece| piece.kind == dossiers::PieceKind::IdClaim) {
            let wanted = Wanted {
                kind: PieceKind::IdClaim,
                name: names::idclaim_file_name(&reference(dossier)),
                document: None,
                call: format!(
                    "GET /enrollment/{}/idclaim",
                    dossier.enrollment_id.unwrap_or_default()
                ),
            };
            match self.idclaim_bytes(dossier, silent).await {
                Ok(bytes) => {
                    pieces.push(self.fetched(wanted, bytes, HashAgreement::NotStated));
                }
                Err(error) => missing.push(wanted.missing(reason_of(error)?)),
            }
        }
        pieces.append(&mut kept.pieces);
        Ok((pieces, missing))
    }

    async fn fetch_for_pack(
        &self,
        dossier: &Dossier,
        page: &DocumentPage,
        silent: &mut HashSet<String>,
    ) -> Result<(Vec<u8>, HashAgreement), DeskError> {
        let session = self.answering_session(dossier, silent)?;
        let fetched = self.fetch_page(&session, page).await;
        let fetched = fetched.inspect_err(|error| note_silence(error, dossier, silent))?;
        Ok((fetched.bytes, fetched.agreement))
    }

    async fn idclaim_bytes(
        &self,
        dossier: &Dossier,
        silent: &mut HashSet<String>,
    ) -> Result<Vec<u8>, DeskError> {
        let session = self.answering_session(dossier, silent)?;
        let mut bytes = Vec::new();
        session
            .client
            .idclaim(enrollment_of(dossier)?, &mut bytes)
            .await
            .map_err(DeskError::from)
            .inspect_err(|error| note_silence(error, dossier, silent))?;
        Ok(bytes)
    }

    fn answering_session(
        &self,
        dossier: &Dossier,
        silent: &HashSet<String>,
    ) -> Result<std::sync::Arc<crate::sessions::Session>, DeskError> {
        if silent.contains(&dossier.environment_id) {
            return Err(DeskError::new(ErrorCode::Unreachable));
        }
        self.session_for(dossier)
    }

    fn fetched(&self, wanted: Wanted, bytes: Vec<u8>, agreement: HashAgreement) -> Piece {
        piece(wanted, bytes, agreement, self.now())
    }
}

impl Wanted {
    fn missing(self, reason: MissingReason) -> Missing {
        Missing {
            kind: self.kind,
            name: self.name,
            document: self.document,
            reason,
        }
    }
}

fn piece(
    wanted: Wanted,
    bytes: Vec<u8>,
    md5_agreement: HashAgreement,
    fetched_at: DateTime<Utc>,
) -> Piece {
    let media_type = match wanted.kind {
        PieceKind::Report | PieceKind::ArchivedReport => "application/json",
        PieceKind::IdClaim => "application/vnd.etsi.asic-e+zip",
        PieceKind::Document | PieceKind::ReportPdf => sniff(&bytes).mime(),
    };
    Piece {
        kind: wanted.kind,
        name: wanted.name,
        document: wanted.document,
        media_type: media_type.to_owned(),
        size: bytes.len() as u64,
        sha256: Sha256::digest(&bytes).into(),
        md5: Md5::digest(&bytes).into(),
        md5_agreement,
        call: wanted.call,
        fetched_at,
        verified_at: None,
        content: Box::new(bytes),
    }
}

fn report_piece(dossier: &Dossier, stored: &StoredReport) -> Piece {
    let wanted = Wanted {
        kind: match stored.kind {
            ReportKind::Final | ReportKind::Draft => PieceKind::Report,
            ReportKind::Archived => PieceKind::ArchivedReport,
        },
        name: names::report_file_name(&reference(dossier)),
        document: None,
        call: report_call(dossier, stored.kind),
    };
    piece(
        wanted,
        stored.raw.clone(),
        HashAgreement::NotStated,
        stored.read_at,
    )
}

fn wanted_page(dossier: &Dossier, document: &DocumentEntry, page: &DocumentPage) -> Wanted {
    Wanted {
        kind: PieceKind::Document,
        name: names::document_file_name(
            &reference(dossier),
            &document.name,
            page.side,
            page.page_number,
            MediaType::Unknown,
        ),
        document: Some(document.name.clone()),
        call: format!(
            "GET /document/{}/file_contents/?page_number={}",
            page.document_id, page.page_number
        ),
    }
}

/// A face in motion goes only where the capture rule kept it.
fn is_video(entry: &DocumentEntry) -> bool {
    entry.family == "liveness" || entry.name.starts_with("liveness_video")
}

/// The rest of a selection does not wait for it again and again.
fn note_silence(error: &DeskError, dossier: &Dossier, silent: &mut HashSet<String>) {
    if matches!(error.code, ErrorCode::Unreachable | ErrorCode::TimedOut) {
        silent.insert(dossier.environment_id.clone());
    }
}

/// Why a piece is not there; an error that is not the piece's ends the pack.
pub(super) fn reason_of(error: DeskError) -> Result<MissingReason, DeskError> {
    use ErrorCode as E;
    match error.code {
        E::DocumentGone | E::UnknownDossier | E::NoIdClaim => Ok(MissingReason::Gone),
        E::NotSignedIn | E::SessionExpired | E::Unreachable | E::TimedOut => {
            Ok(MissingReason::NotCaptured)
        }
        E::RegisterClosed | E::RegisterDamaged | E::Internal => Err(error),
        _ => Ok(MissingReason::Refused),
    }
}
