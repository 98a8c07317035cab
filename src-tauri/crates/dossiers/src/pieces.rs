//! Pieces of evidence: what was fetched of a dossier and lies in the vault.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::dossier::DossierId;

/// The vault's id of a piece: a UUIDv7, so ids sort by capture. Also the name of its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PieceId(pub Uuid);

impl fmt::Display for PieceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for PieceId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Uuid::parse_str(text).map(Self)
    }
}

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PieceKind {
    /// A page or file of a document.
    Document,
    /// The container that ID360 signed.
    IdClaim,
    /// The report as a PDF.
    ReportPdf,
    /// The report of the finished dossier; never a draft.
    Report,
    /// The report out of ID360's archive.
    ArchivedReport,
}

impl PieceKind {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Document,
        Self::IdClaim,
        Self::ReportPdf,
        Self::Report,
        Self::ArchivedReport,
    ];

    /// The word the register stores.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::IdClaim => "id_claim",
            Self::ReportPdf => "report_pdf",
            Self::Report => "report",
            Self::ArchivedReport => "archived_report",
        }
    }

    pub(crate) fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// Which page of which document a piece is (facts §C.5).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DocumentRef {
    /// ID360's id of the document.
    pub document_id: String,
    /// ID360's name of it, such as `id_document_image`.
    pub name: String,
    /// From 0.
    pub page_number: u32,
}

/// Whether the bytes are those whose MD5 the report states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Md5Agreement {
    /// They are.
    Agrees,
    /// The report states another one.
    Differs,
    /// The report states none.
    NotStated,
}

impl Md5Agreement {
    const ALL: [Self; 3] = [Self::Agrees, Self::Differs, Self::NotStated];

    /// The word the register stores.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Agrees => "agrees",
            Self::Differs => "differs",
            Self::NotStated => "not_stated",
        }
    }

    pub(crate) fn from_word(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|agreement| agreement.as_str() == word)
    }
}

/// What the last look at a piece's file found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Integrity {
    /// The bytes that were captured.
    Whole,
    /// There is no file.
    Missing,
    /// Other bytes than were captured.
    Altered,
    /// The disk does not give the file out.
    Unreadable,
}

impl Integrity {
    const ALL: [Self; 4] = [Self::Whole, Self::Missing, Self::Altered, Self::Unreadable];

    /// The word the register stores.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Missing => "missing",
            Self::Altered => "altered",
            Self::Unreadable => "unreadable",
        }
    }

    pub(crate) fn from_word(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|integrity| integrity.as_str() == word)
    }
}

/// A piece whose file is in the vault under its last name, on the disk.
#[derive(Clone, PartialEq, Eq)]
pub struct NewPiece {
    /// Its id and the name of its file.
    pub id: PieceId,
    /// What it is.
    pub kind: PieceKind,
    /// Of a document: which page.
    pub document: Option<DocumentRef>,
    /// What its first bytes say it is, such as `image/jpeg`.
    pub media_type: String,
    /// Bytes, as received.
    pub size: u64,
    /// SHA-256 of the bytes received.
    pub sha256: [u8; 32],
    /// MD5 of the bytes received, to compare with the report.
    pub md5: [u8; 16],
    /// Whether the report states that MD5.
    pub md5_agreement: Md5Agreement,
    /// The call that gave it: method and path (facts §C), no host.
    pub call: String,
    /// When its last byte was received, by our clock.
    pub fetched_at: DateTime<Utc>,
}

impl fmt::Debug for NewPiece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewPiece")
            .field("id", &self.id)
            .field("kind", &self.kind)
            .field("size", &self.size)
            .finish_non_exhaustive()
    }
}

/// A piece of a dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What was recorded with it.
    pub recorded: NewPiece,
    /// Of which dossier.
    pub dossier: DossierId,
    /// When its file was last looked at; `None`: not since it was written.
    pub verified_at: Option<DateTime<Utc>>,
    /// What that look found.
    pub integrity: Integrity,
}

/// What became of a piece that was recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelved {
    /// It is the one that counts.
    Kept,
    /// It counts instead of that one, which was not whole, or not what the report states while this one is: the file
    /// of that one is of no use.
    Replaced(PieceId),
    /// That one is whole and goes on counting: the new file is of no use. A draft that was to be recorded as the report
    /// names itself: the register has it already, as what it is.
    AlreadyThere(PieceId),
}

/// Something worth keeping that cannot be had any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingPiece {
    /// What it is.
    pub kind: PieceKind,
    /// Of a document: which page; `None` for all of them.
    pub document: Option<DocumentRef>,
    /// Why, in the caller's stable word.
    pub reason: String,
}
