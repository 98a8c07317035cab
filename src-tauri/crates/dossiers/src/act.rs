//! What the journal of acts holds.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::dossier::DossierId;

macro_rules! acts {
    ($($(#[$doc:meta])* $name:ident = $word:literal,)*) => {
        /// Something done with a dossier.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Act {
            $($(#[$doc])* $name,)*
        }

        impl Act {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The word the register stores.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)*
                }
            }
        }
    };
}

acts! {
    /// Written down, ready to be sent.
    Prepared = "prepared",
    /// The request was about to leave.
    Sent = "sent",
    /// It was surely not processed.
    ReturnedToReady = "returned_to_ready",
    /// ID360 refused it.
    Refused = "refused",
    /// The answer was lost.
    OutcomeUnknown = "outcome_unknown",
    /// The raw answer was kept.
    AnswerKept = "answer_kept",
    /// ID360's number and `api_key` are known.
    Created = "created",
    /// A person gave ID360's number.
    Attached = "attached",
    /// A person gave up an unknown outcome.
    Closed = "closed",
    /// The enrollment link was opened.
    Opened = "opened",
    /// An expected datum was added.
    ExpectedAdded = "expected_added",
    /// The push of an expected datum ended.
    ExpectedPushed = "expected_pushed",
    /// ID360 told another status.
    StatusChanged = "status_changed",
    /// A report was kept.
    ReportKept = "report_kept",
    /// Opening put back what the creation journal knew; the detail counts the steps.
    Restored = "restored",
    /// The dossier was interrupted at ID360.
    Interrupted = "interrupted",
    /// Tags were added or removed; without a dossier, the detail says with how many.
    Tagged = "tagged",
    /// Marked as treated; without a dossier, the detail says how many.
    Treated = "treated",
    /// No longer marked as treated; without a dossier, the detail says how many.
    ReturnedToTreat = "returned_to_treat",
    /// A file was saved.
    Saved = "saved",
    /// A document was looked at.
    Viewed = "viewed",
    /// All documents of a dossier are in safe hands.
    DocumentsKept = "documents_kept",
    /// The idClaim is in safe hands.
    IdclaimKept = "idclaim_kept",
    /// Dossiers made elsewhere were taken in.
    Imported = "imported",
    /// Deadlines are reckoned otherwise.
    PolicyChanged = "policy_changed",
    /// A person was warned of a deadline.
    Warned = "warned",
}

/// A line of the journal of acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActEntry {
    /// When, by our clock.
    pub at: DateTime<Utc>,
    /// What.
    pub act: Act,
    /// With which dossier.
    pub dossier: Option<DossierId>,
    /// More about it, without personal data.
    pub detail: String,
}
