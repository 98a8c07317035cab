use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{dossier::StatusView, session::EnvironmentKind};

/// A pack that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "PackOutcome.ts")]
pub struct PackOutcome {
    pub file_name: String,
    /// The folder's last part.
    pub folder: String,
    /// Bytes; a string, since it may be larger than a number of JavaScript holds.
    pub size: String,
    pub dossiers: u32,
    /// Originals in it.
    pub pieces: u32,
    /// Originals that are not in it: more than none makes the pack incomplete.
    pub missing: u32,
    /// The first hundred of them.
    pub missing_pieces: Vec<PackMissingPiece>,
    /// SHA-256 of the desk's key, in groups of four, as the page prints it.
    pub fingerprint: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "PackMissingPiece.ts")]
pub struct PackMissingPiece {
    pub dossier_id: String,
    /// Reference, else ID360's number.
    pub label: String,
    pub name: String,
    pub reason: PackMissingReason,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "PackMissingReason.ts")]
pub enum PackMissingReason {
    NotCaptured,
    Gone,
    Refused,
    Lost,
    Altered,
    Unreadable,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "PackVerdictView.ts")]
pub struct PackVerdictView {
    pub state: PackState,
    pub container: PackContainer,
    pub signature: PackSignature,
    /// In groups of four; `None` without a readable key.
    pub fingerprint: Option<String>,
    /// The key is the one this desk signs with now. `None`: the register is closed.
    pub own_key: Option<bool>,
    /// `None` when the manifest cannot be read. To be believed where the signature is good.
    pub about: Option<PackAboutView>,
    /// Those in trouble first, then the others, two thousand at most.
    pub files: Vec<PackFileView>,
    pub files_total: u32,
    /// The first two thousand.
    pub troubles: Vec<PackTroubleView>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "PackState.ts")]
pub enum PackState {
    Whole,
    /// Whole, and marked incomplete when it was made.
    Incomplete,
    /// Every file is good; another program made the archive around them.
    Repacked,
    Altered,
    Unreadable,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "PackContainer.ts")]
pub enum PackContainer {
    Sealed,
    NotSealed,
    Unreadable,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "PackSignature.ts")]
pub enum PackSignature {
    Good,
    Bad,
    Missing,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "PackAboutView.ts")]
pub struct PackAboutView {
    /// RFC 3339.
    pub made_at: String,
    pub made_by: String,
    pub program: String,
    pub complete: bool,
    /// The first thousand.
    pub dossiers: Vec<PackedDossierView>,
    pub dossiers_total: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "PackedDossierView.ts")]
pub struct PackedDossierView {
    pub folder: String,
    pub reference: Option<String>,
    pub enrollment_id: Option<String>,
    /// The desk's id of it, where it is in the register.
    pub id: Option<String>,
    pub environment_kind: EnvironmentKind,
    pub status: Option<StatusView>,
    /// Names of what the pack lacked when it was made.
    pub missing: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "PackFileView.ts")]
pub struct PackFileView {
    pub path: String,
    /// Bytes, as the manifest states.
    pub size: Option<String>,
    /// Hexadecimal, as the manifest states.
    pub sha256: Option<String>,
    pub state: PackFileState,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "PackFileState.ts")]
pub enum PackFileState {
    Whole,
    Altered,
    Missing,
    Unlisted,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "PackTroubleView.ts")]
pub struct PackTroubleView {
    pub code: PackTroubleCode,
    /// The file it is about.
    pub path: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "PackTroubleCode.ts")]
pub enum PackTroubleCode {
    NotAnArchive,
    ReadFailed,
    OverLimits,
    DuplicateNames,
    OverlappingEntries,
    InconsistentHeaders,
    NoManifest,
    ManifestUnreadable,
    NewerVersion,
    ManifestContradicts,
    KeyUnreadable,
    ManifestSignature,
    SumsSignature,
    SumsDiffer,
    UnsafeName,
    FileMissing,
    FileAltered,
    FileUnlisted,
}
