//! The journal of acts: who did what, when, in a chain that shows whatever is done to it.

use std::io::{Seek, Write};

use chrono::{DateTime, Utc};

use crate::act::{Act, ActEntry, ActPage, ActQuery, ChainHead, ChainVerdict, JournalExport};
use crate::dossier::DossierId;
use crate::error::Result;
use crate::progress::Progress;
use crate::stamp::Stamp;

/// Where an export is written to.
pub trait WriteSeek: Write + Seek {}

impl<T: Write + Seek> WriteSeek for T {}

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

    /// The entries that match, newest first, from the `offset`th on.
    fn entries(
        &self,
        query: &ActQuery,
        offset: u64,
        limit: u64,
        progress: &Progress,
    ) -> Result<ActPage>;

    /// Everybody who has an entry, in the order of their names.
    fn actors(&self) -> Result<Vec<String>>;

    /// Reads every entry and says whether the chain holds, and where it does not.
    fn verify_chain(&self, progress: &Progress) -> Result<ChainVerdict>;

    /// Where the chain ends; not whether it holds.
    fn chain_head(&self) -> Result<ChainHead>;

    /// Notes outside the database where the chain ends. To be called now and then: it does nothing
    /// while no act was added, and closing does it too.
    fn anchor(&self) -> Result<()>;

    /// Writes a signed archive (ZIP) of the entries that match, oldest first. Its own act is on the
    /// disk before the first byte is written, and is the last entry of a whole export.
    fn export(
        &self,
        query: &ActQuery,
        out: &mut dyn WriteSeek,
        progress: &Progress,
        stamp: &Stamp,
    ) -> Result<JournalExport>;

    /// Drops the oldest entries up to the first that is not older than `before`, and leaves an act
    /// that says how many and until when. Returns how many.
    fn prune(&self, before: DateTime<Utc>, progress: &Progress, stamp: &Stamp) -> Result<u64>;
}
