//! What the register holds about one dossier.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::decision::Choice;
use crate::keeping::{EvidenceState, Lane, Origin};
use crate::life_cycle::{self, CreationState};

/// The register's own id of a dossier: a UUIDv7, so ids sort by creation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DossierId(pub Uuid);

impl fmt::Display for DossierId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for DossierId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Uuid::parse_str(text).map(Self)
    }
}

/// A datum that ID360 compares with what it reads on the documents (facts §C.4).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExpectedDatum {
    /// ID360's name of the datum, such as `phone_number`.
    pub name: String,
    /// The value, as it is to be sent.
    pub value: String,
    /// ID360 refuses any later change of the value.
    pub locked: bool,
    /// ID360's `auto` switch; `None` leaves it out of the request.
    pub auto: Option<bool>,
}

impl fmt::Debug for ExpectedDatum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExpectedDatum")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// How the pushing of an expected datum ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ExpectedOutcome {
    /// ID360 took the value.
    Accepted,
    /// ID360 surely did not process the request; the person may push again.
    NotProcessed,
    /// ID360 refused the value.
    Refused,
    /// Nobody knows whether ID360 took the value.
    OutcomeUnknown,
}

impl ExpectedOutcome {
    const ALL: [Self; 4] = [
        Self::Accepted,
        Self::NotProcessed,
        Self::Refused,
        Self::OutcomeUnknown,
    ];

    /// The word the register stores.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "ACCEPTED",
            Self::NotProcessed => "NOT_PROCESSED",
            Self::Refused => "REFUSED",
            Self::OutcomeUnknown => "OUTCOME_UNKNOWN",
        }
    }

    pub(crate) fn from_word(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|outcome| outcome.as_str() == word)
    }
}

/// An expected datum and how its last push ended; `None` while it was never pushed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpectedState {
    /// The datum.
    pub datum: ExpectedDatum,
    /// The end of the last push.
    pub outcome: Option<ExpectedOutcome>,
}

/// What the agent filled in, before anything is sent.
#[derive(Clone)]
pub struct NewDossier {
    /// Id of the environment in the settings.
    pub environment_id: String,
    /// Id of the process in the settings.
    pub process_id: String,
    /// ID360's UUID of the process.
    pub process_uuid: Uuid,
    /// Name of the process on the day of the creation.
    pub process_name: String,
    /// Username of the account that creates the dossier.
    pub operator: String,
    /// The form as JSON text, for «send again».
    pub form: String,
    /// The agent's own reference.
    pub reference: Option<String>,
    /// Family name.
    pub last_name: Option<String>,
    /// Given names.
    pub first_name: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Phone number, in any writing.
    pub phone_number: Option<String>,
    /// The process produces an idClaim.
    pub idclaim_expected: bool,
    /// Data to push once the dossier exists.
    pub expected: Vec<ExpectedDatum>,
    /// SHA-256 of the request body, where it is known beforehand.
    pub body_sha256: Option<[u8; 32]>,
}

impl fmt::Debug for NewDossier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewDossier")
            .field("environment_id", &self.environment_id)
            .field("process_id", &self.process_id)
            .finish_non_exhaustive()
    }
}

/// What ID360's answer to the creation said.
#[derive(Clone, Debug)]
pub struct Confirmed {
    /// ID360's number of the dossier.
    pub enrollment_id: i64,
    /// The end user's credential; absent when it was not fully received.
    pub api_key: Option<SecretString>,
    /// ID360's status word, usually `NEW`.
    pub status: String,
    /// ID360's own creation time.
    pub creation_time: Option<DateTime<Utc>>,
}

/// Which of ID360's reports a stored report is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ReportKind {
    /// Asked with the draft flag before the end.
    Draft,
    /// Read from the archive.
    Archived,
    /// The plain report of a finished dossier.
    Final,
}

