//! Another key for the whole register.
//!
//! A complete register under the new key is built beside the old one and read back; renaming its
//! folder to [`READY`] decides. Before that only the old key opens the register, from then on only
//! the new one, and opening moves what is left to move. What is found damaged before it took the
//! place is set aside: then the old key opens again.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use rusqlite::TransactionBehavior;

use super::journal::Ledger;
use super::lock::FolderLock;
use super::opening::{DATABASE, DATABASE_FILES, JOURNAL, Opener};
use super::{EmbeddedRegister, set_aside};
use crate::creation_journal::{self, Spot};
use crate::durable;
use crate::error::{OpenError, RegisterError, Result};
use crate::key::RegisterKey;
use crate::progress::Progress;
use crate::stamp::Stamp;
use crate::store::database::{self, Found};
use crate::store::{copying, meta};

/// A register under its new key, complete.
pub(crate) const READY: &str = "rekey.ready";
const NEW: &str = "rekey.new";
const OLD: &str = "rekey.old";

impl EmbeddedRegister {
    /// Gives the register another key and opens it with that.
    ///
    /// The backups there are were made under the old key, and go with it once the register is open
    /// again: back up next. `key_file`: name and bytes of a file beside the register that holds the
    /// new key wrapped ([`crate::passphrase::wrap`]); it changes in the same instant.
    pub fn rekey(
        folder: &Path,
        old: &RegisterKey,
        new: &RegisterKey,
        key_file: Option<(&str, &[u8])>,
        progress: &Progress,
        now: DateTime<Utc>,
    ) -> Result<Self, OpenError> {
        Rekeying {
            folder,
            old,
            new,
            key_file,
            progress,
            now,
            reached: &|_| (),
        }
        .run()
    }
}

pub(crate) struct Rekeying<'a> {
    pub(crate) folder: &'a Path,
    pub(crate) old: &'a RegisterKey,
    pub(crate) new: &'a RegisterKey,
    pub(crate) key_file: Option<(&'a str, &'a [u8])>,
    pub(crate) progress: &'a Progress,
    pub(crate) now: DateTime<Utc>,
    /// Hears of every step that is done.
    pub(crate) reached: &'a dyn Fn(&str),
}

impl Rekeying<'_> {
    pub(crate) fn run(&self) -> Result<EmbeddedRegister, OpenError> {
        let lock = FolderLock::take(self.folder)?;
        // Whatever is unsettled is settled under the old key, and damage found before it is copied.
        let opener = Opener {
            read_whole_up_to: u64::MAX,
            ..Opener::new(self.folder, self.old, self.now)
        };
        let Some(lock) = opener.open_locked(lock)?.close() else {
            return Err(OpenError::InUse);
        };
        (self.reached)("settled");
        let building = self.folder.join(NEW);
        remove_folder(&building)?;
        let built = self.build(&building);
        if let Err(error) = built {
            remove_folder(&building)?;
            return Err(error.into());
        }
        fs::rename(&building, self.folder.join(READY))?;
        durable::sync_folder_of(&building)?;
        (self.reached)("decided");
        let opener = Opener::new(self.folder, self.new, self.now);
        opener.finish_rekeying(self.reached)?;
        opener.open_locked(lock)
    }

    fn build(&self, building: &Path) -> Result<()> {
        durable::make_private_folder(building).map_err(RegisterError::Io)?;
        let database = building.join(DATABASE);
        {
            let mut db = database::connect(&self.folder.join(DATABASE), self.old)?;
            let transaction = db.transaction()?;
            copying::copy(&transaction, &database, self.new, self.progress)?;
        }
        (self.reached)("database copied");
        let journal = building.join(JOURNAL);
        let last =
            creation_journal::seal_anew(&self.folder.join(JOURNAL), self.old, &journal, self.new)?;
        (self.reached)("journal sealed");
        self.chain_anew(building, &database, &last)?;
        if let Some((name, bytes)) = self.key_file {
            durable::write_private(&building.join(name), bytes).map_err(RegisterError::Io)?;
        }
        self.prove(&database, &journal, &last)?;
        (self.reached)("proved");
        File::open(building)
            .and_then(|folder| folder.sync_all())
            .or_else(|error| if cfg!(unix) { Err(error) } else { Ok(()) })
            .map_err(RegisterError::Io)
    }

    fn chain_anew(&self, building: &Path, database: &Path, last: &Spot) -> Result<()> {
        let before = Ledger::new(self.folder, self.old);
        let after = Ledger::new(building, self.new);
        let mut db = database::connect(database, self.new)?;
        let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let stamp = Stamp::desk(self.now);
        before.chain_anew(&transaction, &after, self.progress, &stamp)?;
        meta::set_journal_covered(&transaction, last.sequence)?;
        meta::set_agreed(&transaction, last)?;
        transaction.commit()?;
        database::close_into_one_file(db, database)?;
        (self.reached)("chained");
        Ok(())
    }

    fn prove(&self, database: &Path, journal: &Path, last: &Spot) -> Result<()> {
        let found = database::look(database, self.new, i32::MAX, u64::MAX)?;
        let walk = creation_journal::walk(journal, self.new, None, &mut |_, _| Ok(()))?;
        let whole = walk.is_some_and(|walk| {
            !walk.has_gap && walk.tail == 0 && walk.last.as_ref() == Some(last)
        });
        if found == Found::Fine && whole {
            Ok(())
        } else {
            Err(RegisterError::Damaged)
        }
    }
}

