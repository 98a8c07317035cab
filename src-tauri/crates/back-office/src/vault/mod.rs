//! The vault of the open register: what was captured, on the disk.

mod adopting;
mod kept;

use std::sync::{Arc, Mutex};

use dossiers::Md5Agreement;
use evidence::{HashAgreement, Vault, saving::StdFilesystem};

pub(crate) use self::{
    adopting::{discard, row_of},
    kept::{Kept, agreement, damaged, integrity},
};
use crate::{
    desk::{Desk, locked},
    errors::DeskError,
};

/// The way to the vault; it closes with the register.
#[derive(Debug, Default)]
pub(crate) struct VaultDoor {
    opened: Mutex<Option<Vault>>,
    /// Rows and files were compared since the register opened.
    swept: tokio::sync::Mutex<bool>,
}

impl VaultDoor {
    /// The next look opens it with the key of the register that is open then.
    pub(crate) fn close(&self) {
        *locked(&self.opened) = None;
    }
}

impl Desk {
    /// The open vault; made where there is none yet.
    pub(crate) async fn vault(&self) -> Result<Vault, DeskError> {
        if let Some(vault) = locked(&self.vault_door().opened).clone() {
            return Ok(vault);
        }
        let folder = self.ports().evidence_folder.clone();
        let key = self.on_register(|register, _| register.vault_key()).await?;
        let opened =
            on_disk(move || Ok(Vault::open(&folder, Arc::new(StdFilesystem), key.bytes())?))
                .await?;
        *locked(&self.vault_door().opened) = Some(opened.clone());
        Ok(opened)
    }
}

/// Work on the disk, off the async threads.
pub(crate) async fn on_disk<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, DeskError> + Send + 'static,
) -> Result<T, DeskError> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(DeskError::internal)?
}

pub(crate) fn recorded_agreement(agreement: HashAgreement) -> Md5Agreement {
    match agreement {
        HashAgreement::Agrees => Md5Agreement::Agrees,
        HashAgreement::Differs => Md5Agreement::Differs,
        HashAgreement::NotStated => Md5Agreement::NotStated,
    }
}
