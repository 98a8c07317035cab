//! Connections that only read, so that looking never waits for a change being written.

use std::path::PathBuf;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use rusqlite::Connection;

use crate::error::{RegisterError, Result};
use crate::key::RegisterKey;
use crate::progress::Progress;
use crate::store::database;

/// A list, its count, a verification and an export, which may read through two, at the same time.
const AT_ONCE: usize = 5;
/// Left for others by whoever could do without one.
const LEFT: usize = 2;

/// Steps of SQLite's virtual machine between two looks at whether the result is still wanted: well
/// under a millisecond.
const STEPS: i32 = 2_000;

/// Opened when first needed, then kept.
pub(super) struct Readers {
    path: PathBuf,
    key: RegisterKey,
    pool: Mutex<Pool>,
    given_back: Condvar,
}

#[derive(Default)]
struct Pool {
    idle: Vec<Connection>,
    lent: usize,
}

impl Readers {
    pub(super) fn new(path: PathBuf, key: RegisterKey) -> Self {
        Self {
            path,
            key,
            pool: Mutex::default(),
            given_back: Condvar::new(),
        }
    }

    /// Looks at one state of the register, whatever is written meanwhile.
    pub(super) fn look<T>(
        &self,
        progress: &Progress,
        work: impl FnOnce(&Connection) -> Result<T>,
    ) -> Result<T> {
        self.take()?.look(progress, work)
    }

    /// One that nobody has, waited for.
    pub(super) fn take(&self) -> Result<Lent<'_>> {
        let mut pool = self.pool.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if pool.lent < AT_ONCE {
                return self.lend(pool);
            }
            pool = self
                .given_back
                .wait(pool)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// One that nobody has; `None` while all of them are at work.
    pub(super) fn take_free(&self) -> Result<Option<Lent<'_>>> {
        let pool = self.pool.lock().unwrap_or_else(PoisonError::into_inner);
        if pool.lent < AT_ONCE {
            return self.lend(pool).map(Some);
        }
        Ok(None)
    }

    /// One that others can spare: nobody waits for a list because something long goes faster with two.
    pub(super) fn take_spare(&self) -> Result<Option<Lent<'_>>> {
        let pool = self.pool.lock().unwrap_or_else(PoisonError::into_inner);
        if pool.lent + LEFT < AT_ONCE {
            return self.lend(pool).map(Some);
        }
        Ok(None)
    }

    fn lend(&self, mut pool: MutexGuard<'_, Pool>) -> Result<Lent<'_>> {
        pool.lent += 1;
        let idle = pool.idle.pop();
        drop(pool);
        // Given back, should it not open.
        let mut lent = Lent {
            readers: self,
            connection: idle,
        };
        if lent.connection.is_none() {
            lent.connection = Some(database::connect_to_read(&self.path, &self.key)?);
        }
        Ok(lent)
    }

    fn give_back(&self, connection: Option<Connection>) {
        let mut pool = self.pool.lock().unwrap_or_else(PoisonError::into_inner);
        pool.lent -= 1;
        pool.idle.extend(connection);
        drop(pool);
        self.given_back.notify_one();
    }
}

/// Goes back to the pool even when the work panics.
pub(super) struct Lent<'a> {
    readers: &'a Readers,
    connection: Option<Connection>,
}

impl Lent<'_> {
    /// Looks at one state of the register, whatever is written meanwhile.
    pub(super) fn look<T>(
        mut self,
        progress: &Progress,
        work: impl FnOnce(&Connection) -> Result<T>,
    ) -> Result<T> {
        let Some(db) = &mut self.connection else {
            return Err(RegisterError::Cancelled);
        };
        let watched = progress.clone();
        db.progress_handler(STEPS, Some(move || watched.is_cancelled()))?;
        let transaction = db.transaction()?;
        let found = work(&transaction)?;
        database::believe(&transaction)?;
        Ok(found)
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        self.readers.give_back(self.connection.take());
    }
}
