//! Pieces of one dossier between their arrival and their rows.
//!
//! While one goes to the disk the next one arrives; their names are made to last together, and behind that their rows
//! are written together. What a stop leaves without a row is taken in when the register opens.

use std::collections::VecDeque;

use dossiers::{
    CaptureEnd, DossierId, MissingPiece, NewPiece, PieceKind, RegisterError, Shelved, Stamp,
};
use evidence::{
    HashAgreement, SaveError, Vault,
    vault::{NamedPiece, PendingPiece},
};
use tokio::task::JoinHandle;

use super::{
    judging::{Patience, judged},
    plan::Wanted,
    taking::{Fetched, missing_piece},
};
use crate::{
    desk::Desk,
    errors::DeskError,
    vault::{discard, on_disk, recorded_agreement, row_of},
    views::error::ErrorCode,
};

/// Pieces on their way to the disk at once.
const SEALED_AT_ONCE: usize = 2;
/// Bytes that a stop may cost: behind so many, rows are written before the dossier's end.
const BYTES_AT_RISK: u64 = 16 << 20;

/// A piece that arrived whole.
pub(super) struct Arrived {
    pub piece: PendingPiece,
    pub length: u64,
    pub agreement: HashAgreement,
}

struct Sealing {
    wanted: Wanted,
    agreement: HashAgreement,
    file: JoinHandle<Result<NamedPiece, SaveError>>,
}

/// A piece on the disk whose name does not last yet.
struct Sealed {
    kind: PieceKind,
    agreement: HashAgreement,
    piece: NamedPiece,
}

pub(super) struct Shelf {
    vault: Vault,
    dossier: DossierId,
    stamp: Stamp,
    patience: Patience,
    sealing: VecDeque<Sealing>,
    sealed: Vec<Sealed>,
    pub missing: Vec<MissingPiece>,
}

impl Shelf {
    pub(super) fn new(vault: Vault, dossier: DossierId, stamp: Stamp, patience: Patience) -> Self {
        Self {
            vault,
            dossier,
            stamp,
            patience,
            sealing: VecDeque::new(),
            sealed: Vec::new(),
            missing: Vec::new(),
        }
    }

    /// What a piece came to. May wait for an earlier one, and tell its failure.
    pub(super) async fn take(
        &mut self,
        desk: &Desk,
        wanted: Wanted,
        fetched: Fetched,
    ) -> Result<(), DeskError> {
        match fetched {
            Fetched::NotOffered | Fetched::StillSuspect => {}
            Fetched::Gone(code) => self.missing.push(missing_piece(wanted, code)),
            Fetched::Arrived(arrived) => {
                let Arrived {
                    piece,
                    length,
                    agreement,
                } = *arrived;
                let file = tokio::task::spawn_blocking(move || piece.name(Some(length)));
                self.sealing.push_back(Sealing {
                    wanted,
                    agreement,
                    file,
                });
            }
        }
        if self.sealing.len() > SEALED_AT_ONCE {
            self.settle_one(desk).await?;
        }
        Ok(())
    }

    /// Waits for the earliest piece that is not on the disk yet; `false` when all are.
    pub(super) async fn settle_one(&mut self, desk: &Desk) -> Result<bool, DeskError> {
        let Some(Sealing {
            wanted,
            agreement,
            file,
        }) = self.sealing.pop_front()
        else {
            return Ok(false);
        };
        match file.await.map_err(DeskError::internal)? {
            Ok(piece) => {
                self.sealed.push(Sealed {
                    kind: wanted.kind,
                    agreement,
                    piece,
                });
                let at_risk: u64 = self.sealed.iter().map(|sealed| sealed.piece.size()).sum();
                if at_risk >= BYTES_AT_RISK {
                    self.record(desk, None).await?;
                }
            }
            Err(error) => match judged(error.into(), &wanted, self.patience)? {
                Fetched::Gone(code) => self.missing.push(missing_piece(wanted, code)),
                Fetched::Arrived(_) | Fetched::NotOffered | Fetched::StillSuspect => {}
            },
        }
        Ok(true)
    }

    /// What arrived before a failure is kept, so that it is not fetched again.
    pub(super) async fn salvage(mut self, desk: &Desk) -> Result<(), DeskError> {
        loop {
            match self.settle_one(desk).await {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => tracing::debug!(%error, "a piece was not kept"),
            }
        }
        if self.sealed.is_empty() {
            return Ok(());
        }
        self.record(desk, None).await
    }

    /// Makes the names of the files that are on the disk last, and gives the rows that may tell of them.
    async fn shelve(&mut self) -> Result<Vec<NewPiece>, DeskError> {
        let sealed = std::mem::take(&mut self.sealed);
        if sealed.is_empty() {
            return Ok(Vec::new());
        }
        let vault = self.vault.clone();
        on_disk(move || {
            let told: Vec<_> = sealed.iter().map(|one| (one.kind, one.agreement)).collect();
            let named = sealed.into_iter().map(|one| one.piece).collect();
            let stored = vault.make_last(named)?;
            let rows = stored.into_iter().zip(told);
            Ok(rows
                .map(|(stored, (kind, agreement))| {
                    row_of(stored, kind, recorded_agreement(agreement))
                })
                .collect())
        })
        .await
    }

    /// The rows of the files that are on the disk, and with the last of them how the try ended.
    pub(super) async fn record(
        &mut self,
        desk: &Desk,
        end: Option<CaptureEnd>,
    ) -> Result<(), DeskError> {
        let rows = self.shelve().await?;
        let id = self.dossier;
        let files: Vec<_> = rows.iter().map(|row| row.id).collect();
        let recorded = desk
            .on_register_as(self.stamp.clone(), move |register, stamp| {
                match register.record_capture(id, &rows, end, stamp) {
                    // Surely not recorded: without their rows the files only take room.
                    Err(RegisterError::DiskFull) => Ok(None),
                    recorded => recorded.map(Some),
                }
            })
            .await?;
        let Some(shelved) = recorded else {
            for file in files {
                discard(&self.vault, file).await;
            }
            return Err(DeskError::new(ErrorCode::DiskFull));
        };
        for (file, shelved) in files.into_iter().zip(shelved) {
            match shelved {
                Shelved::Kept => {}
                Shelved::Replaced(old) => discard(&self.vault, old).await,
                Shelved::AlreadyThere(_) => discard(&self.vault, file).await,
            }
        }
        Ok(())
    }
}
