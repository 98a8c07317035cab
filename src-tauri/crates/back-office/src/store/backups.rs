//! Daily copies of the register, and copies on demand.

use std::sync::Mutex;

use chrono::TimeDelta;
use dossiers::{Act, Backup, EmbeddedRegister, Progress, Stamp};

use crate::{
    desk::{Desk, locked},
    errors::DeskError,
    present,
    views::{
        error::ErrorCode,
        store::{BackupView, StoreView},
    },
};

/// Why the last daily copy was not made.
#[derive(Debug, Default)]
pub(crate) struct BackupTrouble(Mutex<Option<ErrorCode>>);

impl BackupTrouble {
    pub(crate) fn get(&self) -> Option<ErrorCode> {
        *locked(&self.0)
    }

    fn set(&self, trouble: Option<ErrorCode>) {
        *locked(&self.0) = trouble;
    }
}

impl Desk {
    /// Also of a register that does not open, once its key is known.
    pub async fn store(&self) -> Result<StoreView, DeskError> {
        let gate = self.gate();
        let now = self.now();
        let (backups, size) = if gate.register().is_some() {
            self.on_register(move |register, _| Ok((register.backups(now)?, register.size()?)))
                .await?
        } else {
            let key = gate
                .key
                .ok_or_else(|| DeskError::new(ErrorCode::RegisterClosed))?;
            let folder = self.ports().register_folder.clone();
            let backups = tokio::task::spawn_blocking(move || {
                EmbeddedRegister::backups_in(&folder, &key, now)
            })
            .await
            .map_err(DeskError::internal)??;
            (backups, 0)
        };
        Ok(StoreView {
            backups: backups.into_iter().map(view).collect(),
            trouble: self.backup_trouble().get(),
            size: size.to_string(),
        })
    }

    /// A copy of the whole register, read back before it counts; the last one of each of seven days is kept. Stopped or
    /// failed, it leaves nothing behind.
    pub async fn back_up_now(&self, intent_id: &str) -> Result<StoreView, DeskError> {
        self.long(intent_id, |desk, progress| async move {
            desk.back_up(progress, desk.stamp()).await?;
            desk.store().await
        })
        .await
    }

    /// Once a day; tried again at the next look after a failure.
    pub(super) async fn back_up_daily(&self, progress: Progress) {
        let now = self.now();
        let backups = match self
            .on_register(move |register, _| register.backups(now))
            .await
        {
            Ok(backups) => backups,
            Err(error) => return self.not_copied(&error),
        };
        // A copy from the future was made by a clock that was wrong: it proves nothing of today.
        let recent = backups
            .iter()
            .filter(|backup| backup.sound && backup.made_at <= now)
            .any(|backup| now - backup.made_at < TimeDelta::hours(24));
        if !recent {
            // Told on the first screen, in the store's view and in the log.
            let _ = self.back_up(progress.clone(), self.desk_stamp()).await;
            self.verify_creations(progress).await;
        }
    }

    /// The copy reads all of the database; this is the other file that no api_key may be lost from.
    async fn verify_creations(&self, progress: Progress) {
        let verified = self
            .on_register(move |register, _| register.verify_creations(&progress))
            .await;
        match verified {
            Ok(true) => {}
            Ok(false) => {
                tracing::error!(
                    "the journal of creations is damaged: the next start writes it anew"
                );
            }
            Err(error) => tracing::info!(%error, "the journal of creations was not read"),
        }
    }

    pub(super) async fn back_up(&self, progress: Progress, stamp: Stamp) -> Result<(), DeskError> {
        let made = self
            .on_register_as(stamp, move |register, stamp| {
                let backup = register.back_up(&progress, stamp)?;
                register.record_act(Act::BackedUp, None, &backup.name, stamp)?;
                Ok(backup)
            })
            .await;
        match made {
            Ok(backup) => {
                tracing::info!(dossiers = backup.dossiers, "the register was copied");
                self.backup_trouble().set(None);
                Ok(())
            }
            Err(error) => {
                self.not_copied(&error);
                Err(error)
            }
        }
    }

    fn not_copied(&self, error: &DeskError) {
        tracing::warn!(%error, "the register was not copied");
        if !matches!(error.code, ErrorCode::Cancelled | ErrorCode::RegisterClosed) {
            self.backup_trouble().set(Some(error.code));
        }
    }
}

fn view(backup: Backup) -> BackupView {
    BackupView {
        name: backup.name,
        at: present::time(backup.made_at),
        dossiers: u32::try_from(backup.dossiers).unwrap_or(u32::MAX),
        size: backup.size.to_string(),
        sound: backup.sound,
    }
}
