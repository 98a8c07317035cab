//! Other policies come into force.

use std::collections::BTreeMap;

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
            let detail = told(&before, table);
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

/// The entries that differ, as `environment/process documents/application/user`, in days; `-` for
/// one that is gone.
fn told(before: &PolicyTable, after: &PolicyTable) -> String {
    let entries = |table| -> BTreeMap<String, DeadlinePolicy> {
        policies::all(table)
            .into_iter()
            .map(|(environment, process, policy)| (format!("{environment}/{process}"), policy))
            .collect()
    };
    let (before, after) = (entries(before), entries(after));
    let days = |policy: &DeadlinePolicy| {
        format!(
            "{}/{}/{}",
            policy.documents_days, policy.report_application_days, policy.report_user_days
        )
    };
    let changed = after
        .iter()
        .filter(|(place, policy)| before.get(*place) != Some(policy))
        .map(|(place, policy)| format!("{place} {}", days(policy)));
    let gone = before
        .keys()
        .filter(|place| !after.contains_key(*place))
        .map(|place| format!("{place} -"));
    changed.chain(gone).collect::<Vec<_>>().join(", ")
}