/// A report, byte for byte as ID360 sent it.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredReport {
    /// Which report it is.
    pub kind: ReportKind,
    /// The bytes received.
    pub raw: Vec<u8>,
    /// When they were received.
    pub read_at: DateTime<Utc>,
}

impl fmt::Debug for StoredReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredReport")
            .field("kind", &self.kind)
            .field("length", &self.raw.len())
            .field("read_at", &self.read_at)
            .finish()
    }
}

/// What ID360's flow calls said of a dossier, byte for byte.
#[derive(Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// The bytes received.
    pub raw: Vec<u8>,
    /// When they were received.
    pub read_at: DateTime<Utc>,
}

impl fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Snapshot")
            .field("length", &self.raw.len())
            .field("read_at", &self.read_at)
            .finish()
    }
}

/// What the caller read in a report and the register keeps in columns.
#[derive(Clone)]
pub struct ReportFacts {
    /// ID360's status word.
    pub status: String,
    /// The caller knows the status to be final; the register's own list is consulted too.
    pub is_final: bool,
    /// ID360's creation time.
    pub creation_time: Option<DateTime<Utc>>,
    /// When the end user began.
    pub starting_time: Option<DateTime<Utc>>,
    /// When the dossier ended.
    pub finished_time: Option<DateTime<Utc>>,
    /// Family name as read on the documents.
    pub last_name: Option<String>,
    /// Given names as read on the documents.
    pub first_name: Option<String>,
    /// Identification level.
    pub level: Option<String>,
    /// Document pages listed; `None` when the report does not say.
    pub pages: Option<u32>,
}

impl fmt::Debug for ReportFacts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReportFacts")
            .field("status", &self.status)
            .field("is_final", &self.is_final)
            .finish_non_exhaustive()
    }
}

/// What recording a report or a status did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recorded {
    /// The status differs from before.
    pub status_changed: bool,
    /// The status came after a later one and was not taken.
    pub ignored_late: bool,
}

/// What following needs of a dossier that may still change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenDossier {
    /// The register's id.
    pub id: DossierId,
    /// When something was last begun with it: created, or its link opened. `None` for an imported
    /// one whose creation ID360 has not told.
    pub since: Option<DateTime<Utc>>,
    /// The last automatic reading failed.
    pub troubled: bool,
}

/// How long ID360 gives a report out, by kind of account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportReach {
    /// The shorter window.
    Application,
    /// The longer window.
    User,
}

