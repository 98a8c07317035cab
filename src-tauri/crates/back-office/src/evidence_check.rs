//! Verification: every file of the vault is read again and compared with its row.
//!
//! The register keeps where a run stands, so that one that was stopped or killed goes on there.

use std::{sync::Mutex, time::Duration};

use chrono::TimeDelta;
use dossiers::{Integrity, Piece, PieceId, Progress, Register, Stamp, VerificationEnd};
use evidence::Vault;
use futures::StreamExt as _;
use tokio::sync::watch;

use crate::{
    bulk,
    capture::piece_view,
    desk::{Desk, locked},
    errors::DeskError,
    list::shown_count,
    present::time,
    vault::{integrity, on_disk},
    views::{
        error::ErrorCode,
        evidence::{DamagedPiece, VerificationCount, VerificationOutcome, VerificationView},
    },
};

/// Rows read in one go.
const AT_A_TIME: u32 = 500;
/// Files read at once.
const FILES: usize = 4;
/// What a stop may cost (quality.md E-06).
const FILES_AT_RISK: usize = 1_000;
const TIME_AT_RISK: Duration = Duration::from_secs(5 * 60);
/// Damaged pieces that are named.
const NAMED: usize = 100;

/// Nobody need ask for a verification more often than that.
const BY_ITSELF_AFTER: TimeDelta = TimeDelta::days(7);
/// What the desk verifies by itself in one go: the next hour goes on behind it.
const SLICE: Duration = Duration::from_secs(60);

/// The verification under way.
#[derive(Debug, Default)]
pub(crate) struct Verifying {
    running: watch::Sender<bool>,
    /// Of the one that nobody asked for.
    by_itself: Mutex<Option<Progress>>,
}

struct Running<'a>(&'a Verifying);

impl Verifying {
    fn begin(&self) -> Option<Running<'_>> {
        let began = self
            .running
            .send_if_modified(|running| !std::mem::replace(running, true));
        began.then_some(Running(self))
    }

    fn is_running(&self) -> bool {
        *self.running.borrow()
    }

    /// A person asks: what runs by itself keeps what it has, and ends.
    async fn make_way(&self) {
        let by_itself = locked(&self.by_itself).take();
        if let Some(progress) = by_itself {
            progress.cancel();
            // The sender lives as long as the desk.
            let _ = self.running.subscribe().wait_for(|running| !running).await;
        }
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.running.send_replace(false);
    }
}

impl Desk {
    /// Because a person asked. Ended before its time, it goes on where it stood the next time.
    pub async fn verify_evidence(&self, intent_id: &str) -> Result<VerificationOutcome, DeskError> {
        self.long(intent_id, |desk, progress| async move {
            desk.verifying().make_way().await;
            desk.verify_vault(&progress, desk.stamp()).await
        })
        .await
    }

    /// Once a week, a minute of each hour, while nothing is captured: a disk that rots is found before an auditor asks.
    pub(crate) async fn verify_by_itself(&self) {
        let slice = async {
            if self.captures().is_busy() || !self.is_verification_due().await? {
                return Ok(());
            }
            let progress = Progress::unwatched();
            *locked(&self.verifying().by_itself) = Some(progress.clone());
            let verified = self.verify_vault(&progress, self.desk_stamp());
            tokio::pin!(verified);
            let ended = tokio::select! {
                ended = &mut verified => ended,
                () = tokio::time::sleep(SLICE) => {
                    progress.cancel();
                    verified.await
                }
            };
            *locked(&self.verifying().by_itself) = None;
            match ended {
                Err(error)
                    if !matches!(
                        error.code,
                        ErrorCode::Cancelled | ErrorCode::VerificationRunning
                    ) =>
                {
                    Err(error)
                }
                Ok(_) | Err(_) => Ok(()),
            }
        };
        let ended: Result<(), DeskError> = slice.await;
        if let Err(error) = ended {
            tracing::warn!(%error, "the evidence was not verified");
        }
    }

    async fn is_verification_due(&self) -> Result<bool, DeskError> {
        let (mark, oldest) = self
            .on_register(|register, _| {
                Ok((register.verification()?, register.vault_files(None, 1)?))
            })
            .await?;
        let Some(oldest) = oldest.first() else {
            return Ok(false);
        };
        let since = mark
            .last
            .map_or(oldest.recorded.fetched_at, |last| last.ended_at);
        Ok(self.now() - since >= BY_ITSELF_AFTER)
    }

