//! Other rules of capture come into force.

use chrono::{DateTime, Utc};

use crate::act::Act;
use crate::capture::{CapturePolicies, CaptureRule};
use crate::embedded::{EmbeddedRegister, acts};
use crate::error::Result;
use crate::stamp::Stamp;
use crate::store::{capture_policies, meta, policies};

impl EmbeddedRegister {
    /// Puts the table in force and notes which lines it moves; they follow later.
    pub(super) fn take_capture_policies(
        &self,
        table: &CapturePolicies,
        true_now: DateTime<Utc>,
        stamp: &Stamp,
    ) -> Result<()> {
        if self.look(|db| Ok(capture_policies::read(db)?))? == *table {
            return Ok(());
        }
        self.change(|transaction| {
            let before = capture_policies::read(transaction)?;
            for (environment, process) in policies::in_use(transaction)? {
                let wanted = |table: &CapturePolicies| table.of(&environment, &process).as_word();
                if wanted(&before) != wanted(table) {
                    policies::demand(transaction, &environment, &process, false)?;
                }
            }
            capture_policies::write(transaction, table)?;
            // A window of something newly wanted may have closed without anything waiting for it.
            meta::raise_told_until(transaction, true_now.timestamp())?;
            let detail = table.told_since(&before, told);
            let act = Act::CapturePolicyChanged;
            Ok(acts::write(transaction, act, None, &detail, stamp)?)
        })
    }
}

fn told(rule: CaptureRule) -> String {
    let video = if rule.video { "+video" } else { "" };
    format!("{}{video}", rule.policy.as_str())
}
