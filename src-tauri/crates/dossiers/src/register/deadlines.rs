//! What ID360 deletes, and what of it is kept in time.
//!
//! `true_now` is ID360's time: our clock, corrected by what its `Date` headers say.

use chrono::{DateTime, Utc};

use crate::deadlines::PolicyTable;
use crate::dossier::DossierId;
use crate::error::Result;
use crate::progress::Progress;
use crate::radar::{Home, Kept, Radar, Warning};
use crate::stamp::Stamp;

/// Deadlines and what depends on them.
pub trait Deadlines {
    /// The policies in force.
    fn policies(&self) -> Result<PolicyTable>;

    /// The policy that counts from now on, and every line told by it. Returns how many changed.
    ///
    /// The table is taken at once; lines follow in batches. When cancelled or killed in between,
    /// the rest follows with the next call, whatever table it brings, and bit by bit with
    /// [`Self::roll`].
    fn set_policies(
        &self,
        table: &PolicyTable,
        true_now: DateTime<Utc>,
        progress: &Progress,
        stamp: &Stamp,
    ) -> Result<u64>;

    /// Moves what passed since the last time: deadlines to the next ones, what is out of reach to
    /// partial or lost. Takes it back when the clock turns out to have been ahead. Returns how many
    /// lines changed; reads one entry of an index when nothing passed.
    fn roll(&self, true_now: DateTime<Utc>) -> Result<u64>;

    /// What is about to be lost, of one environment or of all.
    fn radar(
        &self,
        environment: Option<&str>,
        true_now: DateTime<Utc>,
        cards_per_lane: u32,
        progress: &Progress,
    ) -> Result<Radar>;

    /// How many dossiers stand where, of one environment or of all.
    fn home(
        &self,
        environment: Option<&str>,
        true_now: DateTime<Utc>,
        progress: &Progress,
    ) -> Result<Home>;

    /// Marks warnings that are due, each once: on the days of [`crate::WARNING_DAYS`] after
    /// the window opened and of [`crate::LAST_WARNING_DAYS`] before the next deletion, while something
    /// is not kept. Days that were missed become one warning, of
    /// the latest of them.
    ///
    /// A call marks some of them, so that nobody waits long behind it, and returns whether more may be
    /// due. What is marked waits for [`Self::warnings_told`], whatever stops the desk in between.
    fn mark_warnings(&self, true_now: DateTime<Utc>) -> Result<bool>;

    /// What was marked and not told yet, counted by environment, lane and day.
    fn warnings_to_tell(&self) -> Result<Vec<Warning>>;

    /// A person was shown these; only now is that an act. What was marked since they were given out is
    /// still to be told.
    fn warnings_told(&self, told: &[Warning], stamp: &Stamp) -> Result<()>;

    /// Documents or idClaim are in safe hands.
    fn record_kept(&self, id: DossierId, kept: Kept, stamp: &Stamp) -> Result<()>;

    /// Why the last automatic reading failed, in one word, or that it did not. Anything kept
    /// afterwards clears it.
    fn record_trouble(&self, id: DossierId, trouble: Option<&str>, stamp: &Stamp) -> Result<()>;
}
