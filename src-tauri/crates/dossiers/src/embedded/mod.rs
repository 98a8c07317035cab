//! The register: the encrypted database, the creation journal beside it, one process at a time.

mod company;
mod creation;
mod creation_steps;
mod deadlines;
mod decisions;
mod drafting;
mod evidence;
mod following;
mod from_backup;
mod imports;
mod journal;
mod listing;
mod lock;
mod marks;
#[cfg(test)]
mod migrating;
mod opening;
#[cfg(test)]
mod power_loss;
mod readers;
pub(crate) mod rekeying;
mod restoring;
mod set_aside;
mod signing;
#[cfg(test)]
mod tests;
mod trusting;
mod upkeep;
mod vault_key;

use std::fmt;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use parking_lot::{FairMutex, FairMutexGuard};
use rusqlite::{Connection, Transaction, TransactionBehavior};

use self::lock::FolderLock;

use self::journal::acts;
pub use self::opening::Opening;
use crate::creation_journal::{CreationJournal, NewRecord};
use crate::error::Result;
use crate::key::RegisterKey;
use crate::progress::Progress;
use crate::register::Journal;
use crate::stamp::Stamp;
use crate::store::{database, meta};

/// An open register. `Send` and `Sync`; every function is all or nothing, on the disk when it returns.
pub struct EmbeddedRegister {
    // Before the files: who closes last carries the log over, and a reader cannot.
    readers: readers::Readers,
    /// Fair: between two parts of something long, whoever waits has a turn.
    files: FairMutex<Files>,
    coming: company::Coming,
    /// Marks on very many dossiers, one at a time.
    marking: marks::Turns,
    /// The database lacks an answer that the journal has.
    answer_waits: AtomicBool,
    folder: PathBuf,
    key: RegisterKey,
    ledger: journal::Ledger,
    opening: Opening,
    // Behind the files, so that it is given up after they are closed.
    lock: Option<FolderLock>,
}

struct Files {
    db: Connection,
    /// Changes that were made and are not committed yet.
    company: Option<company::Open>,
    journal: CreationJournal,
    /// The first record that is in the journal and, after a failed commit, not in the database.
    uncovered: Option<u64>,
    waiting: Option<WaitingAnswer>,
}

/// An answer that the journal has on the disk. It goes into the database with the step that follows
/// it, or before anything else is looked at or changed.
struct WaitingAnswer {
    record: NewRecord,
    sequence: u64,
    stamp: Stamp,
}

impl EmbeddedRegister {
    /// What opening found and did.
    pub fn opening(&self) -> Opening {
        self.opening
    }

    /// Closes the files; the folder stays locked.
    fn close(mut self) -> Option<FolderLock> {
        self.lock.take()
    }

    fn files(&self) -> FairMutexGuard<'_, Files> {
        let mut files = self.files_with_what_waits();
        files.commit_company();
        files.catch_up();
        self.no_answer_waits();
        files
    }

    fn no_answer_waits(&self) {
        self.answer_waits.store(false, Ordering::Release);
    }

    fn files_with_what_waits(&self) -> FairMutexGuard<'_, Files> {
        // A transaction that a panic cut short was rolled back when it was dropped.
        self.files.lock()
    }

    fn change<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T>) -> Result<T> {
        let mut files = self.files();
        let transaction = files
            .db
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let result = work(&transaction)?;
        database::believe(&transaction)?;
        transaction.commit()?;
        Ok(result)
    }

    /// Looks at what the last change left, in turn with changes. For short looks before or after one.
    fn look<T>(&self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let mut files = self.files();
        // One state, and an error that is noticed belongs to this look.
        let transaction = files.db.transaction()?;
        let found = work(&transaction)?;
        database::believe(&transaction)?;
        Ok(found)
    }

    /// Looks at what the last change left, beside the next ones: nothing waits for the disk.
    fn glance<T>(&self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        if !self.answer_waits.load(Ordering::Acquire)
            && let Some(lent) = self.readers.take_free()?
        {
            return lent.look(&Progress::unwatched(), work);
        }
        self.look(work)
    }

    /// Looks at one state, beside changes. For lists and whatever takes longer.
    fn read<T>(
        &self,
        progress: &Progress,
        work: impl FnOnce(&Connection) -> Result<T>,
    ) -> Result<T> {
        self.readers.look(progress, work)
    }
}

impl Drop for EmbeddedRegister {
    fn drop(&mut self) {
        if let Err(error) = self.anchor() {
            tracing::warn!(%error, "the head of the journal of acts was not anchored");
        }
    }
}

impl Files {
    /// Notes in the database how far it holds what the journal holds, and how far both are on the
    /// disk.
    fn note_covered(
        transaction: &Transaction<'_>,
        journal: &CreationJournal,
        uncovered: Option<u64>,
    ) -> Result<()> {
        if let Some(first) = uncovered {
            return Ok(meta::set_journal_covered(
                transaction,
                first.saturating_sub(1),
            )?);
        }
        meta::set_journal_covered(transaction, journal.last().sequence)?;
        if let Some(durable) = journal.last_durable() {
            meta::set_agreed(transaction, &durable)?;
        }
        Ok(())
    }
}

impl Files {
    /// Leaves both files on the disk, telling the same.
    fn settle(&mut self) -> Result<()> {
        self.catch_up();
        if self.uncovered.is_some() || self.journal.sync().is_err() {
            return Ok(());
        }
        let agreed = meta::agreement(&self.db)?.map(|agreement| agreement.spot);
        if agreed == Some(self.journal.last()) {
            return Ok(());
        }
        let transaction = self
            .db
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        Self::note_covered(&transaction, &self.journal, None)?;
        Ok(transaction.commit()?)
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        if let Err(error) = self.settle() {
            tracing::warn!(%error, "the register was not closed in order");
        }
    }
}

impl fmt::Debug for EmbeddedRegister {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EmbeddedRegister")
            .field("opening", &self.opening)
            .finish_non_exhaustive()
    }
}
