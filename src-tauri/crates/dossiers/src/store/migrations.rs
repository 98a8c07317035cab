//! The schema, version by version.

use std::fs;
use std::io;
use std::path::Path;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, TransactionBehavior};

use crate::durable;
use crate::error::RegisterError;

/// What leads from the version before to this one.
#[derive(Clone, Copy)]
pub(crate) struct Migration {
    pub(crate) to: i32,
    pub(crate) sql: &'static str,
}

/// Every released version, in order. A released entry never changes.
pub(crate) const MIGRATIONS: &[Migration] = &[
    Migration {
        to: 1,
        sql: include_str!("migrations/0001_dossiers.sql"),
    },
    Migration {
        to: 2,
        sql: include_str!("migrations/0002_finding.sql"),
    },
];

/// The version the last migration leads to.
pub(crate) fn latest(migrations: &[Migration]) -> i32 {
    migrations.last().map_or(0, |migration| migration.to)
}

/// Brings the schema up to date, each version in one transaction. A file that holds something is
/// copied first, to `backups/`.
pub(crate) fn migrate(
    db: &mut Connection,
    path: &Path,
    migrations: &[Migration],
    now: DateTime<Utc>,
) -> Result<(), RegisterError> {
    let version: i32 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if version > 0 && version < latest(migrations) {
        copy_first(db, path, version, now)?;
    }
    for migration in migrations.iter().filter(|migration| migration.to > version) {
        let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute_batch(migration.sql)?;
        transaction.pragma_update(None, "user_version", migration.to)?;
        transaction.commit()?;
    }
    Ok(())
}

fn copy_first(
    db: &Connection,
    path: &Path,
    version: i32,
    now: DateTime<Utc>,
) -> Result<(), RegisterError> {
    // With the log emptied into it, the file alone is the whole database.
    let busy: i64 = db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy != 0 {
        return Err(RegisterError::Io(io::ErrorKind::ResourceBusy.into()));
    }
    copy_into_backups(path, version, now).map_err(RegisterError::Io)
}

fn copy_into_backups(path: &Path, version: i32, now: DateTime<Utc>) -> io::Result<()> {
    let folder = path.with_file_name("backups");
    durable::make_private_folder(&folder)?;
    let name = format!(
        "{}-version-{version}.sqlite",
        now.format("%Y%m%dT%H%M%S%6fZ")
    );
    let copy = folder.join(name);
    let temporary = durable::beside(&copy, ".new");
    durable::remove_if_there(&temporary)?;
    let mut file = durable::create_private(&temporary)?;
    io::copy(&mut fs::File::open(path)?, &mut file)?;
    file.sync_all()?;
    fs::rename(&temporary, &copy)?;
    durable::sync_folder_of(&copy)
}
