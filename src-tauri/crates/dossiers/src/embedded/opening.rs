//! Opening a register: what is there is looked at first, and nothing is written over it.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, TransactionBehavior};

use super::journal::Ledger;
use super::lock::FolderLock;
use super::readers::Readers;
use super::{EmbeddedRegister, Files, restoring, set_aside};
use crate::creation_journal::{self, CreationJournal, Reading};
use crate::durable;
use crate::error::{OpenError, RegisterError, Result};
use crate::key::RegisterKey;
use crate::stamp::Stamp;
use crate::store::database::{self, Found};
use crate::store::meta;
use crate::store::migrations::{self, MIGRATIONS, Migration};

const DATABASE: &str = "register.sqlite";
pub(super) const DATABASE_FILES: [&str; 3] =
    [DATABASE, "register.sqlite-wal", "register.sqlite-shm"];
pub(super) const JOURNAL: &str = "creations.sealed";

/// A database of that size is read whole in a fraction of a second; see [`database::look`].
const CHECKED_WHOLE_UP_TO: u64 = 32 * 1024 * 1024;

/// What opening found and did, for the person to be told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Opening {
    /// There was no database; a new one was made.
    pub created: bool,
    /// Steps of creations that the journal knew and the database did not.
    pub restored: u64,
    /// Creations that were under way and now have an unknown outcome.
    pub unknown: u64,
    /// The last append to the journal never ended. Nothing that was acknowledged is missing.
    pub journal_torn: bool,
    /// The journal was damaged or cut. It was set aside, and a new one tells what the database knows.
    pub journal_damaged: bool,
    /// There was a database without a journal; a new journal tells what the database knows.
    pub journal_missing: bool,
}

pub(crate) struct Opener<'a> {
    pub(crate) folder: &'a Path,
    pub(crate) key: &'a RegisterKey,
    pub(crate) now: DateTime<Utc>,
    pub(crate) migrations: &'a [Migration],
    pub(crate) check_up_to: u64,
}

impl EmbeddedRegister {
    /// There is a register in the folder, or what is left of one: it is to be opened with its own
    /// key, not begun anew.
    pub fn exists(folder: &Path) -> bool {
        [DATABASE, JOURNAL]
            .iter()
            .any(|name| folder.join(name).exists())
    }

    /// Opens the register, or begins one where there is none.
    ///
    /// Files up to 32 MiB are checked whole; in larger ones damage is found at first touch. A lost
    /// database is rebuilt from the creation journal; a damaged one is not touched.
    pub fn open(folder: &Path, key: &RegisterKey, now: DateTime<Utc>) -> Result<Self, OpenError> {
        Opener::new(folder, key, now).open()
    }

    /// Sets a damaged database aside, whole, and rebuilds from the creation journal what was created
    /// at ID360 with its `api_key`s. Opens a sound database as it is.
    pub fn rebuild(
        folder: &Path,
        key: &RegisterKey,
        now: DateTime<Utc>,
    ) -> Result<Self, OpenError> {
        Opener::new(folder, key, now).rebuild()
    }
}

impl<'a> Opener<'a> {
    pub(crate) fn new(folder: &'a Path, key: &'a RegisterKey, now: DateTime<Utc>) -> Self {
        Self {
            folder,
            key,
            now,
            migrations: MIGRATIONS,
            check_up_to: CHECKED_WHOLE_UP_TO,
        }
    }

    pub(crate) fn open(&self) -> Result<EmbeddedRegister, OpenError> {
        durable::make_private_folder(self.folder)?;
        let lock = FolderLock::take(self.folder)?;
        self.open_locked(lock)
    }

    fn rebuild(&self) -> Result<EmbeddedRegister, OpenError> {
        durable::make_private_folder(self.folder)?;
        let lock = FolderLock::take(self.folder)?;
        if matches!(self.look()?, Found::Damaged | Found::Unreadable) {
            match creation_journal::read(&self.journal_path(), self.key)? {
                Some(reading) if !reading.records.is_empty() => {
                    set_aside::keep(self.folder, &DATABASE_FILES, self.now)?;
                }
                Some(_) => return Err(OpenError::KeyRefused),
                None => return Err(OpenError::Damaged),
            }
        }
        self.open_locked(lock)
    }