impl Opener<'_> {
    /// Goes on with a re-keying that was decided. Safe to stop and to call again at any moment.
    pub(super) fn finish_rekeying(&self, reached: &dyn Fn(&str)) -> Result<(), OpenError> {
        let ready = self.folder.join(READY);
        if !ready.exists() {
            return Ok(());
        }
        let (waiting, place) = (ready.join(DATABASE), self.folder.join(DATABASE));
        let decided = if waiting.exists() { &waiting } else { &place };
        match database::look(decided, self.key, self.latest_version(), 0)? {
            Found::Fine => {}
            Found::Newer => return Err(OpenError::Newer),
            // Only the journal beside it can tell a damaged first page from another key.
            Found::Unreadable if !self.opens_journal_of(&ready)? => {
                return Err(OpenError::KeyRefused);
            }
            Found::Damaged | Found::Unreadable
                if waiting.exists() && place.exists() && self.opens_journal_of(&ready)? =>
            {
                // Nothing took a place yet: the old register stands, whole, under the key it had.
                tracing::error!("a register under a new key is damaged, and given up");
                return Ok(set_aside::keep(self.folder, &[READY], self.now)?);
            }
            Found::Absent | Found::Damaged | Found::Unreadable => {
                return Err(OpenError::Damaged { backup: None });
            }
        }
        let old = self.folder.join(OLD);
        durable::make_private_folder(&old)?;
        if waiting.exists() {
            // The database's log goes before the new one could be taken for its own.
            for name in DATABASE_FILES.iter().rev().chain([&"backups"]) {
                move_there(&self.folder.join(name), &old)?;
                reached("moved away");
            }
            for anchors in named(self.folder, |name| name.starts_with("acts-"))? {
                move_there(&anchors, &old)?;
            }
            durable::sync_folder_of(&place)?;
            fs::rename(&waiting, &place)?;
            durable::sync_folder_of(&place)?;
            reached("database in place");
        }
        for waiting in named(&ready, |_| true)? {
            let place = self.folder.join(waiting.file_name().unwrap_or_default());
            move_there(&place, &old)?;
            reached("moved away");
            fs::rename(&waiting, &place)?;
            reached("in place");
        }
        durable::sync_folder_of(&place)?;
        fs::remove_dir(&ready)?;
        Ok(durable::sync_folder_of(&place)?)
    }

    /// The key opens the journal that was sealed anew, wherever it stands by now.
    fn opens_journal_of(&self, ready: &Path) -> io::Result<bool> {
        let waiting = ready.join(JOURNAL);
        let journal = if waiting.exists() {
            waiting
        } else {
            self.folder.join(JOURNAL)
        };
        Ok(creation_journal::is_opened_by(&journal, self.key)? == Some(true))
    }

    /// Once the register is open, nothing needs what re-keying left.
    pub(super) fn clear_after_rekeying(&self) {
        for name in [NEW, OLD] {
            if let Err(error) = remove_folder(&self.folder.join(name)) {
                tracing::warn!(%error, name, "files under an old key could not be removed");
            }
        }
    }
}

fn move_there(from: &Path, folder: &Path) -> io::Result<()> {
    if !from.exists() {
        return Ok(());
    }
    fs::rename(from, set_aside::free(folder, from))
}

fn named(folder: &Path, wanted: impl Fn(&str) -> bool) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_str().is_some_and(&wanted) {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}

fn remove_folder(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
