//! A copy of the database, page by page, while others go on working with it.

use std::path::Path;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OptionalExtension};

use super::database::{self, PageSeal};
use crate::durable;
use crate::error::RegisterError;
use crate::key::RegisterKey;
use crate::progress::Progress;

/// 1 MiB: a few milliseconds between two looks at whether the copy is still wanted.
const PAGES_AT_ONCE: i32 = 256;

/// Writes the state that `from` looks at to a new file, under `key`, and reads it back.
///
/// `from` must be in a transaction: it holds the one state that is copied, and keeps the copy from
/// beginning again at every change. A copy that fails leaves no file.
pub(crate) fn copy(
    from: &Connection,
    to: &Path,
    key: &RegisterKey,
    progress: &Progress,
) -> Result<(), RegisterError> {
    remove(to)?;
    // Read first: only from then on does a transaction hold one state.
    let lines = count_lines(from)?;
    let copied = write_pages(from, to, key, progress).and_then(|()| prove(lines, to, key));
    if copied.is_err()
        && let Err(error) = remove(to)
    {
        tracing::warn!(%error, "what was written of a copy could not be removed");
    }
    copied
}

/// Dossiers in a database of any version.
pub(crate) fn count(db: &Connection) -> rusqlite::Result<u64> {
    let kept: Option<i64> = db
        .query_row("SELECT value FROM meta WHERE key = 'dossiers'", [], |row| {
            row.get(0)
        })
        .optional()?;
    match kept {
        Some(count) => Ok(count.unsigned_abs()),
        None => count_lines(db),
    }
}

fn write_pages(
    from: &Connection,
    to: &Path,
    key: &RegisterKey,
    progress: &Progress,
) -> Result<(), RegisterError> {
    durable::create_private(to).map_err(RegisterError::Io)?;
    let mut db = database::connect_to_copy(to, key, PageSeal::of(from)?)?;
    {
        let backup = Backup::new(from, &mut db)?;
        loop {
            let step = backup.step(PAGES_AT_ONCE)?;
            let pages = backup.progress();
            let count = |pages: i32| u64::from(pages.unsigned_abs());
            let total = count(pages.pagecount);
            progress.at(total - count(pages.remaining), total)?;
            if step == StepResult::Done {
                break;
            }
        }
    }
    database::close_into_one_file(db, to)
}

fn prove(lines: u64, to: &Path, key: &RegisterKey) -> Result<(), RegisterError> {
    let db = database::connect_to_read(to, key)?;
    if database::is_whole(&db)? && count_lines(&db)? == lines {
        Ok(())
    } else {
        Err(RegisterError::Damaged)
    }
}

fn count_lines(db: &Connection) -> rusqlite::Result<u64> {
    db.query_row("SELECT count(*) FROM dossiers", [], |row| {
        row.get::<_, i64>(0).map(i64::unsigned_abs)
    })
}

fn remove(path: &Path) -> Result<(), RegisterError> {
    ["", "-journal", "-wal", "-shm"]
        .iter()
        .try_for_each(|end| durable::remove_if_there(&durable::beside(path, end)))
        .map_err(RegisterError::Io)
}
