//! What persons decide about dossiers, beside ID360's verdict.

use crate::decision::{Choice, Decision};
use crate::dossier::DossierId;
use crate::error::Result;
use crate::stamp::Stamp;

/// Deciding. Decisions are added and never changed; the journal holds the choice, not the note.
pub trait Decisions {
    /// Decides; the last decision is the one that counts.
    fn decide(&self, id: DossierId, choice: Choice, note: &str, stamp: &Stamp) -> Result<()>;

    /// Every decision about a dossier, in order.
    fn decisions(&self, id: DossierId) -> Result<Vec<Decision>>;
}
