use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    decision::{DecisionChoice, DecisionView},
    error::ErrorCode,
    launch::LaunchMode,
    link::{EnrollmentWindowView, LinkUsesView, ShownLinkView},
    report::ReportView,
    session::EnvironmentKind,
    settings::EnrollmentPages,
};

/// What the desk knows of the creation itself (quality.md 1.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "CreationState.ts")]
pub enum CreationState {
    /// Written down, never sent: may be sent or dropped.
    Ready,
    /// On its way right now.
    Sent,
    Created,
    /// Refused by ID360 (4xx): no dossier exists.
    Refused,
    /// «Issue inconnue»: sent, and the answer was lost. Never re-sent by the program.
    OutcomeUnknown,
    /// An unknown outcome that a person closed after looking in the console.
    Closed,
}

/// An ID360 status: `word` is the API's own, kept verbatim even when we do not know it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "StatusView.ts")]
pub struct StatusView {
    pub word: String,
    pub known: KnownStatus,
    pub is_final: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[ts(export, export_to = "KnownStatus.ts")]
pub enum KnownStatus {
    New,
    Started,
    Ok,
    Ko,
    Failed,
    Canceled,
    Discontinued,
    Deleted,
    /// A word that no document names.
    Other,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "DeadlineSubject.ts")]
pub enum DeadlineSubject {
    Documents,
    ReportApplication,
    ReportUser,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "DeadlineView.ts")]
pub struct DeadlineView {
    pub subject: DeadlineSubject,
    /// RFC 3339. An estimate: the earliest plausible reading of ID360's zone-less times.
    pub at: String,
    /// The same moment as this computer's clock will show it: time left is counted to here.
    pub here: String,
    pub passed: bool,
    /// Share of the window still left, 0 to 100.
    pub left_percent: u8,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "DossierRow.ts")]
pub struct DossierRow {
    /// The desk's own id.
    pub id: String,
    /// ID360's id once known.
    pub enrollment_id: Option<String>,
    pub reference: Option<String>,
    pub last_name: Option<String>,
    pub first_name: Option<String>,
    pub process_name: String,
    pub environment_id: String,
    pub environment_kind: EnvironmentKind,
    pub creation: CreationState,
    /// `None` until created.
    pub status: Option<StatusView>,
    pub created_at: String,
    pub finished_at: Option<String>,
    /// The closest one still ahead, or the last one passed.
    pub deadline: Option<DeadlineView>,
    pub evidence: EvidenceState,
    /// Username of the account that created or imported it.
    pub operator: String,
    pub changed_at: String,
    /// Identification level that the report states.
    pub level: Option<String>,
    pub tags: Vec<String>,
    pub email: Option<String>,
    pub phone_number: Option<String>,
    /// A person marked it as treated.
    pub treated: bool,
    /// One's own latest decision, beside ID360's verdict and never over it.
    pub decision: Option<DecisionChoice>,
    /// Why the last automatic reading failed.
    pub trouble: Option<ErrorCode>,
}

/// How much of what ID360 will delete is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "EvidenceState.ts")]
pub enum EvidenceState {
    /// Nothing to keep yet, or nothing at ID360.
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

/// When an open dossier is read next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
#[ts(export, export_to = "NextReading.ts")]
pub enum NextReading {
    /// RFC 3339, by this computer's clock. Others may go first when it has come.
    Planned { at: String },
    /// ID360 cannot be reached, holds the account back, or a person has to sign in.
    Paused,
}

/// News of the next reading of one dossier, as an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "ReadingPlanned.ts")]
pub struct ReadingPlanned {
    pub id: String,
    pub next: Option<NextReading>,
}

/// What became of one expected datum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "ExpectedDatumView.ts")]
pub struct ExpectedDatumView {
    pub name: String,
    /// Exactly as sent.
    pub value: String,
    pub locked: bool,
    pub outcome: ExpectedOutcome,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "ExpectedOutcome.ts")]
