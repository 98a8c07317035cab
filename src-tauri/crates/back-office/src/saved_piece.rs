//! One captured piece, out of the vault to where a person wants it.

use std::path::Path;

use dossiers::{DossierId, Integrity, NewPiece, Piece};
use evidence::{Destination, SaveError, SavedFile, Vault, VaultError};
use sha2::{Digest as _, Sha256};

use crate::{
    desk::{Desk, dossier_id},
    errors::DeskError,
    export::last_part,
    packs::piece_name,
    ports::Pick,
    save::shown,
    vault::{agreement, damaged, integrity, on_disk},
    views::{error::ErrorCode, launch::SaveOutcome},
};

/// The file, or what the vault's file turned out to be.
type Written = Result<SavedFile, Integrity>;

impl Desk {
    /// Byte for byte as it was captured, without a network. `None` when the person closed the dialog.
    pub async fn save_piece(
        &self,
        intent_id: &str,
        id: &str,
        piece_id: &str,
    ) -> Result<Option<SaveOutcome>, DeskError> {
        let id = dossier_id(id)?;
        let piece_id = piece_id.to_owned();
        self.long(intent_id, move |desk, _| async move {
            let asker = desk.asker();
            let piece = desk.recorded_piece(id, &piece_id).await?;
            if piece.integrity != Integrity::Whole {
                return Err(damaged());
            }
            let dossier = desk.dossier(id).await?;
            let documents = desk.documents_of(id).await.unwrap_or_default();
            let suggested = piece_name(&dossier, &documents, &piece.recorded);
            let Some((folder, name)) = desk.place(Pick::Piece, &suggested).await? else {
                return Ok(None);
            };
            let recorded = piece.recorded;
            desk.journal_save(id, format!("captured {}", recorded.call), &asker)
                .await?;
            let (piece_id, agreement) = (recorded.id, agreement(recorded.md5_agreement));
            let (vault, at) = (desk.vault().await?, folder.clone());
            match on_disk(move || written(&vault, &recorded, &at, &name)).await? {
                Ok(file) => Ok(Some(SaveOutcome {
                    folder: last_part(&folder),
                    files: vec![shown(file, agreement)],
                    failed: Vec::new(),
                })),
                Err(found) => {
                    desk.note_damage(piece_id, found).await?;
                    Err(damaged())
                }
            }
        })
        .await
    }

    async fn recorded_piece(&self, id: DossierId, piece: &str) -> Result<Piece, DeskError> {
        let pieces = self
            .on_register(move |register, _| register.pieces(id))
            .await?;
        pieces
            .into_iter()
            .find(|known| known.recorded.id.to_string() == piece)
            .ok_or_else(|| DeskError::new(ErrorCode::NotFound))
    }
}

/// Part by part: a video need not fit into memory. Without a name unless it is what was captured.
fn written(
    vault: &Vault,
    piece: &NewPiece,
    folder: &Path,
    name: &str,
) -> Result<Written, DeskError> {
    let mut file = Destination::open(folder)?.begin(name)?.from_elsewhere();
    let mut hash = Sha256::new();
    let copied = vault.copy(piece.id.0, &mut |part| {
        hash.update(part);
        file.write(part)
    });
    match copied {
        Ok(_) if hash.finalize()[..] == piece.sha256 => Ok(Ok(file.finish(Some(piece.size))?)),
        Ok(_) => Ok(Err(Integrity::Altered)),
        Err(VaultError::NotTaken(error)) => Err(SaveError::from(error).into()),
        Err(error) => Ok(Err(integrity(&error))),
    }
}
