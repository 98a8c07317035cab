//! The capture of one dossier: every wanted piece fetched, checked, sealed, and only then recorded.

use std::sync::Arc;

use dossiers::{
    CaptureEnd, CaptureTask, Dossier, MissingPiece, PieceKind, Progress, RegisterError, Stamp,
    StoredReport,
};
use evidence::{HashAgreement, PieceHeader, Vault, stated_md5, vault::PendingPiece};
use id360_api::{Client, DownloadError, Report};

use super::{
    judging::{Patience, is_own, is_the_disk_s, judged, told},
    plan::{Known, Wanted, still_wanted, wanted},
    shelving::{Arrived, Shelf},
};
use crate::{
    desk::Desk, documents::READS, errors::DeskError, long_acts::while_wanted,
    reading::enrollment_of, sessions::Session, vault::on_disk, views::error::ErrorCode,
};

/// On whose behalf, and by which client, a dossier is captured.
#[derive(Debug)]
pub(super) struct Taking {
    pub client: Client,
    pub stamp: Stamp,
    pub session: Arc<Session>,
    /// Told in pieces; ending it keeps what arrived.
    pub progress: Progress,
    /// A person asked: pages that are not what the report states are asked for once more, however often they were.
    pub asked: bool,
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
    /// No page came that is what the report states; the one that is kept goes on counting.
    StillSuspect,
}

impl Fetched {
    fn is_suspect(&self) -> bool {
        match self {
            Self::Arrived(arrived) => arrived.agreement == HashAgreement::Differs,
            Self::StillSuspect => true,
            Self::Gone(_) | Self::NotOffered => false,
        }
    }
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
        let patience = Patience::of(task, &dossier, self.true_now());
        let mut shelf = Shelf::new(vault.clone(), id, taking.stamp.clone(), patience);
        let suspects_too = taking.asked || patience.is_left_for_suspects();
        let still = still_wanted(wanted, &recorded, suspects_too);
        let total = still.len() as u64;
        let mut is_suspect = false;
        let mut trouble = None;
        let mut stopped = None;
        for (done, piece) in (0..).zip(still) {
            // Whether it is still wanted, the call asks.
            let _ = taking.progress.at(done, total);
            let received = self.receive_piece(&vault, &dossier, &stored, &piece, patience, taking);
            let fetched = while_wanted(&taking.progress, received).await;
            is_suspect |= fetched.as_ref().is_ok_and(Fetched::is_suspect);
            let taken = match fetched {
                Ok(fetched) => shelf.take(self, piece, fetched).await,
                Err(error) => Err(error),
            };
            match taken {
                Ok(()) => {}
                Err(error) if is_own(error.code) => trouble = Some(told(trouble.take(), error)),
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
                Err(error) if is_own(error.code) => trouble = Some(told(trouble.take(), error)),
                Err(error) => stopped = Some(error),
            }
        }
        if let Some(error) = stopped {
            shelf.salvage(self).await?;
            return Err(error);
        }
        if is_suspect && patience.is_left_for_suspects() {
            trouble = trouble.or_else(|| Some(DeskError::new(ErrorCode::DocumentDiffers)));
        }
        let missing = std::mem::take(&mut shelf.missing);
        let end = match &trouble {
            Some(error) => CaptureEnd::Later {
                trouble: error.code.word(),
                retry_at: task.again_at(self.true_now()),
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
        patience: Patience,
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
            Ok((_, HashAgreement::Differs)) if wanted.again => Ok(Fetched::StillSuspect),
            Ok((length, agreement)) => Ok(Fetched::Arrived(Box::new(Arrived {
                piece,
                length,
                agreement,
            }))),
            Err(error) => judged(error, wanted, patience),
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
        let (hash, algorithm) = &wanted.stated;
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
            stated_md5: stated_md5(hash.as_deref(), algorithm.as_deref()).map(str::to_owned),
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
    // Of what differed before, each try is one more reading.
    let most = if wanted.again { 1 } else { READS };
    let mut read = 0;
    loop {
        read += 1;
        let received = fetch(dossier, wanted, &taking.client, piece).await?;
        let (hash, algorithm) = &wanted.stated;
        let agreement = HashAgreement::of(hash.as_deref(), algorithm.as_deref(), &piece.md5());
        if agreement != HashAgreement::Differs || read == most {
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
