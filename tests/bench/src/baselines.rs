//! What the register is measured against: the same pages read without its care.

use std::path::Path;

use anyhow::{Context, Result};
use dossiers::RegisterKey;
use rusqlite::{Connection, OpenFlags};
use secrecy::ExposeSecret as _;

/// The encrypted file itself, to look at with SQL of one's own.
pub fn encrypted(file: &Path, key: &RegisterKey) -> Result<Connection> {
    let db = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    unlock(&db, key)?;
    db.execute_batch("PRAGMA cache_size = -32768")?;
    Ok(db)
}

/// A copy without encryption.
pub fn plain_copy(file: &Path, key: &RegisterKey, to: &Path) -> Result<Connection> {
    let _ = std::fs::remove_file(to);
    let db = Connection::open(file)?;
    unlock(&db, key)?;
    db.execute("ATTACH DATABASE ?1 AS plain KEY ''", [path(to)?])?;
    db.query_row("SELECT sqlcipher_export('plain')", [], |_| Ok(()))?;
    db.execute_batch("DETACH DATABASE plain")?;
    let copy = Connection::open_with_flags(to, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    copy.execute_batch("PRAGMA cache_size = -32768")?;
    Ok(copy)
}

/// A database like the register's, with one small table, for commits that do nothing else.
pub fn bare(file: &Path, key: &RegisterKey) -> Result<Connection> {
    let db = Connection::open(file)?;
    unlock(&db, key)?;
    db.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
         CREATE TABLE IF NOT EXISTS line (number INTEGER PRIMARY KEY, text TEXT);",
    )?;
    Ok(db)
}

fn unlock(db: &Connection, key: &RegisterKey) -> Result<()> {
    let secret = key.to_secret();
    db.execute_batch(&format!(
        "PRAGMA key = \"x'{}'\"; PRAGMA cipher_compatibility = 4;
         PRAGMA cipher_hmac_algorithm = HMAC_SHA256;",
        secret.expose_secret()
    ))
    .context("the key")
}

fn path(path: &Path) -> Result<&str> {
    path.to_str().context("a path in UTF-8")
}
