//! Short changes that come in numbers wait for the disk together.
//!
//! A commit is one wait for the disk, whatever it holds. While one is on its way the next changes come up; they are
//! made one after the other in one transaction, each in a savepoint of its own, and the last of them commits. A change
//! that fails is taken back alone. Nobody is told of a success, and nobody sees one, before the commit that holds it
//! is on the disk.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use parking_lot::FairMutexGuard;
use rusqlite::Connection;

use super::{EmbeddedRegister, Files};
use crate::error::{RegisterError, Result};
use crate::store::database;

/// Most changes of one commit: the first of them waits for the last.
const MOST: u32 = 32;

/// Changes that are about to join.
#[derive(Default)]
pub(super) struct Coming(AtomicUsize);

/// A transaction that takes further changes.
pub(super) struct Open {
    end: Arc<End>,
    changes: u32,
}

/// How a transaction ended, for each of its changes.
#[derive(Default)]
struct End {
    told: Mutex<Option<Result<(), Refusal>>>,
    ended: Condvar,
}

/// Why a commit did not take place, as each of its changes is told it.
#[derive(Clone, Copy)]
enum Refusal {
    DiskFull,
    ReadOnly,
    Damaged,
    Other(io::ErrorKind),
}

impl EmbeddedRegister {
    /// As [`EmbeddedRegister::change`], with others in one commit.
    pub(super) fn change_in_company<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T>,
    ) -> Result<T> {
        self.coming.0.fetch_add(1, Ordering::SeqCst);
        let mut files = self.files_with_what_waits();
        self.coming.0.fetch_sub(1, Ordering::SeqCst);
        if files.waiting.is_some() {
            files.commit_company();
            files.catch_up();
            self.no_answer_waits();
        }
        let end = files.join()?;
        let mut change = Change {
            files,
            register: self,
            made: false,
        };
        let done = change.make(work);
        drop(change);
        let value = done?;
        end.wait().map(|()| value)
    }
}

/// One change among others, under the lock of the files.
struct Change<'a> {
    files: FairMutexGuard<'a, Files>,
    register: &'a EmbeddedRegister,
    made: bool,
}

impl Change<'_> {
    fn make<T>(&mut self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let db = &self.files.db;
        db.execute_batch("SAVEPOINT change")?;
        let done = work(db).and_then(|value| {
            database::believe(db)?;
            db.execute_batch("RELEASE change")?;
            Ok(value)
        });
        match &done {
            Ok(_) => self.made = true,
            Err(error) => {
                let of_all = Refusal::of_all(error);
                // After some errors SQLite has taken the whole transaction back by itself.
                let alone = of_all.is_none()
                    && !db.is_autocommit()
                    && db
                        .execute_batch("ROLLBACK TO change; RELEASE change")
                        .is_ok();
                self.made = alone;
                if !alone {
                    let refusal = of_all.unwrap_or(Refusal::Other(io::ErrorKind::Other));
                    self.files.refuse_company(refusal);
                }
            }
        }
        done
    }
}

impl Drop for Change<'_> {
    fn drop(&mut self) {
        if !self.made {
            // Cut short by a panic: what it left is nobody's.
            self.files
                .refuse_company(Refusal::Other(io::ErrorKind::Interrupted));
        } else if self.register.coming.0.load(Ordering::SeqCst) == 0 || self.files.company_is_full()
        {
            self.files.commit_company();
        }
    }
}

impl Files {
    fn join(&mut self) -> Result<Arc<End>> {
        if self.company.is_none() {
            self.db.execute_batch("BEGIN IMMEDIATE")?;
        }
        let open = self.company.get_or_insert_with(|| Open {
            end: Arc::default(),
            changes: 0,
        });
        open.changes += 1;
        Ok(Arc::clone(&open.end))
    }

    fn company_is_full(&self) -> bool {
        self.company
            .as_ref()
            .is_some_and(|open| open.changes >= MOST)
    }

    /// Puts what is open on the disk, and tells its changes.
    pub(super) fn commit_company(&mut self) {
        let Some(open) = self.company.take() else {
            return;
        };
        let committed = self.db.execute_batch("COMMIT").map_err(|error| {
            let error = RegisterError::from(error);
            tracing::warn!(%error, changes = open.changes, "changes were not committed");
            self.take_back();
            Refusal::of_all(&error).unwrap_or(Refusal::Other(io::ErrorKind::Other))
        });
        open.end.tell(committed);
    }

    fn refuse_company(&mut self, refusal: Refusal) {
        if let Some(open) = self.company.take() {
            self.take_back();
            open.end.tell(Err(refusal));
        }
    }

    fn take_back(&self) {
        if !self.db.is_autocommit()
            && let Err(error) = self.db.execute_batch("ROLLBACK")
        {
            tracing::error!(%error, "changes could not be taken back");
        }
    }
}

impl End {
    fn tell(&self, how: Result<(), Refusal>) {
        *self.told.lock().unwrap_or_else(PoisonError::into_inner) = Some(how);
        self.ended.notify_all();
    }

    fn wait(&self) -> Result<()> {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            match *told {
                Some(how) => return how.map_err(RegisterError::from),
                None => {
                    told = self
                        .ended
                        .wait(told)
                        .unwrap_or_else(PoisonError::into_inner);
                }
            }
        }
    }
}

impl Refusal {
    /// A failure that the others of the transaction share; `None`: it is the change's own.
    fn of_all(error: &RegisterError) -> Option<Self> {
        match error {
            RegisterError::DiskFull => Some(Self::DiskFull),
            RegisterError::ReadOnly => Some(Self::ReadOnly),
            RegisterError::Damaged => Some(Self::Damaged),
            RegisterError::Io(error) => Some(Self::Other(error.kind())),
            _ => None,
        }
    }
}

