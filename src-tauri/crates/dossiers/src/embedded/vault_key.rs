//! The key of the vault is told to the creation journal too: a lost database leaves what was captured
//! readable.

use chrono::{DateTime, Utc};
use rusqlite::Connection;
use uuid::Uuid;

use crate::creation_journal::{NewRecord, Step};
use crate::dossier::DossierId;
use crate::error::Result;
use crate::key::VaultKey;
use crate::store::{meta, vault};

/// The journal's key takes the place of one that a new database made for itself.
pub(super) fn play(db: &Connection, raw: &[u8]) -> Result<()> {
    if let Some(key) = VaultKey::from_slice(raw) {
        vault::set_key(db, &key)?;
        meta::set_vault_key_told(db)?;
    }
    Ok(())
}

/// The journal does not know it yet.
pub(super) fn is_untold(db: &Connection) -> Result<bool> {
    Ok(!meta::vault_key_is_told(db)?)
}

/// The record that tells it.
pub(super) fn retell(db: &Connection, now: DateTime<Utc>) -> Result<NewRecord> {
    Ok(NewRecord {
        dossier: DossierId(Uuid::nil()),
        at: now,
        step: Step::VaultKey,
        raw: vault::key(db)?.bytes().to_vec(),
    })
}
