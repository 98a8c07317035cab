use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "JournalQuery.ts")]
pub struct JournalQuery {
    /// Words of acts; empty: all.
    pub acts: Vec<String>,
    /// A dossier's id.
    pub dossier_id: Option<String>,
    /// Username.
    pub actor: Option<String>,
    /// What the desk did by itself, whatever `actor` says.
    pub by_desk: bool,
    /// `YYYY-MM-DD`, both included.
    pub from: Option<String>,
    pub to: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "JournalPage.ts")]
pub struct JournalPage {
    /// Newest first.
    pub entries: Vec<JournalEntry>,
    /// At least so many when not `exact`.
    pub total: u32,
    pub exact: bool,
    /// Everybody who has an entry, for the filter.
    pub actors: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "JournalEntry.ts")]
pub struct JournalEntry {
    /// As a decimal string.
    pub position: String,
    pub at: String,
    /// Username; `None`: the desk by itself.
    pub actor: Option<String>,
    /// A word such as `viewed`; its sentence is in the catalogues.
    pub act: String,
    pub dossier_id: Option<String>,
    /// Reference, else ID360's number, as the register knows it now.
    pub dossier_label: Option<String>,
    /// Ids and names of documents; never a person's data.
    pub detail: String,
}

/// What the last verification of the chain said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export, export_to = "ChainState.ts")]
pub enum ChainState {
    /// Not verified yet since the start.
    Unverified,
    Running,
    Intact,
    /// From this entry on nothing can be vouched for.
    Broken {
        position: String,
        /// Of the last entry that still verifies.
        sound_until: Option<String>,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "ChainView.ts")]
pub struct ChainView {
    pub state: ChainState,
    pub entries: u32,
    /// When it was verified.
    pub verified_at: Option<String>,
    /// The first sixteen hexadecimal digits of the head, to compare with an export.
    pub head: String,
    /// Entries older than that were dropped on purpose.
    pub kept_since: Option<String>,
}
