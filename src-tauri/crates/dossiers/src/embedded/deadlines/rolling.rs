//! Time goes on, and sometimes turns out to be earlier than it was said to be.

use super::BATCH;
use crate::embedded::EmbeddedRegister;
use crate::error::Result;
use crate::progress::Progress;
use crate::store::outlooks::Rules;
use crate::store::{meta, policies};

/// `Date` headers tell whole seconds and arrive late: a step back of less is none.
const NO_STEP_BACK: i64 = 60;

/// Batches of unfinished work done with each roll.
const BATCHES_A_ROLL: u32 = 10;

impl EmbeddedRegister {
    pub(super) fn roll_to(&self, now: i64) -> Result<u64> {
        let (told_until, is_pending, passed) = self.glance(|db| {
            Ok((
                meta::told_until(db)?,
                policies::pending(db)?.is_some(),
                db.prepare_cached("SELECT 1 FROM dossiers WHERE moves <= ?1 LIMIT 1")?
                    .exists([now])?,
            ))
        })?;
        let clock_was_ahead =
            told_until.is_some_and(|told| now < told.saturating_sub(NO_STEP_BACK));
        if clock_was_ahead {
            self.change(|transaction| {
                meta::set_told_until(transaction, now)?;
                for (environment, process) in policies::in_use(transaction)? {
                    policies::demand(transaction, &environment, &process, true)?;
                }
                Ok(())
            })?;
        }
        let mut changed = 0;
        if clock_was_ahead {
            changed += self.tell_anew(None, &Progress::unwatched())?;
        } else if is_pending {
            changed += self.tell_anew(Some(BATCHES_A_ROLL), &Progress::unwatched())?;
        }
        if passed {
            changed += self.move_passed(now)?;
        }
        Ok(changed)
    }

    fn move_passed(&self, now: i64) -> Result<u64> {
        let mut changed = 0;
        loop {
            let moved = self.change(|transaction| {
                meta::raise_told_until(transaction, now)?;
                let rules = Rules::read(transaction)?;
                let lines: Vec<i64> = transaction
                    .prepare_cached(
                        "SELECT line FROM dossiers WHERE moves <= ?1 ORDER BY moves LIMIT ?2",
                    )?
                    .query_map((now, BATCH as i64), |row| row.get(0))?
                    .collect::<rusqlite::Result<_>>()?;
                for line in &lines {
                    rules.tell_anew(transaction, *line, false)?;
                }
                Ok(lines.len())
            })?;
            changed += moved as u64;
            if moved < BATCH {
                return Ok(changed);
            }
        }
    }

    /// Tells lines that are pending anew, in batches; all of them without a number of batches.
    pub(in crate::embedded) fn tell_anew(
        &self,
        batches: Option<u32>,
        progress: &Progress,
    ) -> Result<u64> {
        let total = self.look(|db| Ok(policies::count_pending(db)?))?;
        let (mut changed, mut done, mut batch) = (0, 0, 0);
        while batches.is_none_or(|most| batch < most) {
            progress.at(done, total)?;
            let told = self.change(|transaction| {
                let Some(pending) = policies::pending(transaction)? else {
                    return Ok(None);
                };
                let rules = Rules::read(transaction)?;
                let lines = policies::pending_lines(transaction, &pending, BATCH)?;
                let mut changed = 0;
                for line in &lines {
                    changed +=
                        u64::from(rules.tell_anew(transaction, *line, pending.clock_was_ahead)?);
                }
                let last = lines.last().copied().filter(|_| lines.len() == BATCH);
                policies::told(transaction, &pending, last)?;
                Ok(Some((changed, lines.len() as u64)))
            })?;
            let Some((more, lines)) = told else {
                break;
            };
            changed += more;
            done += lines;
            batch += 1;
        }
        Ok(changed)
    }
}
