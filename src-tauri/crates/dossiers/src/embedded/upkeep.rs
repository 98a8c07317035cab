//! Whether what is kept can be trusted, and copies of it for the day it cannot.

use std::fs;
use std::path::Path;

use chrono::{DateTime, Utc};

use super::EmbeddedRegister;
use super::opening::{DATABASE_FILES, JOURNAL};
use crate::creation_journal;
use crate::error::{OpenError, RegisterError, Result};
use crate::key::RegisterKey;
use crate::progress::Progress;
use crate::register::{Backup, Upkeep};
use crate::stamp::Stamp;
use crate::store::backups::{self, Occasion};
use crate::store::migrations::{self, MIGRATIONS};
use crate::store::{database, meta};

/// Bytes of the journal between two words about how far it is read.
const TOLD_EVERY: u64 = 1024 * 1024;

impl EmbeddedRegister {
    /// The copies of a register that may not open any more, in the order of [`Upkeep::backups`]; the first that is
    /// called sound is whole.
    pub fn backups_in(
        folder: &Path,
        key: &RegisterKey,
        now: DateTime<Utc>,
    ) -> Result<Vec<Backup>, OpenError> {
        let known_version = migrations::latest(MIGRATIONS);
        Ok(backups::list_proved(folder, key, known_version, now)?)
    }
}

impl EmbeddedRegister {
    /// Reads it beside appends: an unfinished record at its end is one that is being written.
    fn journal_is_whole(&self, path: &Path, total: u64, progress: &Progress) -> Result<bool> {
        let mut told = 0;
        let walk = creation_journal::walk(path, &self.key, None, &mut |_, (read, length)| {
            if read >= told + TOLD_EVERY {
                told = read;
                progress.at(total.saturating_sub(length.saturating_sub(read)), total)?;
            }
            Ok(())
        })?;
        Ok(walk.is_some_and(|walk| !walk.has_gap && walk.last.is_some()))
    }
}

impl Upkeep for EmbeddedRegister {
    fn verify(&self, progress: &Progress) -> Result<()> {
        let total = self.size()?;
        progress.at(0, total)?;
        let database_whole = self.read(progress, |db| Ok(database::is_whole(db)?))?;
        let journal_whole = self.verify_creations(progress)?;
        if database_whole && journal_whole {
            Ok(())
        } else {
            Err(RegisterError::Damaged)
        }
    }

    fn verify_creations(&self, progress: &Progress) -> Result<bool> {
        let journal = self.folder.join(JOURNAL);
        let whole = self.journal_is_whole(&journal, self.size()?, progress)?;
        if !whole {
            // The next opening sets it aside and tells it anew from the database.
            self.change(|transaction| Ok(meta::set_journal_behind(transaction, true)?))?;
        }
        Ok(whole)
    }

    fn back_up(&self, progress: &Progress, stamp: &Stamp) -> Result<Backup> {
        self.read(progress, |db| {
            backups::make(
                db,
                &self.folder,
                &self.key,
                Occasion::Daily,
                stamp.at,
                progress,
            )
        })
    }

    fn backups(&self, now: DateTime<Utc>) -> Result<Vec<Backup>> {
        backups::list(&self.folder, &self.key, now).map_err(RegisterError::Io)
    }

    fn size(&self) -> Result<u64> {
        Ok(DATABASE_FILES
            .iter()
            .chain([&JOURNAL])
            .filter_map(|name| fs::metadata(self.folder.join(name)).ok())
            .map(|metadata| metadata.len())
            .sum())
    }
}
