//! What ID360 tells about a dossier that exists.

use chrono::{DateTime, Utc};

use crate::dossier::{
    DossierId, ExpectedDatum, ExpectedOutcome, OpenDossier, Recorded, ReportFacts, ReportReach,
    Snapshot, StoredReport,
};
use crate::error::Result;
use crate::stamp::Stamp;

/// Following dossiers until their end.
pub trait Following {
    /// The enrollment link was opened.
    fn record_opened(&self, id: DossierId, stamp: &Stamp) -> Result<()>;

    /// Adds a datum to push, or replaces the one of that name, not yet pushed.
    fn add_expected(&self, id: DossierId, datum: ExpectedDatum, stamp: &Stamp) -> Result<()>;

    /// How the push of an expected datum ended.
    fn record_expected(
        &self,
        id: DossierId,
        name: &str,
        outcome: ExpectedOutcome,
        stamp: &Stamp,
    ) -> Result<()>;

    /// Keeps a report, byte for byte, and what it says. The bytes are kept even when the status in
    /// them comes late, but a final report is never replaced by one that contradicts the verdict.
    fn record_report(
        &self,
        id: DossierId,
        report: StoredReport,
        facts: ReportFacts,
        stamp: &Stamp,
    ) -> Result<Recorded>;

    /// A status that ID360 told without a report.
    fn record_status(
        &self,
        id: DossierId,
        status: &str,
        is_final: bool,
        stamp: &Stamp,
    ) -> Result<Recorded>;

    /// Keeps what the flow calls said last.
    fn record_snapshot(&self, id: DossierId, raw: &[u8], stamp: &Stamp) -> Result<()>;

    /// What the flow calls said last.
    fn snapshot(&self, id: DossierId) -> Result<Option<Snapshot>>;

    /// The most telling report: final, else archived, else draft.
    fn report(&self, id: DossierId) -> Result<Option<StoredReport>>;

    /// Dossiers of an environment that exist at ID360 and may still change, oldest first. Without those
    /// of which the last window has passed by `true_now`, unless their link was opened in the last week.
    fn open_dossiers(
        &self,
        environment_id: &str,
        true_now: DateTime<Utc>,
    ) -> Result<Vec<OpenDossier>>;

    /// Finished dossiers of an environment whose report is not kept and, by `true_now`, still given
    /// out to such an account; the closest end first, those whose last reading failed behind the others.
    /// One that ended at an unknown time may have ended late: it is left only with its last window.
    fn reports_to_keep(
        &self,
        environment_id: &str,
        reach: ReportReach,
        true_now: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<DossierId>>;
}
