//! Files and rows of the vault are brought together after the register opened: what a stop left half done is removed
//! or recorded, and a register that was restored from a backup gets back what was captured after it.

use std::collections::HashSet;

use dossiers::{DossierId, Md5Agreement, NewPiece, PieceId, PieceKind, RegisterError, Shelved};
use evidence::{HashAgreement, StoredPiece, Vault, vault::Stray};
use uuid::Uuid;

use super::{on_disk, recorded_agreement};
use crate::{desk::Desk, errors::DeskError};

/// Rows looked at in one go.
const AT_ONCE: u32 = 1_000;

#[derive(Debug, Default)]
struct Found {
    adopted: u32,
    /// Another piece counts in their place; removed.
    superseded: u32,
    /// Of no dossier that is known here, or unreadable; left where they are.
    unknown: u32,
}

impl Desk {
    /// Rows and files are compared anew, in the background.
    pub(crate) fn begin_vault(&self) {
        let desk = self.clone();
        tokio::spawn(async move {
            *desk.vault_door().swept.lock().await = false;
            desk.sweep_vault().await;
        });
    }

    /// Once for each opening of the register.
    pub(crate) async fn sweep_vault(&self) {
        let mut swept = self.vault_door().swept.lock().await;
        if *swept {
            return;
        }
        match self.sweep().await {
            Ok(()) => *swept = true,
            Err(error) => tracing::warn!(%error, "the vault was not swept"),
        }
    }

    async fn sweep(&self) -> Result<(), DeskError> {
        let vault = self.vault().await?;
        let known = self.known_pieces().await?;
        let swept = vault.clone();
        let sweep = on_disk(move || Ok(swept.sweep(&|id| known.contains(&id))?)).await?;
        let mut found = Found::default();
        for stray in sweep.strays {
            self.adopt(&vault, stray, &mut found).await?;
        }
        if sweep.leftovers > 0 || found.adopted + found.superseded + found.unknown > 0 {
            tracing::info!(leftovers = sweep.leftovers, ?found, "the vault was swept");
        }
        if found.adopted > 0 {
            self.register_changed();
        }
        Ok(())
    }

    async fn known_pieces(&self) -> Result<HashSet<Uuid>, DeskError> {
        let mut known = HashSet::new();
        let mut after = None;
        loop {
            let rows = self
                .on_register(move |register, _| register.vault_files(after, AT_ONCE))
                .await?;
            after = rows.last().map(|piece| piece.recorded.id);
            known.extend(rows.iter().map(|piece| piece.recorded.id.0));
            if rows.len() < AT_ONCE as usize {
                return Ok(known);
            }
        }
    }

    async fn adopt(&self, vault: &Vault, stray: Stray, found: &mut Found) -> Result<(), DeskError> {
        let id = stray.id;
        let whole = vault.clone();
        let described = on_disk(move || Ok(whole.describe(id).ok())).await?;
        let read = described.and_then(|stored| {
            let dossier = DossierId(stored.header.dossier);
            Some((dossier, new_piece(stored)?))
        });
        let Some((dossier, piece)) = read else {
            found.unknown += 1;
            return Ok(());
        };
        let shelved = self
            .on_register_as(self.desk_stamp(), move |register, stamp| {
                match register.record_piece(dossier, piece, stamp) {
                    Err(RegisterError::NotFound) => Ok(None),
                    recorded => recorded.map(Some),
                }
            })
            .await?;
        match shelved {
            None => found.unknown += 1,
            Some(Shelved::Kept) => found.adopted += 1,
            Some(Shelved::Replaced(old)) => {
                found.adopted += 1;
                discard(vault, old).await;
            }
            Some(Shelved::AlreadyThere(_)) => {
                found.superseded += 1;
                discard(vault, PieceId(id)).await;
            }
        }
        Ok(())
    }
}

/// The row of a file, told by the file.
fn new_piece(stored: StoredPiece) -> Option<NewPiece> {
    let kind = PieceKind::ALL
        .into_iter()
        .find(|kind| kind.as_str() == stored.header.kind)?;
    let stated = stored.header.stated_md5.as_deref();
    let agreement = HashAgreement::of(stated, None, &hex::encode(stored.md5));
    Some(row_of(stored, kind, recorded_agreement(agreement)))
}

/// The row of a piece that is in the vault.
pub(crate) fn row_of(stored: StoredPiece, kind: PieceKind, agreement: Md5Agreement) -> NewPiece {
    let header = stored.header;
    NewPiece {
        id: PieceId(header.piece),
        kind,
        document: header.document.map(|page| dossiers::DocumentRef {
            document_id: page.document_id,
            name: page.name,
            page_number: page.page_number,
        }),
        media_type: header.media_type.unwrap_or_default(),
        size: stored.size,
        sha256: stored.sha256,
        md5: stored.md5,
        md5_agreement: agreement,
        call: header.call,
        fetched_at: header.fetched_at,
    }
}

/// A file that no row names; met again by the next sweep where it cannot be removed now.
pub(crate) async fn discard(vault: &Vault, id: PieceId) {
    let vault = vault.clone();
    let removed = on_disk(move || Ok(vault.remove(id.0)?)).await;
    if let Err(error) = removed {
        tracing::debug!(%error, "a file without a row stays in the vault");
    }
}
