use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{dossier::DossierRow, error::ErrorCode, launch::HashAgreement};

/// How much of a dossier is captured.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "CapturePolicy.ts")]
pub enum CapturePolicy {
    /// Everything that can be had.
    #[default]
    Full,
    /// Reports; no document and no idClaim.
    ReportOnly,
    /// Nothing: the dossier's line is enough.
    ReferencesOnly,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "CaptureRule.ts")]
pub struct CaptureRule {
    pub policy: CapturePolicy,
    /// Liveness videos too, where documents are captured.
    pub video: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "PieceKind.ts")]
pub enum PieceKind {
    /// A page or file of a document.
    Document,
    IdClaim,
    ReportPdf,
    /// The report of the finished dossier.
    Report,
    /// The report out of ID360's archive.
    ArchivedReport,
}

/// What the last look at a piece's file found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "Integrity.ts")]
pub enum Integrity {
    Whole,
    Missing,
    /// Other bytes than were captured. Never used again.
    Altered,
    /// The disk does not give the file out.
    Unreadable,
}

/// One captured piece.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "PieceView.ts")]
pub struct PieceView {
    pub id: String,
    pub kind: PieceKind,
    /// Of a document only.
    pub document_id: Option<String>,
    /// The entry's name in the report, such as `id_document_image`.
    pub document: Option<String>,
    /// From 0.
    pub page_number: Option<u32>,
    pub media_type: String,
    /// Bytes, as a decimal string.
    pub size: String,
    pub sha256: String,
    pub md5: String,
    /// The report's MD5 against what arrived.
    pub hash: HashAgreement,
    /// Method and path it was had by, without a host.
    pub call: String,
    pub fetched_at: String,
    pub integrity: Integrity,
    /// `None`: not looked at since it was written.
    pub verified_at: Option<String>,
}

/// Something worth keeping that cannot be had any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "MissingPieceView.ts")]
pub struct MissingPieceView {
    pub kind: PieceKind,
    pub document_id: Option<String>,
    pub document: Option<String>,
    pub page_number: Option<u32>,
    pub reason: ErrorCode,
}

/// What is captured of one dossier.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "EvidenceView.ts")]
pub struct EvidenceView {
    pub dossier_id: String,
    /// What its process wants captured.
    pub rule: CaptureRule,
    /// It is being captured at this moment.
    pub running: bool,
    /// Why the last automatic try failed.
    pub trouble: Option<ErrorCode>,
    /// `capture_now` makes sense: finished, wanted by its rule, and in reach of who is signed in.
    pub can_capture: bool,
    /// Reports and containers first, then pages in their order.
    pub pieces: Vec<PieceView>,
    pub missing: Vec<MissingPieceView>,
}

/// How far the capture of a finished dossier is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "CaptureState.ts")]
pub enum CaptureState {
    Waiting,
    /// At this moment.
    Running,
    Complete,
    /// What can still be had is captured; the rest is named as missing.
    Incomplete,
    /// Every window closed before anything was kept.
    Lost,
    /// Only ID360's archive may still have something, for a user account.
    Archived,
    /// Its rule wants nothing of it.
    NotWanted,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "CaptureFilter.ts")]
pub enum CaptureFilter {
    #[default]
    All,
    Waiting,
    /// Those that wait and whose last try failed.
    Troubled,
    Complete,
    Incomplete,
    Lost,
    Archived,
    NotWanted,
    /// Those of which a file is not whole, in whatever state.
    Damaged,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "CaptureCounts.ts")]
pub struct CaptureCounts {
    /// The troubled ones too.
    pub waiting: u32,
    pub troubled: u32,
    pub complete: u32,
    pub incomplete: u32,
    pub lost: u32,
    pub archived: u32,
    pub not_wanted: u32,
    pub damaged: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "CaptureRow.ts")]
pub struct CaptureRow {
    pub row: DossierRow,
    pub state: CaptureState,
    pub pieces: u32,
    /// Bytes of them, as a decimal string.
    pub size: String,
    /// Pieces whose file is not whole.
    pub damaged: u32,
    /// Up to when what is wanted can surely be had, while it waits.
    pub deadline: Option<String>,
    /// Tries that failed since it last began to wait.
    pub tries: u32,
    pub trouble: Option<ErrorCode>,
    /// Not tried again before.
    pub retry_at: Option<String>,
    pub ended_at: Option<String>,
}

/// What the capture queue is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export, export_to = "CaptureActivity.ts")]
pub enum CaptureActivity {
    /// Nobody is signed in: nothing can be captured.
    SignedOut,
    /// A person stopped it; it starts again with `resume_captures` or with the next start of the desk.
    Paused,
    /// The vault's disk takes nothing, `disk_full` most often; goes on by itself when it does.
    Blocked {
        code: ErrorCode,
    },
    Running {
        dossiers: u32,
    },
    /// Nothing is due.
    Idle,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "CapturePage.ts")]
pub struct CapturePage {
    pub activity: CaptureActivity,
    /// Of every finished dossier of the register.
    pub counts: CaptureCounts,
    /// While none is captured: up to when the first of those that wait can surely be had.
    pub first_deadline: Option<String>,
    /// Those that wait by their turn; the others newest end first.
    pub rows: Vec<CaptureRow>,
    /// Rows that match.
    pub total: u32,
    pub verification: VerificationView,
}

/// Whether the vault's files are what was captured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "VerificationView.ts")]
pub struct VerificationView {
    pub running: bool,
    /// A run that was stopped: `verify_evidence` goes on behind it.
    pub unfinished: Option<VerificationCount>,
    /// The last run that ended.
    pub last: Option<VerificationCount>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "VerificationCount.ts")]
pub struct VerificationCount {
    /// When it ended; of an unfinished run, when it began.
    pub at: String,
    pub checked: u32,
    pub damaged: u32,
}

/// How a verification ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "VerificationOutcome.ts")]
pub struct VerificationOutcome {
    /// Of the whole run, what it found before it was stopped included.
    pub checked: u32,
    pub damaged: u32,
    /// The first hundred that this call found; `CaptureFilter::Damaged` lists them all.
    pub found: Vec<DamagedPiece>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "DamagedPiece.ts")]
pub struct DamagedPiece {
    pub dossier_id: String,
    /// Reference, else ID360's number.
    pub dossier_label: String,
    pub piece: PieceView,
}
