//! What goes into a pack, as plain data.

use std::{fmt, io};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::hash::HashAgreement;
use crate::reading::findings::Finding;
use crate::reading::identity::IdentityField;

/// The language of the readable pages. The explanations for re-checking are always in both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Language {
    #[serde(rename = "fr")]
    French,
    #[serde(rename = "en")]
    English,
}

/// What a dossier was made in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EnvironmentKind {
    Production,
    /// Every page says that it is a test.
    PreProduction,
    /// Every page says that it is a simulation.
    Sandbox,
}

/// What is said of the pack as a whole.
#[derive(Debug, Clone)]
pub struct PackFrame {
    pub language: Language,
    pub made_at: DateTime<Utc>,
    /// Username of the account that made it.
    pub made_by: String,
    /// Name and version of the program that made it.
    pub program: String,
    /// More than one dossier: a table of contents goes in front.
    pub is_selection: bool,
}

/// One dossier with its pieces.
#[derive(Debug)]
pub struct PackDossier {
    /// The desk's own id.
    pub id: String,
    /// ID360's number.
    pub enrollment_id: Option<i64>,
    /// The caller's reference, as typed.
    pub reference: Option<String>,
    pub environment: EnvironmentKind,
    /// Empty where it has none of its own.
    pub environment_name: String,
    pub process: String,
    /// ID360's word, kept verbatim; `None` before a first reading.
    pub status: Option<String>,
    /// Identification level, ID360's word.
    pub level: Option<String>,
    /// Identification service, ID360's word.
    pub method: Option<String>,
    pub created_at: DateTime<Utc>,
    pub started_at: Option<DateTime<Utc>>,
    pub finished_at: Option<DateTime<Utc>>,
    /// Most decisive first.
    pub causes: Vec<Finding>,
    pub identity: Vec<IdentityField>,
    /// Oldest first.
    pub decisions: Vec<Decision>,
    pub deadlines: Vec<Deadline>,
    /// Oldest first.
    pub journal: Vec<JournalLine>,
    pub pieces: Vec<Piece>,
    /// What should be in the pack and cannot be had.
    pub missing: Vec<Missing>,
    pub verifications: Vec<Verification>,
}

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PieceKind {
    Document,
    IdClaim,
    ReportPdf,
    Report,
    ArchivedReport,
}

/// An original.
pub struct Piece {
    pub kind: PieceKind,
    /// A name that a person recognises ([`crate::names`]); made safe and unique in the pack whatever it is.
    pub name: String,
    /// The report's name of the document.
    pub document: Option<String>,
    pub media_type: String,
    /// Bytes.
    pub size: u64,
    pub sha256: [u8; 32],
    pub md5: [u8; 16],
    pub md5_agreement: HashAgreement,
    /// Method and path of the call that brought it, without host: `GET /enrollment/…`.
    pub call: String,
    pub fetched_at: DateTime<Utc>,
    /// When its hash was last recomputed, where that was.
    pub verified_at: Option<DateTime<Utc>>,
    pub content: Box<dyn Content>,
}

impl fmt::Debug for Piece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Piece")
            .field("kind", &self.kind)
            .field("size", &self.size)
            .finish_non_exhaustive()
    }
}

/// The bytes of an original.
pub trait Content: Send {
    /// Writes all of them, from the first. Called twice: to check, then to pack.
    ///
    /// # Errors
    /// [`io::ErrorKind::InvalidData`] when what is kept is not what was received, else as the disk says.
    fn copy_to(&mut self, out: &mut dyn io::Write) -> io::Result<()>;
}

impl Content for Vec<u8> {
    fn copy_to(&mut self, out: &mut dyn io::Write) -> io::Result<()> {
        out.write_all(self)
    }
}

/// A piece that cannot be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    pub kind: PieceKind,
    /// The name it would have had.
    pub name: String,
    pub document: Option<String>,
    pub reason: MissingReason,
}

/// Why a piece is not in the pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MissingReason {
    /// Never captured, and nobody is signed in to fetch it.
    NotCaptured,
    /// ID360 no longer has it.
    Gone,
    /// ID360 refused or did not answer.
    Refused,
    /// It was captured, and is no longer in the vault.
    Lost,
    /// What is in the vault is not what was captured.
    Altered,
    /// The disk could not read it.
    Unreadable,
}

/// What a person decided, beside ID360's verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    pub choice: Choice,
    pub note: String,
    pub at: DateTime<Utc>,
    pub by: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Choice {
    Accepted,
    Refused,
    MoreWanted,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    pub subject: DeadlineSubject,
    pub at: DateTime<Utc>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeadlineSubject {
    Documents,
    /// For an application account.
    Report,
    /// For a user account.
    ReportForUsers,
}

/// An act with the dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JournalLine {
    /// Its place in the chain.
    pub position: u64,
    pub at: DateTime<Utc>,
    /// Username; `None`: the desk by itself.
    pub actor: Option<String>,
    pub act: String,
    pub detail: String,
}

/// What came of checking the signatures of a piece.
#[derive(Debug, Clone)]
pub struct Verification {
    /// [`Piece::name`] of what was checked.
    pub piece: String,
    pub at: DateTime<Utc>,
    pub outcome: Outcome,
    /// ETSI EN 319 102-1 sub-indication or another stable code.
    pub reason: Option<String>,
    /// The whole report of the verifier.
    pub report: serde_json::Value,
}

/// ETSI EN 319 102-1 §5.1.3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING-KEBAB-CASE")]
pub enum Outcome {
    TotalPassed,
    Indeterminate,
    TotalFailed,
}