pub enum ExpectedOutcome {
    Pending,
    Accepted,
    /// Refused: the process does not expect it, or it is locked already.
    Refused,
    /// The answer was lost; not sent again by itself.
    Unknown,
}

/// What can be done now; Rust decides, the window shows or hides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "DossierActs.ts")]
pub struct DossierActs {
    pub open_link: bool,
    pub refresh: bool,
    pub interrupt: bool,
    /// Data to compare can still be sent.
    pub push_data: bool,
    /// At ID360, or captured: then also signed out of its environment.
    pub save_documents: bool,
    pub save_idclaim: bool,
    pub save_report: bool,
    /// Only where the environment has a path for it.
    pub save_pdf: bool,
    /// Only where the environment has a path, for a user account.
    pub read_archived_report: bool,
    /// Never while STARTED.
    pub read_draft_report: bool,
    /// `OutcomeUnknown` only.
    pub settle_unknown: bool,
    /// `Ready` only: what was refused begins anew.
    pub send_again: bool,
    /// A further dossier of the same person: it has ended without what was wanted, and compliance need not look first.
    pub again: bool,
    /// There is something to seal: it is finished, or its report is here.
    pub make_pack: bool,
    /// ID360 knows the dossier.
    pub decide: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "DossierView.ts")]
pub struct DossierView {
    /// As lists show it: its names may be masked, those below never are.
    pub row: DossierRow,
    pub last_name: Option<String>,
    pub first_name: Option<String>,
    /// As typed at launch, whatever a report says since; `None` when nothing was typed, or the form is not known.
    pub typed_last_name: Option<String>,
    pub typed_first_name: Option<String>,
    /// What was sent as `client_reference`: what to look for in the console.
    pub client_reference: String,
    pub process_uuid: String,
    /// True when the signed-in environment is this dossier's.
    pub reachable: bool,
    pub email: Option<String>,
    pub phone_number: Option<String>,
    pub expected: Vec<ExpectedDatumView>,
    /// `••••` and the last four of the api_key, or `None` without one.
    pub link_hint: Option<String>,
    /// Language of the customer's pages, as chosen at launch; `None` when the form is not known.
    pub lang: Option<String>,
    /// When the link was last opened from this desk.
    pub opened_at: Option<String>,
    /// How it was launched, as chosen in the form; `None` when the form is not known.
    pub mode: Option<LaunchMode>,
    /// Where its link went, while it can still be used.
    pub link_uses: LinkUsesView,
    /// Until when its link can be used by the process's policy; `None` where that is not known, or it is over.
    pub link_until: Option<String>,
    /// When the customer's browser came back to this computer, while the dossier is open: the one sign before the
    /// verdict that all pieces were sent. ID360 answers 202 to the plain report until then, tells its count of steps to
    /// servers alone, and its draft report may block the customer (facts §C.5, §E.2, §E.5, §D.3).
    pub returned_at: Option<String>,
    /// `None` while nobody follows it: it has ended, or nobody is signed in to its environment.
    pub next_reading: Option<NextReading>,
    /// Present while its link is shown as a picture.
    pub shown_link: Option<ShownLinkView>,
    /// The customer's browser can come back to this desk, which then knows at once.
    pub return_heard: bool,
    /// Where its process opens the customer's pages on this computer.
    pub enrollment_pages: EnrollmentPages,
    /// Present while they are in the desk's own window.
    pub enrollment_window: Option<EnrollmentWindowView>,
    pub read_at: Option<String>,
    /// Present once read; stays readable without a network.
    pub report: Option<ReportView>,
    pub deadlines: Vec<DeadlineView>,
    pub acts: DossierActs,
    /// `custom_data` asks for an idClaim, or ID360 has served one.
    pub idclaim_expected: bool,
    /// The verdict of which ID360 archives nothing: without a capture nothing is left of it.
    pub never_archived: Option<StatusView>,
    /// Oldest first: the last one counts.
    pub decisions: Vec<DecisionView>,
}
