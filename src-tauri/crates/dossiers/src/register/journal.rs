//! Who looks back at a dossier finds what was done with it.

use crate::act::{Act, ActEntry};
use crate::dossier::DossierId;
use crate::error::Result;
use crate::stamp::Stamp;

/// The journal of acts.
pub trait Journal {
    /// Records an act that changes nothing else here. `detail`: ids and names of documents, never a
    /// person's data.
    fn record_act(
        &self,
        act: Act,
        dossier: Option<DossierId>,
        detail: &str,
        stamp: &Stamp,
    ) -> Result<()>;

    /// What was done with a dossier, in order.
    fn acts(&self, id: DossierId) -> Result<Vec<ActEntry>>;
}
