//! Opening a register: what is there is looked at first, and nothing is written over it.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use chrono::{DateTime, Utc};
use parking_lot::FairMutex;
use rusqlite::{Connection, TransactionBehavior};

use super::journal::Ledger;
use super::lock::FolderLock;
use super::readers::Readers;
use super::{EmbeddedRegister, Files, company, marks, restoring, set_aside, vault_key};
use crate::creation_journal::{self, CreationJournal, Spot, Walk};
use crate::durable;
use crate::error::{OpenError, RegisterError, Result};
use crate::key::RegisterKey;
use crate::register::Backup;
use crate::stamp::Stamp;
use crate::store::backups;
use crate::store::database::{self, Found};
use crate::store::meta;
use crate::store::migrations::{self, MIGRATIONS, Migration};

pub(super) const DATABASE: &str = "register.sqlite";
pub(super) const DATABASE_FILES: [&str; 3] =
    [DATABASE, "register.sqlite-wal", "register.sqlite-shm"];
pub(super) const JOURNAL: &str = "creations.sealed";

/// A database of that size is read whole in a fraction of a second; see [`database::look`].
const CHECKED_WHOLE_UP_TO: u64 = 32 * 1024 * 1024;

/// A journal of that size is read whole at every opening, which tells of damage in it at once; in a
/// longer one [`Upkeep::verify`](crate::register::Upkeep::verify) finds it.
const JOURNAL_READ_WHOLE_UP_TO: u64 = 1024 * 1024;

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
    pub(crate) read_whole_up_to: u64,
    /// A person chose to go on from the creation journal, whatever copies there are.
    pub(crate) from_journal: bool,
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
    /// database of which there is no copy is rebuilt from the creation journal; one of which there is
    /// counts as damaged, and a damaged one is not touched.
    pub fn open(folder: &Path, key: &RegisterKey, now: DateTime<Utc>) -> Result<Self, OpenError> {
        Opener::new(folder, key, now).open()
    }

    /// Sets a damaged database aside, whole, and rebuilds from the creation journal what was created
    /// at ID360 with its `api_key`s; a lost one too. Opens a sound database as it is.
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
            read_whole_up_to: JOURNAL_READ_WHOLE_UP_TO,
            from_journal: false,
        }
    }

    pub(crate) fn open(&self) -> Result<EmbeddedRegister, OpenError> {
        durable::make_private_folder(self.folder)?;
        let lock = FolderLock::take(self.folder)?;
        self.open_locked(lock)
    }

    /// Opens it, or says what could be put in the place of what is damaged.
    pub(super) fn open_locked(&self, lock: FolderLock) -> Result<EmbeddedRegister, OpenError> {
        self.finish_rekeying(&|_| ())?;
        match self
            .finish_restoring()
            .and_then(|()| self.open_settled(lock))
        {
            Err(OpenError::Damaged { backup: None }) => Err(OpenError::Damaged {
                backup: self.last_good(),
            }),
            Ok(register) => {
                self.clear_after_rekeying();
                Ok(register)
            }
            other => other,
        }
    }

    fn rebuild(&self) -> Result<EmbeddedRegister, OpenError> {
        durable::make_private_folder(self.folder)?;
        let lock = FolderLock::take(self.folder)?;
        if matches!(self.look()?, Found::Damaged | Found::Unreadable) {
            match self.key_opens_journal()? {
                Some(true) => set_aside::keep(self.folder, &DATABASE_FILES, self.now)?,
                Some(false) => return Err(OpenError::KeyRefused),
                None => return Err(OpenError::Damaged { backup: None }),
            }
        }
        self.set_damaged_copy_aside()?;
        Opener {
            from_journal: true,
            ..*self
        }
        .open_locked(lock)
    }

    fn open_settled(&self, lock: FolderLock) -> Result<EmbeddedRegister, OpenError> {
        let ledger = Ledger::new(self.folder, self.key);
        let mut opening = Opening::default();
        match self.look()? {
            Found::Newer => return Err(OpenError::Newer),
            Found::Damaged => return Err(OpenError::Damaged { backup: None }),
            Found::Fine => {}
            Found::Unreadable => match self.key_opens_journal()? {
                // Only the journal can tell a damaged first page from another key.
                Some(true) => return Err(OpenError::Damaged { backup: None }),
                _ => return Err(OpenError::KeyRefused),
            },
            Found::Absent => {
                let key_opens_journal = self.key_opens_journal()?;
                if key_opens_journal == Some(false) {
                    return Err(OpenError::KeyRefused);
                }
                // A copy has names, reports and decisions, which the journal has not: a person chooses.
                let chosen = self.from_journal && key_opens_journal.is_some();
                if !chosen && let Some(backup) = self.last_good() {
                    let backup = Some(backup);
                    return Err(OpenError::Damaged { backup });
                }
                // A log left behind would be played into the new database.
                set_aside::keep(self.folder, &DATABASE_FILES[1..], self.now)?;
                if key_opens_journal.is_none() {
                    CreationJournal::create(&self.journal_path(), self.key, 0, self.now, [])?;
                }
                ledger.begin()?;
                database::create(&self.database_path(), self.key, self.migrations, self.now)?;
                opening.created = true;
            }
        }
        let mut db = database::connect(&self.database_path(), self.key)?;
        if !migrations::has_chain(&db)? {
            ledger.begin()?;
        }
        let path = self.database_path();
        migrations::migrate(&mut db, &path, self.key, self.migrations, self.now)?;
        ledger.meet(&mut db, &Stamp::desk(self.now))?;
        marks::take_back_begun(&mut db)?;
        let journal = self.settle(&mut db, &mut opening)?;
        if opening
            != (Opening {
                created: opening.created,
                ..Opening::default()
            })
        {
            tracing::warn!(?opening, "the register was not closed in order");
        }
        let files = FairMutex::new(Files {
            db,
            company: None,
            journal,
            uncovered: None,
            waiting: None,
        });
        Ok(EmbeddedRegister {
            files,
            coming: company::Coming::default(),
            marking: marks::Turns::default(),
            answer_waits: AtomicBool::new(false),
            ledger,
            readers: Readers::new(self.database_path(), self.key.clone()),
            folder: self.folder.to_owned(),
            key: self.key.clone(),
            opening,
            lock: Some(lock),
        })
    }

    /// Makes database and journal tell the same.
    fn settle(&self, db: &mut Connection, opening: &mut Opening) -> Result<CreationJournal> {
        let covered = meta::journal_covered(db)?;
        let behind = meta::journal_is_behind(db)?;
        let agreement = meta::agreement(db)?;
        let start = match &agreement {
            Some(agreement) if !behind && self.may_start_at(&agreement.spot)? => {
                Some(&agreement.spot)
            }
            _ => None,
        };
        let path = self.journal_path();

        let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let walk = creation_journal::walk(&path, self.key, start, &mut |record, _| {
            if record.sequence > covered && restoring::play(&transaction, &record)? {
                opening.restored += 1;
            }
            Ok(())
        })?;
        let last = walk.as_ref().map_or(0, Walk::last_sequence);
        // A power cut took what the database was on the disk before; nothing else can be missing
        // there.
        let end_lost =
            last < covered && agreement.is_some_and(|agreed| last >= agreed.spot.sequence);
        opening.journal_missing = walk.is_none();
        if let Some(walk) = &walk {
            opening.journal_damaged = walk.has_gap || (last < covered && !end_lost);
            opening.journal_torn = (walk.tail > 0 || end_lost) && !opening.journal_damaged;
        }
        let mut untold = match agreement {
            Some(agreement) if end_lost => {
                restoring::changed_after(&transaction, agreement.last_act)?
            }
            _ => BTreeSet::new(),
        };
        if opening.restored > 0 {
            restoring::note_restored(&transaction, opening.restored, self.now)?;
        }
        let doubted = restoring::doubt_what_was_under_way(&transaction, self.now)?;
        opening.unknown = doubted.len() as u64;
        untold.extend(doubted);
        if last > covered {
            meta::set_journal_covered(&transaction, last)?;
        }
        transaction.commit()?;

        let resumed = match &walk {
            Some(walk) if !opening.journal_damaged && !behind => {
                CreationJournal::resume(&path, self.key, walk).map_err(RegisterError::Io)?
            }
            _ => None,
        };
        let Some(mut journal) = resumed else {
            if opening.journal_damaged {
                set_aside::keep(self.folder, &[JOURNAL], self.now).map_err(RegisterError::Io)?;
            }
            return self.tell_again(db, last.max(covered));
        };
        let key_is_untold = vault_key::is_untold(db)?;
        if !untold.is_empty() || agreement.is_none() || last != covered || key_is_untold {
            if key_is_untold {
                let record = vault_key::retell(db, self.now)?;
                journal
                    .append_unsynced(&record)
                    .map_err(RegisterError::Io)?;
            }
            for id in untold {
                for record in restoring::retell(db, id, self.now)? {
                    journal
                        .append_unsynced(&record)
                        .map_err(RegisterError::Io)?;
                }
            }
            journal.sync().map_err(RegisterError::Io)?;
            let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            Files::note_covered(&transaction, &journal, None)?;
            meta::set_vault_key_told(&transaction)?;
            transaction.commit()?;
        }
        Ok(journal)
    }

    /// Reading may begin there: the journal is too long to be read whole at every opening, and holds
    /// that very record.
    fn may_start_at(&self, spot: &Spot) -> Result<bool> {
        let path = self.journal_path();
        let length = fs::metadata(&path).map_or(0, |metadata| metadata.len());
        Ok(length > self.read_whole_up_to
            && creation_journal::holds(&path, self.key, spot).map_err(RegisterError::Io)?)
    }

    pub(super) fn key_opens_journal(&self) -> io::Result<Option<bool>> {
        creation_journal::is_opened_by(&self.journal_path(), self.key)
    }

    fn tell_again(&self, db: &mut Connection, after: u64) -> Result<CreationJournal> {
        let path = self.journal_path();
        let records = std::iter::once(vault_key::retell(db, self.now))
            .chain(restoring::retell_all(db, self.now));
        let journal = CreationJournal::create(&path, self.key, after, self.now, records)?;
        let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        Files::note_covered(&transaction, &journal, None)?;
        meta::set_journal_behind(&transaction, false)?;
        meta::set_vault_key_told(&transaction)?;
        transaction.commit()?;
        Ok(journal)
    }

    fn look(&self) -> Result<Found> {
        let known = self.latest_version();
        database::look(&self.database_path(), self.key, known, self.check_up_to)
    }

    /// The copy to offer. Reads copies whole.
    pub(super) fn last_good(&self) -> Option<Backup> {
        backups::last_good(self.folder, self.key, self.latest_version(), self.now)
    }

    pub(super) fn latest_version(&self) -> i32 {
        migrations::latest(self.migrations)
    }

    fn database_path(&self) -> PathBuf {
        self.folder.join(DATABASE)
    }

    fn journal_path(&self) -> PathBuf {
        self.folder.join(JOURNAL)
    }
}
