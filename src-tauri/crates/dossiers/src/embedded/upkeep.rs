//! Whether what is kept can be trusted, and copies of it for the day it cannot.

use std::fs;
use std::path::Path;

use super::EmbeddedRegister;
use super::opening::{DATABASE_FILES, JOURNAL};
use crate::error::{OpenError, RegisterError, Result};
use crate::key::RegisterKey;
use crate::progress::Progress;
use crate::register::{Backup, Upkeep};
use crate::stamp::Stamp;
use crate::store::backups::{self, Occasion};
use crate::store::database;

impl EmbeddedRegister {
    /// The copies of a register that may not open any more, newest first.
    pub fn backups_in(folder: &Path, key: &RegisterKey) -> Result<Vec<Backup>, OpenError> {
        Ok(backups::list(folder, key)?)
    }
}

impl Upkeep for EmbeddedRegister {
    fn verify(&self, progress: &Progress) -> Result<()> {
        progress.at(0, 0)?;
        self.read(progress, |db| {
            if database::is_whole(db)? {
                Ok(())
            } else {
                Err(RegisterError::Damaged)
            }
        })
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

    fn backups(&self) -> Result<Vec<Backup>> {
        backups::list(&self.folder, &self.key).map_err(RegisterError::Io)
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
