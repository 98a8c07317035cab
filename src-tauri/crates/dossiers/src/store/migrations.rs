//! The schema, version by version.

use std::path::Path;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, TransactionBehavior};

use super::backups::{self, Occasion};
use super::chain;
use super::lines;
use super::vault;
use crate::error::RegisterError;
use crate::key::RegisterKey;
use crate::progress::Progress;

/// What leads from the version before to this one.
#[derive(Clone, Copy)]
pub(crate) struct Migration {
    pub(crate) to: i32,
    pub(crate) sql: &'static str,
    /// What SQL cannot say, in the same transaction, after it and in this order.
    pub(crate) code: &'static [Code],
}

/// A step of a migration. The database is in the migration's transaction; the key is the register's.
pub(crate) type Code = fn(&Connection, &RegisterKey) -> Result<(), RegisterError>;

/// Every released version, in order. A released entry never changes.
pub(crate) const MIGRATIONS: &[Migration] = &[
    Migration {
        to: 1,
        sql: include_str!("migrations/0001_dossiers.sql"),
        code: &[],
    },
    Migration {
        to: 2,
        sql: include_str!("migrations/0002_finding.sql"),
        code: &[chain::begin, lines::write_all_words],
    },
    Migration {
        to: 3,
        sql: include_str!("migrations/0003_evidence.sql"),
        code: &[vault::make_key],
    },
    Migration {
        to: 4,
        sql: include_str!("migrations/0004_trust.sql"),
        code: &[],
    },
    Migration {
        to: 5,
        sql: include_str!("migrations/0005_draft.sql"),
        code: &[],
    },
    Migration {
        to: 6,
        sql: include_str!("migrations/0006_decided.sql"),
        code: &[],
    },
    Migration {
        to: 7,
        sql: include_str!("migrations/0007_warnings.sql"),
        code: &[],
    },
    Migration {
        to: 8,
        sql: include_str!("migrations/0008_marking.sql"),
        code: &[],
    },
];

/// The version the last migration leads to.
pub(crate) fn latest(migrations: &[Migration]) -> i32 {
    migrations.last().map_or(0, |migration| migration.to)
}

/// The acts are chained, from version 2 on.
pub(crate) fn has_chain(db: &Connection) -> Result<bool, RegisterError> {
    Ok(db.table_exists(None, "chain")?)
}

/// Brings the schema up to date, each version in one transaction. A file that holds something is
/// copied first, to `backups/`.
pub(crate) fn migrate(
    db: &mut Connection,
    path: &Path,
    key: &RegisterKey,
    migrations: &[Migration],
    now: DateTime<Utc>,
) -> Result<(), RegisterError> {
    let version: i32 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if version > 0
        && version < latest(migrations)
        && let Some(folder) = path.parent()
    {
        let occasion = Occasion::Migration(version);
        let reading = db.transaction()?;
        backups::make(&reading, folder, key, occasion, now, &Progress::unwatched())?;
    }
    bring_up(db, key, migrations)
}

/// The same, for what is a copy itself.
pub(crate) fn bring_up(
    db: &mut Connection,
    key: &RegisterKey,
    migrations: &[Migration],
) -> Result<(), RegisterError> {
    let version: i32 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
    for migration in migrations.iter().filter(|migration| migration.to > version) {
        let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute_batch(migration.sql)?;
        for code in migration.code {
            code(&transaction, key)?;
        }
        transaction.pragma_update(None, "user_version", migration.to)?;
        transaction.commit()?;
    }
    Ok(())
}