    async fn verify_vault(
        &self,
        progress: &Progress,
        stamp: Stamp,
    ) -> Result<VerificationOutcome, DeskError> {
        let Some(_running) = self.verifying().begin() else {
            return Err(DeskError::new(ErrorCode::VerificationRunning));
        };
        let vault = self.vault().await?;
        let mark = self
            .on_register(|register, _| register.verification())
            .await?;
        let mut after = mark.run.map(|run| run.after);
        let mut done = mark.run.map_or(0, |run| run.checked);
        let total = done + self.pieces_behind(after).await?;
        let mut checked = Checked::new(self.ports().clock.monotonic());
        let mut found = Vec::new();
        loop {
            let rows = self
                .on_register(move |register, _| register.vault_files(after, AT_A_TIME))
                .await?;
            let Some(last) = rows.last().map(|piece| piece.recorded.id) else {
                break;
            };
            after = Some(last);
            let mut looks = futures::stream::iter(rows)
                .map(|piece| look(vault.clone(), piece))
                .buffered(FILES);
            while let Some(looked) = looks.next().await {
                let (piece, is) = looked?;
                done += 1;
                checked.results.push((piece.recorded.id, is));
                if is != Integrity::Whole && found.len() < NAMED {
                    let damaged = self
                        .on_register(move |register, _| damaged_piece(register, piece, is))
                        .await?;
                    found.extend(damaged);
                }
                let stopped = progress.at(done, total).is_err();
                if stopped || checked.is_due(self.ports().clock.monotonic()) {
                    self.keep_checked(&mut checked).await?;
                }
                if stopped {
                    return Err(DeskError::new(ErrorCode::Cancelled));
                }
            }
        }
        self.keep_checked(&mut checked).await?;
        let end = self
            .on_register_as(stamp, |register, stamp| register.finish_verification(stamp))
            .await?;
        if end.damaged > 0 {
            tracing::error!(damaged = end.damaged, "captured pieces are not whole");
        }
        self.register_changed();
        Ok(VerificationOutcome {
            checked: shown_count(end.checked),
            damaged: shown_count(end.damaged),
            found,
        })
    }

    /// What is not kept is looked at again after a stop.
    async fn keep_checked(&self, checked: &mut Checked) -> Result<(), DeskError> {
        let results = checked.take(self.ports().clock.monotonic());
        if results.is_empty() {
            return Ok(());
        }
        self.on_register_as(self.desk_stamp(), move |register, stamp| {
            register.record_verified(&results, stamp)
        })
        .await
    }

    async fn pieces_behind(&self, mut after: Option<PieceId>) -> Result<u64, DeskError> {
        let mut pieces = 0;
        loop {
            let rows = self
                .on_register(move |register, _| register.vault_files(after, AT_A_TIME))
                .await?;
            pieces += rows.len() as u64;
            after = rows.last().map(|piece| piece.recorded.id);
            if rows.len() < AT_A_TIME as usize {
                return Ok(pieces);
            }
        }
    }

    pub(crate) async fn verification_view(&self) -> Result<VerificationView, DeskError> {
        let mark = self
            .on_register(|register, _| register.verification())
            .await?;
        Ok(VerificationView {
            running: self.verifying().is_running(),
            unfinished: mark.run.map(|run| VerificationCount {
                at: time(run.began_at),
                checked: shown_count(run.checked),
                damaged: shown_count(run.damaged),
            }),
            last: mark.last.map(count),
        })
    }
}

fn count(end: VerificationEnd) -> VerificationCount {
    VerificationCount {
        at: time(end.ended_at),
        checked: shown_count(end.checked),
        damaged: shown_count(end.damaged),
    }
}

/// Looked at, and not told yet.
struct Checked {
    results: Vec<(PieceId, Integrity)>,
    told_at: Duration,
}

impl Checked {
    fn new(now: Duration) -> Self {
        Self {
            results: Vec::new(),
            told_at: now,
        }
    }

