use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One's own decision about a dossier, beside ID360's verdict and never over it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "DecisionChoice.ts")]
pub enum DecisionChoice {
    Accepted,
    Refused,
    /// Something else is wanted first.
    MoreWanted,
}

/// A decision that was taken; a later one stands beside it and does not change it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "DecisionView.ts")]
pub struct DecisionView {
    pub choice: DecisionChoice,
    /// In the person's words; may be empty. It is in the register alone, never in the journal.
    pub note: String,
    /// RFC 3339.
    pub at: String,
    /// Username; `None`: nobody was signed in.
    pub by: Option<String>,
}
