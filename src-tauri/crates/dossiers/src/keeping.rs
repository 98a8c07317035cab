//! What of a dossier is kept here, and what ID360 deletes next.

use serde::{Deserialize, Serialize};

/// Which kind of thing a dossier's next deadline takes away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lane {
    /// Document pages that are not kept yet.
    Documents,
    /// The report, not kept yet; ID360 archives it afterwards.
    Report,
    /// The report, not kept yet, that ID360 never archives (`CANCELED`, `FAILED`).
    NoArchive,
}

impl Lane {
    /// All of them, in the order they are shown.
    pub const ALL: [Self; 3] = [Self::Documents, Self::Report, Self::NoArchive];

    /// The word the register stores.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Documents => "documents",
            Self::Report => "report",
            Self::NoArchive => "no_archive",
        }
    }

    pub(crate) fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lane| lane.as_str() == word)
    }
}

/// How much of what can be kept is kept.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceState {
    /// Nothing to keep yet, or nothing at ID360.
    #[default]
    None,
    /// Something can and should still be kept.
    Due,
    /// All of it is kept.
    Kept,
    /// A part is kept; the rest is gone.
    Partial,
    /// Nothing was kept and nothing can be had any more.
    Lost,
}

impl EvidenceState {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::None, Self::Due, Self::Kept, Self::Partial, Self::Lost];

    /// The word the register stores.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Due => "due",
            Self::Kept => "kept",
            Self::Partial => "partial",
            Self::Lost => "lost",
        }
    }

    pub(crate) fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

/// How a dossier came into the register.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Created here.
    #[default]
    Desk,
    /// Created elsewhere and imported.
    Import,
}

impl Origin {
    /// The word the register stores.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Desk => "desk",
            Self::Import => "import",
        }
    }

    pub(crate) fn from_word(word: &str) -> Option<Self> {
        [Self::Desk, Self::Import]
            .into_iter()
            .find(|origin| origin.as_str() == word)
    }
}
