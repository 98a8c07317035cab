//! What the organisation's policy fixes on this desk.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which policy counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "PolicyState.ts")]
pub enum PolicyState {
    /// There is no file: the person sets everything.
    #[default]
    None,
    InForce,
    /// The file there is refused; the last one that was accepted counts.
    LastGood,
    /// The file there is refused, and none was accepted before: what a policy could close is closed.
    Closed,
}

/// Why the file is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "PolicyTrouble.ts")]
pub enum PolicyTrouble {
    /// The file or its folder belongs to somebody else than the administrator of this computer.
    NotOfRoot,
    /// Others than its owner may write the file, or its folder.
    WritableByOthers,
    /// More than 256 KiB.
    TooLarge,
    Unreadable,
    /// No JSON object in UTF-8.
    NotJson,
    /// `bad_keys` names them.
    BadValue,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "ManagedSetting.ts")]
pub enum ManagedSetting {
    LockMinutes,
    MaskNames,
    PlayVideos,
    JournalMonths,
    Notifications,
    Deadlines,
    Capture,
    /// Environments of the organisation; all of them where no other may be added.
    Environments,
    Processes,
}

/// What is fixed, and by what.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "ManagedView.ts")]
pub struct ManagedView {
    pub state: PolicyState,
    /// Where the file is looked for.
    pub place: String,
    pub trouble: Option<PolicyTrouble>,
    /// Keys whose value cannot be taken, such as `environments[0].base_url`.
    pub bad_keys: Vec<String>,
    /// Keys that mean nothing to this version; they change nothing.
    pub unknown_keys: Vec<String>,
    /// Settings that cannot be changed here.
    pub locked: Vec<ManagedSetting>,
    /// Environments given by the organisation.
    pub environment_ids: Vec<String>,
    pub process_ids: Vec<String>,
}
