//! Other policies come into force.

use crate::act::Act;
use crate::deadlines::{DeadlinePolicy, PolicyTable};
use crate::embedded::{EmbeddedRegister, acts};
use crate::error::Result;
use crate::stamp::Stamp;
use crate::store::policies;

impl EmbeddedRegister {
    /// Puts the table in force and notes which lines it moves; they follow later.
    pub(super) fn take_policies(&self, table: &PolicyTable, stamp: &Stamp) -> Result<()> {
        if self.look(|db| Ok(policies::read(db)?))? == *table {
            return Ok(());
        }
        self.change(|transaction| {
            let before = policies::read(transaction)?;
            for (environment, process) in policies::in_use(transaction)? {
                if before.of(&environment, &process) != table.of(&environment, &process) {
                    policies::demand(transaction, &environment, &process, false)?;
                }
            }
            policies::write(transaction, table)?;
            let detail = table.told_since(&before, told);
            Ok(acts::write(
                transaction,
                Act::PolicyChanged,
                None,
                &detail,
                stamp,
            )?)
        })
    }
}

/// In days.
fn told(policy: DeadlinePolicy) -> String {
    format!(
        "{}/{}/{}",
        policy.documents_days, policy.report_application_days, policy.report_user_days
    )
}