/// One line of the register.
#[derive(Clone, PartialEq, Eq)]
pub struct Dossier {
    /// The register's id.
    pub id: DossierId,
    /// Grows with every change of the line.
    pub version: i64,
    /// Id of the environment in the settings.
    pub environment_id: String,
    /// Id of the process in the settings; empty when rebuilt without it.
    pub process_id: String,
    /// ID360's UUID of the process.
    pub process_uuid: Uuid,
    /// Name of the process on the day of the creation.
    pub process_name: String,
    /// Username of the account that created the dossier.
    pub operator: String,
    /// The form as JSON text; `None` when the line was rebuilt from the creation journal.
    pub form: Option<String>,
    /// The agent's own reference.
    pub reference: Option<String>,
    /// The `client_reference` sent to ID360: agent's reference, `/`, our UUID; or the UUID alone.
    pub client_reference: String,
    /// Family name: as typed, then as read in the report.
    pub last_name: Option<String>,
    /// Given names: as typed, then as read in the report.
    pub first_name: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Phone number.
    pub phone_number: Option<String>,
    /// The process produces an idClaim.
    pub idclaim_expected: bool,
    /// Expected data and how their push ended, in the order they were given.
    pub expected: Vec<ExpectedState>,
    /// SHA-256 of the request body, where it was given.
    pub body_sha256: Option<[u8; 32]>,
    /// Where the creation stands.
    pub state: CreationState,
    /// ID360's status word; `None` until ID360 told one.
    pub status: Option<String>,
    /// The status that ended the dossier; survives a later `DELETED`.
    pub verdict: Option<String>,
    /// Why ID360 refused the creation.
    pub refusal: Option<String>,
    /// ID360's number of the dossier.
    pub enrollment_id: Option<i64>,
    /// The `api_key` is known ([`crate::Register::api_key`] gives it).
    pub has_api_key: bool,
    /// A whole answer to the creation is kept and was not yet understood.
    pub answer_pending: bool,
    /// ID360's creation time.
    pub creation_time: Option<DateTime<Utc>>,
    /// When the end user began, said by ID360.
    pub starting_time: Option<DateTime<Utc>>,
    /// When the dossier ended, said by ID360.
    pub finished_time: Option<DateTime<Utc>>,
    /// When the line was written, by our clock.
    pub prepared_at: DateTime<Utc>,
    /// When the line last changed, by our clock.
    pub changed_at: DateTime<Utc>,
    /// When the enrollment link was last opened from here.
    pub opened_at: Option<DateTime<Utc>>,
    /// The most telling report kept.
    pub report_kind: Option<ReportKind>,
    /// When that report was received.
    pub report_read_at: Option<DateTime<Utc>>,
    /// How the line came here.
    pub origin: Origin,
    /// Identification level that the report states.
    pub level: Option<String>,
    /// When a person marked it as treated.
    pub treated_at: Option<DateTime<Utc>>,
    /// One's own latest decision.
    pub decision: Option<Choice>,
    /// Tags, by their letters.
    pub tags: Vec<String>,
    /// Document pages that the kept report lists; unknown without one.
    pub pages: Option<u32>,
    /// When the last of the document pages was kept.
    pub documents_kept_at: Option<DateTime<Utc>>,
    /// When the idClaim was kept.
    pub idclaim_kept_at: Option<DateTime<Utc>>,
    /// Until when ID360 gives out the document pages, by the true clock.
    pub documents_until: Option<DateTime<Utc>>,
    /// Until when it gives out the report to an application account.
    pub report_application_until: Option<DateTime<Utc>>,
    /// Until when it gives out the report to a user account.
    pub report_user_until: Option<DateTime<Utc>>,
    /// The next of them that something not yet kept depends on.
    pub deadline: Option<(Lane, DateTime<Utc>)>,
    /// How much of what can be kept is kept.
    pub evidence: EvidenceState,
    /// Why the last automatic reading failed: the caller's word.
    pub trouble: Option<String>,
    /// When it failed.
    pub trouble_at: Option<DateTime<Utc>>,
}

impl Dossier {
    /// ID360 told a status after which nothing changes.
    pub fn is_final(&self) -> bool {
        self.verdict.is_some()
    }

    /// The one word to show: the creation state until the dossier exists, then ID360's status.
    /// `CREATED` stands for a dossier attached by hand that ID360 told nothing of yet.
    pub fn shown_status(&self) -> &str {
        match (self.state, &self.status) {
            (CreationState::Created, Some(status)) => status,
            (state, _) => state.as_str(),
        }
    }

    /// The verdict of which ID360 archives nothing (facts §D.3), whatever its status is since.
    pub fn never_archived(&self) -> Option<&str> {
        self.verdict
            .as_deref()
            .filter(|verdict| life_cycle::is_never_archived(verdict))
    }

    /// ID360 will archive the report, or may still: `CANCELED` and `FAILED` never are (facts §D.3).
    pub fn may_be_archived(&self) -> bool {
        self.state == CreationState::Created
            && life_cycle::may_be_archived(self.verdict.as_deref().or(self.status.as_deref()))
    }
}

impl fmt::Debug for Dossier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dossier")
            .field("id", &self.id)
            .field("version", &self.version)
            .field("state", &self.state)
            .field("status", &self.status)
            .field("enrollment_id", &self.enrollment_id)
            .finish_non_exhaustive()
    }
}
