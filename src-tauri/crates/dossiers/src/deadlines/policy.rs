//! How many days ID360 gives what out.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// How many days ID360 gives what out. Policy values: they have changed before (facts §D.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeadlinePolicy {
    /// Document pages, for any account.
    pub documents_days: u32,
    /// The report, for an application account.
    pub report_application_days: u32,
    /// The report, for a user account; afterwards only the archive.
    pub report_user_days: u32,
}

impl Default for DeadlinePolicy {
    /// The shortest values ID360 has published.
    fn default() -> Self {
        Self {
            documents_days: 7,
            report_application_days: 7,
            report_user_days: 60,
        }
    }
}

/// Which policy counts for which dossier.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PolicyTable {
    /// Where nothing closer is said.
    pub default: DeadlinePolicy,
    /// By id of the environment.
    pub environments: BTreeMap<String, DeadlinePolicy>,
    /// By id of the environment and of the process.
    pub processes: BTreeMap<(String, String), DeadlinePolicy>,
}

impl PolicyTable {
    /// The process's own policy, else its environment's, else the default.
    pub fn of(&self, environment_id: &str, process_id: &str) -> DeadlinePolicy {
        let process = (environment_id.to_owned(), process_id.to_owned());
        self.processes
            .get(&process)
            .or_else(|| self.environments.get(environment_id))
            .copied()
            .unwrap_or(self.default)
    }
}
