//! Putting a backup in the place of the database.
//!
//! The copy is made ready beside the database and given its last name at once; from then on opening
//! puts it in place, however often it is stopped meanwhile.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use rusqlite::TransactionBehavior;

use super::journal::Ledger;
use super::lock::FolderLock;
use super::opening::{DATABASE, DATABASE_FILES, Opener};
use super::{EmbeddedRegister, set_aside};
use crate::durable;
use crate::error::{OpenError, RegisterError, Result};
use crate::key::RegisterKey;
use crate::stamp::Stamp;
use crate::store::database::{self, Found};
use crate::store::{backups, migrations};

/// A database that is to take the register's place.
const READY: &str = "register.sqlite.restored";

impl EmbeddedRegister {
    /// Puts a backup in the place of the database and opens it.
    ///
    /// The database is set aside, whole. What was created since the backup comes back from the
    /// creation journal, with its `api_key`s; what else was done since does not. The backup is read
    /// whole before anything is touched; of a damaged one the error names one that is not.
    pub fn restore(
        folder: &Path,
        key: &RegisterKey,
        backup: &str,
        now: DateTime<Utc>,
    ) -> Result<Self, OpenError> {
        Opener::new(folder, key, now).restore(backup)
    }
}

impl Opener<'_> {
    fn restore(&self, backup: &str) -> Result<EmbeddedRegister, OpenError> {
        let lock = FolderLock::take(self.folder)?;
        let from = backups::path(self.folder, backup)
            .ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
        match database::look(&from, self.key, self.latest_version(), u64::MAX)? {
            Found::Fine => {}
            Found::Newer => return Err(OpenError::Newer),
            Found::Unreadable if self.key_opens_journal()? != Some(true) => {
                return Err(OpenError::KeyRefused);
            }
            Found::Absent | Found::Damaged | Found::Unreadable => {
                let backup = self.last_good();
                return Err(OpenError::Damaged { backup });
            }
        }
        self.make_ready(&from, backup)?;
        self.open_locked(lock)
    }

    /// Copies the backup and brings it up to date; the last rename is what decides.
    fn make_ready(&self, from: &Path, backup: &str) -> Result<()> {
        let ready = self.folder.join(READY);
        let temporary = durable::beside(&ready, ".new");
        remove(&temporary).map_err(RegisterError::Io)?;
        let made = (|| {
            copy(from, &temporary).map_err(RegisterError::Io)?;
            let mut db = database::connect(&temporary, self.key)?;
            let ledger = Ledger::new(self.folder, self.key);
            if !migrations::has_chain(&db)? {
                ledger.begin()?;
            }
            migrations::bring_up(&mut db, self.key, self.migrations)?;
            let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            ledger.note_restored_backup(&transaction, backup, &Stamp::desk(self.now))?;
            transaction.commit()?;
            database::close_into_one_file(db, &temporary)
        })();
        let made = made.and_then(|()| {
            fs::rename(&temporary, &ready)
                .and_then(|()| durable::sync_folder_of(&ready))
                .map_err(RegisterError::Io)
        });
        if made.is_err()
            && let Err(error) = remove(&temporary)
        {
            tracing::warn!(%error, "what was written of a copy could not be removed");
        }
        made
    }

    /// Goes on with a restoration that was decided.
    pub(super) fn finish_restoring(&self) -> Result<(), OpenError> {
        let ready = self.folder.join(READY);
        match database::look(&ready, self.key, self.latest_version(), 0)? {
            Found::Absent => return Ok(()),
            Found::Fine => {}
            Found::Newer => return Err(OpenError::Newer),
            // Only the journal can tell a damaged first page from another key.
            Found::Unreadable if self.key_opens_journal()? != Some(true) => {
                return Err(OpenError::KeyRefused);
            }
            // It stays: the next copy takes its place, and without it a register whose database was
            // moved away already would pass for one without a database.
            Found::Damaged | Found::Unreadable => {
                return Err(OpenError::Damaged { backup: None });
            }
        }
        set_aside::keep(self.folder, &DATABASE_FILES, self.now)?;
        let place = self.folder.join(DATABASE);
        fs::rename(&ready, &place)?;
        Ok(durable::sync_folder_of(&place)?)
    }

    /// Who goes on without a copy is not held up by a damaged one that was to take the place.
    pub(super) fn set_damaged_copy_aside(&self) -> Result<(), OpenError> {
        let ready = self.folder.join(READY);
        let found = database::look(&ready, self.key, self.latest_version(), 0)?;
        if matches!(found, Found::Damaged | Found::Unreadable)
            && self.key_opens_journal()? == Some(true)
        {
            set_aside::keep(self.folder, &[READY], self.now)?;
        }
        Ok(())
    }
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    io::copy(&mut File::open(from)?, &mut durable::create_private(to)?).map(drop)
}

fn remove(path: &Path) -> io::Result<()> {
    ["", "-wal", "-shm", "-journal"]
        .iter()
        .map(|end| -> PathBuf { durable::beside(path, end) })
        .try_for_each(|path| durable::remove_if_there(&path))
}
