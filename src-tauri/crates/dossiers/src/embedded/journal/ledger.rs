//! What the chain of acts needs beside the database: its keys, and its head anchored outside.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use zeroize::Zeroizing;

use super::{acts, verifying};
use crate::act::{Act, Chain};
use crate::error::{RegisterError, Result};
use crate::key::RegisterKey;
use crate::progress::Progress;
use crate::stamp::Stamp;
use crate::store::anchors::{Anchor, AnchorFile, Anchors};
use crate::store::chain::{self, ChainKey, End, Mac};
use crate::store::text;

/// Keys and anchors of one register's chain.
pub(in crate::embedded) struct Ledger {
    pub(super) key: ChainKey,
    pub(super) anchors: AnchorFile,
    pub(super) signing_seed: Zeroizing<[u8; 32]>,
}

impl Ledger {
    pub(in crate::embedded) fn new(folder: &Path, key: &RegisterKey) -> Self {
        let chain = ChainKey::of(key);
        // Named after the key, so that a new key's file is there before the database turns to it.
        let name = hex::encode(
            chain
                .seal_bytes("file name", b"")
                .first_chunk::<4>()
                .unwrap_or(&[0; 4]),
        );
        Self {
            anchors: AnchorFile::new(&folder.join(format!("acts-{name}.sealed")), chain.clone()),
            key: chain,
            signing_seed: key.derive("id360-desk journal of acts: signature"),
        }
    }

    /// Before the chain is begun in a database that has none yet.
    pub(in crate::embedded) fn begin(&self) -> Result<()> {
        let begun = match self.anchors.read() {
            Ok(Anchors::Missing) => self.anchors.begin(),
            other => other.map(drop),
        };
        begun.map_err(RegisterError::Io)
    }

    /// Compares the database that was just opened with the anchors.
    ///
    /// A journal that is empty where it was not is that of a new database in the place of a lost
    /// one: the chain goes on from an act that names the head that was lost. Any other difference is
    /// left for the verification to tell, unless an act of the chain explains it.
    pub(in crate::embedded) fn meet(&self, db: &mut Connection, stamp: &Stamp) -> Result<()> {
        let Anchors::Sealed(anchors) = self.anchors.read().map_err(RegisterError::Io)? else {
            tracing::error!("the anchors of the journal of acts are not there as they were");
            return Ok(());
        };
        let (Some(last), Some(head)) = (anchors.last(), self.key.end(db, chain::HEAD)?) else {
            return Ok(());
        };
        if self.has(db, &last.end)? {
            return Ok(());
        }
        if head.position == 0 {
            let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let detail = told(&last.end);
            acts::write(&transaction, Act::JournalRestarted, None, &detail, stamp)?;
            transaction.commit()?;
        }
        if explained(db, &last.end)? {
            return self.anchor_anew(db);
        }
        tracing::error!("the journal of acts is not the one that was anchored");
        Ok(())
    }

    /// Notes where the chain ends, where what was noted before is in it.
    pub(super) fn anchor(&self, db: &Connection) -> Result<()> {
        let Anchors::Sealed(anchors) = self.anchors.read().map_err(RegisterError::Io)? else {
            return Ok(());
        };
        let Some(last) = anchors.last() else {
            return Ok(());
        };
        match self.head(db)? {
            Some(head) if head.end != last.end && self.has(db, &last.end)? => {
                self.anchors.add(anchors, head).map_err(RegisterError::Io)
            }
            _ => Ok(()),
        }
    }

    /// Anchors the head of a chain that took the place of the one anchored before.
    pub(in crate::embedded) fn anchor_anew(&self, db: &Connection) -> Result<()> {
        self.head(db)?
            .map_or(Ok(()), |head| self.anchors.replace(head))
            .map_err(RegisterError::Io)
    }

    /// Writes into a backup that it takes the register's place. Called before it does, on a
    /// connection that changes it; the act names the last head known, so that the chain may
    /// lawfully end before it.
    pub(in crate::embedded) fn note_restored_backup(
        &self,
        db: &Connection,
        backup: &str,
        stamp: &Stamp,
    ) -> Result<()> {
        let known = match self.anchors.read().map_err(RegisterError::Io)? {
            Anchors::Sealed(anchors) => anchors.last().map(|last| told(&last.end)),
            Anchors::Missing | Anchors::Unsealed => None,
        };
        let detail = match known {
            Some(known) => format!("{backup} {known}"),
            None => backup.to_owned(),
        };
        Ok(acts::write(db, Act::RestoredBackup, None, &detail, stamp)?)
    }

    /// Chains every entry anew for a register that gets another key, with the act that says so, and
    /// anchors the head under that key. To be called in the transaction of the new database, which
    /// holds the chain under the old key.
    ///
    /// The act names the old head, and the first entry that did not hold: a new key must not be
    /// refused because of it, nor may it hide it.
    pub(in crate::embedded) fn chain_anew(
        &self,
        db: &Connection,
        new: &Self,
        progress: &Progress,
        stamp: &Stamp,
    ) -> Result<()> {
        let anchors = self.anchors.read().map_err(RegisterError::Io)?;
        let verdict = verifying::verify(db, &self.key, &anchors, progress)?;
        new.key.lend_to(db)?;
        let base = self.key.end(db, chain::BASE)?;
        let base = match base {
            Some(base) if base.position > 0 => base,
            _ => new.key.beginning(),
        };
        new.key.chain_from(db, base, progress)?;
        let mut detail = format!("{} {}", verdict.head.position, verdict.head.digits());
        if let Chain::Broken { position, .. } = verdict.chain {
            detail.push_str(&format!(" !{position}"));
        }
        acts::write(db, Act::Rekeyed, None, &detail, stamp)?;
        new.anchor_anew(db)
    }

    fn head(&self, db: &Connection) -> Result<Option<Anchor>> {
        let Some(end) = self.key.end(db, chain::HEAD)? else {
            return Ok(None);
        };
        let at = db
            .prepare_cached("SELECT at FROM acts WHERE position = ?1")?
            .query_row([end.position], |row| text::read_time(row, "at"))
            .optional()?;
        Ok(at.map(|at| Anchor { at, end }))
    }

    /// The chain ran through that end, or begins after it.
    pub(super) fn has(&self, db: &Connection, end: &End) -> Result<bool> {
        let Some(base) = self.key.end(db, chain::BASE)? else {
            return Ok(false);
        };
        if end.position <= base.position {
            return Ok(end.position < base.position || end.mac == base.mac);
        }
        let mac: Option<Mac> = db
            .prepare_cached("SELECT mac FROM acts WHERE position = ?1")?
            .query_row([end.position], |row| row.get(0))
            .optional()?;
        Ok(mac == Some(end.mac))
    }
}

/// An act of the chain says that this head was left behind.
pub(super) fn explained(db: &Connection, end: &End) -> Result<bool> {
    let told = told(end);
    Ok(db
        .prepare_cached(
            "SELECT 1 FROM acts WHERE act IN (?1, ?2) AND substr(detail, -length(?3)) = ?3",
        )?
        .exists(params![
            Act::JournalRestarted.as_str(),
            Act::RestoredBackup.as_str(),
            told
        ])?)
}

/// A head as the acts name it.
pub(super) fn told(end: &End) -> String {
    format!("{} {}", end.position, hex::encode(end.mac))
}
