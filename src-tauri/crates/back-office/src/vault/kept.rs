//! Captured bytes, read without a network.

use dossiers::{DossierId, Integrity, Md5Agreement, Piece, PieceId, PieceKind};
use evidence::{HashAgreement, Vault, VaultError};

use super::on_disk;
use crate::{desk::Desk, documents::FetchedPage, errors::DeskError, views::error::ErrorCode};

/// Longest piece that is read into memory: the largest cap of a download (quality.md E-07).
const MOST_BYTES: u64 = 512 << 20;

/// What the vault has of one piece.
#[derive(Debug)]
pub(crate) enum Kept {
    Nothing,
    Whole(FetchedPage),
    /// It was captured, and its file is not what it was: it is never used again.
    Damaged,
}

impl Desk {
    /// A captured page of a document.
    pub(crate) async fn kept_page(
        &self,
        id: DossierId,
        document_id: &str,
        page_number: u32,
    ) -> Result<Kept, DeskError> {
        let document_id = document_id.to_owned();
        self.kept(id, move |piece| {
            piece.recorded.document.as_ref().is_some_and(|page| {
                page.document_id == document_id && page.page_number == page_number
            })
        })
        .await
    }

    /// A captured piece that a dossier has one of.
    pub(crate) async fn kept_one(&self, id: DossierId, kind: PieceKind) -> Result<Kept, DeskError> {
        self.kept(id, move |piece| piece.recorded.kind == kind)
            .await
    }

    async fn kept(
        &self,
        id: DossierId,
        is_it: impl Fn(&Piece) -> bool + Send + 'static,
    ) -> Result<Kept, DeskError> {
        let found = self
            .on_register(move |register, _| {
                Ok(register.pieces(id)?.into_iter().find(|piece| is_it(piece)))
            })
            .await?;
        let Some(piece) = found else {
            return Ok(Kept::Nothing);
        };
        if piece.integrity != Integrity::Whole {
            return Ok(Kept::Damaged);
        }
        let vault = self.vault().await?;
        let agreement = agreement(piece.recorded.md5_agreement);
        let piece_id = piece.recorded.id;
        match on_disk(move || Ok(read(&vault, &piece))).await? {
            Ok(bytes) => Ok(Kept::Whole(FetchedPage { bytes, agreement })),
            Err(found) => {
                self.note_damage(piece_id, found).await?;
                Ok(Kept::Damaged)
            }
        }
    }

    /// Met while reading one file: it is never used again, and capture fetches it anew while ID360 has it.
    pub(crate) async fn note_damage(
        &self,
        piece: PieceId,
        found: Integrity,
    ) -> Result<(), DeskError> {
        tracing::error!(%piece, ?found, "a captured piece is not whole");
        self.on_register_as(self.desk_stamp(), move |register, stamp| {
            register.record_integrity(piece, found, stamp)
        })
        .await?;
        self.register_changed();
        Ok(())
    }
}

pub(crate) fn agreement(recorded: Md5Agreement) -> HashAgreement {
    match recorded {
        Md5Agreement::Agrees => HashAgreement::Agrees,
        Md5Agreement::Differs => HashAgreement::Differs,
        Md5Agreement::NotStated => HashAgreement::NotStated,
    }
}

/// The bytes, where they are those of the row.
fn read(vault: &Vault, piece: &Piece) -> Result<Vec<u8>, Integrity> {
    use sha2::{Digest as _, Sha256};
    let (_, bytes) = vault
        .read(piece.recorded.id.0, MOST_BYTES)
        .map_err(|error| integrity(&error))?;
    let same = bytes.len() as u64 == piece.recorded.size
        && Sha256::digest(&bytes)[..] == piece.recorded.sha256;
    same.then_some(bytes).ok_or(Integrity::Altered)
}

/// What a file is that could not be read as what was captured.
pub(crate) fn integrity(error: &VaultError) -> Integrity {
    match error {
        VaultError::Missing => Integrity::Missing,
        VaultError::Altered => Integrity::Altered,
        VaultError::TooLarge { .. } | VaultError::Unreadable(_) | VaultError::NotTaken(_) => {
            Integrity::Unreadable
        }
    }
}

/// The piece is gone from the disk, and nothing else can be had.
pub(crate) fn damaged() -> DeskError {
    DeskError::new(ErrorCode::EvidenceDamaged)
}
