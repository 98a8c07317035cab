//! The capture of one dossier: every wanted piece fetched, checked, sealed, and only then recorded.

use std::{sync::Arc, time::Duration};

use chrono::TimeDelta;
use dossiers::{
    CaptureEnd, CaptureTask, Dossier, MissingPiece, PieceKind, RegisterError, Stamp, StoredReport,
};
use evidence::{HashAgreement, PieceHeader, Vault, vault::PendingPiece};
use id360_api::{Client, DownloadError, Report};

use super::{
    plan::{Known, Wanted, still_wanted, wanted},
    shelving::{Arrived, Shelf},
};
use crate::{
    desk::Desk, documents::READS, errors::DeskError, reading::enrollment_of, sessions::Session,
    vault::on_disk, views::error::ErrorCode,
};

/// Tries after which something that is refused again and again is taken for gone.
const PATIENCE: u32 = 4;

/// On whose behalf, and by which client, a dossier is captured.
#[derive(Debug)]
pub(super) struct Taking {
    pub client: Client,
    pub stamp: Stamp,
    pub session: Arc<Session>,
}

/// How a try ended. The register knows of the first two.
#[derive(Debug)]
pub(super) enum Ended {
    /// Complete, or nothing more of it can be had.
    Done,
    /// Tried again later, for its own sake or ID360's.
    Troubled(DeskError),
    /// Nothing could be captured now; no dossier's fault.
    NotNow(DeskError),
    DiskRefused(DeskError),
}

/// What one piece came to.
pub(super) enum Fetched {
    Arrived(Box<Arrived>),
    /// It cannot be had any more, and why.
    Gone(ErrorCode),
    /// ID360 makes none here.
    NotOffered,
}

impl Desk {
    pub(super) async fn capture_dossier(&self, task: &CaptureTask, taking: &Taking) -> Ended {
        match self.take_dossier(task, taking).await {
            Ok(None) => Ended::Done,
            Ok(Some(trouble)) => Ended::Troubled(trouble),
            Err(error) if is_the_disk_s(error.code) => Ended::DiskRefused(error),
            Err(error) => Ended::NotNow(error),
        }
    }

    /// What is to be tried again, where something is. An error stops everybody.
    async fn take_dossier(
        &self,
        task: &CaptureTask,
        taking: &Taking,
    ) -> Result<Option<DeskError>, DeskError> {
        let id = task.dossier;
        let (dossier, stored, recorded) = self
            .on_register(move |register, _| {
                let dossier = register.get(id)?.ok_or(RegisterError::NotFound)?;
                Ok((dossier, register.report(id)?, register.pieces(id)?))
            })
            .await?;
        let Some(stored) = stored else {
            // Following brings it, and wakes capture.
            return Ok(None);
        };
        let documents = match Report::read(&stored.raw) {
            Ok(report) => evidence::documents(&report),
            // An archived report's format is not public: it is kept as it is.
            Err(_) => Vec::new(),
        };
        let wanted = wanted(&Known {
            rule: task.rule,
            dossier: &dossier,
            report: stored.kind,
            documents: &documents,
            environment: taking.session.environment(),
        });
        let vault = self.vault().await?;
        let mut shelf = Shelf::new(vault.clone(), id, taking.stamp.clone(), task.tries);
        let mut trouble = None;
        let mut stopped = None;
        for piece in still_wanted(wanted, &recorded) {
            let fetched = self
                .receive_piece(&vault, &dossier, &stored, &piece, task.tries, taking)
                .await;
            let taken = match fetched {
                Ok(fetched) => shelf.take(self, piece, fetched).await,
                Err(error) => Err(error),
            };
            match taken {
                Ok(()) => {}
                Err(error) if is_own(error.code) => trouble = Some(error),
                Err(error) => {
                    stopped = Some(error);
                    break;
                }
            }
        }
        while stopped.is_none() {
            match shelf.settle_one(self).await {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) if is_own(error.code) => trouble = Some(error),
                Err(error) => stopped = Some(error),
            }
        }
        if let Some(error) = stopped {
            shelf.salvage(self).await?;
            return Err(error);
        }
        let missing = std::mem::take(&mut shelf.missing);
        let end = match &trouble {
            Some(error) => CaptureEnd::Later {
                trouble: error.code.word(),
                retry_at: self.true_now() + pause_after(task.tries),
            },
            None if missing.is_empty() => CaptureEnd::Complete { rule: task.rule },
            None => CaptureEnd::Incomplete {
                rule: task.rule,
                missing,
            },
        };
        shelf.record(self, Some(end)).await?;
        Ok(trouble)
    }

    async fn receive_piece(
        &self,
        vault: &Vault,
        dossier: &Dossier,
        stored: &StoredReport,
        wanted: &Wanted,
        tries: u32,
        taking: &Taking,
    ) -> Result<Fetched, DeskError> {
        let mut piece = self.begin_piece(vault, dossier, stored, wanted).await?;
        let received = match wanted.kind {
            PieceKind::Report | PieceKind::ArchivedReport => {
                piece.write(&stored.raw)?;
                Ok((stored.raw.len() as u64, HashAgreement::NotStated))
            }
            _ => download(dossier, wanted, taking, &mut piece).await,
        };
        match received {
            Ok((length, agreement)) => Ok(Fetched::Arrived(Box::new(Arrived {
                piece,
                length,
                agreement,
            }))),
            Err(error) => judged(error, wanted.kind, tries),
        }
    }

    async fn begin_piece(
        &self,
        vault: &Vault,
        dossier: &Dossier,
        stored: &StoredReport,
        wanted: &Wanted,
    ) -> Result<PendingPiece, DeskError> {
        let is_report = matches!(wanted.kind, PieceKind::Report | PieceKind::ArchivedReport);
        let header = PieceHeader {
            piece: Vault::new_id(dossier.id.0),
            dossier: dossier.id.0,
            kind: wanted.kind.as_str().to_owned(),
            document: wanted.document.clone(),
            media_type: match wanted.kind {
                _ if is_report => Some("application/json".to_owned()),
                PieceKind::IdClaim => Some("application/vnd.etsi.asic-e+zip".to_owned()),
                _ => None,
            },
            call: wanted.call.clone(),
            fetched_at: if is_report {
                stored.read_at
            } else {
                self.now()
            },
            stated_md5: wanted.stated.0.clone(),
        };
        let vault = vault.clone();
        on_disk(move || Ok(vault.begin(header)?)).await
    }
}

