//! The journal of acts in the embedded register.

pub(super) mod acts;
mod entries;
mod exporting;
mod ledger;
mod pruning;
#[cfg(test)]
mod tests;
mod verifying;

use chrono::{DateTime, Utc};

pub(super) use self::ledger::Ledger;
use super::EmbeddedRegister;
use crate::act::{Act, ActEntry, ActPage, ActQuery, ChainHead, ChainVerdict, JournalExport};
use crate::dossier::DossierId;
use crate::error::{RegisterError, Result};
use crate::progress::Progress;
use crate::register::{Journal, WriteSeek};
use crate::stamp::Stamp;

impl Journal for EmbeddedRegister {
    fn record_act(
        &self,
        act: Act,
        dossier: Option<DossierId>,
        detail: &str,
        stamp: &Stamp,
    ) -> Result<()> {
        self.change_in_company(|transaction| {
            Ok(acts::write(transaction, act, dossier, detail, stamp)?)
        })
    }

    fn acts(&self, id: DossierId) -> Result<Vec<ActEntry>> {
        self.glance(|db| Ok(entries::of_dossier(db, id)?))
    }

    fn entries(
        &self,
        query: &ActQuery,
        offset: u64,
        limit: u64,
        progress: &Progress,
    ) -> Result<ActPage> {
        self.read(progress, |db| Ok(entries::page(db, query, offset, limit)?))
    }

    fn actors(&self) -> Result<Vec<String>> {
        self.read(&Progress::unwatched(), |db| Ok(entries::actors(db)?))
    }

    fn verify_chain(&self, progress: &Progress) -> Result<ChainVerdict> {
        // Before the state that is read: what is anchored is in the database by then.
        let anchors = self.ledger.anchors.read().map_err(RegisterError::Io)?;
        self.read(progress, |db| {
            verifying::verify(db, &self.ledger.key, &anchors, progress)
        })
    }

    fn chain_head(&self) -> Result<ChainHead> {
        self.read(&Progress::unwatched(), |db| Ok(entries::head(db)?))
    }

    fn anchor(&self) -> Result<()> {
        let files = self.files();
        self.ledger.anchor(&files.db)
    }

    fn export(
        &self,
        query: &ActQuery,
        out: &mut dyn WriteSeek,
        progress: &Progress,
        stamp: &Stamp,
    ) -> Result<JournalExport> {
        self.record_act(Act::JournalExported, None, &exporting::told(query), stamp)?;
        self.anchor()?;
        self.read(progress, |db| {
            exporting::write(db, &self.ledger, query, out, progress, stamp.at)
        })
    }

    fn prune(&self, before: DateTime<Utc>, progress: &Progress, stamp: &Stamp) -> Result<u64> {
        let mut dropped = 0;
        loop {
            progress.at(dropped, 0)?;
            let batch = self.change(|transaction| {
                pruning::drop_some(transaction, &self.ledger.key, before, stamp)
            })?;
            if batch == 0 {
                return Ok(dropped);
            }
            dropped += batch;
        }
    }
}
