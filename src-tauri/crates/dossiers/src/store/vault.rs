//! The key of the vault.

use rusqlite::{Connection, OptionalExtension};
use zeroize::Zeroizing;

use crate::error::RegisterError;
use crate::key::{RegisterKey, VaultKey};

/// Step of the migration to version 3.
pub(crate) fn make_key(db: &Connection, _key: &RegisterKey) -> Result<(), RegisterError> {
    Ok(set_key(db, &VaultKey::generate())?)
}

pub(crate) fn set_key(db: &Connection, key: &VaultKey) -> rusqlite::Result<()> {
    db.prepare_cached("INSERT OR REPLACE INTO vault (place, key) VALUES (1, ?1)")?
        .execute([key.bytes().as_slice()])
        .map(drop)
}

/// A register without it was tampered with.
pub(crate) fn key(db: &Connection) -> Result<VaultKey, RegisterError> {
    let bytes: Option<Zeroizing<Vec<u8>>> = db
        .prepare_cached("SELECT key FROM vault")?
        .query_row([], |row| row.get(0).map(Zeroizing::new))
        .optional()?;
    bytes
        .and_then(|bytes| VaultKey::from_slice(&bytes))
        .ok_or(RegisterError::Damaged)
}
