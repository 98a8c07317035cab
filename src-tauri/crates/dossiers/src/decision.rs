//! One's own decision about a dossier, beside ID360's verdict and never over it.

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// The person is taken.
    Accepted,
    /// The person is not taken.
    Refused,
    /// Something else is wanted first.
    MoreWanted,
}

impl Choice {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Accepted, Self::Refused, Self::MoreWanted];

    /// The word the register stores.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::MoreWanted => "more_wanted",
        }
    }

    pub(crate) fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|choice| choice.as_str() == word)
    }
}

/// A decision; a later one does not change it.
#[derive(Clone, PartialEq, Eq)]
pub struct Decision {
    /// What.
    pub choice: Choice,
    /// Why, in the person's words; may be empty.
    pub note: String,
    /// When, by our clock.
    pub at: DateTime<Utc>,
    /// Username; `None`: the desk by itself.
    pub by: Option<Arc<str>>,
}

impl fmt::Debug for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decision")
            .field("choice", &self.choice)
            .field("at", &self.at)
            .finish_non_exhaustive()
    }
}
