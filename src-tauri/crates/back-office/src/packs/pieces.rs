//! The originals of a dossier: those that the desk has, and those that ID360 still gives.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use dossiers::{CapturePolicy, Dossier, NewPiece, PieceKind as Kind, ReportKind, StoredReport};
use evidence::{
    DocumentEntry, DocumentPage, HashAgreement, MediaType, names,
    packs::{Missing, MissingReason, Piece, PieceKind},
    sniff,
};
use id360_api::Report;
use md5::{Digest as _, Md5};
use sha2::Sha256;

use super::{
    gathering::report_call,
    gauge::Gauge,
    kept::{KeptPieces, is_page, is_report},
};
use crate::{
    capture::makes_idclaim,
    desk::Desk,
    errors::DeskError,
    long_acts::while_wanted,
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
        gauge: &Gauge,
    ) -> Result<(Vec<Piece>, Vec<Missing>), DeskError> {
        let (mut pieces, mut missing) = (Vec::new(), Vec::new());
        let documents = report.map(evidence::documents).unwrap_or_default();
        let mut kept = self.kept_pieces(dossier, &documents).await?;
        self.pack_report(dossier, stored, &mut kept, &mut pieces, &mut missing);
        let pages: Vec<_> = documents
            .iter()
            .filter(|entry| !entry.is_video())
            .flat_map(|entry| entry.pages.iter().map(move |page| (entry, page)))
            .filter(|(_, page)| !kept.has_page(page))
            .collect();
        let wants_idclaim = makes_idclaim(dossier) && !kept.has(is_idclaim);
        let total = pages.len() as u64 + u64::from(wants_idclaim);
        for (done, (document, page)) in (0..).zip(pages) {
            gauge.had(done, total);
            let wanted = wanted_page(dossier, document, page);
            let fetching = self.fetch_for_pack(dossier, page, silent);
            let fetched = while_wanted(gauge.progress(), fetching).await;
            let damage = kept.settle(|piece| is_page(piece, page));
            match fetched {
                Ok((bytes, agreement)) => {
                    let name = page_name(dossier, document, page, &bytes);
                    pieces.push(self.fetched(Wanted { name, ..wanted }, bytes, agreement));
                }
                Err(error) => missing.push(wanted.missing(error, damage)?),
            }
        }
        if wants_idclaim {
            gauge.had(total.saturating_sub(1), total);
            let wanted = wanted_idclaim(dossier);
            let fetching = self.idclaim_bytes(dossier, silent);
            let fetched = while_wanted(gauge.progress(), fetching).await;
            let damage = kept.settle(is_idclaim);
            match fetched {
                Ok(bytes) => {
                    pieces.push(self.fetched(wanted, bytes, HashAgreement::NotStated));
                }
                Err(error) => missing.push(wanted.missing(error, damage)?),
            }
        }
        gauge.had(total, total);
        self.note_videos(dossier, &documents, &mut kept, &mut missing)
            .await?;
        let (mut captured, mut damaged) = kept.into_pieces_and_missing(dossier, &documents);
        pieces.append(&mut captured);
        missing.append(&mut damaged);
        Ok((pieces, missing))
    }

    /// A face in motion goes only where the capture rule kept it; where the rule wants it, its absence is told.
    async fn note_videos(
        &self,
        dossier: &Dossier,
        documents: &[DocumentEntry],
        kept: &mut KeptPieces,
        missing: &mut Vec<Missing>,
    ) -> Result<(), DeskError> {
        let id = dossier.id;
        let (policies, recorded) = self
            .on_register(move |register, _| {
                Ok((register.capture_policies()?, register.missing(id)?))
            })
            .await?;
        let rule = policies.of(&dossier.environment_id, &dossier.process_id);
        if !(rule.video && rule.policy == CapturePolicy::Full) {
            return Ok(());
        }
        let videos = documents.iter().filter(|entry| entry.is_video());
        for (document, page) in
            videos.flat_map(|entry| entry.pages.iter().map(move |page| (entry, page)))
        {
            if kept.has_page(page) {
                continue;
            }
            let is_gone = recorded
                .iter()
                .filter_map(|piece| piece.document.as_ref())
                .any(|known| {
                    known.document_id == page.document_id && known.page_number == page.page_number
                });
            let reason = if is_gone {
                MissingReason::Gone
            } else {
                MissingReason::NotCaptured
            };
            let damage = kept.settle(|piece| is_page(piece, page));
            let wanted = wanted_page(dossier, document, page);
            missing.push(Missing {
                kind: wanted.kind,
                name: wanted.name,
                document: wanted.document,
                reason: damage.unwrap_or(reason),
            });
        }
        Ok(())
    }

    /// The register's own copy, where the vault has none; a provisional one never stands for the final one.
    fn pack_report(
        &self,
        dossier: &Dossier,
        stored: Option<&StoredReport>,
        kept: &mut KeptPieces,
        pieces: &mut Vec<Piece>,
        missing: &mut Vec<Missing>,
    ) {
        let is_any = |piece: &NewPiece| is_report(piece.kind);
        let has_one = kept.has(is_any);
        let said = stored.and_then(|stored| match stored.kind {
            ReportKind::Final => Some(Kind::Report),
            ReportKind::Archived => Some(Kind::ArchivedReport),
            ReportKind::Draft => None,
        });
        if dossier.is_final() && !has_one && said.is_none() && !kept.is_damaged(is_any) {
            missing.push(Missing {
                kind: PieceKind::Report,
                name: names::report_file_name(&reference(dossier)),
                document: None,
                reason: MissingReason::NotCaptured,
            });
        }
        let replaces = said.is_some_and(|kind| kept.settle(|piece| piece.kind == kind).is_some());
        if let Some(stored) = stored
            && (replaces || !has_one)
        {
            pieces.push(report_piece(dossier, stored));
        }
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
    /// What happened to the captured one tells more than why ID360 does not give it either. An error that is not the
    /// piece's ends the pack.
    fn missing(
        self,
        error: DeskError,
        damage: Option<MissingReason>,
    ) -> Result<Missing, DeskError> {
        let reason = reason_of(error)?;
        Ok(Missing {
            kind: self.kind,
            name: self.name,
            document: self.document,
            reason: damage.unwrap_or(reason),
        })
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
        name: match stored.kind {
            ReportKind::Draft => names::draft_report_file_name(&reference(dossier)),
            ReportKind::Final | ReportKind::Archived => {
                names::report_file_name(&reference(dossier))
            }
        },
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

fn wanted_idclaim(dossier: &Dossier) -> Wanted {
    Wanted {
        kind: PieceKind::IdClaim,
        name: names::idclaim_file_name(&reference(dossier)),
        document: None,
        call: format!(
            "GET /enrollment/{}/idclaim",
            dossier.enrollment_id.unwrap_or_default()
        ),
    }
}

fn is_idclaim(piece: &NewPiece) -> bool {
    piece.kind == Kind::IdClaim
}

/// The rest of a selection does not wait for it again and again.
fn note_silence(error: &DeskError, dossier: &Dossier, silent: &mut HashSet<String>) {
    if matches!(error.code, ErrorCode::Unreachable | ErrorCode::TimedOut) {
        silent.insert(dossier.environment_id.clone());
    }
}

/// Why a piece is not there; an error that is not the piece's ends the pack.
fn reason_of(error: DeskError) -> Result<MissingReason, DeskError> {
    use ErrorCode as E;
    match error.code {
        E::DocumentGone | E::UnknownDossier | E::NoIdClaim => Ok(MissingReason::Gone),
        E::NotSignedIn | E::SessionExpired | E::Unreachable | E::TimedOut => {
            Ok(MissingReason::NotCaptured)
        }
        E::Cancelled | E::RegisterClosed | E::RegisterDamaged | E::Internal => Err(error),
        _ => Ok(MissingReason::Refused),
    }
}
