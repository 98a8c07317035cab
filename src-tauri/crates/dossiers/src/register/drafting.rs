//! What somebody types for a dossier that is not made yet.

use chrono::{DateTime, Utc};

use crate::error::Result;

/// A form that was begun.
#[derive(Clone, PartialEq, Eq)]
pub struct Draft {
    /// The environment that it was typed for.
    pub environment_id: String,
    /// In the caller's own writing. Personal data.
    pub content: String,
    /// When it was last kept, by our clock.
    pub saved_at: DateTime<Utc>,
}

impl std::fmt::Debug for Draft {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Draft")
            .field("environment_id", &self.environment_id)
            .field("saved_at", &self.saved_at)
            .finish_non_exhaustive()
    }
}

/// One form at most, inside the register, so that nobody without its key reads it. Typing is no act: the journal says
/// nothing of it.
pub trait Drafting {
    /// The form that was begun.
    fn draft(&self) -> Result<Option<Draft>>;

    /// Keeps a form in place of the one before.
    fn save_draft(&self, draft: &Draft) -> Result<()>;

    /// Forgets it; none is forgotten already.
    fn drop_draft(&self) -> Result<()>;
}