    fn open_locked(&self, lock: FolderLock) -> Result<EmbeddedRegister, OpenError> {
        let found = self.look()?;
        let journal = match found {
            Found::Newer => return Err(OpenError::Newer),
            Found::Damaged => return Err(OpenError::Damaged),
            _ => creation_journal::read(&self.journal_path(), self.key)?,
        };
        let ledger = Ledger::new(self.folder, self.key);
        let key_fits_journal = journal.as_ref().map(|reading| !reading.records.is_empty());
        let mut opening = Opening::default();
        match (found, key_fits_journal) {
            // Only the journal can tell a damaged first page from another key.
            (Found::Unreadable, Some(true)) => return Err(OpenError::Damaged),
            (Found::Unreadable, _) | (Found::Absent, Some(false)) => {
                return Err(OpenError::KeyRefused);
            }
            (Found::Absent, _) => {
                // A log left behind would be played into the new database.
                set_aside::keep(self.folder, &DATABASE_FILES[1..], self.now)?;
                if journal.is_none() {
                    self.begin_journal()?;
                }
                ledger.begin()?;
                database::create(&self.database_path(), self.key, self.migrations, self.now)?;
                opening.created = true;
            }
            _ => {}
        }
        let mut db = database::connect(&self.database_path(), self.key)?;
        if !migrations::has_chain(&db)? {
            ledger.begin()?;
        }
        let path = self.database_path();
        migrations::migrate(&mut db, &path, self.key, self.migrations, self.now)?;
        ledger.meet(&mut db, &Stamp::desk(self.now))?;
        // Made above, or there before.
        let journal = match journal {
            None if opening.created => creation_journal::read(&self.journal_path(), self.key)?,
            journal => journal,
        };
        let journal = self.settle(&mut db, journal, &mut opening)?;
        if opening
            != (Opening {
                created: opening.created,
                ..Opening::default()
            })
        {
            tracing::warn!(?opening, "the register was not closed in order");
        }
        let files = Mutex::new(Files {
            db,
            journal,
            uncovered: None,
        });
        Ok(EmbeddedRegister {
            files,
            ledger,
            readers: Readers::new(self.database_path(), self.key.clone()),
            folder: self.folder.to_owned(),
            key: self.key.clone(),
            opening,
            _lock: lock,
        })
    }

    /// Makes database and journal tell the same.
    fn settle(
        &self,
        db: &mut Connection,
        reading: Option<Reading>,
        opening: &mut Opening,
    ) -> Result<CreationJournal> {
        let covered = meta::journal_covered(db)?;
        let behind = meta::journal_is_behind(db)?;
        let last = reading.as_ref().map_or(0, Reading::last_sequence);
        opening.journal_missing = reading.is_none();
        if let Some(reading) = &reading {
            opening.journal_damaged = reading.has_gap || last < covered;
            opening.journal_torn = reading.tail > 0 && !opening.journal_damaged;
        }

        let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let records = reading.as_ref().map_or(&[][..], |reading| &reading.records);
        opening.restored = restoring::play(&transaction, records)?;
        if opening.restored > 0 {
            restoring::note_restored(&transaction, opening.restored, self.now)?;
        }
        opening.unknown = restoring::doubt_what_was_under_way(&transaction, self.now)?;
        Files::note_covered(&transaction, last.max(covered), None)?;
        transaction.commit()?;

        match reading {
            Some(reading) if !opening.journal_damaged && !behind => {
                CreationJournal::resume(&self.journal_path(), self.key, &reading)
                    .map_err(RegisterError::Io)
            }
            reading => {
                if opening.journal_damaged && reading.is_some() {
                    set_aside::keep(self.folder, &[JOURNAL], self.now)
                        .map_err(RegisterError::Io)?;
                }
                self.tell_again(db, last.max(covered))
            }
        }
    }

    fn tell_again(&self, db: &Connection, after: u64) -> Result<CreationJournal> {
        let records = restoring::retell_all(db, self.now)?;
        let path = self.journal_path();
        let journal = CreationJournal::create(&path, self.key, after, self.now, records)
            .map_err(RegisterError::Io)?;
        meta::set_journal_covered(db, journal.last_sequence())?;
        meta::set_journal_behind(db, false)?;
        Ok(journal)
    }

    fn begin_journal(&self) -> Result<(), OpenError> {
        CreationJournal::create(&self.journal_path(), self.key, 0, self.now, [])?;
        Ok(())
    }

    fn look(&self) -> Result<Found> {
        let known = migrations::latest(self.migrations);
        database::look(&self.database_path(), self.key, known, self.check_up_to)
    }

    fn database_path(&self) -> PathBuf {
        self.folder.join(DATABASE)
    }

    fn journal_path(&self) -> PathBuf {
        self.folder.join(JOURNAL)
    }
}
