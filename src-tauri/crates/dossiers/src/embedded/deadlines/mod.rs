//! What ID360 deletes, and what of it is kept in time.

mod policies;
mod radar;
mod rolling;
#[cfg(test)]
mod tests;
mod warnings;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};

use super::EmbeddedRegister;
use super::acts;
use crate::act::Act;
use crate::deadlines::PolicyTable;
use crate::dossier::DossierId;
use crate::error::{RegisterError, Result};
use crate::life_cycle::CreationState;
use crate::progress::Progress;
use crate::radar::{Home, Kept, Radar, Warning};
use crate::register::Deadlines;
use crate::stamp::Stamp;
use crate::store::{lines, outlooks, policies as stored, text};

/// Lines changed in one transaction: some tens of milliseconds in which nothing else is written.
const BATCH: usize = 1_000;

impl Deadlines for EmbeddedRegister {
    fn policies(&self) -> Result<PolicyTable> {
        self.glance(|db| Ok(stored::read(db)?))
    }

    fn set_policies(
        &self,
        table: &PolicyTable,
        true_now: DateTime<Utc>,
        progress: &Progress,
        stamp: &Stamp,
    ) -> Result<u64> {
        self.take_policies(table, stamp)?;
        let changed = self.tell_anew(None, progress)?;
        Ok(changed + self.roll(true_now)?)
    }

    fn roll(&self, true_now: DateTime<Utc>) -> Result<u64> {
        self.roll_to(true_now.timestamp())
    }

    fn radar(
        &self,
        environment: Option<&str>,
        true_now: DateTime<Utc>,
        cards_per_lane: u32,
        progress: &Progress,
    ) -> Result<Radar> {
        self.read(progress, |db| {
            radar::radar(db, environment, true_now.timestamp(), cards_per_lane)
        })
    }

    fn home(
        &self,
        environment: Option<&str>,
        true_now: DateTime<Utc>,
        progress: &Progress,
    ) -> Result<Home> {
        self.read(progress, |db| {
            radar::home(db, environment, true_now.timestamp())
        })
    }

    fn mark_warnings(&self, true_now: DateTime<Utc>) -> Result<bool> {
        self.roll(true_now)?;
        self.change(|transaction| warnings::mark(transaction, true_now.timestamp()))
    }

    fn warnings_to_tell(&self) -> Result<Vec<Warning>> {
        self.glance(warnings::to_tell)
    }

    fn warnings_told(&self, told: &[Warning], stamp: &Stamp) -> Result<()> {
        self.change(|transaction| warnings::told(transaction, told, stamp))
    }

    fn record_kept(&self, id: DossierId, kept: Kept, stamp: &Stamp) -> Result<()> {
        let (sql, act) = match kept {
            Kept::Documents => (
                "UPDATE dossiers SET documents_kept_at = ?2 WHERE line = ?1",
                Act::DocumentsKept,
            ),
            Kept::IdClaim => (
                "UPDATE dossiers SET idclaim_kept_at = ?2 WHERE line = ?1",
                Act::IdclaimKept,
            ),
        };
        self.change(|transaction| {
            let line = require_created(transaction, id)?;
            transaction
                .prepare_cached(sql)?
                .execute(params![line, text::time(stamp.at)])?;
            outlooks::forget_trouble(transaction, line)?;
            outlooks::refresh(transaction, line)?;
            lines::touch(transaction, line, stamp.at)?;
            Ok(acts::write(transaction, act, Some(id), "", stamp)?)
        })
    }

    fn record_trouble(&self, id: DossierId, trouble: Option<&str>, stamp: &Stamp) -> Result<()> {
        self.change(|transaction| {
            let line = require_created(transaction, id)?;
            let Some(trouble) = trouble else {
                return Ok(outlooks::forget_trouble(transaction, line)?);
            };
            transaction
                .prepare_cached(
                    "UPDATE dossiers SET trouble = ?2, trouble_at = ?3, version = version + 1
                     WHERE line = ?1",
                )?
                .execute(params![line, trouble, text::time(stamp.at)])?;
            Ok(())
        })
    }
}

fn require_created(db: &Connection, id: DossierId) -> Result<i64> {
    let line = lines::require(db, id)?;
    if line.state == CreationState::Created {
        Ok(line.line)
    } else {
        Err(RegisterError::NotCreated)
    }
}
