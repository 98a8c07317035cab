//! How many days ID360 gives what out.

use serde::{Deserialize, Serialize};

use crate::by_process::ByProcess;

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
pub type PolicyTable = ByProcess<DeadlinePolicy>;
