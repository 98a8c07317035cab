//! Another key for the register.
//!
//! The new key is kept beside the old one, and proved to be kept, before the first page is written
//! under it; the old one is given up after the register opened with the new one. Stopped anywhere in
//! between, the next start finds the one of the two that opens (quality.md D-04).

use std::{sync::Arc, time::Duration};

use dossiers::{EmbeddedRegister, Progress, Register, RegisterKey, passphrase};
use tokio::{sync::RwLockWriteGuard, time::Instant};

use crate::{
    desk::Desk,
    errors::DeskError,
    unlock::{PASSPHRASE_FILE, Protection},
    views::{error::ErrorCode, session::RegisterState, store::StoreView},
};

/// Longest wait for what still uses the register.
const PATIENCE: Duration = Duration::from_secs(30);
const BETWEEN_LOOKS: Duration = Duration::from_millis(20);

impl Desk {
    /// Writes the whole register anew under another key and makes a copy of it; those under the old key go.
    /// `RegisterBusy` when something still uses it after half a minute; a keychain that refuses is met before anything
    /// is written.
    pub async fn renew_register_key(&self, intent_id: &str) -> Result<StoreView, DeskError> {
        self.long(intent_id, |desk, progress| async move {
            desk.renew_key(progress.clone()).await?;
            // Copies made under the old key went with it.
            desk.back_up(progress, desk.stamp()).await?;
            desk.store().await
        })
        .await
    }

    async fn renew_key(&self, progress: Progress) -> Result<(), DeskError> {
        let turn = self.turn().await;
        // The opening under the new key would call its outcome unknown, and ID360's refusal come too late.
        let no_create = self.without_creates(&progress).await?;
        let (protection, old) = {
            let gate = self.gate();
            match (gate.register(), gate.key) {
                (Some(_), Some(key)) => (gate.protection, key),
                _ => return Err(DeskError::new(ErrorCode::RegisterClosed)),
            }
        };
        let new = RegisterKey::generate();
        self.keep_pending(&protection, &new).await?;
        self.register_moves(true);
        let renewed = self.write_anew(old, new, progress).await;
        self.register_moves(false);
        drop(no_create);
        drop(turn);
        self.register_changed();
        renewed
    }

    /// New ones are not held up by one that takes long.
    async fn without_creates(
        &self,
        progress: &Progress,
    ) -> Result<RwLockWriteGuard<'_, ()>, DeskError> {
        let begun = Instant::now();
        loop {
            progress.at(0, 0)?;
            if let Some(none) = self.no_create() {
                return Ok(none);
            }
            if begun.elapsed() > PATIENCE {
                return Err(DeskError::new(ErrorCode::RegisterBusy).retryable());
            }
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
    }

    /// While this runs, whoever needs the register waits.
    async fn write_anew(
        &self,
        old: RegisterKey,
        new: RegisterKey,
        progress: Progress,
    ) -> Result<(), DeskError> {
        let gate = self.gate();
        let Some(register) = gate.register() else {
            return Err(DeskError::new(ErrorCode::RegisterClosed));
        };
        let closed = gate.shut();
        let protection = closed.protection.clone();
        self.set_gate(closed.clone());
        if !alone(&register).await {
            self.forget_pending(&protection).await;
            self.set_gate(closed.opened(self, register, old));
            return Err(DeskError::new(ErrorCode::RegisterBusy).retryable());
        }
        let folder = self.ports().register_folder.clone();
        let now = self.now();
        let keys = (old.clone(), new.clone());
        let passphrase = match &protection {
            Protection::Keychain => None,
            Protection::Passphrase(passphrase) => Some(passphrase.clone()),
        };
        let rewritten = tokio::task::spawn_blocking(move || {
            drop(register);
            let (old, new) = keys;
            let wrapped = passphrase
                .map(|passphrase| passphrase::wrap(&new, &passphrase))
                .transpose()?;
            let key_file = wrapped.as_deref().map(|bytes| (PASSPHRASE_FILE, bytes));
            // The register it opens is given up: whether the new key opens it is looked at below.
            EmbeddedRegister::rekey(&folder, &old, &new, key_file, &progress, now)
                .map(drop)
                .map_err(DeskError::from)
        })
        .await
        .map_err(DeskError::internal)?;
        // The key that opens tells how far it came, whatever was answered.
        if let (RegisterState::Open, Some((register, _))) = self.open_with(&new).await {
            self.set_gate(closed.opened(self, register, new.clone()));
            // Where it cannot be done now, the next start does it.
            self.promote(&protection, &new).await;
            return Ok(());
        }
        let refused = rewritten
            .err()
            .unwrap_or_else(|| DeskError::internal("the new key does not open the register"));
        match self.open_with(&old).await {
            (RegisterState::Open, Some((register, _))) => {
                self.forget_pending(&protection).await;
                self.set_gate(closed.opened(self, register, old));
            }
            // Both keys stay where they are.
            (state, _) => {
                let mut closed = closed;
                closed.state = state;
                self.set_gate(closed);
                self.announce_session();
            }
        }
        Err(refused)
    }
}

/// Nobody else uses the register any more.
async fn alone(register: &Arc<dyn Register>) -> bool {
    let begun = Instant::now();
    while Arc::strong_count(register) > 1 {
        if begun.elapsed() > PATIENCE {
            return false;
        }
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }
    true
}