    fn is_due(&self, now: Duration) -> bool {
        self.results.len() >= FILES_AT_RISK || now.saturating_sub(self.told_at) >= TIME_AT_RISK
    }

    fn take(&mut self, now: Duration) -> Vec<(PieceId, Integrity)> {
        self.told_at = now;
        std::mem::take(&mut self.results)
    }
}

/// `None` where a capture put another piece in its place since its row was read.
fn damaged_piece(
    register: &dyn Register,
    piece: Piece,
    is: Integrity,
) -> dossiers::Result<Option<DamagedPiece>> {
    let known = register.pieces(piece.dossier)?;
    if !known
        .iter()
        .any(|known| known.recorded.id == piece.recorded.id)
    {
        return Ok(None);
    }
    let dossier = register.get(piece.dossier)?;
    Ok(Some(DamagedPiece {
        dossier_id: piece.dossier.to_string(),
        dossier_label: dossier.as_ref().map(bulk::label).unwrap_or_default(),
        piece: piece_view(Piece {
            integrity: is,
            ..piece
        }),
    }))
}

async fn look(vault: Vault, piece: Piece) -> Result<(Piece, Integrity), DeskError> {
    on_disk(move || {
        let is = match vault.check(piece.recorded.id.0) {
            Ok(read) if read == (piece.recorded.size, piece.recorded.sha256) => Integrity::Whole,
            Ok(_) => Integrity::Altered,
            Err(error) => integrity(&error),
        };
        Ok((piece, is))
    })
    .await
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "test code")]
mod tests {
    use chrono::Utc;
    use dossiers::{
        Confirmed, DossierId, EmbeddedRegister, Md5Agreement, NewDossier, NewPiece, PieceKind,
        RegisterKey,
        register::{Creations as _, Evidence as _, Following as _},
    };
    use uuid::Uuid;

    use super::*;

    fn finished(register: &EmbeddedRegister, stamp: &Stamp) -> DossierId {
        let new = NewDossier {
            environment_id: "sandbox".into(),
            process_id: "sandbox".into(),
            process_uuid: Uuid::nil(),
            process_name: "Bac à sable".into(),
            operator: "application".into(),
            form: "{}".into(),
            reference: Some("REF-1042".into()),
            last_name: None,
            first_name: None,
            email: None,
            phone_number: None,
            idclaim_expected: false,
            expected: Vec::new(),
            body_sha256: None,
        };
        let id = register.prepare_sent(new, stamp).unwrap();
        let confirmed = Confirmed {
            enrollment_id: 1,
            api_key: None,
            status: "NEW".into(),
            creation_time: Some(stamp.at),
        };
        register.confirm(id, confirmed, stamp).unwrap();
        register.record_status(id, "OK", true, stamp).unwrap();
        id
    }

    fn captured(stamp: &Stamp) -> NewPiece {
        NewPiece {
            id: PieceId(Uuid::now_v7()),
            kind: PieceKind::ReportPdf,
            document: None,
            media_type: "application/pdf".into(),
            size: 4,
            sha256: [0; 32],
            md5: [0; 16],
            md5_agreement: Md5Agreement::NotStated,
            call: "GET /enrollment/1/pdf/".into(),
            fetched_at: stamp.at,
        }
    }

    #[test]
    fn a_piece_that_was_captured_again_since_its_row_was_read_is_not_told_as_damaged() {
        let home = tempfile::tempdir().unwrap();
        let stamp = Stamp::desk(Utc::now());
        let key = RegisterKey::generate();
        let register = EmbeddedRegister::open(home.path(), &key, stamp.at).unwrap();
        let id = finished(&register, &stamp);
        register.record_piece(id, captured(&stamp), &stamp).unwrap();
        let read = register.pieces(id).unwrap().remove(0);
        let missing = Integrity::Missing;
        let told = damaged_piece(&register, read.clone(), missing).unwrap();
        assert_eq!(told.unwrap().dossier_label, "REF-1042");
        // Known to be damaged by another look, it gives way.
        let looked = [(read.recorded.id, missing)];
        register.record_verified(&looked, &stamp).unwrap();
        register.record_piece(id, captured(&stamp), &stamp).unwrap();
        assert!(damaged_piece(&register, read, missing).unwrap().is_none());
    }
}
