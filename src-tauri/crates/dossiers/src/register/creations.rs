//! The creation of a dossier, step by step, so that no stop in between loses one.

use secrecy::SecretString;

use crate::dossier::{Confirmed, DossierId, NewDossier};
use crate::error::Result;
use crate::stamp::Stamp;

/// Creating dossiers. Every function is on the disk when it returns, but for a confirmation: the
/// answer it was read from is, and gives it again after opening.
pub trait Creations {
    /// Writes the intent down, before anything is sent.
    fn prepare(&self, new: NewDossier, stamp: &Stamp) -> Result<DossierId>;

    /// The same, for a request that leaves now: written down as sent, in one step. Send only when it
    /// succeeded. A draft is forgotten in the same step: the dossier has the form now.
    fn prepare_sent(&self, new: NewDossier, stamp: &Stamp) -> Result<DossierId>;

    /// The first byte is about to leave: call it before, send only when it succeeded.
    fn mark_sent(&self, id: DossierId, stamp: &Stamp) -> Result<()>;

    /// The request was surely not processed; a person may send it again.
    fn back_to_ready(&self, id: DossierId, stamp: &Stamp) -> Result<()>;

    /// ID360 refused: there is no dossier. `detail` is what it said.
    fn mark_refused(&self, id: DossierId, detail: &str, stamp: &Stamp) -> Result<()>;

    /// The answer was lost; `received` is what came of it.
    fn mark_unknown(&self, id: DossierId, received: &[u8], stamp: &Stamp) -> Result<()>;

    /// Keeps the whole raw answer in the journal and the database, before anyone parses it. Succeeds
    /// when at least one of them has it on the disk: what one lacks is made good when the register
    /// is opened again.
    fn record_answer(&self, id: DossierId, raw: &[u8], stamp: &Stamp) -> Result<()>;

    /// The answer was understood: the dossier exists. Also ends an unknown outcome whose answer could
    /// be recovered.
    fn confirm(&self, id: DossierId, confirmed: Confirmed, stamp: &Stamp) -> Result<()>;

    /// A person found the number of the dossier behind an unknown outcome. Without an `api_key`, which
    /// only what came of the answer can hold: reports yes, enrollment link no.
    fn attach(
        &self,
        id: DossierId,
        enrollment_id: i64,
        api_key: Option<SecretString>,
        stamp: &Stamp,
    ) -> Result<()>;

    /// A person gave up an unknown outcome.
    fn close_unknown(&self, id: DossierId, stamp: &Stamp) -> Result<()>;

    /// What was received for creations that are not confirmed: whole answers nobody understood yet,
    /// and parts of lost ones. To be read again after opening, when no creation is under way.
    fn unconfirmed_answers(&self) -> Result<Vec<(DossierId, Vec<u8>)>>;

    /// What was received for one creation, byte for byte.
    fn answer(&self, id: DossierId) -> Result<Option<Vec<u8>>>;

    /// The end user's credential of a dossier.
    fn api_key(&self, id: DossierId) -> Result<Option<SecretString>>;
}
