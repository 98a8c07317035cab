use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The register's copies. Each was opened and counted after it was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "StoreView.ts")]
pub struct StoreView {
    /// Newest first.
    pub backups: Vec<BackupView>,
    /// Why the last daily copy was not made.
    pub trouble: Option<super::error::ErrorCode>,
    /// The register's own size in bytes, as a decimal string.
    pub size: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "BackupView.ts")]
pub struct BackupView {
    pub name: String,
    pub at: String,
    pub dossiers: u32,
    /// As a decimal string.
    pub size: String,
    /// It opened and every page was whole when it was last looked at.
    pub sound: bool,
}