/// Read again while the hash differs from the report's; kept and flagged when it still does.
async fn download(
    dossier: &Dossier,
    wanted: &Wanted,
    taking: &Taking,
    piece: &mut PendingPiece,
) -> Result<(u64, HashAgreement), DeskError> {
    let mut read = 0;
    loop {
        read += 1;
        let received = fetch(dossier, wanted, &taking.client, piece).await?;
        let (hash, algorithm) = &wanted.stated;
        let agreement = HashAgreement::of(hash.as_deref(), algorithm.as_deref(), &piece.md5());
        if agreement != HashAgreement::Differs || read == READS {
            return Ok((received, agreement));
        }
        tracing::warn!(read, "a page differs from the report's hash");
    }
}

async fn fetch(
    dossier: &Dossier,
    wanted: &Wanted,
    client: &Client,
    piece: &mut PendingPiece,
) -> Result<u64, DeskError> {
    let enrollment = enrollment_of(dossier)?;
    let received: Result<_, DownloadError> = match (&wanted.kind, &wanted.document) {
        (PieceKind::Document, Some(page)) => {
            client
                .document_page(&page.document_id, page.page_number, piece)
                .await
        }
        (PieceKind::IdClaim, _) => client.idclaim(enrollment, piece).await,
        (PieceKind::ReportPdf, _) => client.report_pdf(enrollment, piece).await,
        _ => return Err(DeskError::internal("nothing to fetch")),
    };
    Ok(received?.length)
}

/// What a failure means for the piece, where it means something for it.
pub(super) fn judged(error: DeskError, kind: PieceKind, tries: u32) -> Result<Fetched, DeskError> {
    use ErrorCode as E;
    let patient = tries < PATIENCE;
    match (kind, error.code) {
        (PieceKind::Document, E::UnknownDossier) => Ok(Fetched::Gone(E::DocumentGone)),
        // A container may come a little after the verdict.
        (PieceKind::IdClaim, E::UnknownDossier) if !patient => Ok(Fetched::Gone(E::NoIdClaim)),
        (PieceKind::IdClaim, E::UnknownDossier) => Err(DeskError {
            code: E::NoIdClaim,
            ..error
        }),
        // Its path is a guess (facts §J.27): what is refused there was never promised.
        (PieceKind::ReportPdf, code) if is_own(code) => match code {
            E::ProviderIncident | E::TimedOut | E::TruncatedDocument if patient => Err(error),
            _ => Ok(Fetched::NotOffered),
        },
        (_, E::AnswerTooLarge) => Ok(Fetched::Gone(E::AnswerTooLarge)),
        _ => Err(error),
    }
}

/// Failures that leave the other pieces and the other dossiers alone.
fn is_own(code: ErrorCode) -> bool {
    use ErrorCode as E;
    !is_the_disk_s(code)
        && !matches!(
            code,
            E::LoginHeldBack
                | E::RateLimited
                | E::Unreachable
                | E::CertificateRefused
                | E::SessionExpired
                | E::NotSignedIn
                | E::CredentialsRefused
                | E::CodeRefused
                | E::AccountBlocked
                | E::RefusedAfterSignIn
                | E::RegisterClosed
                | E::RegisterDamaged
        )
}

fn is_the_disk_s(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::DiskFull
            | ErrorCode::FolderReadOnly
            | ErrorCode::FolderMissing
            | ErrorCode::FileExists
            | ErrorCode::WriteFailed
    )
}

pub(super) fn missing_piece(wanted: Wanted, code: ErrorCode) -> MissingPiece {
    MissingPiece {
        kind: wanted.kind,
        document: wanted.document.map(|page| dossiers::DocumentRef {
            document_id: page.document_id,
            name: page.name,
            page_number: page.page_number,
        }),
        reason: code.word(),
    }
}

/// After `tries` failures and one more.
fn pause_after(tries: u32) -> TimeDelta {
    let pause = Duration::from_secs(match tries {
        // Most faults have passed by then.
        0 => 5,
        1 => 60,
        2 => 5 * 60,
        3 => 30 * 60,
        4 => 2 * 60 * 60,
        _ => 6 * 60 * 60,
    });
    TimeDelta::from_std(pause).unwrap_or_default()
}