impl From<Refusal> for RegisterError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::DiskFull => Self::DiskFull,
            Refusal::ReadOnly => Self::ReadOnly,
            Refusal::Damaged => Self::Damaged,
            Refusal::Other(kind) => Self::Io(kind.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::panic::AssertUnwindSafe;
    use std::thread;

    use chrono::{DateTime, Utc};
    use rusqlite::Connection;

    use super::*;
    use crate::act::{Act, Chain};
    use crate::embedded::acts;
    use crate::key::RegisterKey;
    use crate::progress::Progress;
    use crate::register::Journal as _;
    use crate::stamp::Stamp;

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_780_000_000, 0).unwrap()
    }

    fn open(folder: &tempfile::TempDir) -> EmbeddedRegister {
        EmbeddedRegister::open(folder.path(), &RegisterKey::generate(), now()).unwrap()
    }

    fn act(db: &Connection, detail: &str) -> Result<()> {
        let stamp = Stamp::desk(now());
        Ok(acts::write(db, Act::Viewed, None, detail, &stamp)?)
    }

    fn known(db: &Connection) -> Result<Vec<String>> {
        let mut statement = db.prepare("SELECT detail FROM acts WHERE act = ?1 ORDER BY detail")?;
        let details = statement.query_map([Act::Viewed.as_str()], |row| row.get(0))?;
        Ok(details.collect::<rusqlite::Result<_>>()?)
    }

    type Work<'a> = Box<dyn FnOnce(&Connection) -> Result<()> + Send + 'a>;

    /// Has them all come while the files are taken. Gives how each ended, `None` for a panic, and how many commits
    /// there were.
    fn together(
        register: &EmbeddedRegister,
        changes: Vec<Work<'_>>,
    ) -> (Vec<Option<Result<()>>>, usize) {
        let commits = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&commits);
        let mut files = register.files();
        files
            .db
            .commit_hook(Some(move || {
                counted.fetch_add(1, Ordering::SeqCst);
                false
            }))
            .unwrap();
        let expected = changes.len();
        let ended = thread::scope(|scope| {
            let threads: Vec<_> = changes
                .into_iter()
                .map(|work| scope.spawn(|| register.change_in_company(work)))
                .collect();
            while register.coming.0.load(Ordering::SeqCst) < expected {
                thread::yield_now();
            }
            drop(files);
            threads
                .into_iter()
                .map(|thread| thread.join().ok())
                .collect()
        });
        (ended, commits.load(Ordering::SeqCst))
    }

    #[test]
    fn changes_that_come_together_are_one_commit_that_nobody_sees_in_parts() {
        let folder = tempfile::tempdir().unwrap();
        let register = open(&folder);
        let changes = (0..8).map(|number| -> Work<'_> {
            let register = &register;
            Box::new(move |db| {
                assert_eq!(register.glance(known)?, Vec::<String>::new());
                act(db, &number.to_string())
            })
        });
        let (ended, commits) = together(&register, changes.collect());
        assert!(ended.iter().all(|ended| matches!(ended, Some(Ok(())))));
        assert_eq!(commits, 1);
        assert_eq!(register.glance(known).unwrap().len(), 8);
        let verdict = register.verify_chain(&Progress::unwatched()).unwrap();
        assert_eq!(verdict.chain, Chain::Intact);
    }

    #[test]
    fn a_change_that_fails_is_taken_back_alone() {
        let folder = tempfile::tempdir().unwrap();
        let register = open(&folder);
        let changes = (0..5).map(|number| -> Work<'_> {
            Box::new(move |db| {
                act(db, &number.to_string())?;
                match number {
                    2 => Err(RegisterError::NotFound),
                    _ => Ok(()),
                }
            })
        });
        let (ended, _) = together(&register, changes.collect());
        for (number, ended) in ended.into_iter().enumerate() {
            match number {
                2 => assert!(matches!(ended, Some(Err(RegisterError::NotFound)))),
                _ => assert!(matches!(ended, Some(Ok(())))),
            }
        }
        assert_eq!(register.glance(known).unwrap(), ["0", "1", "3", "4"]);
        let verdict = register.verify_chain(&Progress::unwatched()).unwrap();
        assert_eq!(verdict.chain, Chain::Intact);
    }

    #[test]
    fn nobody_is_told_of_success_when_the_disk_is_full_for_one_of_them() {
        let folder = tempfile::tempdir().unwrap();
        let register = open(&folder);
        let changes = (0..5).map(|number| -> Work<'_> {
            Box::new(move |db| {
                act(db, &number.to_string())?;
                match number {
                    4 => Err(RegisterError::DiskFull),
                    _ => Ok(()),
                }
            })
        });
        let (ended, _) = together(&register, changes.collect());
        let told: Vec<_> = ended
            .iter()
            .enumerate()
            .filter(|(_, ended)| matches!(ended, Some(Ok(()))))
            .map(|(number, _)| number.to_string())
            .collect();
        assert_eq!(register.glance(known).unwrap(), told);
        register.change_in_company(|db| act(db, "later")).unwrap();
        assert_eq!(register.glance(known).unwrap().len(), told.len() + 1);
    }

    #[test]
    fn what_a_panic_leaves_is_nobodys_and_the_next_change_is_made() {
        let folder = tempfile::tempdir().unwrap();
        let register = open(&folder);
        let cut_short = std::panic::catch_unwind(AssertUnwindSafe(|| {
            register.change_in_company::<()>(|db| {
                act(db, "half").unwrap();
                std::panic::panic_any("cut short")
            })
        }));
        assert!(cut_short.is_err());
        register.change_in_company(|db| act(db, "whole")).unwrap();
        assert_eq!(register.glance(known).unwrap(), ["whole"]);
    }
}
